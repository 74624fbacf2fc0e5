import { type JournalRecord, type OrderObservation, computeOrderStatus, observeOrder, openOrderFacts } from '@qts/core';
import { type Exchange, type VenueOrder } from '@qts/venue-sim';
import { simulatedAccount } from '../simulated-account.ts';
import { type Trader } from '../trader.ts';
import { type Draw } from '../world/draw.ts';
import { findCanaries } from './canaries.ts';
import { type InvariantId } from './invariants.ts';
import { type Judge } from './judge.ts';
import { type OriginRow } from './wire.ts';

export interface EndFacts {
  readonly judge: Judge;
  readonly trader: Trader;
  readonly exchange: Exchange;
  readonly origins: readonly OriginRow[];
  readonly records: readonly JournalRecord[];
  readonly logged: readonly string[];
  readonly draw: Draw;
  readonly count: (name: string, by?: number) => void;
}

/** Everything that is judged when all has converged. The venue's own books are the truth. */
export function checkEnd(facts: EndFacts): void {
  const own = ownOrders(facts);
  checkOrders(facts, own);
  checkBooks(facts, own);
  checkJournal(facts);
  checkAnswers(facts);
  checkMatches(facts, own);
  checkFacts(facts, own);
  for (const found of findCanaries(facts.records, facts.logged)) facts.judge.report('I11', found);
}

/** The venue's orders that requests of ours made, by the intent behind the request. */
type OwnOrders = ReadonlyMap<string, readonly VenueOrder[]>;

function ownOrders({ judge, exchange, origins }: EndFacts): OwnOrders {
  const own = new Map<string, VenueOrder[]>();
  for (const { orderNumber, address } of origins) {
    const post = judge.evidence.postsByAddress.get(address);
    const order = exchange.getOrder(orderNumber);
    if (post === undefined || order?.kind !== 'NEW') continue;
    const ofIntent = own.get(post.intentId) ?? [];
    ofIntent.push(order);
    own.set(post.intentId, ofIntent);
  }
  return own;
}

function checkOrders({ judge, trader, count }: EndFacts, own: OwnOrders): void {
  const report = (invariant: InvariantId, message: string): void => {
    judge.report(invariant, message);
  };
  for (const [intentId, orders] of own) {
    if (orders.length > 1) report('I2', `${intentId} is ${orders.length} orders at the venue`);
    const tracked = trader.tracker.get(intentId as never);
    const numbers = orders.map(({ orderNumber }) => orderNumber);
    if (tracked?.reference === undefined) {
      report(
        'I3',
        `${intentId} is order ${numbers.join(' ')} at the venue and ${tracked?.status ?? 'nothing'} with us`,
      );
    }
  }
  for (const order of trader.tracker.list()) {
    const { intentId, reference, facts, status, leavesQuantity } = order;
    count(`order ${status}`);
    if (leavesQuantity === 0 && facts.filledQuantity > 0 && facts.canceledQuantity > 0) count('order FILLED_IN_PART');
    if (facts.filledQuantity > facts.orderedQuantity) report('I3', `${intentId} is filled above what was ordered`);
    if (reference === undefined) continue;
    const orderNumber = Number(reference.brokerOrderId);
    const venueOrder = own.get(intentId)?.find((each) => each.orderNumber === orderNumber);
    if (venueOrder === undefined) {
      report('ADOPTION', `${intentId} is bound to order ${orderNumber}, which no request of its made`);
      continue;
    }
    const { filledQuantity, filledAmountKrw, canceledQuantity, expired } = venueOrder;
    const canceled = facts.expired ? facts.orderedQuantity - facts.filledQuantity : facts.canceledQuantity;
    const ours = `${facts.filledQuantity} ${facts.filledAmountKrw} ${canceled} ${String(facts.expired)}`;
    const theirs = `${filledQuantity} ${filledAmountKrw} ${canceledQuantity} ${String(expired)}`;
    if (ours !== theirs) report('I3', `${intentId} (order ${orderNumber}): ours ${ours}, the venue’s ${theirs}`);
  }
}

function checkBooks({ judge, trader, exchange }: EndFacts, own: OwnOrders): void {
  const { book, tracker } = trader;
  const numbers = new Set([...own.values()].flat().map(({ orderNumber }) => orderNumber));
  let cashKrw: number = simulatedAccount.cashKrw;
  const held = new Map<string, number>(simulatedAccount.holdings.map(({ symbol, quantity }) => [symbol, quantity]));
  for (const fill of exchange.listFills(simulatedAccount.accountId)) {
    if (!numbers.has(fill.orderNumber)) continue;
    const sign = fill.side === 'BUY' ? 1 : -1;
    cashKrw -= sign * fill.priceKrw * fill.quantity + fill.feeKrw + fill.taxKrw;
    held.set(fill.symbol, (held.get(fill.symbol) ?? 0) + sign * fill.quantity);
  }
  if (book.cashKrw !== cashKrw) judge.report('I4', `cash: ours ${book.cashKrw}, the venue’s ${cashKrw}`);
  for (const [symbol, quantity] of held) {
    const ours = book.position(symbol as never)?.quantity ?? 0;
    if (ours !== quantity) judge.report('I4', `${symbol}: ours ${ours}, the venue’s ${quantity}`);
  }
  if (tracker.openBuyValueKrw() !== 0) judge.report('I5', `${tracker.openBuyValueKrw()} won are reserved for no order`);
  for (const [symbol] of held) {
    const reserved = tracker.openSellQuantity(symbol as never);
    if (reserved !== 0) judge.report('I5', `${reserved} shares of ${symbol} are reserved for no order`);
  }
}

