import {
  type EventStream,
  type OrderEvent,
  type OrderNotice,
  type OrderState,
  type StreamControl,
  type SymbolCode,
  isStreamControl,
} from '@qts/core';
import { type TrackedOrder } from '../orders/tracked-order.ts';
import { createCompareOnDemand } from './compare-on-demand.ts';
import { createHeldNotices } from './held-notices.ts';
import { type OrderFeed, type OrderFeedSettings, type OrderFeedState } from './order-feed-contract.ts';
import { createProvisionalFills } from './provisional-fills.ts';

type Heard = OrderEvent | StreamControl;

/** Sources of restrictions, as reports name them. */
const staleSource = 'order-stream-gap';
const lagSource = 'order-stream-lag';

/** Makes a feed. Nothing is opened before {@link OrderFeed.start}. */
export function createOrderFeed(settings: OrderFeedSettings): OrderFeed {
  const { stream, tracker, gateway, resolver, reconciler, external, states, clock, logger } = settings;
  const restrictStale = states.restrictAs(staleSource, 'AUTOMATIC');
  const restrictLag = states.restrictAs(lagSource, 'AUTOMATIC');
  const held = createHeldNotices(clock, takeForStranger);
  const comparisons = createCompareOnDemand(reconciler, clock, logger, liftStale);
  const provisional = createProvisionalFills({
    find: (number) => tracker.findByReference(number),
    externalQuantity: (number) =>
      external.rows.find(({ reference }) => reference.brokerOrderId === number)?.filledQuantity ?? 0,
    isHeld: (number) => held.has(number),
  });
  /** Orders of one read that wait for the others of it; empty between turns. */
  const oneRead: OrderState[] = [];
  /** What came before the start had agreed. */
  let early: Heard[] | undefined = [];
  let opened: EventStream<Heard> | undefined;
  let reading: Promise<void> = Promise.resolve();
  let isClosing = false;
  let state: OrderFeedState = 'CONNECTING';
  let notices = 0;
  let statesHeard = 0;
  let gaps = 0;
  let drifts = 0;
  /** Figures of strangers that a comparison was asked for, so that each is asked for once. */
  const strangers = new Set<string>();

  async function read(events: AsyncIterable<Heard>): Promise<void> {
    for await (const event of events) {
      if (early !== undefined) early.push(event);
      else hear(event);
      if (opened?.figures().queued === 0) takeStates();
    }
    takeStates();
    if (isClosing) return;
    state = 'ENDED';
    const why = 'the order stream ended by itself';
    logger?.error('order-feed-ended', { broker: stream.brokerId });
    restrictStale('REDUCE_ONLY', { code: 'FS041', why });
  }

  function hear(event: Heard): void {
    if (event.kind === 'order-state') {
      if (oneRead[0]?.readStartedAtMs !== event.readStartedAtMs) takeStates();
      oneRead.push(event);
      return;
    }
    takeStates();
    guarded(event.kind, () => {
      if (isStreamControl(event)) hearControl(event);
      else hearNotice(event);
    });
  }

  /** One bad event must not end the feed: everything is compared instead. */
  function guarded(kind: Heard['kind'], take: () => void): void {
    try {
      take();
    } catch (error) {
      const what = error instanceof Error ? error.message : typeof error;
      logger?.error('order-feed-failed', { kind, error: what });
      comparisons.ask('order-feed-failed');
    }
  }

  /** The orders of one read belong together: what left one number may stand under another. */
  function takeStates(): void {
    const events = oneRead.splice(0);
    const [first] = events;
    if (first === undefined) return;
    guarded('order-state', () => {
      statesHeard += events.length;
      const { readStartedAtMs } = first;
      const result = tracker.applyList({ orders: events.map(({ snapshot }) => snapshot), readStartedAtMs });
      for (const event of events) provisional.hear(event);
      if (result.contradicting.length > 0) comparisons.ask('contradiction');
      if (result.fills.length > 0) reconciler.orderEnded();
      for (const { reference, filledQuantity } of result.unbound) {
        const { brokerOrderId, symbol } = reference;
        // The row may be the order whose number is awaited: the resolver and the answer decide whose it is.
        if (filledQuantity > 0 && !reconciler.isUnclear(symbol)) askOnce(`${brokerOrderId} ${filledQuantity}`);
      }
    });
  }

  function hearNotice(notice: OrderNotice): void {
    notices += 1;
    provisional.hear(notice);
    const order = ownerOf(notice);
    if (order !== undefined) check(order, notice);
    else if (reconciler.isUnclear(notice.symbol)) hold(notice);
    else takeForStranger(notice);
  }

  function ownerOf({ tradingDate, brokerOrderId, originalBrokerOrderId }: OrderNotice): TrackedOrder | undefined {
    const own = tracker.findByReference({ tradingDate, brokerOrderId });
    if (own !== undefined || originalBrokerOrderId === undefined) return own;
    return tracker.findByReference({ tradingDate, brokerOrderId: originalBrokerOrderId });
  }

  /** What a notice about an order of ours must not say. It changes nothing; the lists are asked. */
  function check({ intent, facts }: TrackedOrder, { symbol, side, totals, provisionalQuantity }: OrderNotice): void {
    const isOther = symbol !== intent.symbol || side !== intent.side;
    const filled = Math.max(totals?.filledQuantity ?? 0, facts.filledQuantity + provisionalQuantity);
    if (isOther) comparisons.ask('notice of another order');
    else if (filled > intent.quantity) comparisons.ask('overfill noticed');
  }

  function hold(notice: OrderNotice): void {
    held.hold(notice);
    if (tracker.hasUnknown(notice.symbol)) resolver.hearNotice(notice);
  }

  /** Nobody's number, as far as anybody knows: the comparison makes an external order of it. */
  function takeForStranger(notice: OrderNotice): void {
    const order = ownerOf(notice);
    if (order !== undefined) check(order, notice);
    else if (notice.type === 'FILLED') askOnce(`${notice.brokerOrderId} ${notice.provisionalQuantity} noticed`);
  }

  function askOnce(figures: string): void {
    if (strangers.has(figures)) return;
    strangers.add(figures);
    comparisons.ask('fill of an unknown order');
  }

  /** A number was bound, or an order that had none has ended. */
  function sortHeld(symbol: SymbolCode): void {
    for (const notice of held.take((each) => each.symbol === symbol && isClear(each))) takeForStranger(notice);
  }

  const isClear = (notice: OrderNotice): boolean =>
    ownerOf(notice) !== undefined || !reconciler.isUnclear(notice.symbol);

  function hearControl(event: StreamControl): void {
    switch (event.kind) {
      case 'connected':
        // Live when what was before it has been read, too.
        return;
      case 'connection-lost':
        if (state === 'LIVE') becomeStale(event.reason);
        if (event.alarm) logger?.error('order-feed-needs-a-person', { reason: event.reason });
        return;
      case 'gap':
        gaps += 1;
        becomeStale(event.reason);
        comparisons.ask('gap');
        return;
      case 'backfilled':
        if (!event.complete) return;
        state = 'LIVE';
        liftStale();
        return;
      case 'drift':
        drifts += 1;
        comparisons.ask('drift');
        return;
      case 'stale':
        comparisons.ask('stale');
        return;
      case 'slow-consumer':
        if (event.level === 'REDUCE_ONLY') {
          restrictLag('REDUCE_ONLY', { code: 'AN040', why: `news of orders is ${event.lagMs} ms old` });
        } else if (event.level === 'RECOVERED') states.lift(lagSource);
        return;
      case 'subscription-refused':
        logger?.error('order-feed-reads-only', { reason: event.reason });
        state = 'READS_ONLY';
        comparisons.ask('no notices');
    }
  }

  function becomeStale(reason: string): void {
    state = 'STALE';
    restrictStale('REDUCE_ONLY', { code: 'FS041', why: `the order stream may have missed something (${reason})` });
  }

  /** The hole was read by the stream, and everything was compared since. */
  function liftStale(): void {
    if ((state === 'LIVE' || state === 'READS_ONLY') && comparisons.isDone) states.lift(staleSource);
  }

  gateway.watch({
    placeAnswered: ({ symbol }) => {
      sortHeld(symbol);
    },
    placeUnknown: ({ intent: { symbol } }) => {
      for (const notice of held.list()) if (notice.symbol === symbol) resolver.hearNotice(notice);
    },
    placeSettled: () => {
      for (const notice of held.take(isClear)) takeForStranger(notice);
    },
  });

  return {
    start() {
      if (opened !== undefined) return;
      opened = stream.open();
      reading = read(opened);
    },
    release() {
      const waiting = early ?? [];
      early = undefined;
      for (const event of waiting) hear(event);
      takeStates();
    },
    get state() {
      return state;
    },
    provisional,
    figures: () => ({
      ...{ notices, states: statesHeard, gaps, drifts },
      reconciliations: comparisons.count,
      held: held.size + (early?.length ?? 0),
    }),
    settled: () => comparisons.settled(),
    async close() {
      isClosing = true;
      comparisons.close();
      held.close();
      await opened?.close();
      await reading;
    },
  };
}
