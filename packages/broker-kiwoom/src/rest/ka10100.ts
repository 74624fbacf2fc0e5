import { type Krw, type Shares } from '@qts/core';
import { sharesIn, textIn, textOrEmptyIn, type WireRow, wonIn } from '../wire-fields.ts';
import { defineOperation, type KiwoomOperation, type KiwoomResponseField, onBothServers } from './operation.ts';

const fields = [{ name: 'stk_cd', korean: '종목코드', lengthMax: 6, required: true }] as const;

/** What the master record says of an issue. The field names of these two operations are in camel case, as the broker has them. */
export interface KiwoomStockInfo {
  readonly code: string;
  readonly name: string;
  /** `listCount`. */
  readonly listedShares: Shares;
  /** `lastPrice` (전일종가). */
  readonly previousCloseKrw: Krw;
  /** `marketCode`: `0` KOSPI, `10` KOSDAQ, `8` ETF and so on; see {@link kiwoomMarketCodes}. */
  readonly marketCode: string;
  /** `state`, taken apart: `증거금100%`, `거래정지` and so on. */
  readonly states: readonly string[];
  /** Halted (거래정지), by `state` or by `auditInfo`. Assumed to be as of the broker's last refresh, not of this instant. */
  readonly halted: boolean;
  /** 관리종목, by `state` or by `auditInfo`. */
  readonly administrative: boolean;
  /** `orderWarning`: `0` none, `2` 정리매매, `3` 단기과열, `4` 투자위험, `5` 투자경고. */
  readonly warning: string;
  /** `nxtEnable`. */
  readonly tradedOnNxt: boolean;
}

/** `mrkt_tp` of ka10099 and `marketCode` of its rows. */
export const kiwoomMarketCodes = {
  '0': '코스피',
  '2': '인프라투융자',
  '3': 'ELW',
  '4': '뮤추얼펀드',
  '5': '신주인수권',
  '6': '리츠종목',
  '7': '신주인수권증서',
  '8': 'ETF',
  '9': '하이일드펀드',
  '10': '코스닥',
  '30': 'K-OTC',
  '50': '코넥스',
  '60': 'ETN',
  '70': '손실제한 ETN',
  '80': '금현물',
  '90': '변동성 ETN',
} as const;
export type KiwoomMarketCode = keyof typeof kiwoomMarketCodes;

/** The fields that are read of a record. */
export const stockInfoFields: readonly KiwoomResponseField[] = [
  { name: 'code', korean: '종목코드', reading: 'STRICT' },
  { name: 'name', korean: '종목명', reading: 'STRICT' },
  { name: 'listCount', korean: '상장주식수', reading: 'STRICT' },
  { name: 'auditInfo', korean: '감리구분', reading: 'STRICT' },
  { name: 'lastPrice', korean: '전일종가', reading: 'STRICT' },
  { name: 'state', korean: '종목상태', reading: 'STRICT' },
  { name: 'marketCode', korean: '시장구분코드', reading: 'STRICT' },
  { name: 'orderWarning', korean: '투자유의종목여부', reading: 'TOLERANT' },
  { name: 'nxtEnable', korean: 'NXT가능여부', reading: 'TOLERANT' },
];

const haltedText = '거래정지';
const administrativeText = '관리종목';

/** Reads one record, of the list or alone. */
export function readStockInfo(row: WireRow, operation: string): KiwoomStockInfo {
  const auditInfo = textIn(row, 'auditInfo', operation);
  const states = textIn(row, 'state', operation)
    .split('|')
    .filter((state) => state !== '');
  const flags = new Set([auditInfo, ...states]);
  return {
    code: textIn(row, 'code', operation),
    name: textIn(row, 'name', operation),
    listedShares: sharesIn(row, 'listCount', operation),
    previousCloseKrw: wonIn(row, 'lastPrice', operation),
    marketCode: textIn(row, 'marketCode', operation),
    states,
    halted: flags.has(haltedText),
    administrative: flags.has(administrativeText),
    warning: textOrEmptyIn(row, 'orderWarning', operation),
    tradedOnNxt: row['nxtEnable'] === 'Y',
  };
}

const operation = 'ka10100';

/** 종목정보 조회. The master record of one issue, by its bare code. */
export const ka10100: KiwoomOperation<(typeof fields)[number]['name'], KiwoomStockInfo> = defineOperation({
  name: operation,
  korean: '종목정보 조회',
  source: '국내주식 › 종목정보 › ka10100',
  evidence: 'documentation',
  method: 'POST',
  path: '/api/dostk/stkinfo',
  operationId: onBothServers(operation),
  lane: 'OTHER',
  repeatable: true,
  request: fields,
  response: stockInfoFields,
  paged: false,
  parse: (body) => readStockInfo(body, operation),
});
