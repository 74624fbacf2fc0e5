import { additions, type ActiveRow, defineActiveCodes, type FailsafeTable, initialCoreSet } from './define-codes.ts';

/**
 * Why we denied an order ourselves: nothing left the process. Fixing the named cause and deciding again is the remedy;
 * nothing here is ever sent later on its own. Grouped by what is wrong: the intent, its terms, its price, its size,
 * its neighbours, the state of the machine.
 */
export const actGuardCodes = [
  'G_EXE_INTENT_INVALID',
  'G_EXE_INTENT_CONFLICT',
  'G_EXE_INTENT_STALE',
  'G_EXE_NOOP_POLICY',
  'G_EXE_SYMBOL_EMPTY',
  'G_EXE_SYMBOL_UNKNOWN',
  'G_EXE_SYMBOL_HALTED',
  'G_EXE_SYMBOL_FROZEN',
  'G_EXE_CALENDAR_UNKNOWN',
  'G_EXE_MARKET_CLOSED',
  'G_EXE_SESSION_CLOSED',
  'G_EXE_TYPE_NOT_ALLOWED',
  'G_EXE_TERMS_UNSUPPORTED',
  'G_EXE_QUOTE_MISSING',
  'G_EXE_QUOTE_STALE',
  'G_EXE_PRICE_MISSING',
  'G_EXE_PRICE_NOT_ALLOWED',
  'G_EXE_PRICE_OFF_TICK',
  'G_EXE_PRICE_OUTSIDE_LIMITS',
  'G_EXE_PRICE_OUTSIDE_COLLAR',
  'G_EXE_QTY_NONPOSITIVE',
  'G_EXE_QTY_ABOVE_LIMIT',
  'G_EXE_VALUE_ABOVE_LIMIT',
  'G_EXE_CASH_INSUFFICIENT',
  'G_EXE_SHARES_INSUFFICIENT',
  'G_EXE_TWIN_IN_FLIGHT',
  'G_EXE_UNKNOWN_PENDING',
  'G_EXE_DUPLICATE_ORDER',
  'G_EXE_OPEN_ORDER_EXISTS',
  'G_EXE_OPEN_ORDERS_LIMIT',
  'G_EXE_SELF_CROSS',
  'G_EXE_REPEAT_THROTTLED',
  'G_EXE_DAILY_ORDER_LIMIT',
  'G_EXE_REPLACE_NOT_ALLOWED',
  'G_EXE_TRADING_DISABLED',
  'G_EXE_PIPELINE_PAUSED',
  'G_EXE_KILLSWITCH_ON',
  'G_EXE_SAFE_MODE_ON',
  'G_EXE_REDUCE_ONLY',
  'G_EXE_TRADING_HALTED',
  'G_EXE_SAFETY_BLOCKED',
  'G_EXE_ANOMALY',
  'G_EXE_LIVE_GATE_CLOSED',
  'G_EXE_RECONCILING',
  'G_EXE_RATE_LIMITED',
  'G_SIM_NO_REFERENCE_PRICE',
] as const;
export type ActGuardCode = (typeof actGuardCodes)[number];

