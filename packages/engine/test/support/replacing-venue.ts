import {
  type BrokerEngine,
  type CancelRequest,
  type CancelResponse,
  type Clock,
  type ExecutionResponse,
  type OrderReference,
  type OrderSnapshot,
  type OrderType,
  type ReplaceRequest,
  type ReplaceResponse,
  type BrokerError,
  TransportError,
  brokerOrderId,
  krw,
  shares,
  tradingDate,
} from '@qts/core';

/** What becomes of one command at the venue. */
export type CommandFate = 'ANSWERED' | 'LOST_AFTER' | 'LOST_BEFORE' | 'REFUSED';

type Row = { -readonly [Field in keyof OrderSnapshot]: OrderSnapshot[Field] };

/**
 * A hand-written venue whose replaces move shares to a row of their own, as the lists of KIS show it: the parent's row gives
 * them up through its canceled column, or through none (`showsMovedAs`). Broker engine and truth in one.
 */
export interface ReplacingVenue extends BrokerEngine {
  readonly rows: readonly OrderSnapshot[];
  /** Fates of the next places, replaces and cancels; afterwards they are answered. */
  readonly placeFates: CommandFate[];
  readonly replaceFates: CommandFate[];
  readonly cancelFates: (CommandFate | Partial<CancelResponse>)[];
  readonly places: string[];
  readonly replaces: ReplaceRequest[];
  readonly cancels: CancelRequest[];
  showsMovedAs: 'CANCELED' | 'NOTHING';
  /** Runs when a command arrives, before anything is done about it. */
  whenAsked: () => Promise<void> | void;
  /** Runs before an answer goes out. */
  beforeAnswer: () => Promise<void> | void;
  fill(number: string, quantity: number, priceKrw?: number): void;
  /** The exchange refuses a replace that the broker had numbered. */
  refuseAfterwards(number: string): void;
  row(number: string): OrderSnapshot;
}

