import { type Krw, type Shares, type Side } from '@qts/core';
import { priceIn, rowsIn, sharesIn, signedSharesMagnitudeIn, textIn, type WireRow, wonIn } from '../wire-fields.ts';
import { quoteFields } from './ka10001.ts';
import { defineOperation, type KiwoomOperation, onBothServers } from './operation.ts';

/** A trade of the market. */
export interface KiwoomTrade {
  /** `HHMMSS`, Korea, without a date. */
  readonly time: string;
  readonly priceKrw: Krw;
  readonly quantity: Shares;
  /** Who took from the book, by the sign of the quantity; absent when there is no sign, as in the guide's own example. */
  readonly aggressor?: Side;
  /** `acc_trde_qty`: traded today up to this trade. */
  readonly accumulatedQuantity: Shares;
  /** `acc_trde_prica`: won here; the charts of the same broker count in millions. */
  readonly accumulatedAmountKrw: Krw;
  /** `stex_tp` (거래소구분): `KRX`, `NXT` or `통합`. */
  readonly venue: string;
}

const aggressorOfSign: Readonly<Record<string, Side>> = { '+': 'BUY', '-': 'SELL' };
const list = 'cntr_infr';
const operation = 'ka10003';

function readTrade(row: WireRow): KiwoomTrade {
  const quantity = signedSharesMagnitudeIn(row, 'cntr_trde_qty', operation);
  const aggressor = aggressorOfSign[textIn(row, 'cntr_trde_qty', operation).trim().charAt(0)];
  return {
    time: textIn(row, 'tm', operation),
    priceKrw: priceIn(row, 'cur_prc', operation),
    quantity,
    ...(aggressor === undefined ? {} : { aggressor }),
    accumulatedQuantity: sharesIn(row, 'acc_trde_qty', operation),
    accumulatedAmountKrw: wonIn(row, 'acc_trde_prica', operation),
    venue: textIn(row, 'stex_tp', operation),
  };
}

/** 체결정보요청. The latest trades of an issue, newest first. */
export const ka10003: KiwoomOperation<(typeof quoteFields)[number]['name'], readonly KiwoomTrade[]> = defineOperation({
  name: operation,
  korean: '체결정보요청',
  source: '국내주식 › 종목정보 › ka10003',
  evidence: 'published example',
  method: 'POST',
  path: '/api/dostk/stkinfo',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: quoteFields,
  response: [
    { name: `${list}.tm`, korean: '시간', reading: 'STRICT' },
    { name: `${list}.cur_prc`, korean: '현재가', reading: 'STRICT' },
    { name: `${list}.cntr_trde_qty`, korean: '체결거래량', reading: 'STRICT' },
    { name: `${list}.acc_trde_qty`, korean: '누적거래량', reading: 'STRICT' },
    { name: `${list}.acc_trde_prica`, korean: '누적거래대금', reading: 'STRICT' },
    { name: `${list}.stex_tp`, korean: '거래소구분', reading: 'STRICT' },
  ],
  paged: true,
  emptyAnswer: { [list]: [] },
  parse: (body) => rowsIn(body, list, operation).map(readTrade),
});
