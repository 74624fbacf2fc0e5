import { join } from 'node:path';
import { ConfigurationError, type SymbolCode } from '@qts/core';
import { type InstrumentFacts } from '@qts/risk';
import { findDataFolder } from './data-folder.ts';
import { readSymbolMaster } from './symbol-master.ts';

/**
 * What the symbol master of this app says of some issues, for the rules. The master is of 2026-07-22: market and class of
 * product do not change, so only they are taken. Conditions of special windows are a matter of the day and stay empty,
 * which shuts the windows that ask for them.
 *
 * @throws {ConfigurationError} `MARKET_DATA_ABSENT` for a symbol that the master does not have.
 */
export function loadInstruments(
  symbols: readonly SymbolCode[],
  dataFolder: string = findDataFolder(),
): readonly InstrumentFacts[] {
  const master = readSymbolMaster(join(dataFolder, 'master/symbols.csv'));
  return symbols.map((symbol) => {
    const issue = master.get(symbol);
    if (issue === undefined) {
      throw new ConfigurationError({
        code: 'MARKET_DATA_ABSENT',
        summary: 'The symbol master of this app does not have this symbol.',
        facts: { symbol, known: [...master.keys()].join(', ') },
        next: 'Choose a known symbol, or add its row to apps/runner/data/master/symbols.csv.',
      });
    }
    return { symbol, market: issue.market, productClass: issue.productClass, conditions: [] };
  });
}
