import { type Side } from '@qts/krx';
import { type NewOrder, type VenueRefusal } from './contracts.ts';
import { type Issue, fixedPriceLevel } from './issue.ts';
import { offTick, outsideLimits } from './price-ladder.ts';
import { isWholePositive } from './refusals.ts';

/** What an order turns into once it is admitted. One object is written over and over: orders are many. */
export interface Ticket {
  /** How far it may go; a market order in an auction gets a level outside the prices. */
  limitLevel: number;
  /** The price it works at, or 0. */
  limitPriceKrw: number;
  /** The dearest price at which a buy can trade; 0 for sells. */
  reservePriceKrw: number;
}

/** What admission looks at. */
export type OrderTerms = Pick<
  NewOrder,
  'side' | 'quantity' | 'orderType' | 'timeInForce' | 'session' | 'limitPriceKrw' | 'stopPriceKrw'
>;

/**
 * Whether an issue takes an order now, by its window, type, price and quantity; fills in the ticket. Answers the refusal,
 * or nothing. Accounts are asked elsewhere.
 */
export function admitOrder(issue: Issue, order: OrderTerms, ticket: Ticket): VenueRefusal | undefined {
  if (issue.instrument.halted === true) return 'HALTED_SYMBOL';
  const window = issue.open[order.session];
  if (window === undefined) {
    return Object.values(issue.open).some((each) => each !== undefined) ? 'TYPE_NOT_ALLOWED_NOW' : 'MARKET_CLOSED';
  }
  if (!window.takes[order.orderType].includes(order.timeInForce)) return 'TYPE_NOT_ALLOWED_NOW';
  if (!isWholePositive(order.quantity)) return 'QUANTITY_NOT_POSITIVE';
  if (order.stopPriceKrw !== 0 && order.orderType !== 'STOP_LIMIT') return 'PRICE_NOT_ALLOWED';
  return resolvePrice(issue, order, ticket);
}

/** Finds how far the order may go and writes the ticket; answers what is wrong with its price. */
function resolvePrice(issue: Issue, order: OrderTerms, ticket: Ticket): VenueRefusal | undefined {
  const { ladder, book } = issue;
  const { orderType, side, limitPriceKrw } = order;
  switch (orderType) {
    case 'LIMIT':
    case 'CONDITIONAL_LIMIT': {
      if (limitPriceKrw === 0) return 'PRICE_MISSING';
      const level = ladder.levelOf(limitPriceKrw);
      if (level === offTick) return 'OFF_TICK';
      if (level === outsideLimits) return 'OUTSIDE_PRICE_LIMIT';
      // A conditional limit may trade as a market order at the close, so cash is held as for one (assumed).
      const dearestKrw = orderType === 'LIMIT' ? limitPriceKrw : ladder.upperLimitKrw;
      write(ticket, side, level, limitPriceKrw, dearestKrw);
      return undefined;
    }
    case 'MARKET': {
      if (limitPriceKrw !== 0) return 'PRICE_NOT_ALLOWED';
      const outside = issue.inAuction ? 1 : 0;
      const level = side === 'BUY' ? ladder.levelCount + outside : 1 - outside;
      write(ticket, side, level, 0, ladder.upperLimitKrw);
      return undefined;
    }
    case 'BEST_LIMIT':
    case 'PRIORITY_LIMIT': {
      if (limitPriceKrw !== 0) return 'PRICE_NOT_ALLOWED';
      if (orderType === 'PRIORITY_LIMIT' && book.isEmpty(side)) return 'OWN_SIDE_EMPTY';
      const level = orderType === 'PRIORITY_LIMIT' ? book.bestOf(side) : bestLimitLevel(issue, side);
      const priceKrw = ladder.priceOf(level);
      write(ticket, side, level, priceKrw, priceKrw);
      return undefined;
    }
    case 'CLOSING_PRICE': {
      const fixedKrw = issue.fixedPriceKrw(order.session);
      if (limitPriceKrw !== 0 && limitPriceKrw !== fixedKrw) return 'PRICE_NOT_ALLOWED';
      write(ticket, side, fixedPriceLevel, fixedKrw, fixedKrw);
      return undefined;
    }
    case 'MIDPOINT':
    case 'STOP_LIMIT':
    case 'AFTER_HOURS_SINGLE_PRICE':
      return 'NOT_SUPPORTED';
    default:
      return orderType satisfies never;
  }
}

/** The best opposite price; if there is none, one tick better than the own side; in an empty book the last price. */
function bestLimitLevel(issue: Issue, side: Side): number {
  const opposite = side === 'BUY' ? 'SELL' : 'BUY';
  if (!issue.book.isEmpty(opposite)) return issue.book.bestOf(opposite);
  return issue.oneTickBetter(side) ?? issue.referenceLevel;
}

function write(ticket: Ticket, side: Side, limitLevel: number, limitPriceKrw: number, dearestKrw: number): void {
  ticket.limitLevel = limitLevel;
  ticket.limitPriceKrw = limitPriceKrw;
  ticket.reservePriceKrw = side === 'BUY' ? dearestKrw : 0;
}
