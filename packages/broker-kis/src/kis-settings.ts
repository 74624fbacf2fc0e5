import { type HttpTransport, type RandomSource, type RateLimiter, type WebSocketTransport } from '@qts/broker-kit';
import {
  type Clock,
  ConfigurationError,
  type IdGenerator,
  type Logger,
  type OrderResponse,
  type TokenStore,
} from '@qts/core';
import { z } from 'zod';
import { type KisCredentials, type KisLiveCredentials, type KisPaperCredentials } from './kis-credentials.ts';
import { originOf } from './kis-environment.ts';

/** A proof that real orders are wanted: the approval of the engine's live gate. The engine checks that it is genuine. */
export interface KisLiveApproval {
  readonly brokerId: string;
}

/** What any KIS broker needs. Everything outside enters here; what is left out is the real thing. */
interface KisCommonSettings {
  /** `P` a person (default), `B` a corporation. Always sent: without it KIS answered `IGW00002`. */
  readonly customerType?: 'P' | 'B';
  /** A live customer of less than three days: 3 requests a second. */
  readonly newCustomer?: boolean;
  readonly clock?: Clock;
  readonly transport?: HttpTransport;
  /** The way to the streams. */
  readonly streamTransport?: WebSocketTransport;
  /** Default: memory. A real run wants `createFileTokenStore`: a restart then asks for no new token. */
  readonly tokenStore?: TokenStore;
  readonly logger?: Logger;
  readonly random?: RandomSource;
  readonly ids?: IdGenerator;
  /** Shared by all brokers of one app key. Default: one of its own, by the dated limits of the environment. */
  readonly rateLimiter?: RateLimiter;
  /**
   * Hears what a late answer says of a command that was already answered with `UNKNOWN`: the strongest evidence there
   * is (execution-safety 6.2, E1). At most once for each command.
   */
  readonly onLateAnswer?: (response: OrderResponse) => void;
}

/** Settings of {@link createKisBroker}. The environment is a property of the credentials. */
export type KisBrokerSettings = KisCommonSettings &
  (
    | { readonly credentials: KisPaperCredentials; readonly simulatedUrl?: never; readonly liveApproval?: never }
    | {
        readonly credentials: KisLiveCredentials;
        readonly liveApproval: KisLiveApproval;
        readonly simulatedUrl?: never;
      }
    | {
        readonly credentials: KisCredentials;
        /** A simulated venue on this machine takes the broker's place; `displayName` and the log say so. */
        readonly simulatedUrl: string;
        readonly liveApproval?: never;
      }
  );

/** What settings come to. */
export interface KisResolvedSettings {
  readonly credentials: KisCredentials;
  readonly origin: string;
  readonly simulated: boolean;
  readonly customerType: 'P' | 'B';
  readonly newCustomer: boolean;
}

const plainSettings = z.object({
  customerType: z.enum(['P', 'B']).default('P'),
  newCustomer: z.boolean().default(false),
  simulatedUrl: z.string().optional(),
});

/**
 * Checks settings before anything is made.
 *
 * @throws {ConfigurationError} for a field that is not valid, a host that is not allowed, or a live account without the
 *   live gate's approval for this broker.
 */
export function resolveKisSettings(settings: KisBrokerSettings): KisResolvedSettings {
  const parsed = plainSettings.safeParse(settings);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigurationError({
      code: 'SETTING_NOT_VALID',
      summary: 'A KIS setting is not valid.',
      facts: { field: issue?.path.join('.') ?? 'settings', found: issue?.message ?? 'not valid' },
      next: 'Correct the field. Nothing was started.',
    });
  }
  const { customerType, newCustomer, simulatedUrl } = parsed.data;
  const { credentials } = settings;
  const { environment } = credentials;
  const origin = originOf(environment, simulatedUrl);
  if (environment === 'LIVE' && simulatedUrl === undefined && settings.liveApproval?.brokerId !== 'kis') {
    throw new ConfigurationError({
      code: 'LIVE_NOT_APPROVED',
      summary: 'A KIS broker for a live account cannot be made without the approval of the live gate.',
      facts: { field: 'liveApproval', environment, found: settings.liveApproval?.brokerId ?? 'nothing' },
      next: 'Ask the live gate of @qts/engine, or use paper credentials, or a simulated venue.',
    });
  }
  return { credentials, origin, simulated: simulatedUrl !== undefined, customerType, newCustomer };
}
