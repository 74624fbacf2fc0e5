import { type VenueFaultId, type VenueFaultPlan } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { type TradedDay, opensAtMs, stopAt, trade } from './trade-day.ts';

/*
 * Answers to orders are lost on purpose, between the real adapter and the simulated venue over real sockets, in virtual
 * time. Nothing is sent twice, and in the end our books are the venue's.
 */

const date = '2025-10-17';
const endsAtMs = opensAtMs(date) + 90 * 60_000;

/** Trades an hour and a half while these faults strike. */
function tradeUnder(...plans: readonly VenueFaultPlan[]): Promise<TradedDay> {
  return trade({
    date,
    prepare(venue, stop) {
      for (const plan of plans) venue.faults.plan(plan);
      stopAt(endsAtMs)(venue, stop);
    },
  });
}

/** What has to hold whatever was lost. */
function expectNothingLost({ report, venue }: TradedDay, state = 'NORMAL'): void {
  const own = venue.exchange.listOrders('main').filter(({ kind }) => kind === 'NEW');
  expect(report.books.lines.filter(({ equal }) => !equal)).toEqual([]);
  expect(report.end.leftOpen).toEqual([]);
  expect(own.filter(({ leavesQuantity }) => leavesQuantity > 0)).toEqual([]);
  // One POST for each intent that left, and at most one order for each POST.
  const { byStatus } = report.orders;
  const sent = report.orders.total - (byStatus.DENIED ?? 0);
  expect(venue.requests('order-cash')).toHaveLength(sent);
  expect(own).toHaveLength(sent - (byStatus.ABSENT ?? 0) - (byStatus.REJECTED ?? 0));
  expect(byStatus.SUBMITTED ?? 0).toBe(0);
  expect(report.safety.state).toBe(state);
}

const second = (fault: VenueFaultId, parameters: VenueFaultPlan['parameters'] = {}): VenueFaultPlan => ({
  ...{ fault, operation: 'order-cash', when: { nth: 2 }, parameters },
});

describe('an order whose answer is lost after the venue accepted it', () => {
  it.each([
    'R08-drop-after-accept',
    'R08-reset-after-accept',
    'R13-half-json-after-accept',
    'R14-empty-200-after-accept',
    'R15-html-page-after-accept',
    'R19-error-500-after-accept',
    'R21-error-502-after-accept',
  ] as const)('by %s is found on the list, and trading goes on', async (fault) => {
    const day = await tradeUnder(second(fault));
    expect(day.venue.faults.counters()[fault]).toBe(1);
    expect(day.report.intents).toMatchObject({ unknown: 1, byCode: { FS042: 1 } });
    expect(day.report.intents.accepted).toBeGreaterThan(1);
    expectNothingLost(day);
    expect(day.report.orders.byStatus.ABSENT).toBeUndefined();
  });

  // An answer that contradicts itself latches the failure guard at once (execution-safety 11, F6).
  it.each(['R18-no-order-number-after-accept', 'wrong-operation-echoed-after-accept'] as const)(
    'by %s is found on the list, and no order leaves any more',
    async (fault) => {
      const day = await tradeUnder(second(fault));
      expect(day.venue.faults.counters()[fault]).toBe(1);
      expect(day.report.intents).toMatchObject({ unknown: 1, accepted: 1 });
      expect(day.report.end.reason).toBe('safety');
      expectNothingLost(day, 'FAIL');
      expect(day.report.orders.byStatus.ABSENT).toBeUndefined();
    },
  );

  it('is found although the list lags behind by as much as was seen', async () => {
    const day = await tradeUnder(second('R08-drop-after-accept'), { fault: 'R39-list-lags' });
    expect(day.venue.faults.counters()['R39-list-lags']).toBeGreaterThan(0);
    expectNothingLost(day);
    expect(day.report.orders.byStatus.ABSENT).toBeUndefined();
  });

  it('is found on a list whose rows come twice', async () => {
    const day = await tradeUnder(second('R08-drop-after-accept'), { fault: 'R38-rows-doubled', times: Infinity });
    expectNothingLost(day);
  });
});

describe('an order whose request is lost before the venue accepted it', () => {
  it.each([
    'R07-drop-before-accept',
    'R13-half-json-before-accept',
    'R15-html-page-before-accept',
    'R20-error-500-before-accept',
  ] as const)('by %s is absent, and trading goes on', async (fault) => {
    const day = await tradeUnder(second(fault));
    expect(day.venue.faults.counters()[fault]).toBe(1);
    expect(day.report.intents).toMatchObject({ unknown: 1 });
    expectNothingLost(day);
    expect(day.report.orders.byStatus.ABSENT).toBe(1);
  });
});

describe('an order that lands long after the connection ended', () => {
  it.each([1_000, 12_000, 29_000])('after %i ms is found as if it had been there', async (landsAfterMs) => {
    const day = await tradeUnder(second('R11-drop-late-landing', { landsAfterMs }));
    expectNothingLost(day);
    expect(day.report.orders.byStatus.ABSENT).toBeUndefined();
  });

  // The alarm is an anomaly: it warns, unless trading is still stopped for the order that nobody knew of.
  it.each([
    [31_000, 'NORMAL'],
    [60_000, 'WARNING'],
    [120_000, 'WARNING'],
  ] as const)('after %i ms, called absent by then, is bound all the same', async (landsAfterMs, state) => {
    const day = await tradeUnder(second('R11-drop-late-landing', { landsAfterMs }));
    expectNothingLost(day, state);
    expect(day.report.orders.byStatus.ABSENT).toBeUndefined();
  });
});

describe('a cancel', () => {
  it.each(['R07-drop-before-accept', 'R08-drop-after-accept'] as const)(
    'whose answer is lost by %s is brought to its end',
    async (fault) => {
      const day = await tradeUnder({ fault, operation: 'order-rvsecncl', times: 3 });
      expect(day.venue.faults.counters()[fault]).toBeGreaterThan(0);
      expectNothingLost(day);
    },
  );

  it('that never gets through leaves its order to the end of the session', async () => {
    const day = await trade({
      date,
      prepare: ({ faults }) => {
        faults.plan({ fault: 'R07-drop-before-accept', operation: 'order-rvsecncl', times: Infinity });
      },
    });
    expectNothingLost(day);
    expect(day.report.orders.byStatus.EXPIRED).toBeGreaterThan(0);
    expect(day.report.orders.byStatus.CANCELED).toBeUndefined();
  });
});
