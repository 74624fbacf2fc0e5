import {
  BrokerError,
  type CancelResponse,
  type Clock,
  type OrderJournal,
  type OrderReference,
  type ReplaceRequest,
  type ReplaceResponse,
  accountId,
  brokerOrderId,
  cancelOutcomes,
  clientOrderId,
  intentId,
  krw,
  shares,
  tradingDate,
} from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock } from '@qts/core/testing';
import { type MemoryJournal, createMemoryJournal } from '@qts/storage';
import { describe, expect, it } from 'vitest';
import { type ReplacingVenue, createReplacingVenue } from '../../test/support/replacing-venue.ts';
import { type TradingStates, createTradingStates } from '../guards/trading-state.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { foldJournal } from '../recovery/fold-journal.ts';
import { type SafetyLayer, createSafetyLayer } from '../safety/safety-layer.ts';
import { createInMemoryNotifier } from '../safety/safety-notifier.ts';
import { type OrderGateway, type OrderGatewaySettings, type UnknownReplace } from './order-gateway-contract.ts';
import { createOrderGateway } from './order-gateway.ts';

const id = intentId('intent-1');
const by = { requestedBy: 'kim', reason: 'looked' };

interface Started {
  readonly clock: FakeClock;
  readonly venue: ReplacingVenue;
  readonly tracker: OrderTracker;
  readonly gateway: OrderGateway;
  readonly journal: MemoryJournal;
  readonly trading: TradingStates;
  readonly codes: () => readonly string[];
  readonly unknownReplaces: readonly UnknownReplace[];
  readonly fills: readonly number[];
  /** Reads the whole list. */
  readonly read: () => void;
  /** Prices, by quantity, that the checks were asked about. */
  readonly checked: readonly (readonly [quantity: number, priceKrw: number | undefined])[];
}

function start(overrides: (clock: Clock) => Partial<OrderGatewaySettings> = () => ({})): Started {
  const clock = createFakeClock();
  const venue = createReplacingVenue(clock);
  const fills: number[] = [];
  const tracker = createOrderTracker({ onFill: ({ quantity }) => fills.push(quantity) });
  const journal = createMemoryJournal();
  const notifier = createInMemoryNotifier();
  const safety = createSafetyLayer({ clock, notifier, lockdownThreshold: 100 });
  const trading = createTradingStates({ clock, safety, tracker });
  const checked: [number, number | undefined][] = [];
  const gateway = createOrderGateway({
    ...{ broker: venue, journal, tracker, clock, safety, accountId: accountId('main') },
    ...{ admit: trading.admit, admitReplace: trading.refuseReplace },
    checkOrder({ quantity, limitPriceKrw }) {
      checked.push([quantity, limitPriceKrw]);
      return { allowed: true, worstPriceKrw: limitPriceKrw ?? krw(90_000) };
    },
    failurePolicy: {
      ...{ DENIED: 'guardrail', REJECTED: 'anomaly', NOT_SENT: 'anomaly', UNKNOWN: 'anomaly' },
      ...{ BLOCKED: 'anomaly', INTEGRITY: 'anomaly' },
    },
    ...overrides(clock),
  });
  const unknownReplaces: UnknownReplace[] = [];
  gateway.watch({ replaceUnknown: (unknown) => unknownReplaces.push(unknown) });
  return {
    ...{ clock, venue, tracker, gateway, journal, trading, unknownReplaces, fills, checked },
    codes: () => notifier.notifications.map(({ safetyCode }) => safetyCode),
    read: () => tracker.applyList({ orders: structuredClone(venue.rows), readStartedAtMs: clock.nowMs() }),
  };
}

/** Ten shares at 70,000 won, accepted under number 1. */
async function startWithOrder(...rest: Parameters<typeof start>): Promise<Started & { readonly root: OrderReference }> {
  const started = start(...rest);
  const { reference } = await started.gateway.submitIntent(buildExecutionIntent());
  if (reference === undefined) throw new Error('the order has no number');
  return { ...started, root: reference };
}

function replaceOf(target: OrderReference, fields: Partial<ReplaceRequest> = {}): ReplaceRequest {
  return {
    ...{ clientOrderId: clientOrderId('replace-1'), target, orderType: 'LIMIT', limitPriceKrw: krw(69_000) },
    ...{ timeInForce: 'DAY', session: 'REGULAR', dryRun: false },
    ...fields,
  };
}

const status = ({ tracker }: Started): string | undefined => tracker.get(id)?.status;
const codeOf = (response: ReplaceResponse): string | undefined => ('code' in response ? response.code : undefined);

