import { type Krw, type PriceLevel } from '@qts/core';
import { priceIn, sharesIn, textIn, type WireRow } from '../wire-fields.ts';
import { quoteFields } from './ka10001.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

/** Levels of a side. */
const levelsMax = 10;

/** A book, best level first; levels without a price are left out. */
export interface KiwoomBookAnswer {
  /** `HHMMSS`, Korea. */
  readonly time: string;
  readonly asks: readonly PriceLevel[];
  readonly bids: readonly PriceLevel[];
}

/** How a side of a book names the price and the quantity of a level, from 1. */
export type BookLevelNames = (level: number) => readonly [price: string, quantity: string];

/** Reads the levels of one side that have a price. */
export function readBookSide(row: WireRow, namesOf: BookLevelNames, operation: string): readonly PriceLevel[] {
  const levels: PriceLevel[] = [];
  for (let level = 1; level <= levelsMax; level += 1) {
    const [price, quantity] = namesOf(level);
    const priceKrw: Krw = priceIn(row, price, operation);
    if (priceKrw > 0) levels.push({ priceKrw, quantity: sharesIn(row, quantity, operation) });
  }
  return levels;
}

/** The names are the broker's: `2th` and `3th` too, and the best level has names of its own (`fpr` 최우선). */
function levelNamesOf(side: 'sel' | 'buy'): BookLevelNames {
  return (level) =>
    level === 1 ? [`${side}_fpr_bid`, `${side}_fpr_req`] : [`${side}_${level}th_pre_bid`, `${side}_${level}th_pre_req`];
}

const operation = 'ka10004';

/**
 * 주식호가요청. The book of one venue in ten levels. `_bid` in its names is 호가, a quote of either side. The suffix of the
 * combined book (`_AL`) is reported to be ignored here: ka10007 has that book.
 */
export const ka10004: KiwoomOperation<(typeof quoteFields)[number]['name'], KiwoomBookAnswer> = defineOperation({
  name: operation,
  korean: '주식호가요청',
  source: '국내주식 › 시세 › ka10004',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/mrkcond',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: quoteFields,
  response: [
    { name: 'bid_req_base_tm', korean: '호가시간', reading: 'STRICT' },
    { name: 'sel_fpr_bid, sel_2th_pre_bid … sel_10th_pre_bid', korean: '매도호가1 … 10', reading: 'STRICT' },
    { name: 'sel_fpr_req, sel_2th_pre_req … sel_10th_pre_req', korean: '매도호가수량1 … 10', reading: 'STRICT' },
    { name: 'buy_fpr_bid, buy_2th_pre_bid … buy_10th_pre_bid', korean: '매수호가1 … 10', reading: 'STRICT' },
    { name: 'buy_fpr_req, buy_2th_pre_req … buy_10th_pre_req', korean: '매수호가수량1 … 10', reading: 'STRICT' },
  ],
  paged: false,
  parse: (body) => ({
    time: textIn(body, 'bid_req_base_tm', operation),
    asks: readBookSide(body, levelNamesOf('sel'), operation),
    bids: readBookSide(body, levelNamesOf('buy'), operation),
  }),
});
