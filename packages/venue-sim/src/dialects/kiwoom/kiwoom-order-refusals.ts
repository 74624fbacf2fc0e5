import { type VenueRefusal } from '../../exchange/contracts.ts';
import { type BehaviourEvidence } from '../../venue-behaviour.ts';
import { type VenueEnvironment } from '../../venue-settings.ts';

/** How the back end words a refusal: HTTP 200, `return_code` 20, `[2000](code:text)`. */
export interface KiwoomOrderRefusal {
  readonly code: string;
  /** `{quantity}` is how many shares would do. */
  readonly text: string;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

/** What the exchange can refuse; unknown issues and quantities of 0 do not get past the gateway. */
export type KiwoomRefusalName = Exclude<VenueRefusal, 'UNKNOWN_SYMBOL' | 'QUANTITY_NOT_POSITIVE'>;

const reported = 'code reported by client authors, wording ours';
const nearest = 'no report of this case; the nearest code that is known';

function observed(code: string, text: string, source: string = reported): KiwoomOrderRefusal {
  return { code, text, evidence: 'observed', source };
}

function assumed(code: string, text: string, source: string = nearest): KiwoomOrderRefusal {
  return { code, text, evidence: 'assumed', source };
}

type ByEnvironment = Readonly<Record<VenueEnvironment, KiwoomOrderRefusal>>;

function both(refusal: KiwoomOrderRefusal): ByEnvironment {
  return { LIVE: refusal, PAPER: refusal };
}

const sessionClosed = observed('RC4058', '모의투자 장종료', 'captured, mock, 2026');
const wrongTypeNow = '해당 시간에는 주문할 수 없는 주문유형입니다.';
const nothingLeft: ByEnvironment = {
  LIVE: observed('506550', '취소할 수량이 없습니다.'),
  PAPER: observed('RC4033', '모의투자 정정/취소할 수량이 없습니다.', 'code known from the older API, wording ours'),
};

/** Every refusal of the exchange in the broker's codes: six digits in live trading, `RC….` on the mock server. */
export const kiwoomOrderRefusals: Readonly<Record<KiwoomRefusalName, ByEnvironment>> = {
  HALTED_SYMBOL: {
    LIVE: assumed('521790', '거래정지 종목입니다.'),
    PAPER: observed('RC4007', '모의투자 매매제한 종목'),
  },
  MARKET_CLOSED: { LIVE: assumed('521790', wrongTypeNow), PAPER: sessionClosed },
  TYPE_NOT_ALLOWED_NOW: {
    LIVE: observed('521790', wrongTypeNow),
    PAPER: assumed('407022', '매매구분을 확인하세요.'),
  },
  OFF_TICK: {
    LIVE: observed('571557', '호가단위를 확인하세요.'),
    PAPER: observed('RC4003', '모의투자 호가단위 오류'),
  },
  OUTSIDE_PRICE_LIMIT: {
    LIVE: assumed('571557', '상하한가를 벗어난 가격입니다.'),
    PAPER: assumed('RC4003', '모의투자 상하한가 오류'),
  },
  PRICE_MISSING: both(observed('308003', '주문단가를 입력하세요.', 'code captured in FID 919, wording ours')),
  PRICE_NOT_ALLOWED: both(
    observed('571357', '주문단가를 입력할 수 없습니다.', 'reported for closing-price types; for others the nearest'),
  ),
  QUANTITY_ABOVE_LIMIT: {
    LIVE: assumed('855056', '주문수량이 한도를 초과합니다.'),
    PAPER: assumed('RC4042', '모의투자 주문수량 초과'),
  },
  INSUFFICIENT_CASH: {
    LIVE: observed('855056', '매수증거금이 부족합니다. {quantity}주 매수가능', 'captured, live, 2026'),
    PAPER: observed('RC4025', '모의투자 매수증거금이 부족합니다. {quantity}주 매수가능'),
  },
  INSUFFICIENT_HOLDINGS: both(
    observed('800033', '매도가능수량이 부족합니다. {quantity}주 매도가능', 'code and quantity captured, wording ours'),
  ),
  OWN_SIDE_EMPTY: {
    LIVE: assumed('521790', '최우선호가가 없습니다.'),
    PAPER: assumed('407022', '최우선호가가 없습니다.'),
  },
  NOT_FOUND: {
    LIVE: assumed('506550', '원주문을 확인하세요.'),
    PAPER: assumed('RC4033', '모의투자 원주문이 없습니다.'),
  },
  NOTHING_LEFT: nothingLeft,
  QUANTITY_ABOVE_REMAINING: {
    LIVE: assumed('506550', '정정/취소 가능수량을 초과하였습니다.'),
    PAPER: observed('RC4042', '모의투자 정정/취소 가능수량 초과', 'code known from the older API, wording ours'),
  },
  WRONG_ACCOUNT: {
    LIVE: assumed('506550', '원주문을 확인하세요.'),
    PAPER: assumed('RC4033', '모의투자 원주문이 없습니다.'),
  },
  CANCEL_NOT_ALLOWED_NOW: { LIVE: assumed('521790', wrongTypeNow), PAPER: sessionClosed },
  NOT_SUPPORTED: both(assumed('407022', '매매구분을 확인하세요.')),
};

export const kiwoomSpecialRefusalNames = [
  'NO_SESSION_TODAY',
  'BEFORE_OPEN_ON_MOCK',
  'AFTER_CLOSE_ON_MOCK',
  'VENUE_NOT_ON_MOCK',
  'VENUE_NOT_HERE',
  'VENUE_OF_ORIGINAL',
  'ORIGINAL_IS_CANCEL',
  'ORDER_TYPE_UNKNOWN',
  'NO_OPEN_ORDERS',
  'NO_DATA',
] as const;
export type KiwoomSpecialRefusalName = (typeof kiwoomSpecialRefusalNames)[number];

/** Answers of the back end that no refusal of the exchange stands behind. */
export const kiwoomSpecialRefusals: Readonly<Record<KiwoomSpecialRefusalName, KiwoomOrderRefusal>> = {
  NO_SESSION_TODAY: observed('571489', '장이 열리지않는 날입니다.'),
  BEFORE_OPEN_ON_MOCK: observed('RC4057', '모의투자 장시작전', 'captured, mock; wording ours'),
  AFTER_CLOSE_ON_MOCK: sessionClosed,
  VENUE_NOT_ON_MOCK: observed('RC9000', '모의투자에서는 해당업무가 제공되지 않습니다.', 'captured for other services'),
  VENUE_NOT_HERE: assumed('521790', '거래소를 확인하세요.', 'simulated: the venue has no NXT; the nearest code'),
  VENUE_OF_ORIGINAL: observed('571412', 'SOR주문은 SOR주문만 정정/취소가 가능합니다.'),
  ORIGINAL_IS_CANCEL: observed('571435', '원주문이 취소주문입니다.'),
  ORDER_TYPE_UNKNOWN: observed('407022', '매매구분을 확인하세요.'),
  NO_OPEN_ORDERS: observed('571758', '해당 계좌의 미체결내역이 없습니다.', 'captured, live, 2026'),
  NO_DATA: observed('501724', '조회내역이 없습니다.'),
};
