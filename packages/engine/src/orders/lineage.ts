import { type BrokerOrderId, type EpochMs, type OrderReference, type OrderSnapshot, type Shares } from '@qts/core';

/** Cumulative figures of an order over all its numbers. */
export type LineageTotals = Pick<
  OrderSnapshot,
  'orderedQuantity' | 'filledQuantity' | 'filledAmountKrw' | 'canceledQuantity' | 'rejectedQuantity' | 'leavesQuantity'
>;

/** What a list says of one number of an order, as far as its figures come from it. */
export type LineageRow = Pick<
  OrderSnapshot,
  | 'reference'
  | 'kind'
  | 'originalBrokerOrderId'
  | 'limitPriceKrw'
  | 'orderedQuantity'
  | 'filledQuantity'
  | 'filledAmountKrw'
  | 'canceledQuantity'
  | 'rejectedQuantity'
  | 'leavesQuantity'
>;

/** A row, and when the read began that showed it. */
export interface DatedRow {
  readonly row: LineageRow;
  readonly asOfMs: EpochMs;
}

/** A number that an answer named, before a list showed it. */
interface NamedNumber {
  readonly reference: OrderReference;
  /** What it was to replace, and whether nothing was to be left under that. */
  readonly parent: BrokerOrderId;
  readonly takesAll: boolean;
}

/** What is known of the numbers of an order, to be written down. Plain data. */
export interface OrderNumbers {
  /** The number that the order goes by. */
  readonly newest?: OrderReference;
  readonly rows: readonly DatedRow[];
  /** Those that no list has shown yet. */
  readonly named: readonly NamedNumber[];
  /** Those whose replace was looked for and not found: it may still land. */
  readonly absent: readonly BrokerOrderId[];
}

/**
 * The numbers of one order that was replaced, and what the broker's list said last of each. A replace gives what it takes
 * a number of its own (a part of the order, or all that was left); both numbers belong to the order until it is settled.
 */
export class Lineage {
  readonly #rows = new Map<BrokerOrderId, DatedRow>();
  /** Numbers that the broker gave and no list has shown yet. */
  readonly #expected = new Map<BrokerOrderId, { readonly parent: BrokerOrderId; readonly takesAll: boolean }>();
  readonly #references = new Map<BrokerOrderId, OrderReference>();

  readonly #root: BrokerOrderId;
  #hasNews = false;

  constructor(root: OrderReference) {
    this.#root = root.brokerOrderId;
    this.#references.set(root.brokerOrderId, root);
  }

