import { intentId, symbolCode } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Book, createBook } from './book.ts';

const samsung = symbolCode('005930');
const hynix = symbolCode('000660');
const feePartsPerBillion = 140_527;

const startBook = (openingPositions: readonly { quantity: number; costKrw: number }[] = []): Book =>
  createBook({
    openingCashKrw: 10_000_000,
    openingPositions: openingPositions.map((position) => ({ symbol: samsung, ...position })),
    feePartsPerBillion,
    sellTaxesPartsPerBillion: (symbol) => (symbol === samsung ? [500_000, 1_500_000] : []),
  });

const fill = (side: 'BUY' | 'SELL', filledQuantity: number, filledAmountKrw: number, id = 'i-1', symbol = samsung) => ({
  intentId: intentId(id),
  symbol,
  side,
  filledQuantity,
  filledAmountKrw,
});

describe('createBook', () => {
  it('pays for what it buys, and the fee, cut to the won', () => {
    const book = startBook();
    book.applyFill(fill('BUY', 10, 701_000));
    expect(book.positions()).toEqual([{ symbol: samsung, quantity: 10, costKrw: 701_000 }]);
    expect(book.feesKrw).toBe(98); // 701,000 × 0.0140527 % = 98.509…
    expect(book.cashKrw).toBe(10_000_000 - 701_000 - 98);
    expect(book.boughtKrw).toBe(701_000);
  });

  it('is paid for what it sells, less the fee and each tax cut by itself', () => {
    const book = startBook([{ quantity: 10, costKrw: 600_000 }]);
    book.applyFill(fill('SELL', 4, 281_999));
    const taxes = 140 + 422; // 0.05 % = 140.9…, 0.15 % = 422.9…: together 563 would be one too many
    expect([book.feesKrw, book.taxesKrw, book.soldKrw]).toEqual([39, taxes, 281_999]);
    expect(book.cashKrw).toBe(10_000_000 + 281_999 - 39 - taxes);
    expect(book.position(samsung)).toEqual({ symbol: samsung, quantity: 6, costKrw: 360_000 });
  });

  it('takes no tax of an issue that has none', () => {
    const book = startBook();
    book.applyFill(fill('SELL', 1, 100_000, 'i-1', hynix));
    expect(book.taxesKrw).toBe(0);
  });

  it('lets the last share take the rest of the cost along', () => {
    const book = startBook([{ quantity: 3, costKrw: 100_000 }]);
    book.applyFill(fill('SELL', 1, 40_000, 'i-1'));
    book.applyFill(fill('SELL', 2, 80_000, 'i-2'));
    expect(book.position(samsung)).toEqual({ symbol: samsung, quantity: 0, costKrw: 0 });
    expect(book.positions()).toEqual([]);
  });

  it('counts shares whose price is not known yet, and the amount when it comes', () => {
    const book = startBook();
    book.applyFill(fill('BUY', 10, 0));
    expect(book.position(samsung)).toMatchObject({ quantity: 10, costKrw: 0 });
    book.applyFill(fill('BUY', 10, 700_000));
    expect(book.position(samsung)).toMatchObject({ quantity: 10, costKrw: 700_000 });
  });

  it('values its holdings at the prices given, and at cost where there is none', () => {
    const book = startBook([{ quantity: 10, costKrw: 600_000 }]);
    book.applyFill(fill('BUY', 2, 240_000, 'i-1', hynix));
    expect(book.positionsValueKrw((symbol) => (symbol === samsung ? 70_000 : undefined))).toBe(940_000);
  });

  it('shows that more was sold than it knew of', () => {
    const book = startBook();
    book.applyFill(fill('SELL', 2, 80_000));
    expect(book.position(samsung)).toMatchObject({ quantity: -2 });
  });

  // domain 13, row 19
  it('ends equal however the fills of an order are grouped, repeated or mixed up', () => {
    const order = fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 1_000 }), price: fc.integer({ min: 1, max: 1_000_000 }) }),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(
        order,
        fc.constantFrom('BUY' as const, 'SELL' as const),
        fc.infiniteStream(fc.nat()),
        (parts, side, random) => {
          let quantity = 0;
          let amount = 0;
          const cumulative = parts.map((part) => {
            quantity += part.quantity;
            amount += part.quantity * part.price;
            return fill(side, quantity, amount);
          });
          const opening = [{ quantity: 1_000_000, costKrw: 7_000_000_000 }];
          const atOnce = startBook(opening);
          atOnce.applyFill(fill(side, quantity, amount));
          const mixed = startBook(opening);
          for (const step of cumulative) {
            mixed.applyFill(step);
            const again = cumulative[Number(random.next().value) % cumulative.length];
            if (again !== undefined) mixed.applyFill(again);
          }
          const figures = (book: Book): unknown => [
            book.cashKrw,
            book.feesKrw,
            book.taxesKrw,
            book.position(samsung)?.quantity,
          ];
          expect(figures(mixed)).toEqual(figures(atOnce));
        },
      ),
    );
  });
});
