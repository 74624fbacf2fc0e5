import { sellTax } from '@qts/krx';
import { type AccountSetup, type Exchange, type FrontAccount, type Instrument } from '@qts/venue-sim';
import { type Draw } from '../simulate/world/draw.ts';

/** The trading day of every run: one whose rules `@qts/krx` holds. */
export const crashDate = '2026-11-20';

const tickKrw = 100;
const basePriceKrw = 70_000;

/** Issues of one price, so that an order is told by its symbol and its quantity. Names and prices are invented (`simulated`). */
export const crashInstruments: readonly Instrument[] = Array.from({ length: 12 }, (_, index) => ({
  symbol: String(900_010 + index * 10),
  name: `모의${index + 1}`,
  ...{ market: 'KOSPI', productClass: 'STOCK', basePriceKrw },
}));

/** The price of an order so many ticks from the middle of the book as it was in the morning. */
export function priceKrwAt(ticks: number): number {
  return basePriceKrw + ticks * tickKrw;
}

export const crashBrokers = ['kis', 'kiwoom'] as const;
export type CrashBroker = (typeof crashBrokers)[number];

/** An account that each broker keeps. Invented; marks in it are looked for in all output (tooling/canary-marks.ts). */
export const crashAccounts: Readonly<Record<CrashBroker, AccountSetup & FrontAccount>> = {
  kis: { ...accountOf('simulated-kis'), accountNumber: '73915024-01' },
  kiwoom: { ...accountOf('simulated-kiwoom'), accountNumber: '7391502401' },
};

function accountOf(accountId: string): AccountSetup & Omit<FrontAccount, 'accountNumber'> {
  return {
    accountId,
    appKey: `CANARY-KEY-5cf81e0a7b-${accountId.slice(10)}`,
    appSecret: `CANARY-SECRET-91d7c4e2aa0f-${accountId.slice(10)}`,
    cashKrw: 50_000_000_000,
    holdings: crashInstruments.map(({ symbol }) => ({ symbol, quantity: 50_000, costKrw: 50_000 * basePriceKrw })),
    terms: { feePartsPerBillion: 140_527 },
  };
}

const tax = sellTax({
  ...{ market: 'KOSPI', productClass: 'STOCK', tradingDate: crashDate, amountKrw: 1_000_000_000 },
});
if (!tax.ok) throw new Error(`No tax is known for ${crashDate}: ${tax.reason}`);
/** Taxes on a sale, parts per billion each. */
export const crashSellTaxes: readonly number[] = tax.parts.map(({ taxKrw }) => taxKrw);

/** A book for each issue, then an order every few seconds around the middle, as long as the run may last. */
export function prepareCrashMarket(exchange: Exchange, draw: Draw, startMs: number, untilMs: number): void {
  for (const { symbol } of crashInstruments) {
    const everyMs = draw.whole(2_000, 5_000);
    const place = (side: 'BUY' | 'SELL', quantity: number, ticks: number): void => {
      exchange.placeOrder({
        ...{ symbol, side, quantity, limitPriceKrw: priceKrwAt(ticks), stopPriceKrw: 0 },
        ...{ orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR' },
      });
    };
    const move = (): void => {
      place(draw.chance(0.5) ? 'BUY' : 'SELL', draw.whole(1, 400), draw.whole(-2, 2));
      if (exchange.nowMs + everyMs < untilMs) exchange.schedule(exchange.nowMs + everyMs, move);
    };
    exchange.schedule(startMs - 5_000, () => {
      for (let level = 1; level <= 4; level += 1) {
        place('BUY', draw.whole(50, 900), -level);
        place('SELL', draw.whole(50, 900), level);
      }
      exchange.schedule(exchange.nowMs + draw.whole(1, everyMs), move);
    });
  }
}
