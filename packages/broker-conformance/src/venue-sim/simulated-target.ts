import { type OrderResponse } from '@qts/core';
import { createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { type VenueSim, createSteppedClock, createVenueSim } from '@qts/venue-sim';
import {
  type ConformanceBroker,
  type ConformanceParts,
  type ConformanceTarget,
  type CountableTransport,
  type RequestKind,
  conformanceDate,
  conformanceMarket,
  startOf,
} from '../conformance-target.ts';
import { createSimulatedVenue } from './simulated-venue.ts';

/** Keys and number of the account. Fakes: they open nothing but a simulated venue. */
export interface FakeAccount {
  readonly accountNumber: string;
  readonly appKey: string;
  readonly appSecret: string;
}

export interface SimulatedTargetSettings {
  readonly brokerId: string;
  /** Which protocol the venue speaks. */
  readonly dialect: Parameters<typeof createVenueSim>[0]['dialect'];
  readonly account: FakeAccount;
  /** The broker's own names of its operations, as the venue records them. */
  readonly operations: Readonly<Record<Exclude<RequestKind, 'ANY'>, readonly string[]>>;
  /** The codes with which the broker says that requests come too fast. */
  readonly rateRefusalCodes: readonly string[];
  createBroker(parts: ConformanceParts): ConformanceBroker;
}

/** A target whose other side is the simulated venue, over real HTTP on a loopback port, on a virtual clock. */
export function createSimulatedTarget(settings: SimulatedTargetSettings): ConformanceTarget {
  const { brokerId, account } = settings;
  return {
    brokerId,
    async start(bench = {}) {
      const startMs = startOf(bench);
      const venueClock = createSteppedClock(startMs);
      const venue: VenueSim = await createVenueSim({
        dialect: settings.dialect,
        environment: 'LIVE',
        tradingDate: conformanceDate,
        instruments: conformanceMarket.issues.map((issue) => ({ ...issue, market: 'KOSPI', productClass: 'STOCK' })),
        accounts: [
          {
            accountId: 'main',
            cashKrw: conformanceMarket.cashKrw,
            holdings: [conformanceMarket.holding],
            terms: { feePartsPerBillion: conformanceMarket.feePartsPerBillion },
            ...account,
          },
        ],
        seed: 1,
        clock: venueClock,
      });
      let venueRuns = true;
      const stopVenue = async (): Promise<void> => {
        if (!venueRuns) return;
        venueRuns = false;
        await venue.close();
      };
      const clock = createFakeClock({ startMs });
      const logger = createRecordingLogger();
      const lateAnswers: OrderResponse[] = [];
      const exchanges = { underWay: 0 };
      const broker = settings.createBroker({
        url: venue.url,
        clock,
        logger,
        onLateAnswer: (response) => lateAnswers.push(response),
        counted: (transport) => countExchanges(transport, exchanges),
      });
      const advance = async (ms: number): Promise<void> => {
        if (venueRuns) venueClock.advanceTo(venueClock.nowMs() + ms);
        await clock.advance(ms);
      };
      return {
        broker,
        venue: createSimulatedVenue(venue, settings),
        clock,
        logger,
        lateAnswers,
        secrets: [account.appKey, account.appSecret, account.accountNumber.slice(0, 8), account.accountNumber],
        advance,
        stopVenue,
        async settle(pending) {
          const state = { done: false };
          const watched = pending.finally(() => {
            state.done = true;
          });
          watched.catch(() => undefined);
          while (!state.done) {
            // Several turns: a chain of promises between two exchanges takes some before it sets its timer.
            for (let turns = 0; turns < 10; turns += 1) await clock.settle();
            if (exchanges.underWay === 0 && clock.pendingTimers > 0) await advance(25);
          }
          return watched;
        },
        async stop() {
          await broker.close();
          await stopVenue();
        },
      };
    },
  };
}

/** Counts exchanges under way: virtual time stands still while there is one. */
export function countExchanges<Transport extends CountableTransport>(
  transport: Transport,
  exchanges: { underWay: number },
): Transport {
  return {
    ...transport,
    open(origin: string) {
      const connection = transport.open(origin);
      return new Proxy(connection, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target);
          if (name !== 'send' || typeof member !== 'function')
            return typeof member === 'function' ? (member.bind(target) as unknown) : member;
          return async (...parameters: unknown[]): Promise<unknown> => {
            exchanges.underWay += 1;
            try {
              return await (member as (...given: unknown[]) => Promise<unknown>).apply(target, parameters);
            } finally {
              exchanges.underWay -= 1;
            }
          };
        },
      });
    },
  };
}
