import { type OrderType, type TimeInForce, type TradingSession } from '@qts/krx';
import { type VenueOrder, type VenuePhase } from '../../exchange/contracts.ts';

/** What a code of `trde_tp` means to the exchange. */
export interface KiwoomOrderType {
  /** As the lists have it. */
  readonly name: string;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  /** Whether the KRX after-market takes it under the same code (reported: 0, 6 and 7). */
  readonly afterMarket: boolean;
}

function type(
  name: string,
  orderType: OrderType,
  timeInForce: 'DAY' | 'IOC' | 'FOK' = 'DAY',
  session: TradingSession = 'REGULAR',
): KiwoomOrderType {
  const afterMarket = timeInForce === 'DAY' && ['LIMIT', 'BEST_LIMIT', 'PRIORITY_LIMIT'].includes(orderType);
  return { name, orderType, timeInForce, session, afterMarket };
}

/** `trde_tp` (broker's guide). One digit where the guide shows one: `00` and `03` are refused (reported). */
export const kiwoomOrderTypes: ReadonlyMap<string, KiwoomOrderType> = new Map([
  ['0', type('보통', 'LIMIT')],
  ['3', type('시장가', 'MARKET')],
  ['5', type('조건부지정가', 'CONDITIONAL_LIMIT')],
  ['6', type('최유리지정가', 'BEST_LIMIT')],
  ['7', type('최우선지정가', 'PRIORITY_LIMIT')],
  ['10', type('보통(IOC)', 'LIMIT', 'IOC')],
  ['13', type('시장가(IOC)', 'MARKET', 'IOC')],
  ['16', type('최유리(IOC)', 'BEST_LIMIT', 'IOC')],
  ['20', type('보통(FOK)', 'LIMIT', 'FOK')],
  ['23', type('시장가(FOK)', 'MARKET', 'FOK')],
  ['26', type('최유리(FOK)', 'BEST_LIMIT', 'FOK')],
  ['28', type('스톱지정가', 'STOP_LIMIT')],
  ['29', type('중간가', 'MIDPOINT')],
  ['30', type('중간가(IOC)', 'MIDPOINT', 'IOC')],
  ['31', type('중간가(FOK)', 'MIDPOINT', 'FOK')],
  ['61', type('장시작전시간외', 'CLOSING_PRICE', 'DAY', 'PRE_OPEN_CLOSING_PRICE')],
  ['62', type('시간외단일가', 'AFTER_HOURS_SINGLE_PRICE', 'DAY', 'AFTER_HOURS_SINGLE_PRICE')],
  ['81', type('장마감후시간외', 'CLOSING_PRICE', 'DAY', 'POST_CLOSE_CLOSING_PRICE')],
]);

/** The session that an order of this type goes to while an issue is in these phases: the after-market has no codes of its own. */
export function sessionOf({ session, afterMarket }: KiwoomOrderType, phases: readonly VenuePhase[]): TradingSession {
  return afterMarket && phases.includes('AFTER_MARKET') ? 'AFTER_MARKET' : session;
}

/** The name of an order's type in the lists. */
export function orderTypeName({ orderType, timeInForce, session }: VenueOrder): string {
  for (const each of kiwoomOrderTypes.values()) {
    const sameSession = each.session === session || (each.afterMarket && session === 'AFTER_MARKET');
    if (each.orderType === orderType && each.timeInForce === timeInForce && sameSession) return each.name;
  }
  return '';
}
