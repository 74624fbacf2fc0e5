import { type Krw, type Shares } from '@qts/core';
import { isWireRow, objectIn, sharesIn, type WireRow, wonIn } from '../wire-fields.ts';
import { quoteFields } from './inquire-price.ts';
import { defineOperation, type KisOperation } from './operation.ts';

/** Levels of a side. */
const levelsMax = 10;

export interface KisBookLevel {
  readonly priceKrw: Krw;
  readonly quantity: Shares;
}

/** The book, best level first; levels without a price are left out. */
export interface KisBookAnswer {
  readonly asks: readonly KisBookLevel[];
  readonly bids: readonly KisBookLevel[];
  /** `antc_cnpr` and `antc_vol`: the expected match in an auction; zero when there is none. */
  readonly expectedPriceKrw: Krw;
  readonly expectedQuantity: Shares;
}

const operation = 'inquire-asking-price-exp-ccn';

function readSide(output: WireRow, price: string, quantity: string): readonly KisBookLevel[] {
  const levels: KisBookLevel[] = [];
  for (let level = 1; level <= levelsMax; level += 1) {
    const priceKrw = wonIn(output, `${price}${level}`, operation);
    if (priceKrw > 0) levels.push({ priceKrw, quantity: sharesIn(output, `${quantity}${level}`, operation) });
  }
  return levels;
}

/** 주식현재가 호가/예상체결. The book in ten levels, and the expected match while an auction collects orders. */
export const inquireAskingPriceExpCcn: KisOperation<(typeof quoteFields)[number]['name'], KisBookAnswer, 'ONLY'> =
  defineOperation({
    name: operation,
    korean: '주식현재가 호가/예상체결',
    source: '국내주식 › 기본시세 › v1_국내주식-011',
    evidence: 'documentation',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/quotations/inquire-asking-price-exp-ccn',
    operationId: { LIVE: { ONLY: 'FHKST01010200' }, PAPER: { ONLY: 'FHKST01010200' } },
    lane: 'OTHER',
    repeatable: true,
    request: quoteFields,
    response: [
      { name: 'output1.askp1 … askp10', korean: '매도호가1 … 10', reading: 'STRICT' },
      { name: 'output1.askp_rsqn1 … askp_rsqn10', korean: '매도호가 잔량1 … 10', reading: 'STRICT' },
      { name: 'output1.bidp1 … bidp10', korean: '매수호가1 … 10', reading: 'STRICT' },
      { name: 'output1.bidp_rsqn1 … bidp_rsqn10', korean: '매수호가 잔량1 … 10', reading: 'STRICT' },
      { name: 'output2.antc_cnpr', korean: '예상 체결가', reading: 'TOLERANT' },
      { name: 'output2.antc_vol', korean: '예상 거래량', reading: 'TOLERANT' },
    ],
    parse: (body) => {
      const book = objectIn(body, 'output1', operation);
      const expected = body['output2'];
      const auction = isWireRow(expected) && expected['antc_cnpr'] !== undefined && expected['antc_cnpr'] !== '';
      return {
        asks: readSide(book, 'askp', 'askp_rsqn'),
        bids: readSide(book, 'bidp', 'bidp_rsqn'),
        expectedPriceKrw: auction ? wonIn(expected, 'antc_cnpr', operation) : (0 as Krw),
        expectedQuantity: auction ? sharesIn(expected, 'antc_vol', operation) : (0 as Shares),
      };
    },
  });
