import { isCalendarDate } from '@qts/krx';
import { type Instrument } from '../exchange/contracts.ts';
import { UsageError } from './program-options.ts';

/** A market of one's own. */
export interface MarketFile {
  readonly tradingDate: string;
  readonly instruments: readonly Instrument[];
}

const markets: readonly string[] = ['KOSPI', 'KOSDAQ', 'KONEX'] satisfies readonly Instrument['market'][];
const classes: readonly string[] = ['STOCK', 'ETF', 'ETN', 'ELW'] satisfies readonly Instrument['productClass'][];

/**
 * Reads the text of a market file.
 *
 * @throws UsageError naming the field; rules of the day (ticks, limits) are checked by the exchange.
 */
export function parseMarketFile(text: string): MarketFile {
  const value = parseJson(text);
  const { tradingDate, instruments } = value;
  if (typeof tradingDate !== 'string' || !isCalendarDate(tradingDate)) throw refuse('tradingDate', 'YYYY-MM-DD');
  if (!Array.isArray(instruments) || instruments.length === 0) throw refuse('instruments', 'a list of at least one');
  return { tradingDate, instruments: instruments.map(toInstrument) };
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError('The market file is not JSON.', { cause: error });
  }
  if (typeof value !== 'object' || value === null) throw refuse('(whole file)', 'an object');
  return value as Readonly<Record<string, unknown>>;
}

function toInstrument(value: unknown, index: number): Instrument {
  const field = `instruments[${index}]`;
  if (typeof value !== 'object' || value === null) throw refuse(field, 'an object');
  const { symbol, name, market, productClass, basePriceKrw, previousCloseKrw, listedShares } = value as Readonly<
    Record<string, unknown>
  >;
  if (typeof symbol !== 'string' || !/^[0-9A-Z]{6,7}$/.test(symbol)) throw refuse(`${field}.symbol`, 'six characters');
  if (typeof name !== 'string') throw refuse(`${field}.name`, 'text');
  if (typeof market !== 'string' || !markets.includes(market)) throw refuse(`${field}.market`, markets.join(', '));
  if (typeof productClass !== 'string' || !classes.includes(productClass)) {
    throw refuse(`${field}.productClass`, classes.join(', '));
  }
  if (!isWon(basePriceKrw)) throw refuse(`${field}.basePriceKrw`, 'whole won above 0');
  if (previousCloseKrw !== undefined && !isWon(previousCloseKrw)) {
    throw refuse(`${field}.previousCloseKrw`, 'whole won above 0');
  }
  if (listedShares !== undefined && !isWon(listedShares))
    throw refuse(`${field}.listedShares`, 'a whole number above 0');
  return {
    symbol,
    name,
    market: market as Instrument['market'],
    productClass: productClass as Instrument['productClass'],
    basePriceKrw,
    ...(previousCloseKrw === undefined ? {} : { previousCloseKrw }),
    ...(listedShares === undefined ? {} : { listedShares }),
  };
}

function isWon(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function refuse(field: string, remedy: string): UsageError {
  return new UsageError(`The field ${field} of the market file is not usable. Give ${remedy}.`);
}
