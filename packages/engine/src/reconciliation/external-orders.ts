import { type IntentId, type OrderSnapshot, type SymbolCode } from '@qts/core';
import { type Book, type BookSettings, createBook } from '../orders/book.ts';

/** What others traded in the account today: orders at the broker that we never sent. Never canceled, always counted. */
export interface ExternalExposure {
  /** Open buys at their limit, won: of all symbols, or of one. An order without a limit counts at `marketPriceKrw`. */
  openBuyValueKrw(symbol?: SymbolCode): number;
  /** Shares that open sells hold back. */
  openSellQuantity(symbol: SymbolCode): number;
  /** Shares bought less shares sold. */
  netQuantity(symbol: SymbolCode): number;
  /** What their fills brought, fees and taxes estimated, won; negative when they bought. */
  readonly netCashKrw: number;
}

export interface ExternalOrders extends ExternalExposure {
  /** Takes the rows of a list that are nobody's of ours: all that there are. What is ours meanwhile is gone from them. */
  take(rows: readonly OrderSnapshot[]): void;
  readonly rows: readonly OrderSnapshot[];
}

/** Fees and taxes of the account, as its book has them. */
export type TradingCosts = Pick<BookSettings, 'feePartsPerBillion' | 'sellTaxesPartsPerBillion'>;

/** What rows of a list came to: a book that began with nothing, so its holdings and cash are changes. */
export function bookOfRows(rows: readonly OrderSnapshot[], costs: TradingCosts): Book {
  const book = createBook({ openingCashKrw: 0, ...costs });
  for (const { reference, filledQuantity, filledAmountKrw } of rows) {
    const { symbol, side, brokerOrderId } = reference;
    if (filledQuantity === 0) continue;
    book.applyFill({ intentId: brokerOrderId as string as IntentId, symbol, side, filledQuantity, filledAmountKrw });
  }
  return book;
}

/** @param marketPriceKrw what a share of an order without a limit is taken to cost, won */
export function createExternalOrders(
  costs: TradingCosts,
  marketPriceKrw: (symbol: SymbolCode) => number | undefined = () => undefined,
): ExternalOrders {
  let rows: readonly OrderSnapshot[] = [];
  let book = bookOfRows(rows, costs);

  const open = (symbol: SymbolCode | undefined, side: 'BUY' | 'SELL'): readonly OrderSnapshot[] =>
    rows.filter(
      ({ reference, leavesQuantity }) =>
        leavesQuantity > 0 && reference.side === side && (symbol === undefined || reference.symbol === symbol),
    );

  return {
    take(given) {
      rows = given;
      book = bookOfRows(rows, costs);
    },
    get rows() {
      return rows;
    },
    openBuyValueKrw: (symbol) =>
      open(symbol, 'BUY').reduce(
        (sum, { leavesQuantity, limitPriceKrw, reference }) =>
          sum + leavesQuantity * (limitPriceKrw ?? marketPriceKrw(reference.symbol) ?? 0),
        0,
      ),
    openSellQuantity: (symbol) => open(symbol, 'SELL').reduce((sum, { leavesQuantity }) => sum + leavesQuantity, 0),
    netQuantity: (symbol) => book.position(symbol)?.quantity ?? 0,
    get netCashKrw() {
      return book.cashKrw;
    },
  };
}
