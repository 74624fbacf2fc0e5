import { createUndiciTransport, type HttpTransport } from '@qts/broker-kit';
import { type Clock, type OrderResponse, type TokenStore } from '@qts/core';
import { createFakeClock, createRecordingLogger, type FakeClock, type RecordingLogger } from '@qts/core/testing';
import { createSteppedClock, createVenueSim, type VenueSim, type VenueSimOptions } from '@qts/venue-sim';
import {
  createKiwoomBroker,
  type KiwoomBroker,
  type KiwoomCredentialsInput,
  kiwoomLiveCredentials,
  kiwoomPaperCredentials,
} from '../../src/index.ts';

/** Fakes: they open nothing but a simulated venue. */
export const fakeAccount: { readonly accountNumber: string; readonly appKey: string; readonly appSecret: string } = {
  accountNumber: '8765432101',
  appKey: 'FAKEKEY0123456789FAKEKEY0123456789AB',
  appSecret: 'fakeSecret0123456789fakeSecret0123456789fak',
};

/** The same, as credentials of the broker. */
export const fakeKeys: KiwoomCredentialsInput = {
  appKey: fakeAccount.appKey,
  secretKey: fakeAccount.appSecret,
  accountNumber: fakeAccount.accountNumber,
};

/** 2026-09-14 is a Monday and the first day of the KRX after-market. */
export const tradingDate = '2026-09-14';
/** 10:00 in Korea. */
export const tenOClockMs: number = Date.parse(`${tradingDate}T10:00:00+09:00`);

export interface StartedKiwoom {
  readonly venue: VenueSim;
  readonly broker: KiwoomBroker;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  readonly lateAnswers: readonly OrderResponse[];
  /** Lets virtual time pass for both sides, but only while no request is under way. */
  settle<Result>(pending: Promise<Result>): Promise<Result>;
  /** Moves both clocks. */
  advance(ms: number): Promise<void>;
  /** Lets virtual time pass, never past a request, until a condition holds. */
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface StartKiwoomOptions {
  readonly environment?: 'LIVE' | 'PAPER';
  readonly venue?: Partial<VenueSimOptions>;
  readonly tokenStore?: TokenStore;
  readonly startMs?: number;
}

/** Counts exchanges under way: virtual time stands still while there is one. */
export function countingTransport(): { readonly transport: HttpTransport; readonly inFlight: () => number } {
  const inner = createUndiciTransport({ answerTimeoutMs: 2_000, headersTimeoutMs: 1_500 });
  let count = 0;
  const transport: HttpTransport = {
    open(origin) {
      const connection = inner.open(origin);
      return {
        get busy() {
          return connection.busy;
        },
        async send(request, options) {
          count += 1;
          try {
            return await connection.send(request, options);
          } finally {
            count -= 1;
          }
        },
        warm: () => connection.warm(),
        close: () => connection.close(),
      };
    },
  };
  return { transport, inFlight: () => count };
}

/** Steps of virtual time, ms, and how many of them a condition may take: ten minutes. */
const stepMs = 50;
const stepsMax = 12_000;

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Waits for `pending`; whenever nothing is under way and it still waits, `advance` lets time pass. */
export async function settleWith<Result>(
  pending: Promise<Result>,
  inFlight: () => number,
  clock: FakeClock,
  advance: (ms: number) => Promise<void>,
): Promise<Result> {
  const state = { done: false };
  const watched = pending.finally(() => {
    state.done = true;
  });
  watched.catch(() => undefined);
  while (!state.done) {
    // Several turns: a promise chain between two exchanges takes some before it sets its timer.
    for (let turns = 0; turns < 10; turns += 1) await turn();
    if (inFlight() === 0 && clock.pendingTimers > 0) await advance(25);
  }
  return watched;
}

/** A venue and a broker on one virtual clock. */
export async function startKiwoom(options: StartKiwoomOptions = {}): Promise<StartedKiwoom> {
  const { environment = 'LIVE', startMs = tenOClockMs } = options;
  const venueClock = createSteppedClock(startMs);
  const venue = await createVenueSim({
    dialect: 'kiwoom',
    environment,
    tradingDate,
    instruments: [
      { symbol: '005930', name: '삼성전자', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 },
      { symbol: '000660', name: 'SK하이닉스', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 200_000 },
    ],
    accounts: [
      {
        accountId: 'main',
        cashKrw: 1_000_000_000,
        holdings: [{ symbol: '000660', quantity: 100, costKrw: 19_000_000 }],
        terms: { feePartsPerBillion: 140_527 },
        ...fakeAccount,
      },
    ],
    seed: 1,
    clock: venueClock,
    ...options.venue,
  });
  const clock = createFakeClock({ startMs });
  const logger = createRecordingLogger();
  const { transport, inFlight } = countingTransport();
  const lateAnswers: OrderResponse[] = [];
  const broker = createKiwoomBroker({
    credentials: environment === 'LIVE' ? kiwoomLiveCredentials(fakeKeys) : kiwoomPaperCredentials(fakeKeys),
    simulatedUrl: venue.url,
    clock: clock satisfies Clock,
    transport,
    logger,
    random: () => 0.5,
    onLateAnswer: (response) => lateAnswers.push(response),
    ...(options.tokenStore === undefined ? {} : { tokenStore: options.tokenStore }),
  });
  const advance = async (ms: number): Promise<void> => {
    venueClock.advanceTo(venueClock.nowMs() + ms);
    await clock.advance(ms);
  };
  return {
    venue,
    broker,
    clock,
    logger,
    lateAnswers,
    settle: (pending) => settleWith(pending, inFlight, clock, advance),
    advance,
    async until(condition) {
      for (let steps = 0; !condition(); steps += 1) {
        if (steps > stepsMax) throw new Error(`It did not come true: ${condition.toString()}`);
        for (let turns = 0; turns < 10; turns += 1) await turn();
        if (inFlight() === 0 && !condition()) await advance(stepMs);
      }
    },
    stop: async () => {
      await broker.close();
      await venue.close();
    },
  };
}
