import { createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { type VenueSim, createSteppedClock, createVenueSim } from '@qts/venue-sim';
import { checkMatches, checkThat } from '../check.ts';
import { conformanceDate, conformanceMarket, startOf } from '../conformance-target.ts';
import { type TestRunner } from '../describe-conformance.ts';
import { type ConformanceResult } from '../run-case.ts';
import { type FakeAccount, type SimulatedTargetSettings, countExchanges } from '../venue-sim/simulated-target.ts';
import { type RealBroker, type RealBrokerParts, openRealBroker } from './real-broker-target.ts';
import { realBrokerChecks, runRealBrokerCheck } from './run-real-broker-check.ts';

/** What the venue is told to do wrong, by the request that it strikes. */
export type StruckRequest = 'TOKEN' | 'PLACE' | 'REPLACE' | 'CANCEL' | 'LIST' | 'HOLDINGS' | 'QUOTE';

export interface RehearsalSettings extends Pick<SimulatedTargetSettings, 'brokerId' | 'dialect' | 'account'> {
  /** The broker's own name of each; of several that serve, the one that the check needs. */
  readonly operations: Readonly<Record<StruckRequest, string>>;
  /** Makes the broker for the venue at `url`, with the keys given. */
  connect(
    parts: RealBrokerParts & {
      readonly url: string;
      readonly environment: 'LIVE' | 'PAPER';
      readonly account: FakeAccount;
    },
  ): RealBroker;
}

/** What is wrong with the other side, or with us. */
interface Misbehaviour {
  readonly environment?: 'LIVE' | 'PAPER';
  /** Time of day in Korea. Default `10:00`. */
  readonly startsAt?: string;
  /** How far our clock is ahead of the venue's, ms. */
  readonly clockAheadMs?: number;
  readonly appKey?: string;
  readonly fault?: Parameters<VenueSim['faults']['plan']>[0]['fault'];
  readonly on?: StruckRequest;
  /** Not the first such request alone, but all. */
  readonly always?: true;
}

/** What has to make a check fail, and what it has to say then. */
const failing: readonly (Misbehaviour & { readonly what: string; readonly id: string; readonly says: RegExp })[] = [
  {
    what: 'a key that the broker does not know',
    id: 'REAL-010',
    appKey: 'ANOTHER-KEY-0123456789',
    says: /key or token/,
  },
  {
    ...{ what: 'no token to be had', id: 'REAL-010', fault: 'R27-token-issue-refused', on: 'TOKEN', always: true },
    says: /key or token|EGW00133|1700/,
  },
  { what: 'a clock half a minute ahead', id: 'REAL-020', clockAheadMs: 30_000, says: /clock of this machine is off/ },
  { what: 'a clock half a minute behind', id: 'REAL-020', clockAheadMs: -30_000, says: /clock of this machine is off/ },
  {
    ...{
      what: 'a quote that is no JSON',
      id: 'REAL-040',
      fault: 'R13-half-json-before-accept',
      on: 'QUOTE',
      always: true,
    },
    says: /JSON|not valid|answer/,
  },
  {
    ...{ what: 'a page in HTML', id: 'REAL-050', fault: 'R15-html-page-before-accept', on: 'HOLDINGS', always: true },
    says: /JSON|HTML|answer/,
  },
  {
    ...{ what: 'a list that fails', id: 'REAL-060', fault: 'R20-error-500-before-accept', on: 'LIST', always: true },
    says: /500|complete/,
  },
  {
    ...{ what: 'an order whose answer is lost', id: 'REAL-100', fault: 'R08-drop-after-accept', on: 'PLACE' },
    says: /after UNKNOWN look at the broker and cancel by hand: BUY 1 005930/,
  },
  {
    ...{ what: 'an order that is refused', id: 'REAL-100', fault: 'R17-unlisted-refusal', on: 'PLACE' },
    says: /the order is accepted/,
  },
  {
    ...{ what: 'a replace that gets lost', id: 'REAL-100', fault: 'R07-drop-before-accept', on: 'REPLACE' },
    says: /the replace is accepted/,
  },
  {
    ...{ what: 'a cancel that gets lost', id: 'REAL-100', fault: 'R07-drop-before-accept', on: 'CANCEL' },
    says: /the cancel is taken \(cancel \d+ by hand\)/,
  },
];

/**
 * Shows that the checks of a real account are able to fail: the very same functions run against a simulated venue, which
 * behaves first, and then does not.
 */
export function describeRealBrokerRehearsal(settings: RehearsalSettings, { describe, it }: TestRunner): void {
  describe(`${settings.brokerId} real_broker checks, rehearsed on a simulated venue`, () => {
    for (const environment of ['PAPER', 'LIVE'] as const) {
      it(`no check fails at a ${environment} venue that behaves, and no order is left`, async () => {
        const { results, venue } = await rehearse(settings, { environment });
        const failed = [...results].filter(([, { end }]) => end === 'FAILED');
        checkMatches(failed, [], 'checks that failed');
        const orders = venue.exchange.listOrders('main').filter(({ kind }) => kind === 'NEW');
        // A buy and a sale on paper; a live account is only read.
        checkMatches(orders.length, environment === 'PAPER' ? 2 : 0, 'orders that reached the venue');
        checkThat(
          orders.every(({ leavesQuantity, filledQuantity }) => leavesQuantity + filledQuantity === 0),
          'none works',
        );
        const ordersEnd = environment === 'PAPER' ? 'PASSED' : 'SKIPPED';
        checkMatches([results.get('REAL-100')?.end, results.get('REAL-110')?.end], [ordersEnd, ordersEnd], 'orders');
      });
    }

    it('orders are skipped, visibly, while the market is closed', async () => {
      const { results, venue } = await rehearse(settings, { startsAt: '08:30' }, ['REAL-100', 'REAL-110']);
      const closed = {
        end: 'SKIPPED',
        why: 'the market is closed: run it on a trading day between 09:01 and 15:19 in Korea',
      };
      checkMatches([...results.values()], [closed, closed], 'results');
      checkMatches(venue.exchange.listOrders('main').length, 0, 'orders');
    });

    for (const { what, id, says, ...wrong } of failing) {
      it(`${id} fails, and says why: ${what}`, async () => {
        const { results } = await rehearse(settings, wrong, [id]);
        const result = results.get(id);
        checkThat(result?.end === 'FAILED' && says.test(result.why), `${id} fails with ${String(says)}`, result);
      });
    }
  });
}

async function rehearse(
  settings: RehearsalSettings,
  { environment = 'PAPER', startsAt = '10:00', clockAheadMs = 0, appKey, fault, on, always }: Misbehaviour,
  ids: readonly string[] = realBrokerChecks.map(({ id }) => id),
): Promise<{ readonly results: ReadonlyMap<string, ConformanceResult>; readonly venue: VenueSim }> {
  const startMs = startOf({ startsAt });
  const venueClock = createSteppedClock(startMs);
  const { cashKrw, issues, holding, feePartsPerBillion } = conformanceMarket;
  const venue = await createVenueSim({
    ...{ dialect: settings.dialect, environment, tradingDate: conformanceDate, seed: 1, clock: venueClock },
    instruments: issues.map((issue) => ({ ...issue, market: 'KOSPI', productClass: 'STOCK' })),
    accounts: [{ accountId: 'main', cashKrw, holdings: [holding], terms: { feePartsPerBillion }, ...settings.account }],
  });
  if (fault !== undefined && on !== undefined) {
    const { operations } = settings;
    // Where a broker has one operation for both, the cancel is the second of them.
    const isSecond = on === 'CANCEL' && operations.CANCEL === operations.REPLACE;
    const when = isSecond ? { when: { nth: 2 } } : undefined;
    venue.faults.plan({ fault, operation: operations[on], ...when, ...(always ? { times: Infinity } : undefined) });
  }
  const clock = createFakeClock({ startMs: startMs + clockAheadMs });
  const exchanges = { underWay: 0 };
  const bench = openRealBroker({
    ...{ brokerId: settings.brokerId, environment, clock, logger: createRecordingLogger(), refusals: {} },
    accountShown: () => 'simulated',
    connect: ({ watched, ...parts }) =>
      settings.connect({
        ...{ ...parts, environment, url: venue.url },
        account: { ...settings.account, ...(appKey === undefined ? undefined : { appKey }) },
        watched: (transport) => countExchanges(watched(transport), exchanges),
      }),
  });
  try {
    const results = new Map<string, ConformanceResult>();
    for (const check of realBrokerChecks.filter(({ id }) => ids.includes(id))) {
      let isDone = false;
      const pending = runRealBrokerCheck(check, bench).finally(() => (isDone = true));
      const isWaiting = (): boolean => !isDone;
      while (isWaiting()) {
        // Several turns: a chain of promises between two exchanges takes some before it sets its timer.
        for (let turns = 0; turns < 10; turns += 1) await clock.settle();
        if (exchanges.underWay > 0 || clock.pendingTimers === 0) continue;
        venueClock.advanceTo(venueClock.nowMs() + 25);
        await clock.advance(25);
      }
      results.set(check.id, await pending);
    }
    return { results, venue };
  } finally {
    await bench.stop();
    await venue.close();
  }
}
