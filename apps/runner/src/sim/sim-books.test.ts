import { type AccountHolding, type AccountView, type Exchange, type VenueOrder } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { type TradingSession } from '../trading/trading-session.ts';
import { compareBooks } from '../report/books.ts';
import { ownBooks, venueBooks } from './sim-books.ts';

const figures = { boughtKrw: 700, soldKrw: 200, feesKrw: 3, taxesKrw: 1 };
const facts = { filledQuantity: 4, filledAmountKrw: 400, canceledQuantity: 6 };
const terms = { symbol: '005930', side: 'BUY', quantity: 10 };

function session(orders: readonly unknown[]): TradingSession {
  const positions = () => [{ symbol: '005930', quantity: 4, costKrw: 400 }];
  return {
    book: { cashKrw: 496, ...figures, positions },
    tracker: { list: () => orders },
  } as unknown as TradingSession;
}

function exchange(orders: readonly Partial<VenueOrder>[]): Exchange {
  const holding = (symbol: string, quantity: number) => ({ symbol, quantity }) as AccountHolding;
  const account = { settledKrw: 496, ...figures, holdings: [holding('005930', 4), holding('000660', 0)] };
  return {
    getAccount: (id: string) => (id === 'main' ? (account as unknown as AccountView) : undefined),
    listOrders: () => orders as readonly VenueOrder[],
  } as unknown as Exchange;
}

describe('our books and the venue’s', () => {
  const ours = ownBooks(session([{ reference: { brokerOrderId: '17' }, intent: terms, facts }]));
  const theirs = venueBooks(
    exchange([{ kind: 'NEW', orderNumber: 17, ...terms, ...facts } as Partial<VenueOrder>]),
    'main',
  );

  it('come to one form, in which what is equal is equal', () => {
    expect(ours).toEqual({
      settledCashKrw: 496,
      ...figures,
      positions: new Map([['005930', 4]]),
      orders: new Map([['17', { ...terms, ...facts }]]),
    });
    expect(theirs).toEqual(ours);
    expect(compareBooks(ours, theirs).every(({ equal }) => equal)).toBe(true);
  });

  it('leave out what has no number, and rows that are commands', () => {
    expect(ownBooks(session([{ reference: undefined, intent: terms, facts }])).orders.size).toBe(0);
    expect(venueBooks(exchange([{ kind: 'CANCEL', orderNumber: 18 }]), 'main').orders.size).toBe(0);
  });

  it('cannot be had of an account that the venue does not know', () => {
    expect(() => venueBooks(exchange([]), 'other')).toThrow('The venue has no account other.');
  });
});
