import { type ExecutionIntent, type Quote, intentId, krw, symbolCode } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { type MarketView, createMarketDay, riskLimitsDefault } from '@qts/risk';
import { describe, expect, it } from 'vitest';
import { createBook } from './orders/book.ts';
import { createOrderTracker } from './orders/order-tracker.ts';
import { type PreTradeSettings, createAccountView } from './pre-trade.ts';

const samsung = symbolCode('005930');
const hynix = symbolCode('000660');

/** Samsung was bought at 60,000 and is quoted at 70,000; Hynix has no quote. */
const market: MarketView = createMarketDay({
  tradingDate: '2026-09-14',
  instruments: [],
  quote: (symbol) => (symbol === samsung ? ({ lastPriceKrw: krw(70_000) } as Quote) : undefined),
});

function startView(...open: readonly ExecutionIntent[]): ReturnType<typeof createAccountView> {
  return startViewBeside({}, ...open);
}

/** The same, where others trade the account, too, or notices have told of fills that no read has shown. */
function startViewBeside(
  beside: Pick<PreTradeSettings, 'external' | 'provisional'>,
  ...open: readonly ExecutionIntent[]
): ReturnType<typeof createAccountView> {
  const book = createBook({
    openingCashKrw: 1_000_000,
    openingPositions: [
      { symbol: samsung, quantity: 10, costKrw: 600_000 },
      { symbol: hynix, quantity: 2, costKrw: 300_000 },
    ],
    feePartsPerBillion: 0,
    sellTaxesPartsPerBillion: () => [],
  });
  const tracker = createOrderTracker();
  for (const intent of open) tracker.beginPlace(intent, krw(50_000), 0);
  const limits = { ...riskLimitsDefault, feePartsPerBillion: 1_000_000 };
  return createAccountView({ market, limits, tracker, book, openingEquityKrw: 2_000_000, ...beside });
}

describe('createAccountView', () => {
  it('values holdings at last prices, and at cost without one', () => {
    const view = startView();
    expect(view.equityKrw).toBe(1_000_000 + 700_000 + 300_000);
    expect(view.exposureKrw).toBe(1_000_000);
    expect(view.symbolExposureKrw(samsung)).toBe(700_000);
    expect(view.symbolExposureKrw(hynix)).toBe(300_000);
    expect(view.symbolExposureKrw(symbolCode('035720'))).toBe(0);
  });

  it('holds back cash and its fee for open buys, and counts them as exposure', () => {
    const view = startView(buildExecutionIntent({ quantity: 4 }));
    expect(view.orderableCashKrw).toBe(1_000_000 - 200_000 - 200);
    expect(view.exposureKrw).toBe(1_200_000);
    expect(view.symbolExposureKrw(samsung)).toBe(900_000);
    expect([view.openOrdersTotal, view.ordersToday]).toEqual([1, 1]);
  });

  it('holds back the shares of open sells, and never offers fewer than none', () => {
    const sell = (id: string, quantity: number): ExecutionIntent =>
      buildExecutionIntent({ intentId: intentId(id), side: 'SELL', quantity });
    expect(startView(sell('i-1', 4)).sellableQuantity(samsung)).toBe(6);
    expect(startView(sell('i-1', 8), sell('i-2', 8)).sellableQuantity(samsung)).toBe(0);
    expect(startView().sellableQuantity(symbolCode('035720'))).toBe(0);
  });

  it('counts fills that were only noticed where they make less possible, and nowhere else', () => {
    const provisional = { openBuyValueKrw: () => 70_000, openSellQuantity: () => 4 };
    const view = startViewBeside({ provisional });
    expect(view.orderableCashKrw).toBe(1_000_000 - 70_000 - 70);
    expect(view.sellableQuantity(samsung)).toBe(6);
    expect(view.exposureKrw).toBe(1_070_000);
    expect(view.symbolExposureKrw(samsung)).toBe(770_000);
    expect(view.equityKrw).toBe(2_000_000);
  });

  it('counts what others trade in the account, and spends none of their proceeds', () => {
    const theirs = {
      openBuyValueKrw: () => 50_000,
      openSellQuantity: () => 3,
      netQuantity: () => -2,
      netCashKrw: 140_000,
    };
    const beside = startViewBeside({ external: theirs });
    expect(beside.orderableCashKrw).toBe(1_000_000 - 50_000 - 50);
    expect(beside.sellableQuantity(samsung)).toBe(10 - 2 - 3);
    expect(beside.exposureKrw).toBe(1_050_000);
    const bought = startViewBeside({ external: { ...theirs, netQuantity: () => 2, netCashKrw: -140_000 } });
    expect(bought.orderableCashKrw).toBe(1_000_000 - 140_000 - 50_000 - 50);
    expect(bought.sellableQuantity(samsung)).toBe(10 - 3);
    expect(bought.exposureKrw).toBe(1_050_000 + 140_000);
    expect(bought.symbolExposureKrw(samsung)).toBe(700_000 + 50_000 + 140_000);
  });
});
