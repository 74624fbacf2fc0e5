import { type SymbolCode, type TradingDate, ConfigurationError } from '@qts/core';
import { sellTax } from '@qts/krx';
import { type InstrumentFacts } from '@qts/risk';

/** A billion won: what is taken of it is the rate in parts per billion. */
const billionKrw = 1_000_000_000;

/**
 * The rates of the taxes on a sale of each symbol, in parts per billion, from the exchange's dated rules.
 *
 * @throws {ConfigurationError} when no rule is held for the date
 */
export function createSellTaxes(
  instruments: readonly InstrumentFacts[],
  tradingDate: TradingDate,
): (symbol: SymbolCode) => readonly number[] {
  const bySymbol = new Map<SymbolCode, readonly number[]>();
  for (const { symbol, market, productClass } of instruments) {
    const tax = sellTax({ market, productClass, tradingDate, amountKrw: billionKrw });
    if (!tax.ok) {
      throw new ConfigurationError({
        code: 'MARKET_RULES_MISSING',
        summary: 'The taxes of the trading date are not known; nothing was started.',
        facts: { symbol, tradingDate, reason: tax.reason },
        next: 'Update @qts/krx to a version whose rules cover the date.',
      });
    }
    bySymbol.set(
      symbol,
      tax.parts.map(({ taxKrw }) => taxKrw),
    );
  }
  return (symbol) => bySymbol.get(symbol) ?? [];
}
