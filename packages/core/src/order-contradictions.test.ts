import { describe, expect, it } from 'vitest';
import { needsReconciliation } from './compute-order-status.ts';
import { findContradictions, findDoubleBindings, orderContradictions } from './order-contradictions.ts';
import { observeOrder, openOrderFacts, type OrderObservation } from './order-facts.ts';
import { brokerOrderId, clientOrderId, shares, symbolCode } from './value-constructors.ts';

const open = (id = 'intent-1') =>
  openOrderFacts({
    clientOrderId: clientOrderId(id),
    symbol: symbolCode('005930'),
    side: 'BUY',
    orderedQuantity: shares(10),
  });

const number = brokerOrderId('117057');
const fill = (quantity: number): OrderObservation => ({ brokerOrderId: number, filledQuantity: shares(quantity) });
const read = (source: string, asOfMs: number, quantity: number): OrderObservation => ({
  ...fill(quantity),
  reading: { source, asOfMs },
});

const rows: readonly [(typeof orderContradictions)[number], string, readonly OrderObservation[]][] = [
  ['OVERFILLED', 'more filled than ordered', [fill(11)]],
  ['FILL_ON_REJECTED_ORDER', 'a fill on a rejected order', [fill(1), { rejectedQuantity: shares(10) }]],
  ['FIGURE_SHRANK', 'a later read that says less', [read('list', 1, 5), read('list', 2, 4)]],
  ['FIGURE_SHRANK', 'a later read that says nothing', [read('list', 1, 5), read('list', 2, 5), read('list', 3, 0)]],
  [
    'FIGURE_SHRANK',
    'canceled quantity that comes back',
    [
      { canceledQuantity: shares(2), reading: { source: 'list', asOfMs: 1 } },
      { canceledQuantity: shares(1), reading: { source: 'list', asOfMs: 2 } },
    ],
  ],
  [
    'FIGURE_SHRANK',
    'rejected quantity that comes back',
    [
      { rejectedQuantity: shares(2), reading: { source: 'list', asOfMs: 1 } },
      { rejectedQuantity: shares(1), reading: { source: 'list', asOfMs: 2 } },
    ],
  ],
  ['OTHER_SYMBOL_OR_SIDE', 'another symbol under our number', [{ ...fill(3), symbol: symbolCode('000660') }]],
  ['OTHER_SYMBOL_OR_SIDE', 'another side under our number', [{ ...fill(3), side: 'SELL' }]],
  ['DENIED_BUT_AT_BROKER', 'a number for an order that we refused', [{ denied: true }, { brokerOrderId: number }]],
];

describe('a contradiction', () => {
  it.each(rows)('%s is found in %s, in either order, and asks for a look', (expected, _what, said) => {
    for (const observations of [said, said.toReversed()]) {
      const facts = observations.reduce(observeOrder, open());
      expect(findContradictions(facts)).toEqual([expected]);
      expect(needsReconciliation(facts)).toBe(true);
    }
  });

  it('has been of every kind above', () => {
    expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set(orderContradictions));
  });

  it('is not made by a slow source beside a fast one', () => {
    const facts = [read('daily', 1, 5), read('open', 2, 3)].reduce(observeOrder, open());
    expect(findContradictions(facts)).toEqual([]);
  });

  it('is not made by an old read that arrives late', () => {
    const facts = [read('daily', 2, 5), read('daily', 1, 3)].reduce(observeOrder, open());
    expect(findContradictions(facts)).toEqual([]);
  });

  it('ends when the source agrees with itself again', () => {
    const facts = [read('daily', 1, 5), read('daily', 2, 3), read('daily', 3, 5)].reduce(observeOrder, open());
    expect(findContradictions(facts)).toEqual([]);
  });

  it('counts an overfill, because it is real', () => {
    expect(observeOrder(open(), fill(11)).filledQuantity).toBe(11);
  });

  it('keeps a stranger out of the figures', () => {
    const facts = observeOrder(open(), { ...fill(3), symbol: symbolCode('000660') });
    expect(facts).toMatchObject({ filledQuantity: 0, brokerOrderIds: [] });
    expect(facts.misfits).toEqual([{ brokerOrderId: number, symbol: '000660', side: 'BUY' }]);
  });
});

describe('findDoubleBindings', () => {
  it('finds the number that two orders claim', () => {
    const [first, second, third] = ['b', 'a', 'c'].map(open);
    const orders = [first, second].map((facts) => observeOrder(facts ?? open(), fill(1)));
    const other = observeOrder(third ?? open(), { brokerOrderId: brokerOrderId('9') });
    expect(findDoubleBindings([...orders, other])).toEqual([{ brokerOrderId: '117057', clientOrderIds: ['a', 'b'] }]);
  });

  it('finds nothing in two numbers of one order', () => {
    const facts = [fill(1), { brokerOrderId: brokerOrderId('9') }].reduce(observeOrder, open());
    expect(findDoubleBindings([facts])).toEqual([]);
  });
});
