import { createRateLimiter, createUndiciTransport } from '@qts/broker-kit';
import { createKisBroker, kisLiveCredentials } from '@qts/broker-kis';
import { createKiwoomBroker, createKiwoomRateLimiters, kiwoomLiveCredentials } from '@qts/broker-kiwoom';
import {
  type Clock,
  type OrderAdapter,
  type OrderReference,
  type OrderResponse,
  kstEpochMs,
  krw,
  timeOfDayMs,
  tradingDate,
} from '@qts/core';
import { buildOrderRequest, createMemoryTokenStore } from '@qts/core/testing';
import {
  type VenueDialectName,
  type VenueFault,
  type VenueOrder,
  type VenueSim,
  createAcceleratedClock,
  createVenueSim,
} from '@qts/venue-sim';
import { createTrialClock } from '../../src/crash/trial-clock.ts';

export const commands = ['PLACE', 'CANCEL', 'REPLACE'] as const;
export type Command = (typeof commands)[number];

export const benchDate = '2026-11-20';
const symbol = '900010';
const tickKrw = 100;
const restingPriceKrw = 69_000;

/** Time runs so much faster than the machine's: an order that waits 30 s for its proof waits less than one. */
const speed = 40;
/** Real deadlines, ms. A late answer is waited for less long than absence takes to prove (30 s of the trial's time). */
const deadlines = { connectTimeoutMs: 2_000, headersTimeoutMs: 400, answerTimeoutMs: 500, lateAnswerMsMax: 700 };

/** What the wire calls each command. */
const operations: Readonly<Record<VenueDialectName, Readonly<Record<Command, string>>>> = {
  kis: { PLACE: 'order-cash', CANCEL: 'order-rvsecncl', REPLACE: 'order-rvsecncl' },
  kiwoom: { PLACE: 'kt10000', CANCEL: 'kt10003', REPLACE: 'kt10002' },
};

/** Parameters under which a fault is what its name says within the deadlines above. */
const parametersOf: Readonly<Partial<Record<VenueFault['id'], Readonly<Record<string, number>>>>> = {
  'R11-silence-late-landing': { landsAfterMs: 8_000 },
  'R11-drop-late-landing': { landsAfterMs: 8_000 },
  'R12-silence-rejected-later': { landsAfterMs: 8_000 },
  'R31-huge-body': { megabytes: 6 },
  'R34-answer-late-after-deadline': { delayMs: 20_000 },
  'R24-rate-limit-storm': { durationMs: 1_000 },
  'R15-maintenance': { durationMs: 1_000 },
};

/** One adapter on one venue over real sockets, with an order that rests. */
export interface FaultBench {
  readonly venue: VenueSim;
  readonly clock: Clock;
  readonly adapter: OrderAdapter;
  readonly accountId: string;
  readonly symbol: string;
  readonly resting: OrderReference;
  /** Late answers that were heard. */
  readonly late: OrderResponse[];
  /** Plans the fault for the next such command. */
  strike(fault: VenueFault, command: Command): Promise<void>;
  /** Sends the command; its outcome, with what the broker said of a refusal that a read has to confirm. */
  send(command: Command): Promise<string>;
  /** Requests of the command that came to the venue since the last strike. */
  arrived(command: Command): number;
  /** Orders that were placed at the venue, the resting one aside. */
  orders(): readonly VenueOrder[];
  close(): Promise<void>;
}

