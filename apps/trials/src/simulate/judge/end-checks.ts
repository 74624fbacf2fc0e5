import {
  type JournalRecord,
  type OrderFacts,
  type OrderObservation,
  computeOrderStatus,
  observeOrder,
  openOrderFacts,
} from '@qts/core';
import { type Exchange, type VenueOrder } from '@qts/venue-sim';
import { type SimulatedAccount } from '../simulated-accounts.ts';
import { type Trader } from '../trader.ts';
import { type Draw } from '../world/draw.ts';
import { findCanaries } from './canaries.ts';
import { type InvariantId } from './invariants.ts';
import { type Judge } from './judge.ts';
import { type OwnOrders, type VenueLineage, findOwnOrders } from './venue-lineages.ts';
import { type OriginRow } from './wire.ts';

export interface EndFacts {
  readonly judge: Judge;
  readonly trader: Trader;
  readonly exchange: Exchange;
  readonly account: SimulatedAccount;
  readonly tokens: readonly string[];
  readonly origins: readonly OriginRow[];
  readonly records: readonly JournalRecord[];
  readonly logged: readonly string[];
  /** Whether the broker's list tells what was paid to the won. */
  readonly isExact: boolean;
  /** The account opened with other figures than it had, and the program has said so. */
  readonly hasWrongOpening: boolean;
  readonly draw: Draw;
  readonly count: (name: string, by?: number) => void;
}

/** Everything that is judged when all has converged. The venue's own books are the truth. */
export function checkEnd(facts: EndFacts): void {
  const { judge, account, records, logged, tokens } = facts;
  const own = findOwnOrders(judge, facts.exchange, account.accountId, facts.origins);
  checkOrders(facts, own);
  checkReplaces(facts, own);
  checkBooks(facts, own);
  checkJournal(facts);
  checkAnswers(facts);
  checkMatches(facts, own);
  checkFacts(facts, own);
  const told = { journal: JSON.stringify(records), log: logged.join('\n'), answers: judge.evidence.said.join('\n') };
  for (const found of findCanaries(account, tokens, told)) judge.report('I11', found);
}

function checkOrders({ judge, trader, count, isExact }: EndFacts, own: OwnOrders): void {
  const report = (invariant: InvariantId, message: string): void => {
    judge.report(invariant, message);
  };
  for (const [intentId, lineages] of own) {
    if (lineages.length > 1) report('I2', `${intentId} is ${lineages.length} orders at the venue`);
    const tracked = trader.tracker.get(intentId as never);
    const numbers = lineages.map(({ root }) => root.orderNumber);
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
    const lineage = own.get(intentId)?.find(({ orders }) => orders.some((each) => each.orderNumber === orderNumber));
    if (lineage === undefined) {
      report('ADOPTION', `${intentId} is bound to order ${orderNumber}, which no request of its made`);
      continue;
    }
    if (lineage.orders.length > 1) count(`order REPLACED`);
    if (lineage.orders.length > 1 && facts.filledQuantity > 0) count(`order REPLACED_AND_FILLED`);
    const canceled = facts.expired ? facts.orderedQuantity - facts.filledQuantity : facts.canceledQuantity;
    const { filledQuantity, canceledQuantity, expired } = lineage;
    const isRounded = roundedKrw(facts, lineage, isExact) > 0;
    if (isRounded) count('amounts by a rounded average');
    const amountKrw = isRounded ? facts.filledAmountKrw : lineage.filledAmountKrw;
    const ours = `${facts.filledQuantity} ${facts.filledAmountKrw} ${canceled} ${String(facts.expired)}`;
    const theirs = `${filledQuantity} ${amountKrw} ${canceledQuantity} ${String(expired)}`;
    if (ours !== theirs) report('I3', `${intentId} (order ${orderNumber}): ours ${ours}, the venue’s ${theirs}`);
  }
}

/**
 * How far the amount of an order is off because the list has an average that is cut down to the won, and the fills could
 * not be read; 0 where it is exact, or off by more than that explains.
 */
function roundedKrw(
  { filledQuantity, filledAmountKrw }: OrderFacts,
  lineage: VenueLineage | undefined,
  isExact: boolean,
): number {
  if (lineage === undefined || isExact || filledQuantity !== lineage.filledQuantity) return 0;
  const missingKrw = lineage.filledAmountKrw - filledAmountKrw;
  return missingKrw > 0 && missingKrw < filledQuantity ? missingKrw : 0;
}

