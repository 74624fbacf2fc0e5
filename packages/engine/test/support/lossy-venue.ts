import {
  type BrokerOrderId,
  type CancelResponse,
  type Clock,
  type EpochMs,
  type NativeReason,
  type OrderAdapter,
  type OrderList,
  type OrderReference,
  type OrderRequest,
  type OrderResponse,
  type OrderSnapshot,
  type ReplaceRequest,
  type ReplaceResponse,
  type TradingDate,
  BrokerError,
  TransportError,
  brokerOrderId,
  krw,
  shares,
  tradingDate,
} from '@qts/core';
import { buildOrderRequest, createStubOrderAdapter } from '@qts/core/testing';

/** What becomes of one place command. */
export type Fate =
  | { readonly kind: 'ANSWERED' }
  /** The order is there after `landsAfterMs`; the answer never comes. */
  | { readonly kind: 'LOST'; readonly landsAfterMs: number }
  /** Neither order nor answer. */
  | { readonly kind: 'DROPPED' }
  /** The broker refuses in words that a read has to confirm; an order lands all the same when `landsAfterMs` is given. */
  | { readonly kind: 'DOUBTFUL_REFUSAL'; readonly native: NativeReason; readonly landsAfterMs?: number };

/** How one read of the list goes. */
export type ReadFault = 'FAILS' | 'INCOMPLETE' | 'DOUBLED' | 'HANGS' | undefined;

/** Whose an order is, as the venue itself knows. */
export interface VenueOrder {
  readonly number: BrokerOrderId;
  readonly ownerIntentId: string | undefined;
  readonly landsAtMs: EpochMs;
  row: OrderSnapshot;
}

/** A hand-written broker that loses answers: it keeps the truth, and shows what a list would show. */
export interface LossyVenue {
  readonly adapter: OrderAdapter;
  readonly orders: readonly VenueOrder[];
  /** Place commands that arrived, in order. */
  readonly posts: readonly OrderRequest[];
  readonly cancels: readonly OrderReference[];
  reads: number;
  /** What happens to the next place commands, first first; afterwards they are answered. */
  readonly fates: Fate[];
  /** What happens to the next cancels. */
  readonly cancelFates: ('ANSWERED' | 'LOST' | 'DROPPED' | 'REFUSED_BY_SESSION')[];
  /** What happens to the next replaces; afterwards they are answered. */
  readonly replaceFates: ('ANSWERED' | 'LOST' | 'DROPPED')[];
  /** Replaces that arrived, in order. */
  readonly replaces: readonly ReplaceRequest[];
  /** How the next reads go. */
  readonly readFaults: ReadFault[];
  /** How long an order is not listed after it landed, ms. */
  listLagMs: number;
  /** What the clock is ahead that dates orders, ms. */
  aheadMs: number;
  /** What its headers say of that; default: nothing. */
  headersAheadMs: number | undefined;
  /** Runs after a place command was carried out and before it is answered. */
  beforeAnswer: () => Promise<void>;
  /** Somebody else's order. */
  placeByOthers(request: OrderRequest, viaApi: boolean | undefined): VenueOrder;
  /** The answer that was lost, as it would come late. */
  lateAnswer(intentId: string): OrderResponse;
  fill(number: string, quantity: number): void;
}

export const venueDate: TradingDate = tradingDate('2026-09-14');

