import { type Clock, type EpochMs, type Logger, type TradingDate } from '@qts/core';
import { type ConformanceBroker, type CountableTransport } from '../conformance-target.ts';

/** One account at one broker, with what its checks need beside it. */
export interface RealBroker extends ConformanceBroker {
  /** The broker's own calendar, where it offers one: whether the exchange is open on a date. */
  readonly isOpenOn?: (date: TradingDate) => Promise<boolean>;
}

/** What a broker is made of here. */
export interface RealBrokerParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Wraps a transport of `@qts/broker-kit`, to hear what time the broker says it is. */
  readonly watched: <Transport extends CountableTransport>(transport: Transport) => Transport;
}

/** A broker's word on the time, beside ours. */
export interface ServerTime {
  /** The `Date` header: whole seconds, cut. */
  readonly serverMs: EpochMs;
  /** Our time before the request left and after its answer had come. */
  readonly sentAtMs: EpochMs;
  readonly answeredAtMs: EpochMs;
}

/** An account under check. */
export interface RealBrokerBench {
  readonly broker: RealBroker;
  readonly environment: 'LIVE' | 'PAPER';
  readonly clock: Clock;
  /** What the broker said about the time so far, newest last. */
  readonly serverTimes: readonly ServerTime[];
  /** The broker's codes that mean that this machine's address is not allowed, and other refusals worth a plain word. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** A broker package, as the suite needs it. */
export interface RealBrokerTarget {
  readonly brokerId: string;
  readonly environment: 'LIVE' | 'PAPER';
  readonly clock: Clock;
  readonly logger: Logger;
  readonly refusals: Readonly<Record<string, string>>;
  /**
   * Makes the broker, with credentials from the environment. Sends nothing.
   * @throws {ConfigurationError} when credentials are missing or not valid.
   */
  connect(parts: RealBrokerParts): RealBroker;
  /** The account in a form that may be shown. @throws {ConfigurationError} as `connect`. */
  accountShown(): string;
}

/** Makes the bench of a target. On a live account no order can leave. @throws {ConfigurationError} as `connect`. */
export function openRealBroker(target: RealBrokerTarget): RealBrokerBench {
  const { clock, environment, refusals, logger } = target;
  const serverTimes: ServerTime[] = [];
  const made = target.connect({ clock, logger, watched: (transport) => watchDates(transport, clock, serverTimes) });
  const refuse = (): never => {
    throw new Error('the suite sends no order to a live account');
  };
  const harmless = { placeOrder: refuse, replaceOrder: refuse, cancelOrder: refuse };
  const broker = environment === 'LIVE' ? { ...made, orders: { ...made.orders, ...harmless } } : made;
  return { broker, environment, clock, serverTimes, refusals, stop: () => made.close() };
}

/** Notes the Date header of every answer. */
function watchDates<Transport extends CountableTransport>(
  transport: Transport,
  clock: Clock,
  serverTimes: ServerTime[],
): Transport {
  return {
    ...transport,
    open(origin: string) {
      const connection = transport.open(origin);
      return new Proxy(connection, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target);
          if (typeof member !== 'function') return member;
          if (name !== 'send') return member.bind(target) as unknown;
          return async (...parameters: unknown[]): Promise<unknown> => {
            const sentAtMs = clock.nowMs();
            const exchange: unknown = await (member as (...given: unknown[]) => Promise<unknown>).apply(
              target,
              parameters,
            );
            const { header } = exchange as { readonly header: (name: string) => string | undefined };
            const serverMs = Date.parse(header('date') ?? '');
            if (Number.isFinite(serverMs)) serverTimes.push({ serverMs, sentAtMs, answeredAtMs: clock.nowMs() });
            return exchange;
          };
        },
      });
    },
  };
}
