import { type IntentId, type Side, type SymbolCode } from '@qts/core';
import { portion } from '@qts/krx';
import { type FillIncrement } from './tracked-order.ts';

/** A holding in our own book. */
export interface BookPosition {
  readonly symbol: SymbolCode;
  readonly quantity: number;
  /** What the shares cost, fees aside, won. A sale takes its share of it, cut down to the won. */
  readonly costKrw: number;
}

export interface BookSettings {
  readonly openingCashKrw: number;
  readonly openingPositions?: readonly BookPosition[];
  /** Fee of the account on both sides, parts per billion (0.0140527 % = 140,527). An estimate until the broker's figure is read. */
  readonly feePartsPerBillion: number;
  /** Taxes of a sale, each in parts per billion of its amount and each cut to the won by itself. */
  readonly sellTaxesPartsPerBillion: (symbol: SymbolCode) => readonly number[];
}

/**
 * Our own account of cash and shares, from fills alone. It never asks the broker, so that the two can be laid side by
 * side: quantities and amounts must be equal, fees and taxes are estimates by rate.
 */
export interface Book {
  /** Cash when everything traded so far has settled: opening − bought + sold − fees − taxes. */
  readonly cashKrw: number;
  readonly boughtKrw: number;
  readonly soldKrw: number;
  readonly feesKrw: number;
  readonly taxesKrw: number;
  /** The holding of a symbol. Its quantity is negative only when more was sold than the book knew of. */
  position(symbol: SymbolCode): BookPosition | undefined;
  /** Holdings, by symbol; those that were sold in full are left out. */
  positions(): readonly BookPosition[];
  /** What the holdings are worth at the prices given, won; without a price, what they cost. */
  positionsValueKrw(lastPriceKrw: (symbol: SymbolCode) => number | undefined): number;
  /** Counts what an order has filled in all. Figures that are known already, or smaller, change nothing. */
  applyFill(fill: Pick<FillIncrement, 'intentId' | 'symbol' | 'side' | 'filledQuantity' | 'filledAmountKrw'>): void;
}

/** Denominator of the rates. */
const partsPerBillion = 1_000_000_000;

interface Counted {
  quantity: number;
  amountKrw: number;
  feeKrw: number;
  taxKrw: number;
}

/**
 * Fees and taxes go by an order's cumulative amount, cut to the won: what they grow by is what a fill costs. So the book
 * ends equal however the fills were grouped. Brokers round in their own ways (`assumed` here).
 */
export function createBook(settings: BookSettings): Book {
  const { openingCashKrw, openingPositions = [], feePartsPerBillion, sellTaxesPartsPerBillion } = settings;
  const positions = new Map<SymbolCode, { readonly symbol: SymbolCode; quantity: number; costKrw: number }>();
  // Callers hand over what their broker gave, which knows more than a book does.
  for (const { symbol, quantity, costKrw } of openingPositions) positions.set(symbol, { symbol, quantity, costKrw });
  const orders = new Map<IntentId, Counted>();
  let cashKrw = openingCashKrw;
  let boughtKrw = 0;
  let soldKrw = 0;
  let feesKrw = 0;
  let taxesKrw = 0;

  function held(symbol: SymbolCode): { quantity: number; costKrw: number } {
    let position = positions.get(symbol);
    if (position === undefined) {
      position = { symbol, quantity: 0, costKrw: 0 };
      positions.set(symbol, position);
    }
    return position;
  }

  function taxesOn(side: Side, symbol: SymbolCode, amountKrw: number): number {
    if (side === 'BUY') return 0;
    return sellTaxesPartsPerBillion(symbol).reduce((sum, rate) => sum + portion(amountKrw, rate, partsPerBillion), 0);
  }

  return {
    get cashKrw() {
      return cashKrw;
    },
    get boughtKrw() {
      return boughtKrw;
    },
    get soldKrw() {
      return soldKrw;
    },
    get feesKrw() {
      return feesKrw;
    },
    get taxesKrw() {
      return taxesKrw;
    },
    position: (symbol) => positions.get(symbol),
    positions: () =>
      [...positions.values()]
        .filter(({ quantity }) => quantity !== 0)
        .map((position) => ({ ...position }))
        .sort((left, right) => (left.symbol < right.symbol ? -1 : 1)),

    positionsValueKrw(lastPriceKrw) {
      let sumKrw = 0;
      for (const { symbol, quantity, costKrw } of positions.values()) {
        const priceKrw = quantity === 0 ? undefined : lastPriceKrw(symbol);
        sumKrw += priceKrw === undefined ? costKrw : priceKrw * quantity;
      }
      return sumKrw;
    },

    applyFill({ intentId, symbol, side, filledQuantity, filledAmountKrw }) {
      const counted = orders.get(intentId) ?? { quantity: 0, amountKrw: 0, feeKrw: 0, taxKrw: 0 };
      const quantity = filledQuantity - counted.quantity;
      const amountKrw = filledAmountKrw - counted.amountKrw;
      // A fill may be known before its price: the shares count at once, the amount when it comes.
      if (quantity < 0 || (quantity === 0 && amountKrw <= 0)) return;
      const feeKrw = portion(filledAmountKrw, feePartsPerBillion, partsPerBillion);
      const taxKrw = taxesOn(side, symbol, filledAmountKrw);
      const position = held(symbol);
      if (side === 'BUY') {
        boughtKrw += amountKrw;
        cashKrw -= amountKrw;
        position.costKrw += amountKrw;
        position.quantity += quantity;
      } else {
        soldKrw += amountKrw;
        cashKrw += amountKrw;
        position.costKrw -= costOf(quantity, position);
        position.quantity -= quantity;
      }
      feesKrw += feeKrw - counted.feeKrw;
      taxesKrw += taxKrw - counted.taxKrw;
      cashKrw -= feeKrw - counted.feeKrw + (taxKrw - counted.taxKrw);
      orders.set(intentId, { quantity: filledQuantity, amountKrw: filledAmountKrw, feeKrw, taxKrw });
    },
  };
}

/** The part of a holding's cost that a sale takes along; all of it with the last share. */
function costOf(sold: number, { quantity, costKrw }: { readonly quantity: number; readonly costKrw: number }): number {
  if (sold >= quantity) return costKrw;
  // The product may leave the safe integers; fills are rare enough for exact arithmetic.
  return Number((BigInt(costKrw) * BigInt(sold)) / BigInt(quantity));
}
