import { orderTypePrices, type OrderType, type TimeInForce, type TradingSession, type Venue } from '@qts/core';

/**
 * 주문구분: the one code in which a Korean broker carries order type, condition and, for some, the session. Brokers write
 * their tables as rows of it; what the codes are, and how they come back, is each broker's own.
 */
export interface OrderDivision {
  /** The wire code. */
  readonly code: string;
  /** The broker's own name. */
  readonly korean: string;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  /** Whether the field of the price carries one. */
  readonly carriesPrice: boolean;
  /**
   * Where and when we send it. A combination that is absent here is not offered, although the broker might take it: for
   * NXT's pre- and after-market and for SOR outside the regular session only what is evident is offered.
   */
  readonly offered: Readonly<Partial<Record<Venue, readonly TradingSession[]>>>;
  /** The session that the code itself names. Absent: the venue's clock tells. */
  readonly session?: TradingSession;
  /** First and last trading date (`YYYY-MM-DD`) on which the broker takes it, inclusive. */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}

/** The terms that choose an order division. */
export interface OrderTerms {
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly venue: Venue;
}

/** A row whose code leaves the session to the venue's clock. */
export function orderDivision(
  code: string,
  korean: string,
  orderType: OrderType,
  timeInForce: TimeInForce,
  offered: OrderDivision['offered'],
  dates: Pick<OrderDivision, 'effectiveFrom' | 'effectiveTo'> = {},
): OrderDivision {
  const carriesPrice = orderTypePrices[orderType].limit;
  return { code, korean, orderType, timeInForce, carriesPrice, offered, ...dates };
}

/**
 * Makes the way from terms to a row: the division that carries them on a trading date, or `undefined` when there is none.
 *
 * @param effectiveFromOf the first trading date of one offer of a division; `undefined` when it has always been there.
 */
export function createDivisionFinder(
  divisions: readonly OrderDivision[],
  effectiveFromOf: (division: OrderDivision, venue: Venue, session: TradingSession) => string | undefined,
): (terms: OrderTerms, tradingDate: string) => OrderDivision | undefined {
  const byTerms: ReadonlyMap<string, OrderDivision> = new Map(
    divisions.flatMap((division) =>
      Object.entries(division.offered).flatMap(([venue, sessions]) =>
        sessions.map((session) => [keyOf({ ...division, venue: venue as Venue, session }), division] as const),
      ),
    ),
  );
  return (terms, tradingDate) => {
    const division = byTerms.get(keyOf(terms));
    if (division === undefined) return undefined;
    const from = effectiveFromOf(division, terms.venue, terms.session);
    if (from !== undefined && tradingDate < from) return undefined;
    if (division.effectiveTo !== undefined && tradingDate > division.effectiveTo) return undefined;
    return division;
  };
}

function keyOf({ orderType, timeInForce, session, venue }: OrderTerms): string {
  return `${orderType} ${timeInForce} ${session} ${venue}`;
}