export function createLossyVenue(clock: Clock): LossyVenue {
  const orders: VenueOrder[] = [];
  const posts: OrderRequest[] = [];
  const cancels: OrderReference[] = [];
  const fates: Fate[] = [];
  const cancelFates: LossyVenue['cancelFates'] = [];
  const replaceFates: LossyVenue['replaceFates'] = [];
  const replaces: ReplaceRequest[] = [];
  const readFaults: ReadFault[] = [];

  function add(
    request: OrderRequest,
    ownerIntentId: string | undefined,
    delayMs: number,
    viaApi?: boolean,
  ): VenueOrder {
    const number = brokerOrderId(String(1_000 + orders.length));
    const landsAtMs = clock.nowMs() + delayMs;
    const datedMs = landsAtMs + venue.aheadMs;
    const { symbol, side, orderType, timeInForce, session, quantity, limitPriceKrw } = request;
    const row: OrderSnapshot = {
      reference: {
        ...{ brokerId: 'kis', tradingDate: venueDate, brokerOrderId: number, symbol, side, orderType, timeInForce },
        ...{ venue: request.venue, session, native: {} },
      },
      ...{ kind: 'NEW', orderedQuantity: quantity, filledQuantity: shares(0), filledAmountKrw: krw(0) },
      ...{ canceledQuantity: shares(0), rejectedQuantity: shares(0), leavesQuantity: quantity },
      // The venue's clock shows whole seconds.
      orderedAtMs: Math.floor(datedMs / 1_000) * 1_000,
      ...(limitPriceKrw === undefined ? undefined : { limitPriceKrw }),
      ...(viaApi === undefined ? undefined : { viaApi }),
    };
    const order = { number, ownerIntentId, landsAtMs, row };
    orders.push(order);
    return order;
  }

  const accepted = (clientOrderId: OrderRequest['clientOrderId'], { number, row }: VenueOrder): OrderResponse => ({
    ...{ outcome: 'ACCEPTED', clientOrderId, receivedAtMs: clock.nowMs(), brokerOrderId: number, dryRun: false },
    reference: row.reference,
  });

  const silence = (): TransportError =>
    new TransportError({ code: 'CUT', summary: 'The answer never came.', next: 'Wait.', sent: 'MAYBE_SENT' });

  function carryOut(request: OrderRequest, fate: Fate): OrderResponse {
    const { clientOrderId } = request;
    const unknown = { outcome: 'UNKNOWN', code: 'FS042', clientOrderId, receivedAtMs: clock.nowMs() } as const;
    switch (fate.kind) {
      case 'ANSWERED':
        return accepted(clientOrderId, add(request, clientOrderId, 0, true));
      case 'LOST':
        add(request, clientOrderId, fate.landsAfterMs, true);
        return { ...unknown, cause: silence() };
      case 'DROPPED':
        return { ...unknown, cause: silence() };
      case 'DOUBTFUL_REFUSAL':
        if (fate.landsAfterMs !== undefined) add(request, clientOrderId, fate.landsAfterMs, true);
        return { ...unknown, cause: silence(), refusal: fate.native };
    }
  }

  const venue: LossyVenue = {
    ...{ orders, posts, cancels, replaces, fates, cancelFates, replaceFates, readFaults, reads: 0, listLagMs: 0 },
    ...{ aheadMs: 0, headersAheadMs: undefined },
    beforeAnswer: () => Promise.resolve(),
    placeByOthers: (request, viaApi) => add(request, undefined, 0, viaApi),

    lateAnswer(intentId) {
      const order = orders.find(({ ownerIntentId }) => ownerIntentId === intentId);
      const post = posts.find(({ clientOrderId }) => clientOrderId === intentId);
      if (order === undefined || post === undefined) throw new Error(`the venue has no order of ${intentId}`);
      return accepted(post.clientOrderId, order);
    },

    fill(number, quantity) {
      const order = orders.find((each) => each.number === number);
      if (order === undefined) throw new Error(`no order ${number}`);
      const filled = order.row.filledQuantity + quantity;
      order.row = {
        ...order.row,
        ...{ filledQuantity: shares(filled), filledAmountKrw: krw(filled * (order.row.limitPriceKrw ?? 70_000)) },
        leavesQuantity: shares(order.row.leavesQuantity - quantity),
      };
    },

    adapter: createStubOrderAdapter({
      brokerId: 'kis',
      capabilities: {
        ...{ brokerId: 'kis', environment: 'PAPER', queries: {} },
        orderTerms: [
          { orderType: 'LIMIT', timeInForce: 'DAY', venues: ['KRX', 'SOR'], sessions: ['REGULAR'] },
          { orderType: 'MARKET', timeInForce: 'DAY', venues: ['KRX', 'SOR'], sessions: ['REGULAR'] },
        ],
      },

      async placeOrder(request) {
        posts.push(request);
        const response = carryOut(request, fates.shift() ?? { kind: 'ANSWERED' });
        await venue.beforeAnswer();
        return response;
      },

      replaceOrder(request): Promise<ReplaceResponse> {
        replaces.push(request);
        const { clientOrderId, target, limitPriceKrw } = request;
        const unknown = { outcome: 'UNKNOWN', code: 'FS042', clientOrderId, receivedAtMs: clock.nowMs() } as const;
        const parent = orders.find(({ number }) => number === target.brokerOrderId);
        const fate = replaceFates.shift() ?? 'ANSWERED';
        if (parent === undefined || fate === 'DROPPED') return Promise.resolve({ ...unknown, cause: silence() });
        const { leavesQuantity, canceledQuantity } = parent.row;
        const moved = request.quantity ?? leavesQuantity;
        if (moved === 0) throw new Error(`nothing is left of order ${parent.number}`);
        const child = add({ ...buildOrderRequest(), ...target, quantity: moved }, parent.ownerIntentId, 0, true);
        child.row = {
          ...{ ...child.row, kind: 'REPLACE', originalBrokerOrderId: parent.number },
          ...(limitPriceKrw === undefined ? undefined : { limitPriceKrw }),
        };
        // What moved stands in the canceled column of the parent, as in the lists of KIS and Kiwoom.
        parent.row = {
          ...parent.row,
          ...{ canceledQuantity: shares(canceledQuantity + moved), leavesQuantity: shares(leavesQuantity - moved) },
        };
        const answer = accepted(clientOrderId, child);
        return Promise.resolve(fate === 'LOST' ? { ...unknown, cause: silence() } : answer);
      },

      cancelOrder({ target, quantity, dryRun }): Promise<CancelResponse> {
        if (dryRun) return Promise.resolve({ receivedAtMs: clock.nowMs(), outcome: 'REQUESTED', dryRun });
        cancels.push(target);
        const order = orders.find(({ number }) => number === target.brokerOrderId);
        const fate = cancelFates.shift() ?? 'ANSWERED';
        if (fate !== 'DROPPED' && fate !== 'REFUSED_BY_SESSION' && order !== undefined) {
          const { leavesQuantity, canceledQuantity: before } = order.row;
          const canceled = Math.min(quantity ?? leavesQuantity, leavesQuantity);
          const canceledQuantity = shares(before + canceled);
          order.row = { ...order.row, canceledQuantity, leavesQuantity: shares(leavesQuantity - canceled) };
        }
        const said = { receivedAtMs: clock.nowMs(), dryRun: false };
        if (fate === 'REFUSED_BY_SESSION') return Promise.resolve({ ...said, outcome: fate });
        return Promise.resolve(
          fate === 'ANSWERED' ? { ...said, outcome: 'REQUESTED' } : { ...said, outcome: 'UNKNOWN', cause: silence() },
        );
      },

      clockAheadMs: () => venue.headersAheadMs,

      getOrder: (reference) =>
        Promise.resolve(shown().find((row) => row.reference.brokerOrderId === reference.brokerOrderId)),

      async listOrders({ symbol, side }): Promise<OrderList> {
        venue.reads++;
        const fault = readFaults.shift();
        if (fault === 'FAILS') throw new BrokerError({ code: 'DOWN', summary: 'Down.', next: 'Wait.' });
        if (fault === 'HANGS') return new Promise(() => undefined);
        const rows = shown().filter(
          ({ reference }) =>
            reference.symbol === (symbol ?? reference.symbol) && reference.side === (side ?? reference.side),
        );
        return Promise.resolve({
          orders: fault === 'DOUBLED' ? [...rows, ...rows] : fault === 'INCOMPLETE' ? rows.slice(0, -1) : rows,
          complete: fault !== 'INCOMPLETE',
          readStartedAtMs: clock.nowMs(),
        });
      },
    }),
  };

  function shown(): readonly OrderSnapshot[] {
    return orders.filter(({ landsAtMs }) => landsAtMs + venue.listLagMs <= clock.nowMs()).map(({ row }) => row);
  }

  return venue;
}
