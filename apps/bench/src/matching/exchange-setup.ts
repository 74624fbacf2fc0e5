import { type ExchangeSetup, type NewOrder } from '@qts/venue-sim';

const symbol = '005930';

/** An account that can pay for everything the flow asks for. */
export const benchAccountId = 'bench';

/** A day with one issue; the open is over well before {@link continuousAtMs}. */
export const benchSetup: ExchangeSetup = {
  tradingDate: '2026-11-20',
  seed: 1,
  instruments: [{ symbol, name: '삼성전자', market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 }],
  accounts: [
    {
      accountId: benchAccountId,
      cashKrw: 4_000_000_000_000_000,
      holdings: [{ symbol, quantity: 1_000_000_000, costKrw: 0 }],
      terms: { feePartsPerBillion: 140_527 },
    },
  ],
};

/** In continuous trading: 2026-11-20 10:00 in Korea. */
export const continuousAtMs: number = Date.parse('2026-11-20T10:00:00+09:00');

/** A limit order of the flow; of the market itself unless an account is named. */
export function flowOrder(side: 'BUY' | 'SELL', priceKrw: number, quantity: number, accountId?: string): NewOrder {
  const order: NewOrder = {
    symbol,
    side,
    quantity,
    orderType: 'LIMIT',
    timeInForce: 'DAY',
    session: 'REGULAR',
    limitPriceKrw: priceKrw,
    stopPriceKrw: 0,
  };
  return accountId === undefined ? order : { ...order, accountId };
}
