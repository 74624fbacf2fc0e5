import { type Krw, type Shares } from '@qts/core';
import { priceOrZeroIn, sharesIn, textIn } from '../wire-fields.ts';
import { quoteFields } from './ka10001.ts';
import { type BookLevelNames, type KiwoomBookAnswer, readBookSide } from './ka10004.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

/** The book of both venues together, with the expected match of an auction; zero when there is none. */
export interface KiwoomCombinedBookAnswer extends KiwoomBookAnswer {
  /** `stk_cd` as sent, with the suffix of its venue. */
  readonly code: string;
  readonly expectedPriceKrw: Krw;
  readonly expectedQuantity: Shares;
}

const levelNamesOf =
  (side: 'sel' | 'buy'): BookLevelNames =>
  (level) => [`${side}_${level}bid`, `${side}_${level}bid_req`];

const operation = 'ka10007';

/** 시세표성정보요청. With the suffix `_AL` it adds up the books of KRX and NXT, which ka10004 does not. */
export const ka10007: KiwoomOperation<(typeof quoteFields)[number]['name'], KiwoomCombinedBookAnswer> = defineOperation(
  {
    name: operation,
    korean: '시세표성정보요청',
    source: '국내주식 › 시세 › ka10007',
    evidence: 'captured live',
    method: 'POST',
    path: '/api/dostk/mrkcond',
    operationId: onBothServers(operation),
    lane: 'OTHER',
    repeatable: true,
    request: quoteFields,
    response: [
      { name: 'stk_cd', korean: '종목코드', reading: 'STRICT' },
      { name: 'tm', korean: '시간', reading: 'STRICT' },
      { name: 'sel_1bid … sel_10bid', korean: '매도1호가 … 매도10호가', reading: 'STRICT' },
      { name: 'sel_1bid_req … sel_10bid_req', korean: '매도1호가잔량 … 매도10호가잔량', reading: 'STRICT' },
      { name: 'buy_1bid … buy_10bid', korean: '매수1호가 … 매수10호가', reading: 'STRICT' },
      { name: 'buy_1bid_req … buy_10bid_req', korean: '매수1호가잔량 … 매수10호가잔량', reading: 'STRICT' },
      { name: 'exp_cntr_pric', korean: '예상체결가', reading: 'TOLERANT' },
      { name: 'exp_cntr_qty', korean: '예상체결량', reading: 'TOLERANT' },
    ],
    paged: false,
    parse: (body) => {
      const expectedPriceKrw = priceOrZeroIn(body, 'exp_cntr_pric', operation);
      return {
        code: textIn(body, 'stk_cd', operation),
        time: textIn(body, 'tm', operation),
        asks: readBookSide(body, levelNamesOf('sel'), operation),
        bids: readBookSide(body, levelNamesOf('buy'), operation),
        expectedPriceKrw,
        expectedQuantity: expectedPriceKrw === 0 ? (0 as Shares) : sharesIn(body, 'exp_cntr_qty', operation),
      };
    },
  },
);
