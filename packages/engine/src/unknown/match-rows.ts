import {
  type EpochMs,
  type ExecutionIntent,
  type OrderNotice,
  type OrderReference,
  type OrderSnapshot,
  type OrderType,
  kstDate,
  orderTypePrices,
} from '@qts/core';
import { type ClockAhead } from '../time/broker-clock.ts';

/** What to look for in a list, and how sure one has to be. */
export interface MatchTerms {
  readonly intent: ExecutionIntent;
  readonly sentAtMs: EpochMs;
  /** The account's owner declared that nobody else trades it: every row that fits is ours. */
  readonly exclusive: boolean;
  /** How much earlier than `sentAtMs` the broker may date our order, by our clock: seconds that are cut off, and its drift. */
  readonly earlyMsMax: number;
  /** Rows that are dated earlier still, by up to this, are doubtful: a clock may be wrong. */
  readonly doubtfulEarlyMsMax: number;
  /** What the clock that dates the rows is ahead of ours. */
  readonly clockAhead: ClockAhead;
}

/**
 * Rows of a list that could be the order, sorted by number.
 *
 * - `fitting`: every term fits, the time fits, and the origin does.
 * - `doubtful`: the terms fit; the broker does not say that it came through the API, or dates it somewhat too early.
 *   Proves nothing, and forbids to say that the order is absent.
 * - `foreign`: the terms and the time fit, and the broker says that it came another way: somebody's own order.
 */
export interface MatchedRows {
  readonly fitting: readonly OrderSnapshot[];
  readonly doubtful: readonly OrderSnapshot[];
  readonly foreign: readonly OrderSnapshot[];
}

/**
 * Compares the rows of a list with an order whose number is not known (execution-safety 6.4). Neither broker carries an
 * id of ours, so content, time and origin have to do. The list names no stop price, so that is not compared.
 *
 * @param isBound whether a number belongs to an order already
 */
export function matchRows(
  terms: MatchTerms,
  rows: readonly OrderSnapshot[],
  isBound: (reference: OrderReference) => boolean,
): MatchedRows {
  const byNumber = new Map<string, OrderSnapshot>();
  for (const row of rows) {
    // Pages are no snapshot: a row may come twice, and the later reading counts.
    if (row.kind === 'NEW' && hasTerms(row, terms) && !isBound(row.reference)) {
      byNumber.set(row.reference.brokerOrderId, row);
    }
  }
  const found = { fitting: [] as OrderSnapshot[], doubtful: [] as OrderSnapshot[], foreign: [] as OrderSnapshot[] };
  for (const row of [...byNumber.values()].sort(byTimeAndNumber)) {
    const kind = classify(row, terms);
    if (kind !== undefined) found[kind].push(row);
  }
  return found;
}

function classify(row: OrderSnapshot, terms: MatchTerms): keyof MatchedRows | undefined {
  const { sentAtMs, exclusive, earlyMsMax, doubtfulEarlyMsMax, clockAhead } = terms;
  // Where the measures of the broker's clock differ, a row fits by all of them, and is left out by all of them only.
  const earlyMsMost = sentAtMs + clockAhead.mostMs - row.orderedAtMs;
  const earlyMsLeast = sentAtMs + clockAhead.leastMs - row.orderedAtMs;
  if (earlyMsLeast > earlyMsMax + doubtfulEarlyMsMax) return undefined;
  if (row.viaApi === false && !exclusive) return earlyMsLeast > earlyMsMax ? undefined : 'foreign';
  if (earlyMsMost > earlyMsMax) return 'doubtful';
  return row.viaApi === true || exclusive ? 'fitting' : 'doubtful';
}

function hasTerms(
  { reference, orderedQuantity, limitPriceKrw }: OrderSnapshot,
  { intent, sentAtMs }: MatchTerms,
): boolean {
  return (
    reference.tradingDate === kstDate(sentAtMs) &&
    reference.symbol === intent.symbol &&
    reference.side === intent.side &&
    reference.orderType === intent.intentType &&
    reference.timeInForce === intent.timeInForce &&
    orderedQuantity === intent.quantity &&
    // A list may show some price for a type that carries none.
    (!orderTypePrices[reference.orderType].limit || limitPriceKrw === intent.limitPriceKrw) &&
    // Smart routing may show the exchange that it chose.
    (intent.venue === 'SOR' || reference.venue === intent.venue)
  );
}

/** Whether a notice could be about the order: as far as it tells, its terms fit, and it came after the order was sent. */
export function fitsNotice({ intent, sentAtMs, earlyMsMax }: MatchTerms, notice: OrderNotice): boolean {
  const { command, tradingDate, symbol, side, orderedQuantity, limitPriceKrw, receivedAtMs } = notice;
  return (
    command === 'NEW' &&
    tradingDate === kstDate(sentAtMs) &&
    symbol === intent.symbol &&
    side === intent.side &&
    (orderedQuantity === undefined || orderedQuantity === intent.quantity) &&
    (limitPriceKrw === undefined || !carriesLimit(intent) || limitPriceKrw === intent.limitPriceKrw) &&
    receivedAtMs >= sentAtMs - earlyMsMax
  );
}

/** Whether two intents of ours could not be told apart in a list. */
export function haveSameTerms(one: ExecutionIntent, other: ExecutionIntent): boolean {
  return (
    one.symbol === other.symbol &&
    one.side === other.side &&
    one.intentType === other.intentType &&
    one.timeInForce === other.timeInForce &&
    one.quantity === other.quantity &&
    (!carriesLimit(one) || one.limitPriceKrw === other.limitPriceKrw) &&
    (one.venue === other.venue || one.venue === 'SOR' || other.venue === 'SOR')
  );
}

function carriesLimit({ intentType }: ExecutionIntent): boolean {
  return intentType !== 'NOOP' && orderTypePrices[intentType satisfies OrderType].limit;
}

function byTimeAndNumber(one: OrderSnapshot, other: OrderSnapshot): number {
  if (one.orderedAtMs !== other.orderedAtMs) return one.orderedAtMs - other.orderedAtMs;
  return one.reference.brokerOrderId < other.reference.brokerOrderId ? -1 : 1;
}