describe('replaceOrder', () => {
  it('journals a replace before it leaves, and its answer before the caller hears it', async () => {
    const { gateway, venue, journal, root } = await startWithOrder();
    const before: string[] = [];
    venue.whenAsked = () => {
      before.push(...journal.records.slice(3).map(({ type }) => type));
    };
    expect(await gateway.replaceOrder(replaceOf(root))).toMatchObject({ outcome: 'ACCEPTED', brokerOrderId: '2' });
    expect(before).toEqual(['replace-sending']);
    const { type, correlationId, body } = journal.records[4] ?? {};
    expect({ type, correlationId, body }).toMatchObject({
      ...{ type: 'replace-answered', correlationId: 'intent-1' },
      body: { commandId: 'replace-1', outcome: 'ACCEPTED', reference: { brokerOrderId: '2' } },
    });
  });

  it('is pending until a list shows the new number, which the order then has', async () => {
    const started = await startWithOrder();
    const { gateway, tracker, read, root } = started;
    await gateway.replaceOrder(replaceOf(root));
    expect(status(started)).toBe('PENDING_REPLACE');
    read();
    expect(status(started)).toBe('ACCEPTED');
    expect(tracker.get(id)).toMatchObject({ reference: { brokerOrderId: '2' }, leavesQuantity: 10 });
  });

  it('counts with the dearer of both terms until its end is seen, then with the new ones', async () => {
    const { gateway, tracker, read, root } = await startWithOrder();
    await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(71_000) }));
    expect([tracker.openBuyValueKrw(), tracker.get(id)?.limitPriceKrw]).toEqual([710_000, 71_000]);
    read();
    await gateway.replaceOrder(
      replaceOf(root, { clientOrderId: clientOrderId('replace-2'), limitPriceKrw: krw(60_000) }),
    );
    expect([tracker.openBuyValueKrw(), tracker.get(id)?.limitPriceKrw]).toEqual([710_000, 71_000]);
    read();
    expect([tracker.openBuyValueKrw(), tracker.get(id)?.limitPriceKrw]).toEqual([600_000, 60_000]);
  });

  it.each([
    ['the kill switch is on', 'G_EXE_KILLSWITCH_ON'],
    ['safe mode is on', 'G_EXE_SAFE_MODE_ON'],
    ['the safety state is FAIL', 'G_EXE_SAFETY_BLOCKED'],
  ] as const)('is denied because %s, and says so', async (why, code) => {
    const stops: SafetyLayer[] = [];
    const { gateway, venue, root } = await startWithOrder((clock) => {
      const safety = createSafetyLayer({ clock });
      stops.push(safety);
      return { safety };
    });
    for (const safety of stops) {
      if (code === 'G_EXE_KILLSWITCH_ON') safety.setKillSwitch(true, by);
      else if (code === 'G_EXE_SAFE_MODE_ON') safety.setSafeMode(true, by);
      else safety.record({ code: 'FS050', message: 'equity', stage: 'ACT' });
    }
    const response = await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(95_000) }));
    expect(response).toMatchObject({
      outcome: 'NOT_SENT',
      code,
      cause: { summary: `The replace was denied: ${why}.` },
    });
    const place = await gateway.submitIntent(buildExecutionIntent({ intentId: 'i-2' }));
    expect(place).toMatchObject({ outcome: 'NOT_SENT', code, message: `denied: ${why}` });
    expect(venue.replaces).toEqual([]);
  });

  it('goes back to the old terms when it is refused', async () => {
    const started = await startWithOrder();
    const { gateway, tracker, venue, codes, root } = started;
    venue.replaceFates.push('REFUSED');
    expect(await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(71_000) }))).toMatchObject({
      outcome: 'REJECTED',
    });
    expect([tracker.openBuyValueKrw(), status(started)]).toEqual([700_000, 'ACCEPTED']);
    expect(codes()).toEqual(['FS040']);
  });

  it('has the new terms judged as those of a new order, without what the order holds already', async () => {
    let seen: number[] = [];
    const started = await startWithOrder();
    const { gateway, tracker, checked, root } = started;
    const spied = createOrderGateway({
      ...{ broker: started.venue, journal: started.journal, tracker, clock: started.clock },
      ...{ safety: createSafetyLayer({ clock: started.clock }), accountId: accountId('main') },
      checkOrder: ({ quantity }) => {
        seen = [quantity, tracker.openBuyValueKrw(), tracker.openOrdersTotal];
        return { allowed: false, code: 'G_EXE_PRICE_OUTSIDE_COLLAR', message: 'too far', facts: {} };
      },
    });
    const denied = await spied.replaceOrder(replaceOf(root, { quantity: shares(4) }));
    expect([codeOf(denied), seen]).toEqual(['G_EXE_PRICE_OUTSIDE_COLLAR', [4, 420_000, 1]]);
    expect(tracker.openBuyValueKrw()).toBe(700_000);
    await gateway.replaceOrder(replaceOf(root));
    expect(checked.at(-1)).toEqual([10, 69_000]);
  });

  it.each([
    ['more than remains', { quantity: shares(11) }],
    ['nothing', { quantity: 0 as never }],
    ['a part of a share', { quantity: 1.5 as never }],
    ['a limit without a price', { limitPriceKrw: undefined as never }],
    ['a market order with a price', { orderType: 'MARKET' }],
    ['a stop', { orderType: 'STOP_LIMIT' }],
  ] as const)('is denied here for %s, and nothing is sent', async (_, fields) => {
    const { gateway, venue, root } = await startWithOrder();
    expect(codeOf(await gateway.replaceOrder(replaceOf(root, fields)))).toBe('G_EXE_REPLACE_NOT_ALLOWED');
    expect(venue.replaces).toEqual([]);
  });

  it('is denied here for a quantity below what has filled since', async () => {
    const { gateway, venue, read, root } = await startWithOrder();
    venue.fill('1', 7);
    read();
    expect(codeOf(await gateway.replaceOrder(replaceOf(root, { quantity: shares(4) })))).toBe(
      'G_EXE_REPLACE_NOT_ALLOWED',
    );
    expect(
      await gateway.replaceOrder(replaceOf(root, { clientOrderId: clientOrderId('r2'), quantity: shares(3) })),
    ).toMatchObject({ outcome: 'ACCEPTED' });
  });

  it('is denied for an order that is not ours', async () => {
    const { gateway, root } = await startWithOrder();
    const strange = { ...root, brokerOrderId: brokerOrderId('999') };
    expect(codeOf(await gateway.replaceOrder(replaceOf(strange)))).toBe('G_EXE_REPLACE_NOT_ALLOWED');
  });

  it('is denied while another replace or a cancel of the order is open', async () => {
    const { gateway, root } = await startWithOrder();
    await gateway.replaceOrder(replaceOf(root));
    const second = await gateway.replaceOrder(replaceOf(root, { clientOrderId: clientOrderId('r2') }));
    expect(codeOf(second)).toBe('G_EXE_REPLACE_NOT_ALLOWED');
    const other = await startWithOrder();
    await other.gateway.cancelOrder({ target: other.root, dryRun: false });
    expect(codeOf(await other.gateway.replaceOrder(replaceOf(other.root)))).toBe('G_EXE_REPLACE_NOT_ALLOWED');
  });

  it('answers the same request with the same answer, and denies another under its id', async () => {
    const { gateway, venue, root } = await startWithOrder();
    const [one, two] = await Promise.all([
      gateway.replaceOrder(replaceOf(root)),
      gateway.replaceOrder(replaceOf(root)),
    ]);
    expect(one).toBe(two);
    expect(venue.replaces).toHaveLength(1);
    expect(codeOf(await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(1_000) })))).toBe(
      'G_EXE_INTENT_CONFLICT',
    );
  });

  it('takes only what costs no more in REDUCE_ONLY, and nothing in HALTED', async () => {
    const { gateway, trading, read, root } = await startWithOrder();
    trading.restrictAs('test', 'OPERATOR')('REDUCE_ONLY', { code: 'FS070', why: 'test' });
    const dearer = await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(70_100) }));
    expect(codeOf(dearer)).toBe('G_EXE_REDUCE_ONLY');
    const cheaper = await gateway.replaceOrder(replaceOf(root, { clientOrderId: clientOrderId('r2') }));
    expect(cheaper.outcome).toBe('ACCEPTED');
    read();
    trading.restrictAs('test', 'OPERATOR')('HALTED', { code: 'FS045', why: 'test' });
    const halted = await gateway.replaceOrder(replaceOf(root, { clientOrderId: clientOrderId('r3') }));
    expect(codeOf(halted)).toBe('G_EXE_TRADING_HALTED');
  });

  it.each([
    ['dearer', 70_100, 'G_EXE_REDUCE_ONLY'],
    ['cheaper', 69_000, undefined],
  ])('that is %s is judged so when only reductions are allowed while it waits', async (_, priceKrw, code) => {
    const { gateway, venue, trading, root } = await startWithOrder((clock) => ({
      broker: {
        ...createReplacingVenue(clock),
        replaceOrder(request, options) {
          trading.restrictAs('test', 'OPERATOR')('REDUCE_ONLY', { code: 'FS070', why: 'test' });
          refused = options?.refuseSend?.();
          return venue.replaceOrder(request, options);
        },
      },
    }));
    let refused: string | undefined;
    await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(priceKrw) }));
    expect(refused).toBe(code);
  });

  it('does not leave when trading is halted while its record is written', async () => {
    const halting = await startWithOrder();
    const { gateway, venue, trading, journal, tracker, root } = halting;
    const append = journal.append.bind(journal);
    journal.append = (entry, durability) => {
      if (entry.type === 'replace-sending') {
        trading.restrictAs('test', 'OPERATOR')('HALTED', { code: 'FS045', why: 'test' });
      }
      append(entry, durability);
    };
    expect(codeOf(await gateway.replaceOrder(replaceOf(root)))).toBe('G_EXE_TRADING_HALTED');
    expect([venue.replaces.length, tracker.get(id)?.openReplace, status(halting)]).toEqual([0, undefined, 'ACCEPTED']);
  });

  it('does not leave when its order is canceled while its record is written, however the cancel was answered', async () => {
    let durable: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      durable = resolve;
    });
    const append: OrderJournal['append'] = ({ type }) => (type === 'replace-sending' ? written : undefined);
    const { gateway, venue, clock, root } = await startWithOrder(() => ({
      journal: { ...createMemoryJournal(), append },
    }));
    const replacing = gateway.replaceOrder(replaceOf(root));
    await clock.settle();
    venue.cancelFates.push({ outcome: 'REFUSED_BY_SESSION' });
    const canceling = gateway.cancelOrder({ target: root, dryRun: false });
    await clock.settle();
    durable();
    expect(codeOf(await replacing)).toBe('G_EXE_REPLACE_NOT_ALLOWED');
    expect(await canceling).toMatchObject({ outcome: 'REFUSED_BY_SESSION' });
    expect(venue.replaces).toEqual([]);
  });

  it('is kept here once the trading date is over: its number may be another order’s by then', async () => {
    const started = await startWithOrder(() => ({ tradingDate: tradingDate('2026-09-14') }));
    const { gateway, venue, clock, root } = started;
    // 09:00 in Korea; its day ends in 15 hours.
    await clock.advance(15 * 3_600_000);
    const response = await gateway.replaceOrder(replaceOf(root));
    expect([response.outcome, codeOf(response)]).toEqual(['NOT_SENT', 'G_EXE_INTENT_STALE']);
    expect(venue.replaces).toEqual([]);
    expect(status(started)).toBe('ACCEPTED');
  });

  it('does not leave when the date ends while it waits for its broker', async () => {
    const started = await startWithOrder(() => ({ tradingDate: tradingDate('2026-09-14') }));
    const { gateway, venue, clock, root } = started;
    await clock.advance(15 * 3_600_000 - 1);
    const refused: unknown[] = [];
    venue.replaceOrder = async (request, options) => {
      await clock.advance(1);
      refused.push(options?.refuseSend?.());
      const cause = new BrokerError({ code: 'HELD', summary: 'Held back.', next: 'Decide again.' });
      const { clientOrderId: commandId } = request;
      return { outcome: 'NOT_SENT', clientOrderId: commandId, receivedAtMs: clock.nowMs(), code: 'FS040', cause };
    };
    await gateway.replaceOrder(replaceOf(root));
    expect(refused).toEqual(['G_EXE_INTENT_STALE']);
  });

  it('is unknown, once, when its answer is lost: the symbol is frozen and it is never sent again', async () => {
    const { gateway, venue, codes, unknownReplaces, tracker, root } = await startWithOrder();
    venue.replaceFates.push('LOST_AFTER');
    expect(await gateway.replaceOrder(replaceOf(root))).toMatchObject({ outcome: 'UNKNOWN' });
    await gateway.replaceOrder(replaceOf(root));
    const other = await gateway.submitIntent(buildExecutionIntent({ intentId: 'other', quantity: 3 }));
    expect(other.code).toBe('G_EXE_UNKNOWN_PENDING');
    expect([venue.replaces.length, unknownReplaces.length, codes()]).toEqual([
      1,
      1,
      ['FS042', 'G_EXE_UNKNOWN_PENDING'],
    ]);
    expect(tracker.get(id)?.needsReconciliation).toBe(true);
  });
});

