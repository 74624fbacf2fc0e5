import { type CashBalance, type PositionList, type SymbolCode } from '@qts/core';
import { type Book } from '../orders/book.ts';
import { type Difference } from './difference.ts';
import { type ExternalExposure } from './external-orders.ts';

/** How far cash may be off, won. */
export interface CashAllowance {
  /** Rounding of fees and taxes, whatever was traded. */
  readonly baseKrw: number;
  /** Part of today's estimated fees and taxes that the estimate may be wrong by, basis points. */
  readonly costsBps: number;
  /** Beyond this no risk is added until a person has looked. */
  readonly limitKrw: number;
}

/** All `assumed`: brokers round in their own ways, and events and promotions change rates. */
export const cashAllowanceDefault: CashAllowance = { baseKrw: 1_000, costsBps: 1_000, limitKrw: 100_000 };

export interface AccountComparison {
  readonly book: Book;
  readonly external: ExternalExposure;
  readonly positions: PositionList;
  readonly cash: CashBalance;
  /** Symbols of which an order may or may not be live: they and cash cannot be compared. */
  readonly isUnclear: (symbol: SymbolCode) => boolean;
  readonly allowance: CashAllowance;
}

/** Where positions and cash are not what they began with and what was traded since (D4, D5). */
export function compareAccount(comparison: AccountComparison): readonly Difference[] {
  const { book, external, positions, cash, isUnclear, allowance } = comparison;
  const found = new Map<SymbolCode, number>();
  for (const { symbol, quantity } of positions.positions) found.set(symbol, (found.get(symbol) ?? 0) + quantity);
  for (const { symbol } of book.positions()) if (!found.has(symbol)) found.set(symbol, 0);
  const differences: Difference[] = [];
  let isCashClear = true;
  for (const [symbol, quantity] of found) {
    if (isUnclear(symbol)) {
      isCashClear = false;
      continue;
    }
    const expected = (book.position(symbol)?.quantity ?? 0) + external.netQuantity(symbol);
    if (expected === quantity) continue;
    const why = `the broker holds ${quantity} of ${symbol}, and our fills come to ${expected}`;
    differences.push({ class: 'D4', subject: symbol, symbol, expected, found: quantity, why });
  }
  const expectedKrw = book.cashKrw + external.netCashKrw;
  const offKrw = Math.abs(cash.settledKrw - expectedKrw);
  const allowedKrw = allowance.baseKrw + Math.ceil(((book.feesKrw + book.taxesKrw) * allowance.costsBps) / 10_000);
  if (isCashClear && offKrw > allowedKrw) {
    const why = `the broker shows ${cash.settledKrw} won, and our fills come to ${expectedKrw}`;
    const figures = { expected: expectedKrw, found: cash.settledKrw, isBeyondLimit: offKrw > allowance.limitKrw };
    differences.push({ class: 'D5', subject: 'cash', ...figures, why });
  }
  return differences;
}
