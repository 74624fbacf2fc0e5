import {
  type BrokerOrderId,
  type ClientOrderId,
  type EpochMs,
  type ExecutionIntent,
  type IntentId,
  type Krw,
  type OrderFacts,
  type OrderObservation,
  type OrderReference,
  type OrderStatus,
  type Shares,
  computeOrderStatus,
  leavesQuantity,
  needsReconciliation,
  observeOrder,
  openOrderFacts,
} from '@qts/core';
import { bindingLimitKrw } from '@qts/risk';
import { type Lineage, type OrderNumbers } from './lineage.ts';
import { type OpenReplace, type TrackedOrder } from './tracked-order.ts';

/** What a part of an order may trade at. */
export interface PricedTerms {
  /** The price it is bound to; `undefined` when it may trade at any. */
  readonly limitPriceKrw: Krw | undefined;
  /** What a share can cost at most, won. */
  readonly worstPriceKrw: Krw;
}

/**
 * An order with its facts, which are folded when somebody looks: on the way of an order statements are only noted,
 * because nobody reads a status between the send and the answer.
 */
export class OrderRecord implements TrackedOrder {
  readonly intent: ExecutionIntent;
  readonly sentAtMs: EpochMs;
  reference: OrderReference | undefined = undefined;
  /** Its numbers, once it was replaced. */
  lineage: Lineage | undefined = undefined;
  /** A replace that nobody has seen the end of. */
  openReplace: OpenReplace | undefined = undefined;
  /** Numbers whose replace was looked for and not found: it may still land, and take shares along. */
  absentReplaces: readonly BrokerOrderId[] = [];
  /** When the first of the latest reads in a row began in which shares had gone that a lost replace may have moved. */
  goneSinceMs: EpochMs | undefined = undefined;
  /** A number was bound since its figures were last summed up for sure. */
  hasNewNumber = false;
  /** What may be live of it: more than one while a replace is open, or after one of a part. Never empty. */
  terms: readonly PricedTerms[];
  /** The answer to the place command was `UNKNOWN`, and nothing has resolved it yet. */
  placeIsUnknown = false;
  /** It is among the unknown orders of its symbol: the tracker writes it. */
  countsAsUnknown = false;
  /** Ids of cancels that the broker's figures have not confirmed yet. */
  openCancels: readonly string[] = [];
  /** When the first of the latest reads in a row began that left a remainder to the end of the session. */
  unaccountedAsOfMs: EpochMs | undefined = undefined;
  /** What the sums of open orders hold of it: {@link OpenOrderIndex} writes it. */
  countedLeaves = 0;
  countedValueKrw = 0;

  #facts: OrderFacts | undefined = undefined;
  #noted: OrderObservation[] = [];

  constructor(intent: ExecutionIntent, worstPriceKrw: Krw, sentAtMs: EpochMs) {
    this.intent = intent;
    this.terms = [{ limitPriceKrw: bindingLimitKrw(intent), worstPriceKrw }];
    this.sentAtMs = sentAtMs;
  }

  note(said: OrderObservation): void {
    this.#noted.push(said);
  }

  get intentId(): IntentId {
    return this.intent.intentId;
  }

  /** The place command bears the id of its order. */
  get commandId(): string {
    return this.intent.intentId;
  }

  get facts(): OrderFacts {
    let facts = this.#facts ?? this.#blankFacts();
    if (this.#noted.length > 0) {
      facts = this.#noted.reduce(observeOrder, facts);
      this.#noted = [];
    }
    this.#facts = facts;
    return facts;
  }

  /**
   * Takes back what was said of canceled and expired shares: a number turned up that has them. Facts only grow, and so does
   * this one; but what was known then was of fewer numbers, and is no reading of the order as a whole.
   */
  restate(canceledQuantity: Shares): void {
    this.#facts = { ...this.facts, canceledQuantity, expired: false, readings: {} };
    this.unaccountedAsOfMs = undefined;
  }

  #blankFacts(): OrderFacts {
    const { symbol, side, quantity: orderedQuantity } = this.intent;
    return openOrderFacts({ clientOrderId: this.commandId as ClientOrderId, symbol, side, orderedQuantity });
  }

  get status(): OrderStatus {
    return computeOrderStatus(this.facts);
  }

  get leavesQuantity(): Shares {
    return leavesQuantity(this.facts);
  }

  get needsReconciliation(): boolean {
    return needsReconciliation(this.facts);
  }

  get numbers(): OrderNumbers | undefined {
    const { lineage, reference, absentReplaces } = this;
    if (lineage === undefined) return undefined;
    const newest = reference === undefined ? undefined : { newest: reference };
    return { ...newest, rows: lineage.datedRows(), named: lineage.named(), absent: absentReplaces };
  }

  get limitPriceKrw(): Krw | undefined {
    const { side } = this.intent;
    const [first, ...others] = this.#liveTerms();
    let limit = first?.limitPriceKrw;
    for (const { limitPriceKrw } of others) {
      if (limit === undefined || limitPriceKrw === undefined) return undefined;
      if (side === 'BUY' ? limitPriceKrw > limit : limitPriceKrw < limit) limit = limitPriceKrw;
    }
    return limit;
  }

  get worstPriceKrw(): Krw {
    const [first, ...others] = this.#liveTerms();
    let worst = first?.worstPriceKrw ?? (0 as Krw);
    for (const { worstPriceKrw } of others) if (worstPriceKrw > worst) worst = worstPriceKrw;
    return worst;
  }

  #liveTerms(): readonly PricedTerms[] {
    return this.openReplace === undefined ? this.terms : [...this.terms, this.openReplace];
  }
}
