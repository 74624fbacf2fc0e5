import {
  type AccountId,
  type AccountReader,
  type Clock,
  type OrderAdapter,
  type OrderJournal,
  type OrderList,
  type Position,
  type TradingDate,
  BrokerError,
} from '@qts/core';
import { type BookPosition } from '../orders/book.ts';
import { checkOperator } from '../safety/check-operator.ts';
import { type TradingCosts, bookOfRows } from '../reconciliation/external-orders.ts';
import { pause } from '../unknown/abortable.ts';
import { type FoldedJournal, type FoldedOpening } from './folded-journal.ts';

export interface AccountOpeningSettings {
  readonly adapter: Pick<OrderAdapter, 'brokerId' | 'listOrders'>;
  readonly account: Pick<AccountReader, 'listPositions' | 'getCashBalance'>;
  readonly accountId: AccountId;
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  readonly journal: OrderJournal;
  readonly folded: FoldedJournal;
  readonly costs: TradingCosts;
  /**
   * A person looked at a difference and takes the broker's figures for right: the opening is made anew from them, and
   * written down with name and reason. For the next start; a book that runs stays as it is.
   */
  readonly accepted?: { readonly requestedBy: string; readonly reason: string };
  /** Between reads that do not agree, ms. Default 2,000. */
  readonly againMs?: number;
  readonly signal?: AbortSignal;
}

/** Reads of the account, of which two in a row must say the same while nothing trades on it. */
const attemptsMax = 6;

/**
 * Cash and holdings before anything of the date was traded: what the journal wrote down at the first start of the date,
 * else the broker's figures less all that its list says was traded today, by us or by others; that is written down then.
 * So a book that begins with it and takes in today's fills ends at the broker's figures, and a restart compares with
 * what the first start saw.
 *
 * A list may lose rows and still call itself complete, and what is written down here is what the day is measured by: so
 * orders, positions and cash are believed when two complete reads in a row say the same.
 *
 * The cost of a holding that was sold from today is an estimate: the share that a sale took along is put back.
 *
 * @throws {BrokerError} (rejects) when the account cannot be read, or trades all the time.
 * @throws {ConfigurationError} (rejects) when figures are accepted without a name or a reason. Nothing was changed.
 */
export async function readAccountOpening(settings: AccountOpeningSettings): Promise<FoldedOpening> {
  const { adapter, account, tradingDate, clock, journal, folded, costs, againMs = 2_000 } = settings;
  const { signal = new AbortController().signal } = settings;
  const { accepted } = settings;
  if (accepted !== undefined) checkOperator(accepted);
  else if (folded.opening?.tradingDate === tradingDate) return folded.opening;
  let before: AccountRead | undefined;
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    // The first read is repeated at once; what did not agree may need time.
    if (attempt > 1 && !(attempt === 2 && before !== undefined)) await pause(clock, againMs, signal);
    const read = await readOnce();
    const isSame = read !== undefined && before !== undefined && said(read) === said(before);
    before = read;
    if (read === undefined || !isSame) continue;
    const after = await adapter.listOrders({ tradingDate }, { signal });
    if (!after.complete || tradedIn(after) !== tradedIn(read.list)) continue;
    const opening = openingOf(tradingDate, read.held, read.settledKrw, after, costs);
    const occurredAtMs = clock.nowMs();
    if (accepted !== undefined) {
      const acted = { action: 'account-accepted', requestedBy: accepted.requestedBy, reason: accepted.reason };
      await journal.append(
        { type: 'operator-acted', occurredAtMs, correlationId: tradingDate, body: acted },
        'GROUPED',
      );
    }
    const body = { accountId: settings.accountId, broker: adapter.brokerId, ...opening };
    await journal.append({ type: 'account-opened', occurredAtMs, correlationId: tradingDate, body }, 'BARRIER');
    return opening;
  }
  throw new BrokerError({
    code: 'OPENING_NOT_READ',
    summary: 'Cash and positions could not be read together with a complete order list. Nothing was started.',
    facts: { broker: adapter.brokerId, tradingDate, attempts: attemptsMax },
    next: 'Look whether the broker answers and whether somebody trades the account right now, then start again.',
  });

  async function readOnce(): Promise<AccountRead | undefined> {
    const list = await adapter.listOrders({ tradingDate }, { signal });
    const held = await account.listPositions({ signal });
    const { settledKrw } = await account.getCashBalance({ signal });
    return list.complete && held.complete ? { list, held: held.positions, settledKrw } : undefined;
  }
}

interface AccountRead {
  readonly list: OrderList;
  readonly held: readonly Position[];
  readonly settledKrw: number;
}

function openingOf(
  tradingDate: TradingDate,
  held: readonly Position[],
  settledKrw: number,
  { orders }: OrderList,
  costs: TradingCosts,
): FoldedOpening {
  // What a replace moved trades under a number of its own; a cancel trades nothing.
  const traded = bookOfRows(
    orders.filter(({ kind }) => kind !== 'CANCEL'),
    costs,
  );
  const positions = new Map<string, BookPosition>();
  for (const { symbol, quantity, costKrw } of held) positions.set(symbol, { symbol, quantity, costKrw });
  for (const change of traded.positions()) {
    const { symbol } = change;
    const { quantity = 0, costKrw = 0 } = positions.get(symbol) ?? {};
    const before = quantity - change.quantity;
    positions.set(symbol, { symbol, quantity: before, costKrw: costBefore(quantity, costKrw, change, before) });
  }
  return {
    ...{ tradingDate, cashKrw: settledKrw - traded.cashKrw },
    positions: [...positions.values()].filter(({ quantity }) => quantity !== 0),
  };
}

/** What the holding cost before today's change: bought shares take their amount along, sold ones come back at the average. */
function costBefore(quantity: number, costKrw: number, change: BookPosition, before: number): number {
  if (change.quantity >= 0) return Math.max(0, costKrw - change.costKrw);
  return quantity === 0 ? 0 : Math.round((costKrw * before) / quantity);
}

/** What a read says that the opening is made of, to see whether two say the same: prices move meanwhile. */
function said({ list, held, settledKrw }: AccountRead): string {
  const holdings = held.map(({ symbol, quantity, costKrw }) => `${symbol} ${quantity} ${costKrw}`);
  return [tradedIn(list), ...holdings.sort(), settledKrw].join();
}

/** What a list says was traded, to see whether two say the same. */
function tradedIn({ orders }: OrderList): string {
  const fills = orders.map(({ reference, filledQuantity, filledAmountKrw }) => {
    return `${reference.brokerOrderId} ${filledQuantity} ${filledAmountKrw}`;
  });
  return fills.sort().join(',');
}
