import { type AccountSnapshot, type Krw, type PositionSnapshot, type Shares, type SymbolCode } from '@qts/core';
import { type Book, type OrderTracker, type createAccountView } from '@qts/engine';

/** The account as a strategy may see it: holdings and open buys of the symbols that are traded. */
export function snapshotAccount(
  symbols: readonly SymbolCode[],
  book: Book,
  tracker: OrderTracker,
  view: ReturnType<typeof createAccountView>,
): AccountSnapshot {
  const positions = new Map<SymbolCode, PositionSnapshot>();
  for (const symbol of symbols) {
    const { quantity = 0, costKrw = 0 } = book.position(symbol) ?? {};
    let openBuyQuantity = 0;
    for (const order of tracker.openOrders(symbol, 'BUY')) openBuyQuantity += order.leavesQuantity;
    if (quantity === 0 && openBuyQuantity === 0) continue;
    positions.set(symbol, {
      quantity: quantity as Shares,
      sellableQuantity: view.sellableQuantity(symbol) as Shares,
      costKrw: costKrw as Krw,
      openBuyQuantity: openBuyQuantity as Shares,
    });
  }
  return { orderableCashKrw: view.orderableCashKrw as Krw, equityKrw: view.equityKrw, positions };
}