function checkJournal({ judge, records, count }: EndFacts): void {
  const firsts = new Map<string, number>();
  for (const [index, { seq, type, correlationId, body }] of records.entries()) {
    if (seq !== index + 1) judge.report('I16', `record ${index + 1} has the sequence ${seq}`);
    countEnd(type, body, count);
    const isFirst = type === 'intent-denied' ? body['code'] !== 'G_EXE_INTENT_CONFLICT' : firstEnds.has(type);
    const isConfirmed = type === 'command-rejected' && body['proof'] !== undefined;
    if (isFirst && !isConfirmed) firsts.set(correlationId, (firsts.get(correlationId) ?? 0) + 1);
  }
  for (const [intentId, ends] of firsts) {
    if (ends > 1) judge.report('I13', `${intentId} has ${ends} ends in the journal`);
  }
}

const firstEnds: ReadonlySet<string> = new Set([
  'command-accepted',
  'command-rejected',
  'command-not-sent',
  'command-unknown',
]);

function countEnd(
  type: JournalRecord['type'],
  body: JournalRecord['body'],
  count: (name: string, by?: number) => void,
): void {
  if (type === 'command-adopted') {
    count(body['late'] === true ? 'unknown LANDED_LATE' : 'unknown ADOPTED');
    if (body['proof'] === 'LATE_ANSWER') count('unknown by LATE_ANSWER');
  }
  if (type === 'command-absent') count('unknown ABSENT');
  if (type === 'command-escalated') count('unknown ESCALATED');
  if (type === 'command-rejected' && body['proof'] !== undefined) count('unknown REJECTED');
  if (type === 'intent-denied') count('command DENIED');
}

function checkAnswers({ judge, trader }: EndFacts): void {
  for (const [intentId, { answers, waiting }] of judge.evidence.intents) {
    if (waiting > 0) judge.report('I13', `${intentId} still waits for its answer`);
    if (answers === 0 && waiting === 0) continue; // Its process was killed; what became of it is in the tracker.
    if (trader.gateway.find(intentId as never) === undefined) judge.report('I13', `${intentId} is not known any more`);
  }
}

/** Own orders of both sides that were in the book together and could have met (I14). */
function checkMatches({ judge, records }: EndFacts, own: OwnOrders): void {
  const late = new Set(
    records
      .filter(({ type, body }) => type === 'command-adopted' && body['late'] === true)
      .map((each) => each.correlationId),
  );
  const orders = [...own].filter(([intentId]) => !late.has(intentId)).flatMap(([, each]) => each);
  for (const buy of orders) {
    if (buy.side !== 'BUY') continue;
    for (const sell of orders) {
      if (sell.side !== 'SELL' || sell.symbol !== buy.symbol) continue;
      const crosses = buy.limitPriceKrw === 0 || sell.limitPriceKrw === 0 || buy.limitPriceKrw >= sell.limitPriceKrw;
      const [first, second] = buy.enteredAtMs <= sell.enteredAtMs ? [buy, sell] : [sell, buy];
      if (crosses && endOf(judge, first) > second.enteredAtMs) {
        judge.report('I14', `orders ${first.orderNumber} and ${second.orderNumber} of ours could have met`);
      }
    }
  }
}

function endOf(judge: Judge, order: VenueOrder): number {
  return judge.venueEndsAtMs.get(order.orderNumber) ?? Infinity;
}

/** The rows that were read of each order, in another order and more than once, end in the same state (I18). */
function checkFacts({ judge, draw }: EndFacts, own: OwnOrders): void {
  const numbers = new Set([...own.values()].flat().map(({ orderNumber }) => orderNumber));
  const observed = new Map<string, OrderObservation[]>();
  for (const { orders, readStartedAtMs } of judge.evidence.lists) {
    for (const row of orders) {
      if (row.kind !== 'NEW' || !numbers.has(Number(row.reference.brokerOrderId))) continue;
      const said = observed.get(row.reference.brokerOrderId) ?? [];
      observed.set(row.reference.brokerOrderId, said);
      const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, reference } = row;
      said.push({
        ...{ filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity },
        ...{ symbol: reference.symbol, side: reference.side, brokerOrderId: reference.brokerOrderId },
        reading: { source: 'list', asOfMs: readStartedAtMs },
      });
    }
  }
  for (const [number, said] of observed) {
    const [first] = said;
    if (first?.symbol === undefined || first.side === undefined) continue;
    const { symbol, side } = first;
    const fold = (all: readonly OrderObservation[]): string => {
      const blank = openOrderFacts({ clientOrderId: 'x' as never, symbol, side, orderedQuantity: 12 as never });
      const facts = all.reduce(observeOrder, blank);
      const { filledQuantity, filledAmountKrw, canceledQuantity } = facts;
      return `${computeOrderStatus(facts)} ${filledQuantity} ${filledAmountKrw} ${canceledQuantity}`;
    };
    const shuffled = [...said, ...said.filter(() => draw.chance(0.3))]
      .map((each) => ({ each, at: draw.next() }))
      .sort((one, other) => one.at - other.at)
      .map(({ each }) => each);
    if (fold(said) !== fold(shuffled))
      judge.report('I18', `order ${number}: ${fold(said)}, permuted ${fold(shuffled)}`);
  }
}
