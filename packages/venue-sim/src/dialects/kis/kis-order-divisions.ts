import { type OrderType, type TimeInForce, type TradingSession } from '@qts/krx';

/** What a code of `ORD_DVSN` means to the exchange. */
export interface KisOrderDivision {
  readonly name: string;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  /** Name in `ccld_cndt_name`. */
  readonly condition: '없음' | 'IOC' | 'FOK';
}

function division(
  name: string,
  orderType: OrderType,
  timeInForce: 'DAY' | 'IOC' | 'FOK' = 'DAY',
  session: TradingSession = 'REGULAR',
): KisOrderDivision {
  return { name, orderType, timeInForce, session, condition: timeInForce === 'DAY' ? '없음' : timeInForce };
}

/**
 * `ORD_DVSN` on KRX (broker document of order-cash; 41 to 47 by its notice of 2026-09-09). 27 to 29 belong to NXT, which
 * this venue does not have.
 */
export const kisOrderDivisions: ReadonlyMap<string, KisOrderDivision> = new Map([
  ['00', division('지정가', 'LIMIT')],
  ['01', division('시장가', 'MARKET')],
  ['02', division('조건부지정가', 'CONDITIONAL_LIMIT')],
  ['03', division('최유리지정가', 'BEST_LIMIT')],
  ['04', division('최우선지정가', 'PRIORITY_LIMIT')],
  ['05', division('장전 시간외', 'CLOSING_PRICE', 'DAY', 'PRE_OPEN_CLOSING_PRICE')],
  ['06', division('장후 시간외', 'CLOSING_PRICE', 'DAY', 'POST_CLOSE_CLOSING_PRICE')],
  ['07', division('시간외 단일가', 'AFTER_HOURS_SINGLE_PRICE', 'DAY', 'AFTER_HOURS_SINGLE_PRICE')],
  ['11', division('IOC지정가', 'LIMIT', 'IOC')],
  ['12', division('FOK지정가', 'LIMIT', 'FOK')],
  ['13', division('IOC시장가', 'MARKET', 'IOC')],
  ['14', division('FOK시장가', 'MARKET', 'FOK')],
  ['15', division('IOC최유리', 'BEST_LIMIT', 'IOC')],
  ['16', division('FOK최유리', 'BEST_LIMIT', 'FOK')],
  ['21', division('중간가', 'MIDPOINT')],
  ['22', division('스톱지정가', 'STOP_LIMIT')],
  ['23', division('중간가IOC', 'MIDPOINT', 'IOC')],
  ['24', division('중간가FOK', 'MIDPOINT', 'FOK')],
  ['41', division('KRX애프터마켓지정가', 'LIMIT', 'DAY', 'AFTER_MARKET')],
  ['42', division('KRX애프터마켓지정가IOC', 'LIMIT', 'IOC', 'AFTER_MARKET')],
  ['43', division('KRX애프터마켓지정가FOK', 'LIMIT', 'FOK', 'AFTER_MARKET')],
  ['44', division('KRX애프터마켓최유리지정가', 'BEST_LIMIT', 'DAY', 'AFTER_MARKET')],
  ['45', division('KRX애프터마켓최유리지정가IOC', 'BEST_LIMIT', 'IOC', 'AFTER_MARKET')],
  ['46', division('KRX애프터마켓최유리지정가FOK', 'BEST_LIMIT', 'FOK', 'AFTER_MARKET')],
  ['47', division('KRX애프터마켓최우선지정가', 'PRIORITY_LIMIT', 'DAY', 'AFTER_MARKET')],
]);

const codesByTerms: ReadonlyMap<string, string> = new Map(
  [...kisOrderDivisions].map(([code, terms]) => [termsKey(terms), code]),
);

/** The code of an order's terms; `undefined` for terms that no code carries. */
export function orderDivisionCode(
  terms: Pick<KisOrderDivision, 'orderType' | 'timeInForce' | 'session'>,
): string | undefined {
  return codesByTerms.get(termsKey(terms));
}

function termsKey({
  orderType,
  timeInForce,
  session,
}: Pick<KisOrderDivision, 'orderType' | 'timeInForce' | 'session'>): string {
  return `${orderType} ${timeInForce} ${session}`;
}
