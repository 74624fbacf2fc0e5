import { type Krw, type Shares } from '@qts/core';
import { priceIn, priceOrZeroIn, sharesIn, textIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

/** The field that names an issue, and by its suffix a venue, in quote requests. */
export const quoteFields = [{ name: 'stk_cd', korean: '종목코드', lengthMax: 20, required: true }] as const;

/** The present price of an issue. Zero stands for "none yet" in the day's open, high and low and in the expected match. */
export interface KiwoomPriceAnswer {
  /** `stk_cd` as sent, with the suffix of its venue. */
  readonly code: string;
  readonly lastPriceKrw: Krw;
  readonly openPriceKrw: Krw;
  readonly highPriceKrw: Krw;
  readonly lowPriceKrw: Krw;
  /** 기준가. */
  readonly basePriceKrw: Krw;
  readonly upperLimitKrw: Krw;
  readonly lowerLimitKrw: Krw;
  readonly volume: Shares;
  /** `exp_cntr_pric` and `exp_cntr_qty`: the expected match in an auction. */
  readonly expectedPriceKrw: Krw;
  readonly expectedQuantity: Shares;
}

const operation = 'ka10001';

/**
 * 주식기본정보요청. The present price of an issue with its daily limits. All prices but the base price carry the sign of
 * the direction, the limits too. Neither the tick nor a halt is told here.
 */
export const ka10001: KiwoomOperation<(typeof quoteFields)[number]['name'], KiwoomPriceAnswer> = defineOperation({
  name: operation,
  korean: '주식기본정보요청',
  source: '국내주식 › 종목정보 › ka10001',
  evidence: 'captured on paper',
  method: 'POST',
  path: '/api/dostk/stkinfo',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: quoteFields,
  response: [
    { name: 'stk_cd', korean: '종목코드', reading: 'STRICT' },
    { name: 'cur_prc', korean: '현재가', reading: 'STRICT' },
    { name: 'open_pric', korean: '시가', reading: 'TOLERANT' },
    { name: 'high_pric', korean: '고가', reading: 'TOLERANT' },
    { name: 'low_pric', korean: '저가', reading: 'TOLERANT' },
    { name: 'base_pric', korean: '기준가', reading: 'STRICT' },
    { name: 'upl_pric', korean: '상한가', reading: 'STRICT' },
    { name: 'lst_pric', korean: '하한가', reading: 'STRICT' },
    { name: 'trde_qty', korean: '거래량', reading: 'STRICT' },
    { name: 'exp_cntr_pric', korean: '예상체결가', reading: 'TOLERANT' },
    { name: 'exp_cntr_qty', korean: '예상체결수량', reading: 'TOLERANT' },
  ],
  paged: false,
  parse: (body) => {
    const expectedPriceKrw = priceOrZeroIn(body, 'exp_cntr_pric', operation);
    return {
      code: textIn(body, 'stk_cd', operation),
      lastPriceKrw: priceIn(body, 'cur_prc', operation),
      openPriceKrw: priceOrZeroIn(body, 'open_pric', operation),
      highPriceKrw: priceOrZeroIn(body, 'high_pric', operation),
      lowPriceKrw: priceOrZeroIn(body, 'low_pric', operation),
      basePriceKrw: priceIn(body, 'base_pric', operation),
      upperLimitKrw: priceIn(body, 'upl_pric', operation),
      lowerLimitKrw: priceIn(body, 'lst_pric', operation),
      volume: sharesIn(body, 'trde_qty', operation),
      expectedPriceKrw,
      expectedQuantity: expectedPriceKrw === 0 ? (0 as Shares) : sharesIn(body, 'exp_cntr_qty', operation),
    };
  },
});