/** A venue, an adapter, and an order that rests. */
export async function startFaultBench(
  dialect: VenueDialectName,
  onLateAnswer: (response: OrderResponse) => void = () => undefined,
): Promise<FaultBench> {
  const startMs = kstEpochMs(tradingDate(benchDate), timeOfDayMs('10:00'));
  const time = { startMs, realMs: Date.now(), speed };
  const account = {
    accountId: 'simulated-1',
    accountNumber: dialect === 'kis' ? '73915024-01' : '7391502401',
    appKey: 'CANARY-KEY-5cf81e0a7b',
    appSecret: 'CANARY-SECRET-91d7c4e2aa0f',
    cashKrw: 1_000_000_000,
    terms: { feePartsPerBillion: 140_527 },
  };
  const venue = await createVenueSim({
    ...{ dialect, environment: 'LIVE', tradingDate: benchDate, accounts: [account], seed: 1 },
    instruments: [{ symbol, name: '모의하나', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 }],
    clock: createAcceleratedClock({ startMs, speed }),
    kis: { requestsPerSecond: 1_000 },
    kiwoom: { requestsPerSecond: 1_000 },
  });
  const clock = createTrialClock(time);
  const tokenStore = createMemoryTokenStore();
  const late: OrderResponse[] = [];
  const limiters: { close(): void }[] = [];
  const limit = { effectiveFrom: '2000-01-01', permits: 100, windowMs: 1_000, source: 'the trial' };
  const parts = {
    ...{ simulatedUrl: venue.url, clock, tokenStore },
    onLateAnswer: (response: OrderResponse) => {
      late.push(response);
      onLateAnswer(response);
    },
  };
  const { accountNumber, appKey, appSecret } = account;
  const open = (): { readonly orders: OrderAdapter; close(): Promise<void> } =>
    dialect === 'kis'
      ? createKisBroker({
          ...{
            ...parts,
            transport: createUndiciTransport(deadlines),
            rateLimiter: createRateLimiter({ clock, limit }),
          },
          credentials: kisLiveCredentials({ accountNumber, appKey, appSecret }),
        })
      : createKiwoomBroker({
          ...{ ...parts, transport: createUndiciTransport(deadlines) },
          rateLimiters: createKiwoomRateLimiters({ clock, limits: [limit] }),
          credentials: kiwoomLiveCredentials({ accountNumber, appKey, secretKey: appSecret }),
        });
  const warm = open();
  const fresh = open();
  const request = (id: string, quantity: number, ticks: number): ReturnType<typeof buildOrderRequest> =>
    buildOrderRequest({ clientOrderId: id, symbol, quantity, limitPriceKrw: restingPriceKrw + ticks * tickKrw });
  const first = await warm.orders.placeOrder(request('resting', 7, 0));
  if (first.outcome !== 'ACCEPTED') throw new Error(`The order that is to rest is ${first.outcome}.`);
  const { reference: resting } = first;
  let adapter = warm.orders;
  let seen = 0;
  const orderNumber = Number(resting.brokerOrderId);

  return {
    ...{ venue, clock, symbol, resting, late, accountId: account.accountId },
    get adapter() {
      return adapter;
    },
    async strike(fault, command) {
      // A fault of connections strikes where a new one is made.
      if (fault.stage === 'CONNECTION') adapter = fresh.orders;
      const parameters = parametersOf[fault.id];
      venue.faults.plan({
        fault: fault.id,
        ...(fault.stage === 'CONNECTION' ? {} : { operation: operations[dialect][command] }),
        ...(parameters === undefined ? {} : { parameters }),
      });
      // The answer of another request: there has to be one, and of something else.
      if (fault.answer === 'ANSWER_OF_ANOTHER') await adapter.listOrders({ tradingDate: tradingDate(benchDate) });
      seen = venue.requests(operations[dialect][command]).length;
    },
    async send(command) {
      switch (command) {
        case 'PLACE':
          return told(await adapter.placeOrder(request('struck', 11, -1)));
        case 'REPLACE':
          return told(
            await adapter.replaceOrder({
              ...{ clientOrderId: request('struck', 7, 0).clientOrderId, target: resting, dryRun: false },
              ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
              limitPriceKrw: krw(restingPriceKrw - 2 * tickKrw),
            }),
          );
        case 'CANCEL':
          return (await adapter.cancelOrder({ target: resting, dryRun: false })).outcome;
      }
    },
    arrived: (command) => venue.requests(operations[dialect][command]).length - seen,
    orders: () =>
      venue.exchange
        .listOrders(account.accountId)
        .filter((order) => order.kind === 'NEW' && order.orderNumber !== orderNumber),
    async close() {
      await Promise.all([warm.close(), fresh.close()]);
      for (const each of limiters) each.close();
      await venue.close();
    },
  };
}

function told(response: OrderResponse): string {
  if (response.outcome !== 'UNKNOWN' || response.refusal === undefined) return response.outcome;
  return 'UNKNOWN, REFUSED'; // Becomes a refusal when a read confirms it.
}