export function createReplacingVenue(clock: Clock): ReplacingVenue {
  const rows: Row[] = [];
  const places: string[] = [];
  const replaces: ReplaceRequest[] = [];
  const cancels: CancelRequest[] = [];
  const placeFates: CommandFate[] = [];
  const replaceFates: CommandFate[] = [];
  const cancelFates: ReplacingVenue['cancelFates'] = [];

  const rowOf = (number: string): Row => {
    const row = rows.find(({ reference }) => reference.brokerOrderId === number);
    if (row === undefined) throw new Error(`no order ${number}`);
    return row;
  };

  function add(
    terms: Pick<OrderReference, 'symbol' | 'side' | 'timeInForce' | 'venue' | 'session'>,
    orderType: OrderType,
    quantity: number,
    limitPriceKrw: number | undefined,
    original?: OrderReference,
  ): Row {
    const { symbol, side, timeInForce, venue, session } = terms;
    const row: Row = {
      reference: {
        ...{ brokerId: 'kis', tradingDate: tradingDate('2026-09-14') },
        ...{ brokerOrderId: brokerOrderId(String(rows.length + 1)), symbol, side, orderType, timeInForce },
        ...{ venue, session, native: {} },
      },
      kind: original === undefined ? 'NEW' : 'REPLACE',
      ...(original === undefined ? undefined : { originalBrokerOrderId: original.brokerOrderId }),
      ...(limitPriceKrw === undefined ? undefined : { limitPriceKrw: krw(limitPriceKrw) }),
      ...{ orderedQuantity: shares(quantity), leavesQuantity: shares(quantity) },
      ...{ filledQuantity: shares(0), filledAmountKrw: krw(0), canceledQuantity: shares(0) },
      ...{ rejectedQuantity: shares(0), orderedAtMs: clock.nowMs() },
    };
    rows.push(row);
    return row;
  }

  const silence = (): BrokerError =>
    new TransportError({ code: 'CUT', summary: 'The answer never came.', next: 'Read.', sent: 'MAYBE_SENT' });
  const refusal = { code: 'APBK0988', message: 'no' };

  const venue: ReplacingVenue = {
    ...{ name: 'kis', rows, places, replaces, cancels, placeFates, replaceFates, cancelFates },
    ...{ showsMovedAs: 'CANCELED', whenAsked: () => undefined, beforeAnswer: () => undefined },
    row: rowOf,

    fill(number, quantity, priceKrw = 70_000) {
      const row = rowOf(number);
      row.filledQuantity = shares(row.filledQuantity + quantity);
      row.filledAmountKrw = krw(row.filledAmountKrw + quantity * priceKrw);
      row.leavesQuantity = shares(row.leavesQuantity - quantity);
    },

    refuseAfterwards(number) {
      const row = rowOf(number);
      const parent = rowOf(row.originalBrokerOrderId ?? '');
      parent.leavesQuantity = shares(parent.leavesQuantity + row.leavesQuantity);
      if (venue.showsMovedAs === 'CANCELED') {
        parent.canceledQuantity = shares(parent.canceledQuantity - row.leavesQuantity);
      }
      row.rejectedQuantity = row.orderedQuantity;
      row.leavesQuantity = shares(0);
    },

    async submitIntent(intent): Promise<ExecutionResponse> {
      await venue.whenAsked();
      places.push(intent.intentId);
      const fate = placeFates.shift() ?? 'ANSWERED';
      const about = { intentId: intent.intentId, broker: 'kis', timestampMs: clock.nowMs() };
      if (fate === 'REFUSED') {
        return { ...about, accepted: false, outcome: 'REJECTED', code: 'FS040', message: 'no', status: 'REJECTED' };
      }
      const { intentType, quantity, limitPriceKrw } = intent;
      const row = fate === 'LOST_BEFORE' ? undefined : add(intent, intentType as OrderType, quantity, limitPriceKrw);
      await venue.beforeAnswer();
      if (row === undefined || fate === 'LOST_AFTER') {
        return { ...about, accepted: false, outcome: 'UNKNOWN', code: 'FS042', message: 'lost', status: 'SUBMITTED' };
      }
      const { reference } = row;
      const { brokerOrderId: number } = reference;
      return { ...about, accepted: true, outcome: 'ACCEPTED', message: 'ok', reference, brokerOrderId: number };
    },

    async replaceOrder(request): Promise<ReplaceResponse> {
      await venue.whenAsked();
      replaces.push(request);
      const { target, clientOrderId, orderType, limitPriceKrw, quantity } = request;
      const fate = replaceFates.shift() ?? 'ANSWERED';
      const about = { clientOrderId, receivedAtMs: clock.nowMs() };
      const parent = rowOf(target.brokerOrderId);
      const moved = quantity ?? parent.leavesQuantity;
      if (fate === 'REFUSED' || moved === 0 || moved > parent.leavesQuantity) {
        await venue.beforeAnswer();
        return { ...about, outcome: 'REJECTED', code: 'FS040', native: refusal };
      }
      let child: Row | undefined;
      if (fate !== 'LOST_BEFORE') {
        child = add({ ...target, ...request }, orderType, moved, limitPriceKrw, target);
        parent.leavesQuantity = shares(parent.leavesQuantity - moved);
        if (venue.showsMovedAs === 'CANCELED') parent.canceledQuantity = shares(parent.canceledQuantity + moved);
      }
      await venue.beforeAnswer();
      if (child === undefined || fate === 'LOST_AFTER') {
        return { ...about, outcome: 'UNKNOWN', code: 'FS042', cause: silence() };
      }
      const { reference } = child;
      return { ...about, outcome: 'ACCEPTED', brokerOrderId: reference.brokerOrderId, reference, dryRun: false };
    },

    async cancelOrder(request, options): Promise<CancelResponse> {
      await venue.whenAsked();
      const about = { receivedAtMs: clock.nowMs(), dryRun: request.dryRun };
      if (options?.signal?.aborted === true) return { ...about, outcome: 'NOT_SENT' };
      if (request.dryRun) return { ...about, outcome: 'REQUESTED' };
      cancels.push(request);
      const row = rowOf(request.target.brokerOrderId);
      const fate = cancelFates.shift() ?? 'ANSWERED';
      if (typeof fate === 'object') return { ...about, outcome: 'REQUESTED', ...fate };
      const { leavesQuantity } = row;
      const canceled = Math.min(request.quantity ?? leavesQuantity, leavesQuantity);
      if (canceled === 0) {
        await venue.beforeAnswer();
        return { ...about, outcome: row.filledQuantity > 0 ? 'TOO_LATE_FILLED' : 'TOO_LATE_CLOSED' };
      }
      if (fate !== 'LOST_BEFORE') {
        row.canceledQuantity = shares(row.canceledQuantity + canceled);
        row.leavesQuantity = shares(leavesQuantity - canceled);
      }
      await venue.beforeAnswer();
      return fate === 'ANSWERED'
        ? { ...about, outcome: 'REQUESTED' }
        : { ...about, outcome: 'UNKNOWN', cause: silence() };
    },
  };
  return venue;
}