/** No replace happened more often than it was sent. */
function checkReplaces({ judge }: EndFacts, own: OwnOrders): void {
  for (const [intentId, lineages] of own) {
    const happened = lineages.reduce((sum, { orders }) => sum + orders.length - 1, 0);
    const sent = judge.evidence.replaces.filter((each) => each.intentId === intentId && each.posts > 0).length;
    if (happened > sent) judge.report('I2', `${intentId} was replaced ${happened} times and asked for ${sent} times`);
  }
}

function ordersIn(own: OwnOrders): readonly VenueOrder[] {
  return [...own.values()].flat().flatMap(({ orders }) => orders);
}

function checkBooks(facts: EndFacts, own: OwnOrders): void {
  const { judge, trader, exchange, account, isExact } = facts;
  const { book, tracker } = trader;
  const numbers = new Set(ordersIn(own).map(({ orderNumber }) => orderNumber));
  let cashKrw: number = account.cashKrw;
  const held = new Map<string, number>(account.holdings.map(({ symbol, quantity }) => [symbol, quantity]));
  for (const fill of exchange.listFills(account.accountId)) {
    if (!numbers.has(fill.orderNumber)) continue;
    const sign = fill.side === 'BUY' ? 1 : -1;
    cashKrw -= sign * fill.priceKrw * fill.quantity + fill.feeKrw + fill.taxKrw;
    held.set(fill.symbol, (held.get(fill.symbol) ?? 0) + sign * fill.quantity);
  }
  // A fee is cut down to the won for each number, and our book keeps one order.
  let allowedKrw = 0;
  for (const [intentId, lineages] of own) {
    for (const lineage of lineages) {
      const ours = tracker.get(intentId as never);
      const offKrw = ours === undefined ? 0 : roundedKrw(ours.facts, lineage, isExact);
      allowedKrw += offKrw + (lineage.orders.length - (offKrw > 0 ? 0 : 1)) * roundedPartsMax;
    }
  }
  if (!facts.hasWrongOpening && Math.abs(book.cashKrw - cashKrw) > allowedKrw) {
    judge.report('I4', `cash: ours ${book.cashKrw}, the venue’s ${cashKrw}`);
  }
  for (const [symbol, quantity] of held) {
    const ours = book.position(symbol as never)?.quantity ?? 0;
    if (ours !== quantity && !facts.hasWrongOpening)
      judge.report('I4', `${symbol}: ours ${ours}, the venue’s ${quantity}`);
  }
  if (tracker.openBuyValueKrw() !== 0) judge.report('I5', `${tracker.openBuyValueKrw()} won are reserved for no order`);
  for (const [symbol] of held) {
    const reserved = tracker.openSellQuantity(symbol as never);
    if (reserved !== 0) judge.report('I5', `${reserved} shares of ${symbol} are reserved for no order`);
  }
}

/** Fee and taxes of one number, each cut down on its own. */
const roundedPartsMax = 3;

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
  if (type === 'replace-resolved') count(body['hasLanded'] === true ? 'replace LANDED' : 'replace NOT_LANDED');
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
  const late = new Set(records.filter(wasCalledAbsent).map((each) => each.correlationId));
  const orders = [...own].filter(([intentId]) => !late.has(intentId)).flatMap(([, each]) => each.flatMap(ordersOf));
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

const ordersOf = ({ orders }: VenueLineage): readonly VenueOrder[] => orders;

/** The program had taken it for absent, an order or a replace of one: it could not reckon with it. */
function wasCalledAbsent({ type, body }: JournalRecord): boolean {
  return (type === 'command-adopted' && body['late'] === true) || isAbsentReplace({ type, body });
}

function isAbsentReplace({ type, body }: Pick<JournalRecord, 'type' | 'body'>): boolean {
  return type === 'replace-resolved' && body['hasLanded'] === false;
}

function endOf(judge: Judge, order: VenueOrder): number {
  return judge.venueEndsAtMs.get(order.orderNumber) ?? Infinity;
}

/** The rows that were read of each order, in another order and more than once, end in the same state (I18). */
function checkFacts({ judge, draw }: EndFacts, own: OwnOrders): void {
  const numbers = new Set(ordersIn(own).map(({ orderNumber }) => orderNumber));
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
