import { type Exchange, type InstrumentView } from '../../exchange/contracts.ts';

/**
 * Finds an issue by the code a client sent. ETN need a `Q` in front of their six characters (published); other issues
 * go by their code alone.
 */
export function findInstrument(exchange: Exchange, code: string): InstrumentView | undefined {
  const view = exchange.getInstrument(code);
  if (view !== undefined) return isBareEtn(view) ? undefined : view;
  if (!/^Q.{6}$/.test(code)) return undefined;
  const etn = exchange.getInstrument(code.slice(1));
  return etn?.instrument.productClass === 'ETN' ? etn : undefined;
}

function isBareEtn({ instrument }: InstrumentView): boolean {
  return instrument.productClass === 'ETN' && !instrument.symbol.startsWith('Q');
}
