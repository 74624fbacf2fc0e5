import { type AccountReader, BrokerError } from '@qts/core';
import { type Book } from '@qts/engine';
import { type BookLine } from './books.ts';

/**
 * Compares positions by our book with those of the broker. Cash is left out: how the broker rounds costs is not
 * published. What the broker cannot say is a line that is not equal: the report of the day is not lost for it.
 */
export async function comparePositions(
  book: Pick<Book, 'positions'>,
  account: Pick<AccountReader, 'listPositions'>,
): Promise<readonly BookLine[]> {
  const ours = new Map<string, number>(book.positions().map(({ symbol, quantity }) => [symbol, quantity]));
  let theirs;
  try {
    theirs = await account.listPositions();
  } catch (error) {
    if (!BrokerError.isInstance(error)) throw error;
    return [{ item: 'positions', ours: `${ours.size} symbols`, venue: `not read: ${error.code}`, equal: false }];
  }
  const { complete } = theirs;
  const venue = new Map<string, number>(theirs.positions.map(({ symbol, quantity }) => [symbol, quantity]));
  const lines = [...new Set([...ours.keys(), ...venue.keys()])]
    .sort()
    .map((symbol) => ({ item: `position ${symbol}`, ours: ours.get(symbol) ?? 0, venue: venue.get(symbol) ?? 0 }))
    .filter((line) => line.ours !== 0 || line.venue !== 0)
    .map((line) => ({ ...line, equal: line.ours === line.venue }));
  // A list that is not complete proves nothing, however equal its rows look.
  return complete ? lines : [...lines, { item: 'positions', ours: 'all', venue: 'not complete', equal: false }];
}