  /** A number that the answer to a replace of `parent` named; `takesAll`: nothing is to be left under the parent. */
  expect(reference: OrderReference, parent: BrokerOrderId, takesAll: boolean): void {
    this.#references.set(reference.brokerOrderId, reference);
    if (!this.#rows.has(reference.brokerOrderId)) this.#expected.set(reference.brokerOrderId, { parent, takesAll });
  }

  /** What a list said of a number; an older read than the last changes nothing. */
  take(row: LineageRow, asOfMs: EpochMs): void {
    const { reference } = row;
    const known = this.#rows.get(reference.brokerOrderId);
    if (known !== undefined && known.asOfMs > asOfMs) return;
    this.#rows.set(reference.brokerOrderId, { row, asOfMs });
    if (known === undefined || !isSameRow(known.row, row)) this.#hasNews = true;
    this.#expected.delete(reference.brokerOrderId);
    // What the answer said of it knows more (the time, the division).
    if (!this.#references.has(reference.brokerOrderId)) this.#references.set(reference.brokerOrderId, reference);
  }

  /** It goes by another number. */
  addNews(): void {
    this.#hasNews = true;
  }

  /** Whether there is anything new to write down since this was asked last. */
  takeNews(): boolean {
    const hasNews = this.#hasNews;
    this.#hasNews = false;
    return hasNews;
  }

  /** The number that the order had first was seen: without it nothing adds up. */
  get hasRoot(): boolean {
    return this.#rows.has(this.#root);
  }

  row(number: BrokerOrderId): LineageRow | undefined {
    return this.#rows.get(number)?.row;
  }

  /** A number is missing in what was read: nothing may be concluded from what its parent lost. */
  get isWaiting(): boolean {
    return this.#expected.size > 0;
  }

  rows(): readonly LineageRow[] {
    return [...this.#rows.values()].map(({ row }) => row);
  }

  datedRows(): readonly DatedRow[] {
    return [...this.#rows.values()];
  }

  references(): readonly OrderReference[] {
    return [...this.#references.values()];
  }

  /** Numbers that no list has shown yet. */
  named(): readonly NamedNumber[] {
    return [...this.#expected].flatMap(([number, expected]) => {
      const reference = this.#references.get(number);
      return reference === undefined ? [] : [{ reference, ...expected }];
    });
  }

  /** Every number under which something may still trade. */
  working(): readonly OrderReference[] {
    return [...this.#references.values()].filter(({ brokerOrderId: number }) => {
      const row = this.row(number);
      return row === undefined ? this.#childOf(number) === undefined : row.leavesQuantity > 0;
    });
  }

  /**
   * The number that a cancel or a replace of `number` has to name: itself while something is left under it, else the one
   * that took it over. Default: of the whole order.
   */
  newest(number: BrokerOrderId = this.#root): OrderReference | undefined {
    let found = this.#references.get(number);
    for (const known = new Set<BrokerOrderId>(); found !== undefined && !known.has(found.brokerOrderId);) {
      known.add(found.brokerOrderId);
      const child = this.#childOf(found.brokerOrderId);
      if (child === undefined) return found;
      found = child;
    }
    return found;
  }

  /** The number that took over all that was left under `parent`. */
  #childOf(parent: BrokerOrderId): OrderReference | undefined {
    for (const [number, expected] of this.#expected) {
      if (expected.parent === parent && expected.takesAll) return this.#references.get(number);
    }
    const own = this.row(parent);
    if (own === undefined || own.leavesQuantity > 0) return undefined;
    let child: BrokerOrderId | undefined;
    for (const [number, { row }] of this.#rows) {
      if (row.originalBrokerOrderId === parent && !wasRefused(row)) child = number;
    }
    return child === undefined ? undefined : this.#references.get(child);
  }

  totals(orderedQuantity: Shares): LineageTotals {
    return lineageTotals(orderedQuantity, this.rows());
  }
}

/** Whether the exchange refused a replace after the broker had numbered it: it moved nothing. */
export function wasRefused({ kind, orderedQuantity, rejectedQuantity }: LineageRow): boolean {
  return kind === 'REPLACE' && rejectedQuantity >= orderedQuantity;
}

/**
 * Figures over the rows of one order. Fills and remainders add up. What a replace moved is a part of its parent's quantity
 * that went elsewhere: some brokers show it as canceled there, some not at all. So of the canceled shares those are left
 * out that moved and stand in no other column.
 *
 * @param orderedQuantity what was ordered at first; a parent's row may show less after a replace
 */
export function lineageTotals(orderedQuantity: Shares, rows: readonly LineageRow[]): LineageTotals {
  const sum = { filled: 0, amountKrw: 0, canceled: 0, rejected: 0, leaves: 0, moved: 0, unexplained: 0 };
  for (const row of rows) {
    const { filledQuantity, filledAmountKrw, canceledQuantity, rejectedQuantity, leavesQuantity } = row;
    const isReplace = row.kind === 'REPLACE';
    const ordered = isReplace ? row.orderedQuantity : orderedQuantity;
    sum.filled += filledQuantity;
    sum.amountKrw += filledAmountKrw;
    sum.canceled += canceledQuantity;
    sum.leaves += leavesQuantity;
    if (isReplace) sum.moved += ordered - rejectedQuantity;
    else sum.rejected += rejectedQuantity;
    const explained = filledQuantity + canceledQuantity + rejectedQuantity + leavesQuantity;
    sum.unexplained += Math.max(0, ordered - explained);
  }
  const canceled = Math.max(0, sum.canceled - Math.max(0, sum.moved - sum.unexplained));
  return {
    orderedQuantity,
    filledQuantity: sum.filled as Shares,
    filledAmountKrw: sum.amountKrw as OrderSnapshot['filledAmountKrw'],
    canceledQuantity: canceled as Shares,
    rejectedQuantity: sum.rejected as Shares,
    leavesQuantity: sum.leaves as Shares,
  };
}

function isSameRow(one: LineageRow, other: LineageRow): boolean {
  return (
    one.orderedQuantity === other.orderedQuantity &&
    one.filledQuantity === other.filledQuantity &&
    one.filledAmountKrw === other.filledAmountKrw &&
    one.canceledQuantity === other.canceledQuantity &&
    one.rejectedQuantity === other.rejectedQuantity &&
    one.leavesQuantity === other.leavesQuantity &&
    one.limitPriceKrw === other.limitPriceKrw
  );
}
