import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountSetup, type Exchange, type NewOrder, type VenueOrder } from './contracts.ts';
import { createExchange } from './exchange.ts';
import { at, instrument, symbol, tradingDate } from './test-day.ts';

const feePartsPerBillion = 140_527;
const accounts: readonly AccountSetup[] = [
  {
    accountId: 'one',
    cashKrw: 40_000_000,
    holdings: [{ symbol, quantity: 300, costKrw: 20_000_001 }],
    terms: { feePartsPerBillion },
  },
  { accountId: 'two', cashKrw: 3_000_000, terms: { feePartsPerBillion } },
];

const command = fc.record({
  kind: fc.constantFrom('PLACE', 'PLACE', 'PLACE', 'CANCEL', 'REPLACE', 'WAIT'),
  accountId: fc.constantFrom('one', 'two', undefined),
  side: fc.constantFrom<'BUY' | 'SELL'>('BUY', 'SELL'),
  orderType: fc.constantFrom<NewOrder['orderType']>(
    'LIMIT',
    'LIMIT',
    'LIMIT',
    'MARKET',
    'CONDITIONAL_LIMIT',
    'BEST_LIMIT',
    'PRIORITY_LIMIT',
    'CLOSING_PRICE',
    'STOP_LIMIT',
  ),
  timeInForce: fc.constantFrom<NewOrder['timeInForce']>('DAY', 'DAY', 'DAY', 'IOC', 'FOK'),
  quantity: fc.integer({ min: 1, max: 200 }),
  ticks: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(-210, 210)),
  pick: fc.nat(),
  waitMs: fc.integer({ min: 1_000, max: 5_400_000 }),
});
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const sessionNow = (exchange: Exchange, orderType: NewOrder['orderType']): NewOrder['session'] => {
  const { phases } = exchange;
  if (orderType === 'CLOSING_PRICE')
    return phases.includes('PRE_OPEN_CLOSING_PRICE') ? 'PRE_OPEN_CLOSING_PRICE' : 'POST_CLOSE_CLOSING_PRICE';
  return phases.includes('AFTER_MARKET') ? 'AFTER_MARKET' : 'REGULAR';
};

/** Plays a day of commands; answers every order that was taken. `check` runs after each command. */
function play(
  commands: readonly Command[],
  seed: number,
  check: (exchange: Exchange, orders: readonly VenueOrder[]) => void,
): Exchange {
  const exchange = createExchange({
    tradingDate,
    seed,
    instruments: [instrument],
    accounts,
    startAtMs: at('08:31:00'),
  });
  const orders: VenueOrder[] = [];
  for (const each of commands) {
    const { accountId, side, orderType, timeInForce, quantity } = each;
    const priced = orderType === 'LIMIT' || orderType === 'CONDITIONAL_LIMIT';
    const terms = {
      orderType,
      timeInForce,
      session: sessionNow(exchange, orderType),
      limitPriceKrw: priced ? 70_000 + each.ticks * 100 : 0,
    };
    const target = orders[each.pick % Math.max(orders.length, 1)];
    if (each.kind === 'WAIT') exchange.advanceTo(exchange.nowMs + each.waitMs);
    else if (each.kind === 'PLACE') {
      const result = exchange.placeOrder({
        ...(accountId === undefined ? {} : { accountId }),
        symbol,
        side,
        quantity,
        ...terms,
        stopPriceKrw: 0,
      });
      if (result.ok) orders.push(result.order);
    } else if (target !== undefined) {
      const request = {
        ...(target.accountId === undefined ? {} : { accountId: target.accountId }),
        orderNumber: target.orderNumber,
        ...(quantity > 100 ? {} : { quantity }),
      };
      const result =
        each.kind === 'CANCEL' ? exchange.cancelOrder(request) : exchange.replaceOrder({ ...request, ...terms });
      if (result.ok) orders.push(result.order);
    }
    check(exchange, orders);
  }
  return exchange;
}

