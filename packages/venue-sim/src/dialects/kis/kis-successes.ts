import { type BehaviourEvidence } from '../../venue-behaviour.ts';
import { type VenueEnvironment } from '../../venue-settings.ts';

/** Kinds of success that have a code of their own. */
export const kisSuccessNames = [
  'BUY',
  'SELL',
  'REPLACE',
  'CANCEL',
  'QUERY',
  'SELLABLE',
  'LAST_PAGE',
  'MORE_PAGES',
  'NO_ROWS',
  'QUOTE',
] as const;
export type KisSuccessName = (typeof kisSuccessNames)[number];

/** A success in both worlds: live answers of the ledger and paper answers have codes of their own. */
export interface KisSuccess {
  readonly msgCd: string;
  readonly msg1: string;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

const paperQuery: KisSuccess = {
  msgCd: '20310000',
  msg1: '모의투자 조회가 완료되었습니다.',
  evidence: 'assumed',
  source: 'text captured, code from recollection; that a page before the last has the same one is assumed',
};
const paperNoRows: KisSuccess = {
  msgCd: '70070000',
  msg1: '모의투자 조회할 내역(자료)이 없습니다.',
  evidence: 'assumed',
  source: 'reported for the overseas balance on paper; on stock operations assumed',
};
const orderSent: KisSuccess = {
  msgCd: 'APBK0013',
  msg1: '주문 전송 완료 되었습니다.',
  evidence: 'observed',
  source: 'captured, live, 2025-12-17',
};
const quoteDone: KisSuccess = {
  msgCd: 'MCA00000',
  msg1: '정상처리 되었습니다.',
  evidence: 'observed',
  source: 'captured, live, 2025-07-25',
};

/** Success codes. Orders of both sides, replaces and cancels share one live code. */
export const kisSuccesses: Readonly<Record<KisSuccessName, Readonly<Record<VenueEnvironment, KisSuccess>>>> = {
  BUY: {
    LIVE: orderSent,
    PAPER: {
      msgCd: '40600000',
      msg1: '모의투자 매수주문이 완료 되었습니다.',
      evidence: 'observed',
      source: 'captured, paper',
    },
  },
  SELL: {
    LIVE: orderSent,
    PAPER: {
      msgCd: '40610000',
      msg1: '모의투자 매도주문이 완료 되었습니다.',
      evidence: 'assumed',
      source: 'code from recollection, wording after the buy',
    },
  },
  REPLACE: {
    LIVE: orderSent,
    PAPER: {
      msgCd: '40620000',
      msg1: '모의투자 정정주문이 완료 되었습니다.',
      evidence: 'assumed',
      source: 'no report; the free number between sell and cancel',
    },
  },
  CANCEL: {
    LIVE: orderSent,
    PAPER: {
      msgCd: '40630000',
      msg1: '모의투자 취소주문이 완료 되었습니다.',
      evidence: 'assumed',
      source: 'text reported, code from recollection',
    },
  },
  QUERY: {
    LIVE: {
      msgCd: 'KIOK0510',
      msg1: '조회가 완료되었습니다',
      evidence: 'published',
      source: 'response example of inquire-psbl-order',
    },
    PAPER: paperQuery,
  },
  SELLABLE: {
    LIVE: {
      msgCd: 'KIOK0420',
      msg1: '정상적으로 조회되었습니다',
      evidence: 'observed',
      source: 'captured, live, inquire-psbl-sell',
    },
    PAPER: paperQuery,
  },
  LAST_PAGE: {
    LIVE: {
      msgCd: 'KIOK0460',
      msg1: '조회 되었습니다. (마지막 자료)',
      evidence: 'observed',
      source: 'captured, live, inquire-daily-ccld',
    },
    PAPER: paperQuery,
  },
  MORE_PAGES: {
    LIVE: {
      msgCd: 'KIOK0500',
      msg1: '조회가 계속됩니다..다음버튼을 Click 하십시오.',
      evidence: 'observed',
      source: 'captured, live, chk-holiday',
    },
    PAPER: paperQuery,
  },
  NO_ROWS: {
    LIVE: {
      msgCd: 'KIOK0560',
      msg1: '조회할 내용이 없습니다',
      evidence: 'observed',
      source: 'captured, live, inquire-balance',
    },
    PAPER: paperNoRows,
  },
  QUOTE: { LIVE: quoteDone, PAPER: quoteDone },
};