export const actGuards: FailsafeTable<ActGuardCode> = defineActiveCodes('GUARDRAIL', additions, {
  G_EXE_INTENT_INVALID: deny(
    ['The intent is not valid', '실행 의도가 유효하지 않음'],
    ['Correct the fields that the error names.', '오류에 나온 필드를 고치십시오.'],
  ),
  G_EXE_INTENT_CONFLICT: deny(
    ['The intent id is known with other content', '같은 의도 ID에 다른 내용'],
    ['Give every new wish to trade a new id.', '새 주문 의도마다 새 ID를 부여하십시오.'],
  ),
  G_EXE_INTENT_STALE: deny(
    ['The intent is too old to be sent', '유효 시한이 지난 의도'],
    ['Decide again from fresh data.', '최신 데이터로 다시 결정하십시오.'],
  ),
  G_EXE_NOOP_POLICY: {
    ...core(
      ['The policy asks for no operation', '정책상 아무 동작도 하지 않음'],
      ['Nothing to do.', '조치가 필요 없습니다.'],
    ),
    severity: 'INFO',
  },
  G_EXE_SYMBOL_EMPTY: core(
    ['The symbol is empty', '종목코드 없음'],
    ['Give the short code of the issue.', '종목 단축코드를 지정하십시오.'],
  ),
  G_EXE_SYMBOL_UNKNOWN: deny(
    ['The symbol is not known for this day', '당일 종목 정보에 없는 종목'],
    [
      'Check the code, and that the instrument data of the day is loaded.',
      '코드와 당일 종목 정보 적재를 확인하십시오.',
    ],
  ),
  G_EXE_SYMBOL_HALTED: deny(
    ['The market does not trade the symbol now', '거래정지 종목'],
    ['Wait for the end of the halt.', '거래 재개를 기다리십시오.'],
  ),
  G_EXE_SYMBOL_FROZEN: deny(
    ['We froze the symbol after a difference', '차이 발견으로 종목을 동결함'],
    [
      'Resolve the difference with the records of the broker, then release the symbol.',
      '브로커 내역과 차이를 해소한 뒤 동결을 푸십시오.',
    ],
  ),
  G_EXE_CALENDAR_UNKNOWN: deny(
    ['No market rules are known for the date', '해당 일자의 시장 규칙이 없음'],
    ['Update the market data of the rules package.', '시장 규칙 데이터를 갱신하십시오.'],
  ),
  G_EXE_MARKET_CLOSED: deny(
    ['The market is closed on this day', '휴장일'],
    ['Wait for the next trading day.', '다음 거래일을 기다리십시오.'],
  ),
  G_EXE_SESSION_CLOSED: deny(
    ['The session is closed, or about to close', '장 운영 시간이 아니거나 마감 직전'],
    ['Choose a session that is open, or wait.', '열려 있는 세션을 선택하거나 기다리십시오.'],
  ),
  G_EXE_TYPE_NOT_ALLOWED: deny(
    ['The market does not take this order type here and now', '현재 시장에서 허용되지 않는 호가유형'],
    ['Choose terms that the venue takes in this session.', '해당 시장과 세션에서 가능한 조건을 선택하십시오.'],
  ),
  G_EXE_TERMS_UNSUPPORTED: deny(
    ['The broker cannot carry these terms', '브로커가 지원하지 않는 주문 조건'],
    ['Choose terms that the capabilities of the broker list.', '브로커가 지원하는 조건을 선택하십시오.'],
  ),
  G_EXE_QUOTE_MISSING: deny(
    ['No quote is known for the symbol', '종목 시세 없음'],
    [
      'Check the feed of the symbol: without a price there is no order.',
      '시세 수신을 확인하십시오. 시세 없이는 주문할 수 없습니다.',
    ],
  ),
  G_EXE_QUOTE_STALE: deny(
    ['The quote is too old', '시세가 오래됨'],
    ['Check the feed of the symbol.', '시세 수신을 확인하십시오.'],
  ),
  G_EXE_PRICE_MISSING: deny(
    ['The order type needs a price', '지정 가격 누락'],
    ['Give the price, or choose another type.', '가격을 지정하거나 다른 호가유형을 선택하십시오.'],
  ),
  G_EXE_PRICE_NOT_ALLOWED: deny(
    ['The order type carries no price', '가격을 지정할 수 없는 호가유형'],
    ['Leave the price out, or choose another type.', '가격을 빼거나 다른 호가유형을 선택하십시오.'],
  ),
  G_EXE_PRICE_OFF_TICK: deny(
    ['The price is not on the tick grid', '호가단위 위반'],
    [
      'Round the price on purpose; it is never rounded silently.',
      '의도에 맞게 호가단위로 조정하십시오. 자동 반올림은 하지 않습니다.',
    ],
  ),
  G_EXE_PRICE_OUTSIDE_LIMITS: deny(
    ['The price is outside the daily limits', '상하한가 범위 이탈'],
    ['Choose a price inside the limits of the day.', '당일 상하한가 안의 가격을 선택하십시오.'],
  ),
  G_EXE_PRICE_OUTSIDE_COLLAR: deny(
    ['The price is too far from the last trade', '최근 체결가와의 괴리 한도 초과'],
    ['Check the price; widen the collar only by a decision.', '가격을 확인하십시오. 한도 확대는 결정을 거쳐야 합니다.'],
  ),
  G_EXE_QTY_NONPOSITIVE: core(
    ['The quantity is zero or negative', '수량이 0 이하'],
    ['Give a whole number of shares, 1 or more.', '1주 이상의 정수 수량을 지정하십시오.'],
  ),
  G_EXE_QTY_ABOVE_LIMIT: deny(
    ['The quantity is above the limit of one order', '1회 주문 수량 한도 초과'],
    ['Order less; raise the limit only by a decision.', '수량을 줄이십시오. 한도 상향은 결정을 거쳐야 합니다.'],
  ),
  G_EXE_VALUE_ABOVE_LIMIT: deny(
    ['The value is above the limit of one order', '1회 주문 금액 한도 초과'],
    ['Order less; raise the limit only by a decision.', '금액을 줄이십시오. 한도 상향은 결정을 거쳐야 합니다.'],
  ),
  G_EXE_CASH_INSUFFICIENT: deny(
    ['The cash does not cover the order', '주문가능금액 부족'],
    ['Order less, or free cash that open orders reserve.', '수량을 줄이거나 미체결 주문이 묶은 현금을 푸십시오.'],
  ),
  G_EXE_SHARES_INSUFFICIENT: deny(
    ['Not enough shares may be sold', '매도가능수량 부족'],
    ['Sell less, or free shares that open orders reserve.', '수량을 줄이거나 미체결 주문이 묶은 수량을 푸십시오.'],
  ),
  G_EXE_TWIN_IN_FLIGHT: deny(
    ['An equal order still waits for its answer', '같은 내용의 주문이 응답 대기 중'],
    ['Wait for the first answer, then decide again.', '먼저 보낸 주문의 응답을 기다린 뒤 다시 결정하십시오.'],
  ),
  G_EXE_UNKNOWN_PENDING: deny(
    ['An order of this account and symbol has an unknown outcome', '같은 계좌·종목에 결과 불명 주문이 있음'],
    ['Wait until the unknown order is resolved.', '결과 불명 주문이 확인될 때까지 기다리십시오.'],
  ),
  G_EXE_DUPLICATE_ORDER: deny(
    ['The order repeats one that was just sent', '직전 주문과 중복'],
    ['Check the strategy: equal orders need a reason.', '전략을 확인하십시오. 동일 주문에는 이유가 필요합니다.'],
  ),
  G_EXE_OPEN_ORDER_EXISTS: deny(
    ['An order of this symbol and side is open already', '같은 종목·방향의 미체결 주문이 있음'],
    ['Replace or cancel the open order first.', '기존 주문을 먼저 정정하거나 취소하십시오.'],
  ),
  G_EXE_OPEN_ORDERS_LIMIT: deny(
    ['More open orders than could be canceled in time', '미체결 주문 수 한도 초과'],
    ['Let orders end, or cancel some.', '주문이 종료되기를 기다리거나 일부를 취소하십시오.'],
  ),
  G_EXE_SELF_CROSS: deny(
    ['The order would trade with one of our own', '자기 주문과의 교차 체결 우려'],
    ['Cancel the opposite order first.', '반대 방향 주문을 먼저 취소하십시오.'],
  ),
  G_EXE_REPEAT_THROTTLED: deny(
    ['The same strategy repeated itself too often', '같은 전략의 반복 주문 한도 초과'],
    ['Check the strategy for a loop, then resume it.', '전략의 반복 실행 여부를 확인한 뒤 재개하십시오.'],
  ),
  G_EXE_DAILY_ORDER_LIMIT: deny(
    ['The number of orders for the day is used up', '일일 주문 횟수 한도 도달'],
    [
      'Stop for today; raise the limit only by a decision.',
      '당일 주문을 멈추십시오. 한도 상향은 결정을 거쳐야 합니다.',
    ],
  ),
  G_EXE_REPLACE_NOT_ALLOWED: deny(
    ['The order cannot be changed like that', '정정할 수 없는 주문 또는 조건'],
    ['Read the order; replace at most what remains.', '주문을 조회하고 잔량 이내에서만 정정하십시오.'],
  ),
  G_EXE_TRADING_DISABLED: core(
    ['Trading is switched off', '거래 비활성화 상태'],
    ['Switch trading on when it is meant to run.', '의도한 경우에만 거래를 활성화하십시오.'],
  ),
  G_EXE_PIPELINE_PAUSED: deny(
    ['The pipeline is paused', '파이프라인 일시정지'],
    ['Resume the pipeline when the reason is gone.', '사유가 해소되면 재개하십시오.'],
  ),
  G_EXE_KILLSWITCH_ON: core(
    ['The kill switch is on', '킬 스위치 작동 중'],
    ['Only a person releases it, after the reason is gone.', '사유가 해소된 뒤 사람이 직접 해제하십시오.'],
  ),
  G_EXE_SAFE_MODE_ON: deny(
    ['Safe mode is on', '안전 모드 작동 중'],
    ['Switch safe mode off when the reason is gone.', '사유가 해소되면 안전 모드를 끄십시오.'],
  ),
  G_EXE_REDUCE_ONLY: deny(
    ['Only orders that reduce risk are taken now', '리스크 축소 주문만 허용됨'],
    ['Resolve what restricted the broker; reduce meanwhile.', '제한 사유를 해소하십시오. 그동안은 축소만 가능합니다.'],
  ),
  G_EXE_TRADING_HALTED: deny(
    ['Trading is halted by a restriction', '제한 조치로 거래가 정지됨'],
    [
      'Look at the restrictions in force, resolve what caused them, then resume by name.',
      '적용 중인 제한과 원인을 확인하고 해소한 뒤 이름을 남겨 재개하십시오.',
    ],
  ),
  G_EXE_SAFETY_BLOCKED: deny(
    ['The safety state does not allow trading', '안전 상태(FAIL 또는 LOCKDOWN)로 거래 불가'],
    [
      'Request recovery; lockdown needs the approval of an operator.',
      '복구를 요청하십시오. 락다운은 운영자 승인이 필요합니다.',
    ],
  ),
  G_EXE_ANOMALY: core(
    ['Anomaly flags are set', '이상 징후 표시가 있음'],
    ['Look at the anomalies, then clear the flags.', '이상 징후를 확인한 뒤 표시를 해제하십시오.'],
  ),
  G_EXE_LIVE_GATE_CLOSED: deny(
    ['The gate to live trading is closed', '실거래 허용 조건 미충족'],
    [
      'Live needs mode and acknowledgement, live credentials, and ENABLE_REAL_ORDER=Y, all three.',
      '모드와 확인 문구, 실전 인증 정보, ENABLE_REAL_ORDER=Y 세 가지가 모두 필요합니다.',
    ],
  ),
  G_EXE_RECONCILING: deny(
    ['We do not agree with the broker yet', '브로커와 상태 대조 중'],
    ['Wait for the end of the reconciliation.', '대조가 끝나기를 기다리십시오.'],
  ),
  G_EXE_RATE_LIMITED: deny(
    ['Our rate limiter takes no more orders now', '자체 호출 한도로 주문 대기열이 닫힘'],
    ['Send fewer orders; the limit of the broker is shared.', '주문 빈도를 줄이십시오. 브로커 한도는 공유됩니다.'],
  ),
  G_SIM_NO_REFERENCE_PRICE: core(
    ['The simulator has no reference price', '시뮬레이터에 기준 가격이 없음'],
    ['Give the simulated symbol a reference price.', '시뮬레이션 종목에 기준 가격을 지정하십시오.'],
  ),
});

type Both = readonly [en: string, ko: string];

/** A guard of this project's own. Every guard acts on one order only: it is denied, and nothing left the process. */
function deny([en, ko]: Both, [actionEn, actionKo]: Both): ActiveRow {
  return {
    stage: 'ACT',
    meaning: { en, ko },
    operatorAction: { en: `This order was not sent. ${actionEn}`, ko: `이 주문은 전송되지 않았습니다. ${actionKo}` },
  };
}

/** A guard of the initial requirements. */
function core(meaning: Both, action: Both): ActiveRow {
  return { ...deny(meaning, action), source: initialCoreSet };
}
