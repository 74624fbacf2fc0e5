import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { createUndiciTransport, type HttpTransport, type WebSocketTransport } from '@qts/broker-kit';
import { createKiwoomBroker, kiwoomLiveCredentials } from '@qts/broker-kiwoom';
import {
  type AccountReader,
  type MarketDataStream,
  type OrderAdapter,
  type OrderStream,
  type QuoteReader,
} from '@qts/core';
import { createFakeClock, createRecordingLogger, type FakeClock, type RecordingLogger } from '@qts/core/testing';
import { createMarket, createSteppedClock, type VenueMarket, type VenueSim } from '@qts/venue-sim';

export const brokerIds = ['kis', 'kiwoom'] as const;
export type BrokerId = (typeof brokerIds)[number];

/** A Monday, and the first day of the KRX after-market. */
export const marketDate = '2026-09-14';
/** 10:00 in Korea. */
const startMs = Date.parse(`${marketDate}T10:00:00+09:00`);
export const symbol = '005930';
/** Fakes: they open nothing but a simulated venue. */
export const secrets: {
  readonly appKey: Readonly<Record<BrokerId, string>>;
  readonly appSecret: Readonly<Record<BrokerId, string>>;
  readonly account: Readonly<Record<BrokerId, string>>;
  readonly htsId: string;
} = {
  appKey: { kis: 'CANARY-KEY-KIS-0123456789', kiwoom: 'CANARY-KEY-KIWOOM-0123456789' },
  appSecret: { kis: 'canarySecretKis'.repeat(8), kiwoom: 'canarySecretKiwoom'.repeat(5) },
  account: { kis: '73915024-01', kiwoom: '6482013701' },
  htsId: 'CANARYHTS',
};

/** As much of a broker as these trials use. */
export interface FrontBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
  readonly streams: { readonly market: MarketDataStream; readonly orders: OrderStream };
  close(): Promise<void>;
}

/** One simulated market on real sockets and virtual time, and brokers that speak to it, each through its own front. */
export interface TwoFronts {
  readonly market: VenueMarket;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  /** The front of a broker, and the broker. Opened when it is first asked for. */
  open(
    id: BrokerId,
    streamTransport?: WebSocketTransport,
  ): Promise<{ readonly venue: VenueSim; readonly broker: FrontBroker }>;
  /** A trade between others. */
  trade(quantity: number, priceKrw?: number): void;
  /** An order of somebody else. */
  other(side: 'BUY' | 'SELL', quantity: number, priceKrw?: number): void;
  /** Lets this much virtual time pass, in steps between which sockets are heard. */
  pass(ms: number): Promise<void>;
  /** Lets virtual time pass, never past a request, until a condition holds: at most `maxMs` of it. */
  until(condition: () => boolean, maxMs?: number): Promise<void>;
  settle<Result>(pending: Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const stepMs = 50;
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export function startTwoFronts(seed = 1): TwoFronts {
  const venueClock = createSteppedClock(startMs);
  const market = createMarket({
    tradingDate: marketDate,
    instruments: [{ symbol, name: '삼성전자', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 }],
    accounts: brokerIds.map((accountId) => ({
      ...{ accountId, cashKrw: 1_000_000_000, terms: { feePartsPerBillion: 140_527 } },
      holdings: [{ symbol, quantity: 1_000, costKrw: 60_000_000 }],
    })),
    ...{ seed, clock: venueClock },
  });
  const clock = createFakeClock({ startMs });
  const logger = createRecordingLogger();
  const { transport, inFlight } = countingTransport();
  const brokers: FrontBroker[] = [];

  async function advance(ms: number): Promise<void> {
    venueClock.advanceTo(venueClock.nowMs() + ms);
    await clock.advance(ms);
  }

  async function until(condition: () => boolean, maxMs = 600_000, step = stepMs): Promise<void> {
    for (let passedMs = 0; !condition(); passedMs += step) {
      if (passedMs > maxMs) throw new Error(`It did not come true: ${condition.toString()}`);
      // Several turns: a promise chain between two exchanges takes some before it sets its timer.
      do for (let turns = 0; turns < 10; turns += 1) await turn();
      while (inFlight() > 0);
      if (!condition()) await advance(step);
    }
  }

  function other(side: 'BUY' | 'SELL', quantity: number, limitPriceKrw = 70_000): void {
    market.exchange.placeOrder({
      ...{ symbol, side, quantity, limitPriceKrw, stopPriceKrw: 0 },
      ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
    });
  }

  return {
    ...{ market, clock, logger, until, other },
    pass(ms) {
      const untilMs = clock.monotonicMs() + ms;
      return until(() => clock.monotonicMs() >= untilMs, Infinity, Math.min(ms, 500));
    },
    async open(id, streamTransport) {
      const front = { accountId: id, accountNumber: secrets.account[id], appKey: secrets.appKey[id] };
      const account = { ...front, appSecret: secrets.appSecret[id], htsId: secrets.htsId };
      const venue = await market.open({
        ...{ dialect: id, environment: 'LIVE', accounts: [account] },
        kis: { orderVisibilityDelayMs: 0 },
      });
      const parts = {
        ...{ simulatedUrl: venue.url, clock, transport, logger, random: () => 0.5 },
        ...(streamTransport === undefined ? {} : { streamTransport }),
      };
      const { accountNumber, appKey, appSecret, htsId } = account;
      const broker: FrontBroker =
        id === 'kis'
          ? createKisBroker({ ...parts, credentials: kisLiveCredentials({ accountNumber, appKey, appSecret, htsId }) })
          : createKiwoomBroker({
              ...parts,
              credentials: kiwoomLiveCredentials({ accountNumber, appKey, secretKey: appSecret }),
            });
      brokers.push(broker);
      return { venue, broker };
    },
    trade(quantity, priceKrw = 70_500) {
      other('SELL', quantity, priceKrw);
      other('BUY', quantity, priceKrw);
    },
    async settle(pending) {
      const state = { done: false };
      const watched = pending.finally(() => {
        state.done = true;
      });
      watched.catch(() => undefined);
      await until(() => state.done);
      return watched;
    },
    async close() {
      for (const broker of brokers) await broker.close();
      await market.close();
    },
  };
}

/** Counts exchanges under way: virtual time stands still while there is one. */
function countingTransport(): { readonly transport: HttpTransport; readonly inFlight: () => number } {
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

/** Reads a stream into a list. */
export function collect<Event>(stream: AsyncIterable<Event>): Event[] {
  const told: Event[] = [];
  void (async () => {
    for await (const event of stream) told.push(event);
  })();
  return told;
}
