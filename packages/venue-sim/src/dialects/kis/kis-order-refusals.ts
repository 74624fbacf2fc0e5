import { type BehaviourEvidence } from '../../venue-behaviour.ts';
import { type VenueRefusal } from '../../exchange/contracts.ts';
import { type VenueEnvironment } from '../../venue-settings.ts';

/** How the broker words a refusal of an order, a replace or a cancel. HTTP 200 unless said otherwise. */
export interface KisOrderRefusal {
  readonly status: number;
  readonly rtCd: string;
  readonly msgCd: string;
  readonly msg1: string;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

const reported = 'code reported by client authors, wording ours';
const nearest = 'no report of this case; the nearest code that is known';

/** A refusal of the ledger: HTTP 200. */
function ledger(
  rtCd: string,
  msgCd: string,
  msg1: string,
  evidence: BehaviourEvidence,
  source: string,
): KisOrderRefusal {
  return { status: 200, rtCd, msgCd, msg1, evidence, source };
}

/** Paper puts many causes under one code and names the cause in brackets. */
function paperNotProcessed(cause: string, evidence: BehaviourEvidence, source: string): KisOrderRefusal {
  return ledger('1', '40310000', `모의투자 주문처리가 안되었습니다(${cause})`, evidence, source);
}

const paperNothingLeft = '모의투자 정정/취소할 수량이 없습니다.';
const liveNothingLeft = '정정취소 가능수량이 없습니다.';
const unbuildable: KisOrderRefusal = {
  status: 500,
  rtCd: '1',
  msgCd: 'IGW00007',
  msg1: 'MCA 전문바디 구성 중 오류가 발생하였습니다.',
  evidence: 'observed',
  source: 'reported for a price on an order type without one',
};

/**
 * Every refusal of the exchange in the broker's codes. The ledger checks funds, quantities and hours with codes of its
 * own in live trading; the paper engine has eight digits ending in 0000.
 */
export const kisOrderRefusals: Readonly<Record<VenueRefusal, Readonly<Record<VenueEnvironment, KisOrderRefusal>>>> = {
  UNKNOWN_SYMBOL: {
    LIVE: ledger('1', 'APBK0656', '해당종목정보가 없습니다.', 'observed', reported),
    PAPER: paperNotProcessed(
      '매매불가 종목',
      'observed',
      'code and wording reported for an issue that cannot be traded',
    ),
  },
  HALTED_SYMBOL: {
    LIVE: ledger('1', 'APBK0918', '거래정지 종목입니다.(주문불가)', 'assumed', nearest),
    PAPER: paperNotProcessed(
      '매매불가 종목',
      'observed',
      'code and wording reported for an issue that cannot be traded',
    ),
  },
  MARKET_CLOSED: {
    LIVE: ledger('1', 'APBK0918', '장운영시간이 아닙니다.(주문불가)', 'observed', 'code and wording reported'),
    PAPER: ledger('1', '40580000', '모의투자 장종료 입니다.', 'observed', 'code and wording reported, after the close'),
  },
  TYPE_NOT_ALLOWED_NOW: {
    LIVE: ledger('7', 'APBK0963', '주문구분코드 오류 입니다.', 'observed', 'code and wording reported'),
    PAPER: paperNotProcessed('주문구분 오류', 'assumed', nearest),
  },
  OFF_TICK: {
    LIVE: ledger('1', 'APBK0955', '호가단위 오류입니다.', 'assumed', nearest),
    PAPER: paperNotProcessed('호가단위 오류', 'observed', 'code reported for a wrong tick size, wording ours'),
  },
  OUTSIDE_PRICE_LIMIT: {
    LIVE: ledger('1', 'APBK0955', '주문단가가 상하한가를 벗어났습니다.', 'assumed', nearest),
    PAPER: ledger(
      '1',
      '40270000',
      '모의투자 상/하한가 오류 입니다.',
      'assumed',
      'code from recollection, wording ours',
    ),
  },
  PRICE_MISSING: {
    LIVE: ledger('1', 'APBK0955', '주문단가를 확인하십시오.', 'assumed', nearest),
    PAPER: paperNotProcessed('주문단가 오류', 'assumed', nearest),
  },
  PRICE_NOT_ALLOWED: { LIVE: unbuildable, PAPER: unbuildable },
  QUANTITY_NOT_POSITIVE: {
    LIVE: ledger('1', 'APBK0955', '주문수량을 확인하십시오.', 'observed', `${reported}; rt_cd assumed`),
    PAPER: paperNotProcessed('주문수량 오류', 'assumed', nearest),
  },
  QUANTITY_ABOVE_LIMIT: {
    LIVE: ledger('1', 'APBK0955', '호가수량제한을 초과하였습니다.', 'assumed', nearest),
    PAPER: paperNotProcessed('호가수량제한 초과', 'assumed', nearest),
  },
  INSUFFICIENT_CASH: {
    LIVE: ledger('7', 'APBK0952', '주문가능금액을 초과 했습니다', 'observed', reported),
    PAPER: ledger(
      '1',
      '40250000',
      '모의투자 주문가능금액이 부족합니다.',
      'assumed',
      'wording reported, code from recollection',
    ),
  },
  INSUFFICIENT_HOLDINGS: {
    LIVE: ledger('1', 'APBK0400', '주문 가능한 수량을 초과했습니다.', 'observed', reported),
    PAPER: ledger('1', '40240000', '모의투자 잔고내역이 없습니다.', 'observed', 'code and wording reported'),
  },
  OWN_SIDE_EMPTY: {
    LIVE: ledger('7', 'APBK0963', '주문구분코드 오류 입니다.', 'assumed', nearest),
    PAPER: paperNotProcessed('주문구분 오류', 'assumed', nearest),
  },
  NOT_FOUND: {
    LIVE: ledger('7', 'APBK0927', liveNothingLeft, 'assumed', 'reported for an order that is gone or not visible yet'),
    PAPER: ledger('1', '40330000', paperNothingLeft, 'assumed', nearest),
  },
  NOTHING_LEFT: {
    LIVE: ledger('7', 'APBK0927', liveNothingLeft, 'observed', 'code and wording reported'),
    PAPER: ledger('1', '40330000', paperNothingLeft, 'observed', 'code and wording reported'),
  },
  QUANTITY_ABOVE_REMAINING: {
    LIVE: ledger(
      '1',
      'APBK0988',
      '주문수량이 가능수량을 초과하였습니다.',
      'assumed',
      'reported for orders; here assumed',
    ),
    PAPER: ledger('1', '40330000', paperNothingLeft, 'assumed', nearest),
  },
  WRONG_ACCOUNT: {
    LIVE: ledger('7', 'APBK0927', liveNothingLeft, 'assumed', nearest),
    PAPER: ledger('1', '40330000', paperNothingLeft, 'assumed', nearest),
  },
  CANCEL_NOT_ALLOWED_NOW: {
    LIVE: ledger('1', 'APBK0918', '장운영시간이 아닙니다.(주문불가)', 'assumed', nearest),
    PAPER: ledger('1', '40580000', '모의투자 장종료 입니다.', 'assumed', nearest),
  },
  NOT_SUPPORTED: {
    LIVE: ledger(
      '7',
      'APBK0963',
      '시뮬레이터가 지원하지 않는 주문입니다.',
      'assumed',
      'the simulator does not model it',
    ),
    PAPER: paperNotProcessed('시뮬레이터 미지원', 'assumed', 'the simulator does not model it'),
  },
};

/** The order came on another date than the one the venue trades. */
export const otherDateRefusals: Readonly<Record<VenueEnvironment, KisOrderRefusal>> = {
  LIVE: ledger('1', 'APBK0919', '장운영일자가 주문일과 상이합니다', 'observed', 'code and wording reported'),
  PAPER: ledger('1', '40100000', '모의투자 영업일이 아닙니다.', 'assumed', 'code from recollection, wording ours'),
};

/** Paper tells the hours before the open from those after the close. */
export const paperBeforeOpenRefusal: KisOrderRefusal = ledger(
  '1',
  '40570000',
  '모의투자 장시작전 입니다.',
  'observed',
  'code and wording reported',
);

/** Paper knows KRX alone; the venue behind this dialect is KRX alone in both worlds. */
export const otherVenueRefusals: Readonly<Record<VenueEnvironment, KisOrderRefusal>> = {
  LIVE: ledger('7', 'APBK0963', '시뮬레이터는 KRX 주문만 받습니다.', 'assumed', 'the simulator has no NXT and no SOR'),
  PAPER: paperNotProcessed('KRX 외 거래소', 'assumed', 'published: paper has KRX only; which code is assumed'),
};