describe('a replace of an earlier process', () => {
  it('is never sent again', async () => {
    const before = await startWithOrder();
    await before.gateway.replaceOrder(replaceOf(before.root));
    const folded = await foldJournal(before.journal.read());
    const after = start();
    after.gateway.restore([...folded.orders.values()]);
    const again = await after.gateway.replaceOrder(replaceOf(before.root));
    expect(codeOf(again)).toBe('G_EXE_REPLACE_NOT_ALLOWED');
    expect(after.venue.replaces).toEqual([]);
  });
});

// execution-safety 8, row by row.
describe('races of cancels and replaces', () => {
  it.each(['CANCELED', 'NOTHING'] as const)(
    'a fill of the old number after a replace counts once (a moved share is shown as %s)',
    async (showsMovedAs) => {
      const started = await startWithOrder();
      const { gateway, venue, fills, tracker, read, root } = started;
      venue.showsMovedAs = showsMovedAs;
      venue.fill('1', 2);
      await gateway.replaceOrder(replaceOf(root, { quantity: shares(5) }));
      venue.fill('1', 1);
      read();
      read();
      venue.fill('2', 5, 69_000);
      read();
      expect(fills).toEqual([3, 5]);
      expect(tracker.get(id)?.facts).toMatchObject({
        filledQuantity: 8,
        canceledQuantity: 0,
        filledAmountKrw: 555_000,
      });
      expect([tracker.get(id)?.leavesQuantity, status(started)]).toEqual([2, 'PARTIALLY_FILLED']);
    },
  );

  it('a parent that lost its shares is not canceled while its child is not listed', async () => {
    const started = await startWithOrder();
    const { gateway, venue, tracker, clock, read, root } = started;
    await gateway.replaceOrder(replaceOf(root));
    const parentOnly = venue.rows.filter(({ kind }) => kind === 'NEW');
    tracker.applyList({ orders: structuredClone(parentOnly), readStartedAtMs: clock.nowMs() });
    expect([status(started), tracker.get(id)?.leavesQuantity]).toEqual(['PENDING_REPLACE', 10]);
    read();
    expect(status(started)).toBe('ACCEPTED');
  });

  it('a fill while a cancel is open is applied, and the rest is canceled', async () => {
    const started = await startWithOrder();
    const { gateway, venue, fills, read, root } = started;
    venue.whenAsked = () => {
      venue.fill('1', 4);
    };
    expect(await gateway.cancelOrder({ target: root, dryRun: false })).toMatchObject({ outcome: 'REQUESTED' });
    expect(status(started)).toBe('PENDING_CANCEL');
    read();
    expect([fills, status(started)]).toEqual([[4], 'CANCELED']);
  });

  it('a cancel that is refused because all has filled is no error', async () => {
    const started = await startWithOrder();
    const { gateway, venue, codes, read, root } = started;
    venue.fill('1', 10);
    expect(await gateway.cancelOrder({ target: root, dryRun: false })).toMatchObject({ outcome: 'TOO_LATE_FILLED' });
    read();
    expect([status(started), codes()]).toEqual(['FILLED', []]);
  });

  it('a cancel of a number that was replaced goes to its newest child', async () => {
    const started = await startWithOrder();
    const { gateway, venue, read, root } = started;
    await gateway.replaceOrder(replaceOf(root));
    await gateway.cancelOrder({ target: root, dryRun: false });
    read();
    expect([venue.cancels.map(({ target }) => target.brokerOrderId), status(started)]).toEqual([['2'], 'CANCELED']);
  });

  it('a cancel that crosses a replace follows the lineage once', async () => {
    const started = await startWithOrder();
    const { gateway, venue, clock, read, root } = started;
    let release: () => void = () => undefined;
    venue.beforeAnswer = () => {
      if (venue.cancels.length > 0) return;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const replacing = gateway.replaceOrder(replaceOf(root));
    await clock.settle();
    const canceling = gateway.cancelOrder({ target: root, dryRun: false });
    await clock.settle();
    release();
    await replacing;
    expect(await canceling).toMatchObject({ outcome: 'REQUESTED' });
    expect(venue.cancels.map(({ target }) => target.brokerOrderId)).toEqual(['1', '2']);
    read();
    expect(status(started)).toBe('CANCELED');
  });

  describe('a cancel that is out while a part is replaced', () => {
    /** A replace of 4 of 10 shares that the venue has carried out and not answered yet. */
    async function startReplacing(...fates: ('ANSWERED' | 'LOST_AFTER')[]) {
      const started = await startWithOrder();
      const { gateway, venue, clock, root } = started;
      venue.replaceFates.push(...fates);
      let release: () => void = () => undefined;
      venue.beforeAnswer = () => {
        venue.beforeAnswer = () => undefined;
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      };
      const replacing = gateway.replaceOrder(replaceOf(root, { quantity: shares(4) }));
      await clock.settle();
      return {
        ...{ ...started, replacing },
        release: () => {
          release();
        },
      };
    }

    it('reaches the shares that the replace moved, once each number', async () => {
      const { gateway, venue, clock, replacing, release, root } = await startReplacing();
      const canceling = gateway.cancelOrder({ target: root, dryRun: false });
      await clock.settle();
      // What is known is canceled without waiting for the replace.
      expect(venue.cancels.map(({ target }) => target.brokerOrderId)).toEqual(['1']);
      release();
      await replacing;
      expect(await canceling).toMatchObject({ outcome: 'REQUESTED' });
      expect(venue.cancels.map(({ target }) => target.brokerOrderId)).toEqual(['1', '2']);
      expect(venue.rows.map(({ leavesQuantity }) => leavesQuantity)).toEqual([0, 0]);
    });

    it('does so when it is asked for by the intent', async () => {
      const { gateway, venue, clock, replacing, release } = await startReplacing();
      const canceling = gateway.cancelIntent(id);
      await clock.settle();
      release();
      await Promise.all([replacing, canceling]);
      expect(venue.rows.map(({ leavesQuantity }) => leavesQuantity)).toEqual([0, 0]);
    });

    it('hands the order on to be read when the answer of the replace is lost', async () => {
      const { gateway, venue, clock, replacing, release, root } = await startReplacing('LOST_AFTER');
      const heard: string[] = [];
      gateway.watch({ cancelUnknown: ({ target }) => heard.push(target.brokerOrderId) });
      const canceling = gateway.cancelOrder({ target: root, dryRun: false });
      await clock.settle();
      release();
      await Promise.all([replacing, canceling]);
      expect(venue.cancels.map(({ target }) => target.brokerOrderId)).toEqual(['1']);
      expect(heard).toEqual(['1']);
    });

    it('leaves them alone when only a quantity of the named number was asked for', async () => {
      const { gateway, venue, clock, replacing, release, root } = await startReplacing();
      const canceling = gateway.cancelOrder({ target: root, quantity: shares(2), dryRun: false });
      await clock.settle();
      release();
      await Promise.all([replacing, canceling]);
      expect(venue.rows.map(({ leavesQuantity }) => leavesQuantity)).toEqual([4, 4]);
    });
  });

  it('a cancel of a number whose replace is unknown is handed on to be read', async () => {
    const { gateway, venue, root } = await startWithOrder();
    const handed: unknown[] = [];
    gateway.watch({ cancelUnknown: ({ target }) => handed.push(target.brokerOrderId) });
    venue.replaceFates.push('LOST_AFTER');
    await gateway.replaceOrder(replaceOf(root));
    await gateway.cancelOrder({ target: root, dryRun: false });
    expect(handed).toEqual(['1']);
  });

  it('a part cancel leaves the rest open', async () => {
    const started = await startWithOrder();
    const { gateway, tracker, read, root } = started;
    await gateway.cancelOrder({ target: root, quantity: shares(4), dryRun: false });
    read();
    expect([tracker.get(id)?.facts.canceledQuantity, tracker.get(id)?.leavesQuantity]).toEqual([4, 6]);
    expect(status(started)).toBe('ACCEPTED');
  });

  it('a replace that the exchange refuses after its number gives the shares back', async () => {
    const started = await startWithOrder();
    const { gateway, venue, tracker, read, root } = started;
    await gateway.replaceOrder(replaceOf(root, { limitPriceKrw: krw(71_000) }));
    venue.refuseAfterwards('2');
    read();
    expect([status(started), tracker.get(id)?.leavesQuantity, tracker.openBuyValueKrw()]).toEqual([
      'ACCEPTED',
      10,
      700_000,
    ]);
    expect(tracker.get(id)?.reference?.brokerOrderId).toBe('1');
  });

  it('a replace and a fill in the same instant: the broker says which was first', async () => {
    const started = await startWithOrder();
    const { gateway, venue, read, root } = started;
    venue.whenAsked = () => {
      venue.fill('1', 10);
    };
    expect(await gateway.replaceOrder(replaceOf(root))).toMatchObject({ outcome: 'REJECTED' });
    read();
    expect(status(started)).toBe('FILLED');
  });

  it('a replace that somebody made at another screen belongs to the order', async () => {
    const started = await startWithOrder();
    const { venue, tracker, read, root } = started;
    await venue.replaceOrder(replaceOf(root, { limitPriceKrw: krw(72_000) }));
    read();
    expect([status(started), tracker.openBuyValueKrw()]).toEqual(['ACCEPTED', 720_000]);
    expect(tracker.findByReference({ ...root, brokerOrderId: brokerOrderId('2') })?.intentId).toBe(id);
  });

  it('replaces in a chain stay one order', async () => {
    const started = await startWithOrder();
    const { gateway, venue, tracker, fills, read, root } = started;
    for (const [at, limitPriceKrw] of [69_000, 68_000, 67_000].entries()) {
      const clientId = clientOrderId(`r${at}`);
      await gateway.replaceOrder(replaceOf(root, { clientOrderId: clientId, limitPriceKrw: krw(limitPriceKrw) }));
      read();
      venue.fill(String(at + 2), 1, limitPriceKrw);
    }
    read();
    expect(venue.replaces.map(({ target }) => target.brokerOrderId)).toEqual(['1', '2', '3']);
    expect(fills).toEqual([1, 1, 1]);
    expect(tracker.get(id)?.facts).toMatchObject({ filledQuantity: 3, canceledQuantity: 0 });
    expect([tracker.get(id)?.leavesQuantity, tracker.openBuyValueKrw()]).toEqual([7, 469_000]);
  });

  it('a row of yesterday that points at our number is not ours', async () => {
    const { gateway, venue, tracker, clock, root } = await startWithOrder();
    await gateway.replaceOrder(replaceOf(root));
    const [parent, child] = structuredClone(venue.rows);
    if (parent === undefined || child === undefined) throw new Error('no rows');
    const yesterday = {
      ...child.reference,
      tradingDate: tradingDate('2026-09-11'),
      brokerOrderId: brokerOrderId('77'),
    };
    tracker.applyList({ orders: [parent, { ...child, reference: yesterday }], readStartedAtMs: clock.nowMs() });
    expect(tracker.findByReference(yesterday)).toBeUndefined();
  });
});

describe('cancels of orders without a number', () => {
  it('keep an order here that has not left yet', async () => {
    let durable: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      durable = resolve;
    });
    const append: OrderJournal['append'] = ({ type }) => (type === 'command-sending' ? written : undefined);
    const { gateway, venue, clock } = start(() => ({ journal: { ...createMemoryJournal(), append } }));
    const placing = gateway.submitIntent(buildExecutionIntent());
    await clock.settle();
    const canceling = gateway.cancelIntent(id);
    durable();
    expect(await placing).toMatchObject({ outcome: 'NOT_SENT', code: 'G_EXE_INTENT_STALE' });
    expect(await canceling).toMatchObject({ outcome: 'NOT_FOUND' });
    expect(venue.places).toEqual([]);
  });

  it('reach every number of an order, whichever is named, and with a quantity the named one alone', async () => {
    const { gateway, venue, read, root } = await startWithOrder();
    await gateway.replaceOrder(replaceOf(root, { quantity: shares(4) }));
    read();
    await gateway.cancelOrder({ target: root, quantity: shares(1), dryRun: false });
    expect(venue.cancels.map(({ target }) => target.brokerOrderId)).toEqual(['1']);
    await gateway.cancelOrder({ target: venue.row('2').reference, dryRun: false });
    expect(venue.cancels.slice(1).map(({ target }) => target.brokerOrderId)).toEqual(['1', '2']);
    expect(venue.rows.every(({ leavesQuantity }) => leavesQuantity === 0)).toBe(true);
  });

  it('end when a list that lags shows shares under a number that was replaced', { timeout: 5_000 }, async () => {
    const { gateway, venue, tracker, clock, root } = await startWithOrder();
    const before = structuredClone(venue.rows);
    await gateway.replaceOrder(replaceOf(root));
    tracker.applyList({ orders: before, readStartedAtMs: clock.nowMs() });
    venue.whenAsked = () => (venue.cancels.length > 3 ? new Promise(() => undefined) : undefined);
    expect(await gateway.cancelIntent(id)).toMatchObject({ outcome: 'REQUESTED' });
    expect(new Set(venue.cancels.map(({ target }) => target.brokerOrderId))).toEqual(new Set(['2']));
    expect(venue.rows.every(({ leavesQuantity }) => leavesQuantity === 0)).toBe(true);
  });

  it('wait for the answer of an order that is on its way', async () => {
    const { gateway, venue, clock } = start();
    let release: () => void = () => undefined;
    venue.beforeAnswer = () => {
      venue.beforeAnswer = () => undefined;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const placing = gateway.submitIntent(buildExecutionIntent());
    await clock.settle();
    const canceling = gateway.cancelIntent(id);
    await clock.settle();
    expect(venue.cancels).toEqual([]);
    release();
    await placing;
    expect(await canceling).toMatchObject({ outcome: 'REQUESTED' });
    expect(venue.cancels).toMatchObject([{ target: { brokerOrderId: '1' } }]);
  });

  it('leave when the journal breaks after the order was accepted: the broker has it, whatever the caller is told', async () => {
    let breakJournal: () => void = () => undefined;
    const broken = new Promise<void>((_, reject) => {
      breakJournal = () => {
        reject(new Error('disk full'));
      };
    });
    const append: OrderJournal['append'] = ({ type }) => (type === 'command-accepted' ? broken : undefined);
    const { gateway, venue, clock } = start(() => ({ journal: { ...createMemoryJournal(), append } }));
    let release: () => void = () => undefined;
    venue.beforeAnswer = () => {
      venue.beforeAnswer = () => undefined;
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const placing = gateway.submitIntent(buildExecutionIntent());
    await clock.settle();
    const canceling = gateway.cancelIntent(id);
    await clock.settle();
    release();
    breakJournal();
    expect(await placing).toMatchObject({ accepted: false, outcome: 'UNKNOWN' });
    await clock.settle();
    expect(venue.cancels).toMatchObject([{ target: { brokerOrderId: '1' } }]);
    expect(await canceling).toMatchObject({ outcome: 'REQUESTED' });
  });

  it('wait for an order whose answer was lost, until it is found', async () => {
    const { gateway, venue, tracker, clock } = start();
    venue.placeFates.push('LOST_AFTER');
    await gateway.submitIntent(buildExecutionIntent());
    const canceling = gateway.cancelIntent(id);
    await clock.settle();
    expect(venue.cancels).toEqual([]);
    const { reference } = venue.row('1');
    const about = { intentId: id, accepted: true, broker: 'kis', message: 'adopted', timestampMs: 1 };
    const adopted = { ...about, outcome: 'ACCEPTED', reference } as const;
    tracker.endPlace(id, adopted);
    gateway.settle(adopted);
    expect(await canceling).toMatchObject({ outcome: 'REQUESTED' });
    expect(venue.cancels).toHaveLength(1);
  });

  it.each([
    ['absent', { outcome: 'UNKNOWN', status: 'ABSENT' }, 'NOT_FOUND'],
    ['refused', { outcome: 'REJECTED', status: 'REJECTED' }, 'TOO_LATE_CLOSED'],
  ] as const)('end when the order is %s', async (_, said, outcome) => {
    const { gateway, venue } = start();
    venue.placeFates.push('LOST_BEFORE');
    await gateway.submitIntent(buildExecutionIntent());
    const canceling = gateway.cancelIntent(id);
    gateway.settle({ intentId: id, accepted: false, broker: 'kis', message: 'm', timestampMs: 1, ...said });
    expect(await canceling).toMatchObject({ outcome });
  });

  it('leave when the order is found, though who asked has stopped waiting', async () => {
    const { gateway, venue, tracker, clock } = start();
    venue.placeFates.push('LOST_AFTER');
    await gateway.submitIntent(buildExecutionIntent());
    const waiting = new AbortController();
    const canceling = gateway.cancelIntent(id, { signal: waiting.signal });
    waiting.abort();
    expect(await canceling).toMatchObject({ outcome: 'NOT_SENT' });
    const { reference } = venue.row('1');
    const about = { intentId: id, accepted: true, broker: 'kis', message: 'adopted', timestampMs: 1 };
    const adopted = { ...about, outcome: 'ACCEPTED', reference } as const;
    tracker.endPlace(id, adopted);
    gateway.settle(adopted);
    await clock.settle();
    expect(venue.cancels).toHaveLength(1);
  });

  it('leave a record without an answer, so that a restart cancels the order', async () => {
    const { gateway, venue, journal } = start();
    venue.placeFates.push('LOST_AFTER');
    await gateway.submitIntent(buildExecutionIntent());
    void gateway.cancelIntent(id);
    expect(journal.records.at(-1)).toMatchObject({ type: 'cancel-sending', correlationId: id });
  });

  it('find nothing of an intent that nobody knows', async () => {
    expect(await start().gateway.cancelIntent(intentId('nobody'))).toMatchObject({ outcome: 'NOT_FOUND' });
  });
});

describe('outcomes of a cancel', () => {
  it.each(cancelOutcomes)('%s comes back as the broker said it, and no order is lost over it', async (outcome) => {
    const started = await startWithOrder(() => ({ cancelWindow: () => 1_000 }));
    const { gateway, venue, tracker, root } = started;
    const heard: string[] = [];
    gateway.watch({
      cancelUnknown: () => heard.push('unknown'),
      cancelRefusedBySession: (_, opensAtMs) => heard.push(`refused until ${opensAtMs ?? '?'}`),
    });
    const said: Partial<CancelResponse> = {
      outcome,
      ...(outcome === 'CONFIRMED' ? { canceledQuantity: shares(10) } : undefined),
    };
    venue.cancelFates.push(said);
    const response = await gateway.cancelOrder({ target: root, dryRun: false });
    expect(response.outcome).toBe(outcome);
    const expected = {
      REQUESTED: ['PENDING_CANCEL', []],
      CONFIRMED: ['CANCELED', []],
      TOO_LATE_FILLED: ['ACCEPTED', []],
      TOO_LATE_CLOSED: ['ACCEPTED', []],
      NOT_FOUND: ['ACCEPTED', []],
      REFUSED_BY_SESSION: ['ACCEPTED', ['refused until 1000']],
      NOT_SENT: ['ACCEPTED', ['unknown']],
      UNKNOWN: ['PENDING_CANCEL', ['unknown']],
    } as const;
    expect([tracker.get(id)?.status, heard]).toEqual(expected[outcome]);
    expect(response.opensAtMs).toBe(outcome === 'REFUSED_BY_SESSION' ? 1_000 : undefined);
  });
});
