import { type Quote, type QuoteReader, type SymbolCode } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { keepLatestQuotes } from './latest-quotes.ts';

const [samsung, hynix] = ['005930', '000660'] as [SymbolCode, SymbolCode];

/** A reader whose quotes are numbered, and which says what it was asked. */
function start() {
  const asked: unknown[][] = [];
  let lastPriceKrw = 0;
  const answer =
    <Result>(name: string, result: (query: { symbol: SymbolCode }) => Result) =>
    (query: { symbol: SymbolCode }, options?: unknown) => {
      asked.push([name, query, options]);
      return Promise.resolve(result(query));
    };
  const reader = {
    brokerId: 'test',
    getQuote: answer('getQuote', ({ symbol }) => ({ symbol, lastPriceKrw: (lastPriceKrw += 1) }) as unknown as Quote),
    getOrderBook: answer('getOrderBook', () => 'book'),
    listDailyBars: answer('listDailyBars', () => 'days'),
    listMinuteBars: answer('listMinuteBars', () => 'minutes'),
  } as unknown as QuoteReader;
  return { quotes: keepLatestQuotes(reader), reader, asked };
}

describe('keepLatestQuotes', () => {
  it('knows nothing of a symbol that was not read', () => {
    expect(start().quotes.latest(samsung)).toBeUndefined();
  });

  it('keeps the newest of each symbol', async () => {
    const { quotes } = start();
    await quotes.reader.getQuote({ symbol: samsung });
    await quotes.reader.getQuote({ symbol: hynix });
    await quotes.reader.getQuote({ symbol: samsung });
    expect(quotes.latest(samsung)?.lastPriceKrw).toBe(3);
    expect(quotes.latest(hynix)?.lastPriceKrw).toBe(2);
  });

  it('keeps what it had when a read fails', async () => {
    const { quotes, reader } = start();
    await quotes.reader.getQuote({ symbol: samsung });
    reader.getQuote = () => Promise.reject(new Error('down'));
    await expect(quotes.reader.getQuote({ symbol: samsung })).rejects.toThrow('down');
    expect(quotes.latest(samsung)?.lastPriceKrw).toBe(1);
  });

  it('hands everything else on as it came', async () => {
    const { quotes, asked } = start();
    const options = { deadlineMs: 1 };
    const query = { symbol: samsung };
    const { reader } = quotes;
    expect(reader.brokerId).toBe('test');
    expect(await reader.getOrderBook(query, options)).toBe('book');
    expect(await reader.listDailyBars(query as never, options)).toBe('days');
    expect(await reader.listMinuteBars(query as never, options)).toBe('minutes');
    await reader.getQuote(query, options);
    expect(asked).toEqual(
      ['getOrderBook', 'listDailyBars', 'listMinuteBars', 'getQuote'].map((name) => [name, query, options]),
    );
  });
});