/** Cash that an order holds back, worked out from what everybody can see of it. */
function reserveOf(exchange: Exchange, order: VenueOrder): number {
  if (order.side === 'SELL' || order.leavesQuantity === 0) return 0;
  const atUpperLimit = order.orderType === 'MARKET' || order.orderType === 'CONDITIONAL_LIMIT';
  const amount = (atUpperLimit ? 91_000 : order.limitPriceKrw) * order.leavesQuantity;
  const fills = exchange
    .listFills(order.accountId ?? '')
    .filter(({ orderNumber }) => orderNumber === order.orderNumber);
  const feePaid = fills.reduce((sum, { feeKrw }) => sum + feeKrw, 0);
  return amount + Math.floor(((amount + order.filledAmountKrw) * feePartsPerBillion) / 1_000_000_000) - feePaid;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function checkBooks(exchange: Exchange, orders: readonly VenueOrder[]): void {
  for (const { accountId } of accounts) {
    const view = exchange.getAccount(accountId);
    if (view === undefined) throw new Error('the account is gone');
    const own = exchange.listOrders(accountId);
    expect(view.reservedKrw).toBe(total(own.map((each) => reserveOf(exchange, each))));
    expect(view.orderableKrw).toBe(view.settledKrw - view.reservedKrw);
    expect(view.orderableKrw).toBeGreaterThanOrEqual(0);
    expect(view.settledKrw).toBe(view.depositKrw - view.boughtKrw + view.soldKrw - view.feesKrw - view.taxesKrw);
    for (const holding of view.holdings) {
      const openSells = own.filter(({ side, kind }) => side === 'SELL' && kind !== 'CANCEL');
      expect(holding.reservedQuantity).toBe(total(openSells.map(({ leavesQuantity }) => leavesQuantity)));
      expect(holding.quantity).toBeGreaterThanOrEqual(holding.reservedQuantity);
      expect(holding.costKrw).toBeGreaterThanOrEqual(0);
    }
  }
  for (const order of orders) {
    expect(order.filledQuantity + order.canceledQuantity + order.leavesQuantity).toBe(order.quantity);
    expect(Math.min(order.filledQuantity, order.canceledQuantity, order.leavesQuantity)).toBeGreaterThanOrEqual(0);
  }
  checkConservation(exchange, orders);
  const book = exchange.getBook(symbol);
  const [bid] = book?.bids ?? [];
  const [ask] = book?.asks ?? [];
  if (bid !== undefined && ask !== undefined) expect(bid.priceKrw).toBeLessThan(ask.priceKrw);
}

/** What accounts and the market have together never changes, apart from fees and taxes. */
function checkConservation(exchange: Exchange, orders: readonly VenueOrder[]): void {
  const views = accounts.flatMap(({ accountId }) => exchange.getAccount(accountId) ?? []);
  const market = orders.filter(({ accountId }) => accountId === undefined);
  const marketCash = market.map(({ side, filledAmountKrw }) => (side === 'SELL' ? filledAmountKrw : -filledAmountKrw));
  const cash = total(views.map(({ settledKrw, feesKrw, taxesKrw }) => settledKrw + feesKrw + taxesKrw));
  expect(cash + total(marketCash)).toBe(43_000_000);
  const marketShares = market.map(({ side, filledQuantity }) => (side === 'BUY' ? filledQuantity : -filledQuantity));
  const shares = total(views.flatMap(({ holdings }) => holdings.map(({ quantity }) => quantity)));
  expect(shares + total(marketShares)).toBe(300);
}

/** A fingerprint of everything that a listener hears and a reader sees. */
function fingerprint(commands: readonly Command[], seed: number): string {
  const hash = createHash('sha256');
  let listening = false;
  const exchange = play(commands, seed, (each) => {
    if (!listening) {
      listening = true;
      each.subscribe({
        onTrade: (trade) => hash.update(JSON.stringify(trade)),
        onFill: (fill) => hash.update(JSON.stringify(fill)),
        onOrder: (order) => hash.update(JSON.stringify(order)),
        onPhase: (phase, atMs) => hash.update(`${phase} ${atMs}`),
      });
    }
    hash.update(JSON.stringify(each.getBook(symbol)));
  });
  exchange.advanceTo(Math.max(exchange.nowMs, at('21:00:00')));
  return hash.update(JSON.stringify(accounts.map(({ accountId }) => exchange.getAccount(accountId)))).digest('hex');
}

describe('a day of commands', () => {
  it('keeps cash, shares, reserves and orders in balance after every command, and never crosses the book it shows', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 5, maxLength: 60 }), fc.integer(), (commands, seed) => {
        play(commands, seed, checkBooks);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves nothing open and nothing held back when it is over', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 5, maxLength: 60 }), fc.integer(), (commands, seed) => {
        const exchange = play(commands, seed, () => undefined);
        exchange.advanceTo(Math.max(exchange.nowMs, at('20:00:00')));
        for (const { accountId } of accounts) {
          expect(exchange.getAccount(accountId)?.reservedKrw).toBe(0);
          expect(exchange.listOrders(accountId).every(({ leavesQuantity }) => leavesQuantity === 0)).toBe(true);
        }
        expect(exchange.phases).toEqual(['CLOSED']);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same day again with the same seed and commands', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 5, maxLength: 40 }), fc.integer(), (commands, seed) => {
        expect(fingerprint(commands, seed)).toBe(fingerprint(commands, seed));
      }),
      { numRuns: 50 },
    );
  });

  it('numbers orders, replaces and cancels upwards', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        let numbers: readonly number[] = [];
        play(commands, 1, (_, orders) => (numbers = orders.map(({ orderNumber }) => orderNumber)));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }),
      { numRuns: 50 },
    );
  });
});
