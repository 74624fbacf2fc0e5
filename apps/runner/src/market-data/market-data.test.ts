import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ConfigurationError } from '@qts/core';
import { afterAll, describe, expect, it } from 'vitest';
import { readBarFile, readDailyFile } from './bar-files.ts';
import { readCsvFile } from './csv-file.ts';
import { readTapeBooks, readTapeTrades } from './tape-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-market-data-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Made-up rows. */
function write(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  const text = Buffer.from(`${lines.join('\n')}\n`);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

function refusal(attempt: () => unknown): ConfigurationError {
  try {
    attempt();
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('readCsvFile', () => {
  it.each(['plain.csv', 'packed.csv.gz'])('reads %s by column name', (name) => {
    const rows = readCsvFile(write(name, 'b,a', '7,x', '8,y'), ['a', 'b']);
    expect(rows.map((row) => [row.line, row.text('a'), row.whole('b', 0)])).toEqual([
      [2, 'x', 7],
      [3, 'y', 8],
    ]);
  });

  it.each([
    ['a missing column', ['a', '1']],
    ['a column nobody knows', ['a,b,c', '1,2,3']],
    ['a row that is too short', ['a,b', '1,2', '3']],
    ['a quoted field', ['a,b', '"1",2']],
  ])('refuses %s', (_, lines) => {
    expect(refusal(() => readCsvFile(write('bad.csv', ...lines), ['a', 'b'])).code).toBe('MARKET_DATA_INVALID');
  });

  it.each(['-1', '1.5', '', '9007199254740993', '1e3', ' 1'])('refuses %o as a whole number', (text) => {
    const [row] = readCsvFile(write('number.csv', 'a,b', `${text},x`), ['a', 'b']);
    expect(refusal(() => row?.whole('a', 0)).facts).toMatchObject({ line: 2, column: 'a', found: text });
  });

  it.each(['2025-10-16T09:00:00Z', '2025-10-16', 'x'])('refuses %o as a Korean time', (text) => {
    const [row] = readCsvFile(write('time.csv', 'a', text), ['a']);
    expect(refusal(() => row?.instantMs('a')).facts).toMatchObject({ column: 'a', found: text });
  });

  it('speaks to a tired person', () => {
    const path = write('spoken.csv', 'price', '70000', 'seventy');
    const rows = readCsvFile(path, ['price']);
    expect(refusal(() => rows.map((row) => row.whole('price', 1))).message.replace(path, '<file>'))
      .toMatchInlineSnapshot(`
      "A row of market data is not as it should be.
        file      <file>
        line      3
        column    price
        found     seventy
        expected  a whole number of at least 1
        next      Restore the file from the repository, or correct the row. Nothing was loaded."
    `);
  });

  it('says when a file is not there', () => {
    const error = refusal(() => readCsvFile(join(folder, 'absent.csv'), ['a']));
    expect(error.code).toBe('MARKET_DATA_UNREADABLE');
    expect(error.facts).toMatchObject({ file: join(folder, 'absent.csv') });
  });
});

describe('readBarFile', () => {
  const header = 'ts,open,high,low,close,volume';

  it('groups bars by Korean date', () => {
    const days = readBarFile(
      write('bars.csv', header, '2025-10-16T14:55:00+09:00,10,12,9,11,5', '2025-10-17T09:00:00+09:00,11,11,11,11,0'),
    );
    expect([...days.keys()]).toEqual(['2025-10-16', '2025-10-17']);
    expect(days.get('2025-10-17')).toEqual([
      { startMs: Date.UTC(2025, 9, 17), openKrw: 11, highKrw: 11, lowKrw: 11, closeKrw: 11, volume: 0 },
    ]);
  });

  it.each([
    ['a high that is not the highest', 'high', '2025-10-16T09:00:00+09:00,10,9,9,10,5'],
    ['a low that is not the lowest', 'low', '2025-10-16T09:00:00+09:00,10,12,11,12,5'],
    ['a bar off the clock', 'ts', '2025-10-16T09:01:00+09:00,10,12,9,11,5'],
    ['a price of nothing', 'open', '2025-10-16T09:00:00+09:00,0,12,9,11,5'],
  ])('refuses %s', (_, column, line) => {
    expect(refusal(() => readBarFile(write('bars.csv', header, line))).facts).toMatchObject({ line: 2, column });
  });

  it('refuses bars out of order', () => {
    const path = write(
      'bars.csv',
      header,
      '2025-10-16T09:05:00+09:00,9,9,9,9,5',
      '2025-10-16T09:00:00+09:00,9,9,9,9,5',
    );
    expect(refusal(() => readBarFile(path)).facts).toMatchObject({ line: 3, column: 'ts' });
  });
});

describe('readDailyFile', () => {
  it('refuses a day that does not come after the one before', () => {
    const day = '2025-10-16,10,12,9,11,5,';
    const path = write('daily.csv', 'date,open,high,low,close,volume,turnover', day, day);
    expect(refusal(() => readDailyFile(path)).facts).toMatchObject({ line: 3, column: 'date' });
  });
});

describe('the recorded tape', () => {
  const header = 'seq,ts,phase,price,qty,side,cum_volume';

  it('keeps the side of a trade, and none for an auction', () => {
    const path = write(
      'trades.csv',
      header,
      '1,2018-11-19T09:00:06.155+09:00,AUCTION,20200,4,A,4',
      '2,2018-11-19T09:00:06.159+09:00,CONT,20200,3,B,7',
    );
    const [auction, taken] = readTapeTrades(path);
    expect(auction).not.toHaveProperty('aggressor');
    expect(taken).toMatchObject({ phase: 'CONTINUOUS', aggressor: 'BUY', quantity: 3 });
  });

  it('refuses a quantity that the running volume does not confirm', () => {
    const path = write('trades.csv', header, '1,2018-11-19T09:00:06.155+09:00,CONT,20200,4,B,5');
    expect(refusal(() => readTapeTrades(path)).facts).toMatchObject({ line: 2, column: 'cum_volume', found: '5' });
  });

  it.each([
    ['asks that do not rise', { ask1: '10', askq1: '1', ask2: '10', askq2: '1' }, 'ask2'],
    ['a gap between levels', { ask2: '10', askq2: '1' }, 'ask2'],
    ['a price without a quantity', { bid1: '10' }, 'bidq1'],
  ])('refuses a book with %s', (_, given: Record<string, string>, column) => {
    const numbers = Array.from({ length: 10 }, (_none, index) => index + 1);
    const names = ['ask', 'askq', 'bid', 'bidq'].flatMap((field) => numbers.map((level) => `${field}${level}`));
    const columns = ['seq', 'ts', ...names, 'ask_total', 'bid_total'];
    const row: Record<string, string> = { ts: '2018-11-19T09:00:06.155+09:00', ...given };
    const path = write('book.csv', columns.join(','), columns.map((name) => row[name] ?? '0').join(','));
    expect(refusal(() => readTapeBooks(path)).facts).toMatchObject({ line: 2, column });
  });
});
