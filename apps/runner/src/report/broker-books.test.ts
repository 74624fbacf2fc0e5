import { type Position, type PositionList, TransportError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { comparePositions } from './broker-books.ts';

const position = (symbol: string, quantity: number) => ({ symbol, quantity, costKrw: 0 }) as unknown as Position;
const book = { positions: () => [position('005930', 3), position('000660', 1)] };

const account = (positions: readonly Position[], complete = true) => ({
  listPositions: () => Promise.resolve({ positions, complete, readAtMs: 0 } satisfies PositionList),
});

describe('comparePositions', () => {
  it('compares by symbol, and passes over what neither holds', async () => {
    const lines = await comparePositions(book, account([position('005930', 3), position('035420', 0)]));
    expect(lines).toEqual([
      { item: 'position 000660', ours: 1, venue: 0, equal: false },
      { item: 'position 005930', ours: 3, venue: 3, equal: true },
    ]);
  });

  it('finds a position that only the broker knows', async () => {
    const lines = await comparePositions({ positions: () => [] }, account([position('035420', 7)]));
    expect(lines).toEqual([{ item: 'position 035420', ours: 0, venue: 7, equal: false }]);
  });

  it('calls nothing equal that was not read to the end', async () => {
    const lines = await comparePositions(book, account([position('005930', 3), position('000660', 1)], false));
    expect(lines.at(-1)).toEqual({ item: 'positions', ours: 'all', venue: 'not complete', equal: false });
  });

  it('says so when the broker cannot answer', async () => {
    const error = new TransportError({ code: 'TIMED_OUT', summary: 's', next: 'n', sent: 'MAYBE_SENT' });
    const lines = await comparePositions(book, { listPositions: () => Promise.reject(error) });
    expect(lines).toEqual([{ item: 'positions', ours: '2 symbols', venue: 'not read: TIMED_OUT', equal: false }]);
  });

  it('hides no defect of ours', async () => {
    const broken = { listPositions: () => Promise.reject(new TypeError('bug')) };
    await expect(comparePositions(book, broken)).rejects.toThrow('bug');
  });
});
