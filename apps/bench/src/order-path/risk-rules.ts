import { createRequire } from 'node:module';
import { type SymbolCode, type Quote } from '@qts/core';
import { type PreTradeSettings } from '@qts/engine';

/** The part of `@qts/risk` that a composition root needs. */
interface RiskRules {
  createMarketDay(settings: {
    readonly tradingDate: string;
    readonly instruments: readonly NonNullable<ReturnType<PreTradeSettings['market']['instrument']>>[];
    readonly quote: (symbol: SymbolCode) => Quote | undefined;
  }): PreTradeSettings['market'];
  readonly riskLimitsDefault: PreTradeSettings['limits'];
}

/** The engine's own copy of the checks: what is measured is what the engine runs. */
export const riskRules: RiskRules = createRequire(import.meta.resolve('@qts/engine'))('@qts/risk') as RiskRules;
