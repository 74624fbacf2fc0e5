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
  /** Between attempts, ms. Default 2,000. */
  readonly againMs?: number;
  readonly signal?: AbortSignal;
}

/** Attempts to read the account while nothing trades on it. */
const attemptsMax = 5;

/**
 * Cash and holdings before anything of the date was traded: what the journal wrote down at the first start of the date,
 * else the broker's figures less all that its list says was traded today, by us or by others; that is written down then.
 * So a book that begins with it and takes in today's fills ends at the broker's figures, and a restart compares with
 * what the first start saw.
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
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    if (attempt > 1) await pause(clock, againMs, signal);
    const before = await adapter.listOrders({ tradingDate }, { signal });
    const held = await account.listPositions({ signal });
    const cash = await account.getCashBalance({ signal });
    const after = await adapter.listOrders({ tradingDate }, { signal });
    const isComplete = before.complete && after.complete && held.complete;
    if (!isComplete || tradedIn(before) !== tradedIn(after)) continue;
    const opening = openingOf(tradingDate, held.positions, cash.settledKrw, after, costs);
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

/** What a list says was traded, to see whether two say the same. */
function tradedIn({ orders }: OrderList): string {
  const fills = orders.map(({ reference, filledQuantity, filledAmountKrw }) => {
    return `${reference.brokerOrderId} ${filledQuantity} ${filledAmountKrw}`;
  });
  return fills.sort().join(',');
}
