import {
  type ExecutionIntentInput,
  type ExecutionResponse,
  type OrderNotice,
  type OrderSnapshot,
  type SymbolCode,
  intentId,
  krw,
  shares,
  symbolCode,
} from '@qts/core';
import { buildExecutionIntent, createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import {
  type Heard,
  controlAt,
  createMadeUpStream,
  noticeAt,
  referenceOf,
  rowOf,
  stateAt,
} from '../../test/support/made-up-stream.ts';
import { type UnknownWatcher } from '../gateway/order-gateway-contract.ts';
import { createTradingStates } from '../guards/trading-state.ts';
import { createBook } from '../orders/book.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { type ReconciliationOutcome } from '../reconciliation/reconciler-contract.ts';
import { createSafetyLayer } from '../safety/safety-layer.ts';
import { createOrderFeed } from './order-feed.ts';

const samsung = symbolCode('005930');

/** A feed over a made-up stream, with everything around it that it speaks to. */
function start({ release = true }: { readonly release?: boolean } = {}) {
  const clock = createFakeClock({ startMs: Date.UTC(2026, 8, 14, 1) });
  const logger = createRecordingLogger();
  const book = createBook({
    ...{ openingCashKrw: 100_000_000, feePartsPerBillion: 0, sellTaxesPartsPerBillion: () => [] },
  });
  const tracker = createOrderTracker({
    onFill: (fill) => {
      book.applyFill(fill);
    },
  });
  const states = createTradingStates({ clock, tracker, safety: createSafetyLayer({ clock }) });
  const made = createMadeUpStream();
  const watchers: UnknownWatcher[] = [];
  const compared: string[] = [];
  const outcomes: ReconciliationOutcome[] = [];
  const evidence: OrderNotice[] = [];
  /** How long a comparison takes, ms. */
  const comparing = { forMs: 0 };
  const external: { rows: readonly OrderSnapshot[] } = { rows: [] };
  const isUnclear = (symbol: SymbolCode): boolean =>
    [...tracker.openOrders(symbol, 'BUY')].some(({ reference }) => reference === undefined);
  const feed = createOrderFeed({
    ...{ stream: made.stream, tracker, external, states, clock, logger },
    gateway: { watch: (watcher) => watchers.push(watcher) },
    resolver: { hearNotice: (notice) => evidence.push(notice) },
    reconciler: {
      async reconcileNow(reason) {
        compared.push(reason);
        if (comparing.forMs > 0) await new Promise<void>((resolve) => clock.setTimer(resolve, comparing.forMs));
        return { reason, outcome: outcomes.shift() ?? 'AGREED', differences: [], reads: 1 };
      },
      isUnclear,
      orderEnded: () => undefined,
    },
  });
  feed.start();
  if (release) feed.release();

  const sendOnly = (fields: Partial<ExecutionIntentInput> = {}): void => {
    tracker.beginPlace(buildExecutionIntent(fields), krw(70_000), clock.nowMs());
  };
  function answer(fields: Partial<ExecutionResponse>, id = 'intent-1'): void {
    const response: ExecutionResponse = {
      ...{ intentId: intentId(id), accepted: false, outcome: 'ACCEPTED', broker: 'kis', message: '', timestampMs: 0 },
      ...fields,
    };
    tracker.endPlace(intentId(id), response);
    const intent = buildExecutionIntent({ intentId: id });
    for (const watcher of watchers) {
      watcher.placeAnswered?.(intent, response);
      if (response.outcome === 'UNKNOWN') watcher.placeUnknown?.({ intent, code: 'FS042' });
    }
  }
  return {
    ...{
      clock,
      logger,
      book,
      tracker,
      states,
      made,
      compared,
      outcomes,
      evidence,
      external,
      feed,
      sendOnly,
      answer,
      comparing,
    },
    /** Places an order and learns its number. */
    place: (number: string, fields: Partial<ExecutionIntentInput> = {}): void => {
      sendOnly(fields);
      answer({ accepted: true, reference: referenceOf(number, fields.side) }, fields.intentId);
    },
    hear: async (...events: readonly Heard[]): Promise<void> => {
      made.push(...events);
      await clock.advance(1);
    },
  };
}

const restrictionsOf = ({ states }: ReturnType<typeof start>): readonly string[] =>
  states.restrictions().map(({ source, state }) => `${source} ${state}`);

describe('what an order stream tells of orders', () => {
  it('is counted from reads: the most that any of them says', async () => {
    const { place, hear, tracker, book } = start();
    place('1');
    await hear(stateAt(1, rowOf('1', { filled: 4 })), stateAt(3, rowOf('1', { filled: 6 })));
    await hear(stateAt(2, rowOf('1', { filled: 4 })), stateAt(3, rowOf('1', { filled: 6 })));
    expect(tracker.get(intentId('intent-1'))).toMatchObject({ status: 'PARTIALLY_FILLED', leavesQuantity: 4 });
    expect(book.position(samsung)).toMatchObject({ quantity: 6 });
  });

  it('is provisional while only a notice tells it, and stands in no book', async () => {
    const { place, hear, tracker, book, feed } = start();
    place('1');
    await hear(noticeAt(1, '1', 4));
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(4);
    expect(book.position(samsung)).toBeUndefined();
    expect(tracker.openBuyValueKrw() + feed.provisional.openBuyValueKrw()).toBe(700_000);
    await hear(stateAt(2, rowOf('1', { filled: 4 })));
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(0);
    expect(book.position(samsung)).toMatchObject({ quantity: 4 });
  });

  it('is confirmed as well by a list that somebody else read', async () => {
    const { place, hear, tracker, feed } = start();
    place('1');
    await hear(noticeAt(1, '1', 4));
    tracker.applyList({ orders: [rowOf('1', { filled: 4 })], readStartedAtMs: 2 });
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(0);
  });

  it('counts beside the open orders when the order was taken for over', async () => {
    const { place, hear, tracker, feed } = start();
    place('1');
    await hear(stateAt(1, rowOf('1', { canceled: 10 })), noticeAt(2, '1', 3));
    expect(tracker.openBuyValueKrw()).toBe(0);
    expect(feed.provisional.openBuyValueKrw()).toBe(210_000);
    expect(feed.provisional.openBuyValueKrw(symbolCode('000660'))).toBe(0);
  });

  it('holds back what a sale may have sold', async () => {
    const { place, hear, feed } = start();
    place('1', { side: 'SELL' });
    const sold = { side: 'SELL' } as const;
    await hear(stateAt(1, rowOf('1', { canceled: 10 }, 'SELL')), noticeAt(2, '1', 3, sold));
    expect(feed.provisional.openSellQuantity(samsung)).toBe(3);
  });

  it('is given up when the stream says that the notice was wrong', async () => {
    const { place, hear, feed } = start();
    place('1');
    await hear(noticeAt(1, '1', 4), stateAt(20_000, rowOf('1')));
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(0);
  });

  it('may come under the number that a replace gave, before any list shows it', async () => {
    const { place, hear, feed, compared } = start();
    place('1');
    const replaced = { originalBrokerOrderId: referenceOf('1').brokerOrderId };
    await hear(noticeAt(1, '1', 2), noticeAt(2, '2', 3, replaced));
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(5);
    const child = { ...rowOf('2', { filled: 3, ordered: 8 }), kind: 'REPLACE', ...replaced } as const;
    await hear(stateAt(3, rowOf('1', { filled: 2, canceled: 8 })), stateAt(3, child));
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(0);
    expect(compared).toEqual([]);
  });

  it('asks the lists when a notice says more than was ordered, or names another issue', async () => {
    const { place, hear, compared, feed } = start();
    place('1');
    await hear(noticeAt(1, '1', 11));
    await feed.settled();
    await hear(noticeAt(2, '1', 1, { side: 'SELL' }));
    expect(compared).toEqual(['overfill noticed', 'notice of another order']);
  });
});

describe('a notice whose number nobody knows', () => {
  it('waits while a place command is open, and is its order’s when the answer names it', async () => {
    const { sendOnly, answer, hear, feed, compared } = start();
    sendOnly();
    await hear(noticeAt(1, '1', 4));
    expect(feed.figures()).toMatchObject({ held: 1 });
    // The order itself counts whole.
    expect(feed.provisional.openBuyValueKrw()).toBe(0);
    answer({ accepted: true, reference: referenceOf('1') });
    expect(feed.figures()).toMatchObject({ held: 0 });
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(4);
    expect(compared).toEqual([]);
  });

  it('is evidence for the resolver when the answer is lost, before and after', async () => {
    const { sendOnly, answer, hear, evidence } = start();
    sendOnly();
    await hear(noticeAt(1, '1', 4));
    expect(evidence).toEqual([]);
    answer({ outcome: 'UNKNOWN', code: 'FS042' });
    expect(evidence).toMatchObject([{ brokerOrderId: '1' }]);
    await hear(noticeAt(2, '2', 1));
    expect(evidence).toMatchObject([{ brokerOrderId: '1' }, { brokerOrderId: '2' }]);
  });

  it('is a stranger’s after 30 s, and is bound to nothing', async () => {
    const { sendOnly, hear, clock, feed, compared, tracker } = start();
    sendOnly();
    await hear(noticeAt(1, '1', 4));
    await clock.advance(29_000);
    expect(compared).toEqual([]);
    await clock.advance(1_000);
    expect(compared).toEqual(['fill of an unknown order']);
    expect(feed.figures()).toMatchObject({ held: 0 });
    expect(tracker.get(intentId('intent-1'))?.reference).toBeUndefined();
    expect(feed.provisional.openBuyValueKrw()).toBe(280_000);
  });

  it('makes room when a thousand wait', async () => {
    const { sendOnly, hear, feed, compared } = start();
    sendOnly();
    await hear(...Array.from({ length: 1_001 }, (_, index) => noticeAt(index, String(index + 1), 1)));
    expect(feed.figures()).toMatchObject({ held: 1_000, notices: 1_001 });
    expect(compared).toEqual(['fill of an unknown order']);
  });

  it('makes everything compared once, and counts until the external orders have it', async () => {
    const { hear, feed, compared, external } = start();
    await hear(noticeAt(1, '9', 4), noticeAt(2, '9', 4));
    expect(compared).toEqual(['fill of an unknown order']);
    expect(feed.provisional.openBuyValueKrw(samsung)).toBe(280_000);
    await hear(stateAt(3, rowOf('9', { filled: 4 })));
    expect(feed.provisional.openBuyValueKrw(samsung)).toBe(280_000);
    external.rows = [rowOf('9', { filled: 4 })];
    expect(feed.provisional.openBuyValueKrw(samsung)).toBe(0);
  });

  it('is compared as well when only a read told it', async () => {
    const { hear, compared } = start();
    await hear(stateAt(1, rowOf('9')));
    expect(compared).toEqual([]);
    await hear(stateAt(2, rowOf('9', { filled: 1 })), stateAt(3, rowOf('9', { filled: 1 })));
    expect(compared).toEqual(['fill of an unknown order']);
  });
});

describe('what an order stream tells of itself', () => {
  const gap = controlAt(1, 'gap', { sinceMs: 0 });
  const backfilled = controlAt(5, 'backfilled', { sinceMs: 0, repaired: 0, complete: true });

  it('restricts trading from a hole until it was read and everything was compared', async () => {
    const started = start();
    const { hear, feed, compared } = started;
    await hear(controlAt(0, 'connected', {}));
    expect(feed.state).toBe('CONNECTING');
    await hear(backfilled);
    expect(feed.state).toBe('LIVE');
    await hear(controlAt(1, 'connection-lost', { alarm: false }), gap);
    expect(feed.state).toBe('STALE');
    expect(restrictionsOf(started)).toEqual(['order-stream-gap REDUCE_ONLY']);
    expect(compared).toEqual(['gap']);
    await hear({ ...backfilled, complete: false });
    expect(restrictionsOf(started)).toHaveLength(1);
    await hear(backfilled);
    expect([feed.state, restrictionsOf(started)]).toEqual(['LIVE', []]);
  });

  it('stays restricted while the comparison cannot be read, and asks again', async () => {
    const started = start();
    started.outcomes.push('UNREADABLE', 'UNREADABLE');
    await started.hear(controlAt(0, 'connected', {}), gap, backfilled);
    expect(restrictionsOf(started)).toHaveLength(1);
    await started.clock.advance(20_000);
    expect(started.compared).toEqual(['gap', 'gap', 'gap']);
    expect(restrictionsOf(started)).toEqual([]);
  });

  it.each([
    ['drift', controlAt(1, 'drift', { facts: {} })],
    ['stale', controlAt(1, 'stale', { quietMs: 1 })],
    ['no notices', controlAt(1, 'subscription-refused', {})],
  ])('has everything compared after %s', async (reason, event) => {
    const started = start();
    await started.hear(event);
    expect(started.compared).toEqual([reason]);
    expect(restrictionsOf(started)).toEqual([]);
  });

  it('asks for one comparison more, however much happens during one', async () => {
    const { hear, compared, comparing, clock } = start();
    comparing.forMs = 100;
    await hear(gap, controlAt(2, 'drift', { facts: {} }), controlAt(3, 'drift', { facts: {} }), gap);
    await clock.advance(1_000);
    expect(compared).toEqual(['gap', 'drift']);
  });

  it('goes on by reads when the broker refuses notices', async () => {
    const started = start();
    await started.hear(controlAt(0, 'connected', {}), gap, controlAt(1, 'subscription-refused', {}));
    expect([started.feed.state, restrictionsOf(started)]).toEqual(['READS_ONLY', []]);
  });

  it('takes no new risk on news that is five seconds old', async () => {
    const started = start();
    const slow = { lagMs: 5_000, queued: 10, conflated: 0 };
    await started.hear(controlAt(1, 'slow-consumer', { level: 'ALARM', ...slow }));
    expect(restrictionsOf(started)).toEqual([]);
    await started.hear(controlAt(2, 'slow-consumer', { level: 'REDUCE_ONLY', ...slow }));
    expect(restrictionsOf(started)).toEqual(['order-stream-lag REDUCE_ONLY']);
    await started.hear(controlAt(3, 'slow-consumer', { level: 'RECOVERED', ...slow }));
    expect(restrictionsOf(started)).toEqual([]);
  });

  it('restricts trading when it ends by itself, and not when it is closed', async () => {
    const ended = start();
    ended.made.end();
    await ended.clock.advance(1);
    expect([ended.feed.state, restrictionsOf(ended)]).toEqual(['ENDED', ['order-stream-gap REDUCE_ONLY']]);
    const closed = start();
    closed.sendOnly();
    await closed.hear(noticeAt(1, '1', 1));
    await closed.feed.close();
    expect([closed.made.isClosed, restrictionsOf(closed), closed.clock.pendingTimers]).toEqual([true, [], 0]);
  });
});

describe('what comes before the start has agreed', () => {
  it('waits, and is taken in in its order', async () => {
    const { place, hear, feed, tracker, compared } = start({ release: false });
    place('1');
    await hear(controlAt(0, 'connected', {}), stateAt(1, rowOf('1', { filled: 2 })), noticeAt(2, '1', 3));
    await hear(controlAt(3, 'drift', { facts: {} }));
    expect(feed.figures()).toMatchObject({ held: 4, states: 0, notices: 0 });
    expect(tracker.get(intentId('intent-1'))).toMatchObject({ leavesQuantity: 10 });
    feed.release();
    expect(feed.figures()).toMatchObject({ held: 0, states: 1, notices: 1 });
    expect(tracker.get(intentId('intent-1'))).toMatchObject({ leavesQuantity: 8 });
    expect(feed.provisional.quantity(samsung, 'BUY')).toBe(3);
    await feed.settled();
    expect(compared).toEqual(['drift']);
  });
});

describe('a feed', () => {
  it('lives on when an event cannot be taken in, and has everything compared', async () => {
    const { place, hear, compared, tracker, logger } = start();
    place('1');
    await hear({ ...stateAt(1, rowOf('1')), snapshot: undefined } as never);
    await hear(stateAt(2, rowOf('1', { filled: 10 })));
    expect(compared).toEqual(['order-feed-failed']);
    expect(logger.entries.some(({ event }) => event === 'order-feed-failed')).toBe(true);
    expect(tracker.get(intentId('intent-1'))).toMatchObject({ status: 'FILLED' });
  });

  it('tells a totals notice of more than was ordered to the lists', async () => {
    const { place, hear, compared } = start();
    place('1');
    const totals = { filledQuantity: shares(12), leavesQuantity: shares(0) };
    await hear(noticeAt(1, '1', 0, { totals, proof: 'CUMULATIVE' }));
    expect(compared).toEqual(['overfill noticed']);
  });
});
