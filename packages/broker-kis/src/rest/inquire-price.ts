import { type Krw, type Shares } from '@qts/core';
import { objectIn, oneOfIn, sharesIn, textIn, wonIn } from '../wire-fields.ts';
import { defineOperation, type KisOperation } from './operation.ts';

/** The two fields that name an issue and a market in quote requests. */
export const quoteFields = [
  { name: 'FID_COND_MRKT_DIV_CODE', korean: '조건 시장 분류 코드', lengthMax: 2, required: true },
  { name: 'FID_INPUT_ISCD', korean: '입력 종목코드', lengthMax: 12, required: true },
] as const;

/** `FID_COND_MRKT_DIV_CODE`: KRX alone, NXT alone, both together. */
export const quoteMarketCodes = { KRX: 'J', NXT: 'NX', SOR: 'UN' } as const;

/** `iscd_stat_cls_code` of a halted issue (거래정지). */
const haltedStatus = '58';

/** The present price of an issue. Zero stands for "none yet" in the day's open, high and low. */
export interface KisPriceAnswer {
  readonly lastPriceKrw: Krw;
  readonly openPriceKrw: Krw;
  readonly highPriceKrw: Krw;
  readonly lowPriceKrw: Krw;
  /** 기준가. */
  readonly basePriceKrw: Krw;
  readonly upperLimitKrw: Krw;
  readonly lowerLimitKrw: Krw;
  /** 호가단위 at the present price. */
  readonly tickKrw: Krw;
  readonly volume: Shares;
  readonly halted: boolean;
}

const operation = 'inquire-price';

/** 주식현재가 시세. The present price of an issue with its daily limits and tick. */
export const inquirePrice: KisOperation<(typeof quoteFields)[number]['name'], KisPriceAnswer, 'ONLY'> = defineOperation(
  {
    name: operation,
    korean: '주식현재가 시세',
    source: '국내주식 › 기본시세 › v1_국내주식-008',
    evidence: 'captured live',
    method: 'GET',
    path: '/uapi/domestic-stock/v1/quotations/inquire-price',
    operationId: { LIVE: { ONLY: 'FHKST01010100' }, PAPER: { ONLY: 'FHKST01010100' } },
    lane: 'OTHER',
    repeatable: true,
    request: quoteFields,
    response: [
      { name: 'output.stck_prpr', korean: '주식 현재가', reading: 'STRICT' },
      { name: 'output.stck_oprc', korean: '주식 시가', reading: 'STRICT' },
      { name: 'output.stck_hgpr', korean: '주식 최고가', reading: 'STRICT' },
      { name: 'output.stck_lwpr', korean: '주식 최저가', reading: 'STRICT' },
      { name: 'output.stck_sdpr', korean: '주식 기준가', reading: 'STRICT' },
      { name: 'output.stck_mxpr', korean: '주식 상한가', reading: 'STRICT' },
      { name: 'output.stck_llam', korean: '주식 하한가', reading: 'STRICT' },
      { name: 'output.aspr_unit', korean: '호가단위', reading: 'STRICT' },
      { name: 'output.acml_vol', korean: '누적 거래량', reading: 'STRICT' },
      { name: 'output.temp_stop_yn', korean: '임시 정지 여부', reading: 'STRICT' },
      { name: 'output.iscd_stat_cls_code', korean: '종목 상태 구분 코드', reading: 'STRICT' },
    ],
    parse: (body) => {
      const output = objectIn(body, 'output', operation);
      return {
        lastPriceKrw: wonIn(output, 'stck_prpr', operation),
        openPriceKrw: wonIn(output, 'stck_oprc', operation),
        highPriceKrw: wonIn(output, 'stck_hgpr', operation),
        lowPriceKrw: wonIn(output, 'stck_lwpr', operation),
        basePriceKrw: wonIn(output, 'stck_sdpr', operation),
        upperLimitKrw: wonIn(output, 'stck_mxpr', operation),
        lowerLimitKrw: wonIn(output, 'stck_llam', operation),
        tickKrw: wonIn(output, 'aspr_unit', operation),
        volume: sharesIn(output, 'acml_vol', operation),
        halted:
          oneOfIn(output, 'temp_stop_yn', ['Y', 'N'], operation) === 'Y' ||
          textIn(output, 'iscd_stat_cls_code', operation) === haltedStatus,
      };
    },
  },
);
