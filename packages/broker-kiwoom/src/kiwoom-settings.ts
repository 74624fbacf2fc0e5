import { type HttpTransport, type RandomSource, type WebSocketTransport } from '@qts/broker-kit';
import {
  type Clock,
  ConfigurationError,
  type IdGenerator,
  type Logger,
  type OrderResponse,
  type TokenStore,
} from '@qts/core';
import { z } from 'zod';
import {
  type KiwoomCredentials,
  type KiwoomLiveCredentials,
  type KiwoomPaperCredentials,
} from './kiwoom-credentials.ts';
import { originOf } from './kiwoom-environment.ts';
import { type KiwoomRateLimiters } from './kiwoom-rate-limits.ts';

/** A proof that real orders are wanted: the approval of the engine's live gate. The engine checks that it is genuine. */
export interface KiwoomLiveApproval {
  readonly brokerId: string;
}

/** What any Kiwoom broker needs. Everything outside enters here; what is left out is the real thing. */
interface KiwoomCommonSettings {
  readonly clock?: Clock;
  readonly transport?: HttpTransport;
  /** The way to the streams. */
  readonly streamTransport?: WebSocketTransport;
  /** Default: memory. A real run wants `createFileTokenStore`: issues of tokens are limited. */
  readonly tokenStore?: TokenStore;
  readonly logger?: Logger;
  readonly random?: RandomSource;
  readonly ids?: IdGenerator;
  /** Shared by all brokers of one app key. Default: its own, by the dated limits of each operation. */
  readonly rateLimiters?: KiwoomRateLimiters;
  /**
   * Hears what a late answer says of a command that was already answered with `UNKNOWN`: the strongest evidence there
   * is (execution-safety 6.2, E1). At most once for each command.
   */
  readonly onLateAnswer?: (response: OrderResponse) => void;
}

/** Settings of `createKiwoomBroker`. The environment is a property of the credentials. */
export type KiwoomBrokerSettings = KiwoomCommonSettings &
  (
    | { readonly credentials: KiwoomPaperCredentials; readonly simulatedUrl?: never; readonly liveApproval?: never }
    | {
        readonly credentials: KiwoomLiveCredentials;
        readonly liveApproval: KiwoomLiveApproval;
        readonly simulatedUrl?: never;
      }
    | {
        readonly credentials: KiwoomCredentials;
        /** A simulated venue on this machine takes the broker's place; `displayName` and the log say so. */
        readonly simulatedUrl: string;
        readonly liveApproval?: never;
      }
  );

/** What settings come to. */
export interface KiwoomResolvedSettings {
  readonly credentials: KiwoomCredentials;
  readonly origin: string;
  readonly simulated: boolean;
}

const plainSettings = z.object({
  credentials: z.object({ brokerId: z.literal('kiwoom'), environment: z.enum(['LIVE', 'PAPER']) }),
  simulatedUrl: z.string().optional(),
});

/**
 * Checks settings before anything is made.
 *
 * @throws {ConfigurationError} for a field that is not valid, credentials of another broker, a host that is not allowed,
 *   or a live account without the live gate's approval for this broker.
 */
export function resolveKiwoomSettings(settings: KiwoomBrokerSettings): KiwoomResolvedSettings {
  const parsed = plainSettings.safeParse(settings);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'settings';
    const strangers = field.startsWith('credentials');
    throw new ConfigurationError({
      code: 'SETTING_NOT_VALID',
      summary: strangers ? 'These are no credentials of Kiwoom.' : 'A Kiwoom setting is not valid.',
      facts: { field, found: parsed.error.issues[0]?.message ?? 'not valid' },
      next: strangers
        ? 'Make them with kiwoomLiveCredentials or kiwoomPaperCredentials. Nothing was started.'
        : 'Correct the field. Nothing was started.',
    });
  }
  const { simulatedUrl } = parsed.data;
  const { credentials } = settings;
  const { environment } = credentials;
  const origin = originOf(environment, simulatedUrl);
  if (environment === 'LIVE' && simulatedUrl === undefined && settings.liveApproval?.brokerId !== 'kiwoom') {
    throw new ConfigurationError({
      code: 'LIVE_NOT_APPROVED',
      summary: 'A Kiwoom broker for a live account cannot be made without the approval of the live gate.',
      facts: { field: 'liveApproval', environment, found: settings.liveApproval?.brokerId ?? 'nothing' },
      next: 'Ask the live gate of @qts/engine, or use paper credentials, or a simulated venue.',
    });
  }
  return { credentials, origin, simulated: simulatedUrl !== undefined };
}
