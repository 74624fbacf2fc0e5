import { type OrderStatus } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type SessionEnd, type TradingSession } from '../trading/trading-session.ts';
import { type ReportContext, makeDayReport } from './day-report.ts';

const context: ReportContext = {
  simulated: true,
  mode: 'sim',
  broker: 'a broker',
  tradingDate: '2025-10-17',
  strategy: 'test',
  seed: 1,
  lostAnswers: null,
  orderProof: null,
  streamFaults: null,
  data: { real: ['real'], modelled: ['modelled'] },
};
const end: SessionEnd = { reason: 'done', cycles: 3, errors: 0, leftOpen: [] };
const line = { item: 'cash', ours: 1, venue: 1, equal: true };

function session(overrides: Record<string, unknown> = {}): TradingSession {
  const order = (status: OrderStatus, filledQuantity: number) => ({ status, facts: { filledQuantity } });
  const orders = [order('FILLED', 10), order('CANCELED', 4), order('CANCELED', 0), order('REJECTED', 0)];
  return {
    book: {
      ...{ cashKrw: 900, boughtKrw: 300, soldKrw: 210, feesKrw: 7, taxesKrw: 3 },
      positions: () => [{ symbol: '005930', quantity: 2, costKrw: 200, other: 'kept out' }],
    },
    tracker: { list: () => orders },
    safety: { snapshot: () => ({ pipelineState: 'WARNING' }) },
    acts: { accepted: 3, rejected: 1, 'not-sent': 2, unknown: 0, skipped: 40, error: 1 },
    failures: new Map([
      ['GR040', 2],
      ['FS040', 1],
    ]),
    openingCashKrw: 1_000,
    equityKrw: () => 1_101,
    streamReport: () => undefined,
    ...overrides,
  } as unknown as TradingSession;
}

describe('makeDayReport', () => {
  const report = makeDayReport(context, session(), end, [line]);

  it('carries what it was told of the day', () => {
    expect(report).toMatchObject({ ...context, end, equityKrw: 1_101 });
  });

  it('counts intents by their answers, and leaves out cycles that asked for none', () => {
    expect(report.intents).toEqual({
      total: 6,
      accepted: 3,
      rejected: 1,
      notSent: 2,
      unknown: 0,
      byCode: { FS040: 1, GR040: 2 },
    });
    expect(Object.keys(report.intents.byCode)).toEqual(['FS040', 'GR040']);
    expect(report.acts).toMatchObject({ skipped: 40, error: 1 });
  });

  it('counts orders by status in the order of a life, and names no status that nobody has', () => {
    expect(report.orders).toEqual({ total: 4, byStatus: { FILLED: 1, CANCELED: 2, REJECTED: 1 } });
  });

  it('counts fills of orders that were canceled too', () => {
    expect(report.fills).toEqual({ orders: 2, quantity: 14, boughtKrw: 300, soldKrw: 210 });
    expect(report.costs).toEqual({ feesKrw: 7, taxesKrw: 3 });
    expect(report.cash).toEqual({ openingKrw: 1_000, closingKrw: 900 });
    expect(report.positions).toEqual([{ symbol: '005930', quantity: 2, costKrw: 200 }]);
  });

  it('calls the books equal only when every line is', () => {
    expect(report.books).toEqual({ equal: true, lines: [line] });
    const unequal = makeDayReport(context, session(), end, [line, { ...line, venue: 2, equal: false }]);
    expect(unequal.books.equal).toBe(false);
  });

  it('says null where there is nothing, so that JSON keeps the name', () => {
    expect(report.safety).toEqual({ state: 'WARNING', lastFailSafeCode: null });
    const safety = { snapshot: () => ({ pipelineState: 'FAIL', lastFailSafeCode: 'FS042' }) };
    const failed = makeDayReport({ ...context, seed: null }, session({ safety }), end, []);
    expect(failed.safety).toEqual({ state: 'FAIL', lastFailSafeCode: 'FS042' });
    expect(JSON.parse(JSON.stringify(failed))).toEqual(failed);
  });
});
