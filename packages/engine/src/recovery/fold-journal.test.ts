import { type ExecutionIntent, type JournalEntry, type JournalRecord, QtsError } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrderTracker } from '../orders/order-tracker.ts';
import { applyRecord, emptyFoldedJournal, foldJournal } from './fold-journal.ts';
import { type FoldedJournal, type PlaceRecordType, placeRecordTypes } from './folded-journal.ts';
import { ordersOf, storyOf } from './journal-views.ts';
import { followJournal, orderFold } from './order-fold.ts';
import { recordedAnswer, restoredOrder } from './recorded-answer.ts';
import { recoverDay, recoverSafety } from './recovered-day.ts';
import { hasOpenCancel, isClosed, recoveryOf, recoveryTable } from './recovery-table.ts';
import { hashFoldedJournal } from './state-hash.ts';

/** Monday 2026-09-14, 10:00 in Korea. */
const atMs = Date.UTC(2026, 8, 14, 1);
const dayMs = 86_400_000;
const intent = buildExecutionIntent();
const reference = {
  ...{ brokerId: 'kis', tradingDate: '2026-09-14', brokerOrderId: '1001', symbol: intent.symbol, side: 'BUY' },
  ...{ orderType: 'LIMIT', timeInForce: 'DAY', venue: 'KRX', session: 'REGULAR', native: {} },
};

type Line = Pick<JournalEntry, 'type'> & Partial<JournalEntry>;

function recordsOf(...lines: readonly Line[]): readonly JournalRecord[] {
  return lines.map(({ type, occurredAtMs = atMs, correlationId = intent.intentId, body = {} }, index) => ({
    ...{ seq: index + 1, type, occurredAtMs, correlationId, body },
  }));
}

const fold = (...lines: readonly Line[]): FoldedJournal =>
  recordsOf(...lines).reduce((folded, record) => applyRecord(folded, record), emptyFoldedJournal());

const recorded = (of: ExecutionIntent = intent): Line => ({
  type: 'intent-recorded',
  correlationId: of.intentId,
  body: { accountId: 'main', broker: 'kis', tradingDate: '2026-09-14', worstPriceKrw: 70_000, intent: of },
});
const sending: Line = { type: 'command-sending', body: { accountId: 'main', broker: 'kis' } };
const accepted: Line = { type: 'command-accepted', body: { broker: 'kis', message: 'accepted', reference } };
const unknown: Line = { type: 'command-unknown', body: { broker: 'kis', code: 'FS042', message: 'unknown: cut' } };

/** What leads to each last record, and what is done about it (execution-safety 4, and the ends of 6). */
const rows: Readonly<
  Record<PlaceRecordType, { lines: readonly Line[]; recovery: string; outcome: string; code?: string; closed: boolean }>
> = {
  'intent-recorded': {
    ...{ lines: [recorded()], recovery: 'DENY', outcome: 'NOT_SENT', code: 'G_EXE_INTENT_STALE', closed: true },
  },
  'intent-denied': {
    lines: [{ type: 'intent-denied', body: { broker: 'kis', intent, code: 'G_EXE_MARKET_CLOSED', why: 'closed' } }],
    ...{ recovery: 'ANSWER', outcome: 'NOT_SENT', code: 'G_EXE_MARKET_CLOSED', closed: true },
  },
  'command-sending': {
    ...{ lines: [recorded(), sending], recovery: 'RESOLVE', outcome: 'UNKNOWN', code: 'FS042', closed: false },
  },
  'command-not-sent': {
    lines: [recorded(), sending, { type: 'command-not-sent', body: { code: 'FS045', message: 'denied: disk' } }],
    ...{ recovery: 'ANSWER', outcome: 'NOT_SENT', code: 'FS045', closed: true },
  },
  'command-accepted': {
    ...{ lines: [recorded(), sending, accepted], recovery: 'CATCH_UP', outcome: 'ACCEPTED', closed: false },
  },
  'command-rejected': {
    lines: [recorded(), sending, { type: 'command-rejected', body: { code: 'FS040', message: 'rejected: X' } }],
    ...{ recovery: 'ANSWER', outcome: 'REJECTED', code: 'FS040', closed: true },
  },
  'command-unknown': {
    ...{ lines: [recorded(), sending, unknown], recovery: 'RESOLVE', outcome: 'UNKNOWN', code: 'FS042', closed: false },
  },
  'command-adopted': {
    lines: [recorded(), sending, unknown, { type: 'command-adopted', body: { reference } }],
    ...{ recovery: 'CATCH_UP', outcome: 'ACCEPTED', closed: false },
  },
  'command-absent': {
    lines: [recorded(), sending, unknown, { type: 'command-absent', body: { proof: 'ORDER_LIST' } }],
    ...{ recovery: 'WATCH', outcome: 'UNKNOWN', code: 'FS042', closed: true },
  },
  'command-escalated': {
    lines: [recorded(), sending, unknown, { type: 'command-escalated', body: { reason: 'SEEN_ONCE' } }],
    ...{ recovery: 'ASK_OPERATOR', outcome: 'UNKNOWN', code: 'FS043', closed: false },
  },
};

const orderIn = (folded: FoldedJournal) => {
  const order = folded.orders.get(intent.intentId);
  if (order === undefined) throw new Error('the fold lost the order');
  return order;
};

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    if (QtsError.isInstance(error)) return { code: error.code, ...error.facts };
    throw error;
  }
  return undefined;
};

describe('the table of last records', () => {
  it.each(placeRecordTypes)('says what is done after %s', (type) => {
    const { lines, recovery, outcome, code, closed } = rows[type];
    const order = orderIn(fold(...lines));
    expect(order.last).toBe(type);
    expect(recoveryOf(order)).toBe(recovery);
    expect(recoveryTable[type].means).not.toBe('');
    expect(isClosed(order)).toBe(closed);
    const answer = recordedAnswer(order);
    expect(answer).toMatchObject({ intentId: intent.intentId, outcome, accepted: outcome === 'ACCEPTED' });
    expect(answer.code).toBe(code);
  });

  it('looks for an order that was accepted without a number', () => {
    const order = orderIn(fold(recorded(), sending, { type: 'command-accepted', body: { broker: 'kis' } }));
    expect(recoveryOf(order)).toBe('RESOLVE');
    expect(recordedAnswer(order)).toMatchObject({ outcome: 'UNKNOWN' });
  });

  it('watches for an order whose refusal only a list confirmed, and for no other refused one', () => {
    const body = { code: 'FS040', message: 'rejected: EGW00201', proof: 'ORDER_LIST' };
    const order = orderIn(fold(recorded(), sending, unknown, { type: 'command-rejected', body }));
    expect(recoveryOf(order)).toBe('WATCH');
    expect(recordedAnswer(order)).toMatchObject({ outcome: 'REJECTED', message: 'rejected: EGW00201' });
  });

  it('does nothing about a dry run', () => {
    const dry = { ...accepted, body: { ...accepted.body, dryRun: true } };
    expect(recoveryOf(orderIn(fold(recorded(), sending, dry)))).toBe('ANSWER');
  });

  it.each([
    ['none was sent', [], false],
    ['it was sent', [{ type: 'cancel-sending' }], true],
    [
      'a number was given',
      [
        { type: 'cancel-sending', body: { target: reference } },
        { type: 'cancel-answered', body: { outcome: 'REQUESTED' } },
      ],
      false,
    ],
    [
      'it waited in vain for a number that came later',
      [
        { type: 'cancel-sending', body: { queued: true } },
        { type: 'cancel-answered', body: { outcome: 'NOT_FOUND', queued: true } },
      ],
      true,
    ],
    [
      'its answer was lost',
      [{ type: 'cancel-sending' }, { type: 'cancel-answered', body: { outcome: 'UNKNOWN' } }],
      true,
    ],
    [
      'it did not leave',
      [{ type: 'cancel-sending' }, { type: 'cancel-answered', body: { outcome: 'NOT_SENT' } }],
      true,
    ],
    [
      'its session refused it',
      [{ type: 'cancel-sending' }, { type: 'cancel-answered', body: { outcome: 'REFUSED_BY_SESSION' } }],
      true,
    ],
    [
      'its answer was lost under one of two numbers, whichever was answered last',
      [
        { type: 'cancel-sending', body: { target: reference } },
        { type: 'cancel-sending', body: { target: { ...reference, brokerOrderId: '1002' } } },
        { type: 'cancel-answered', body: { outcome: 'UNKNOWN', target: '1001' } },
        { type: 'cancel-answered', body: { outcome: 'REQUESTED', target: '1002' } },
      ],
      true,
    ],
    [
      'it was sent again after its answer was lost',
      [
        { type: 'cancel-sending', body: { target: reference } },
        { type: 'cancel-answered', body: { outcome: 'UNKNOWN', target: '1001' } },
        { type: 'cancel-sending', body: { target: reference } },
        { type: 'cancel-answered', body: { outcome: 'REQUESTED', target: '1001' } },
      ],
      false,
    ],
    [
      'its session refused a part',
      [
        { type: 'cancel-sending', body: { quantity: 4 } },
        { type: 'cancel-answered', body: { outcome: 'REFUSED_BY_SESSION' } },
      ],
      false,
    ],
    [
      'the order had filled',
      [{ type: 'cancel-sending' }, { type: 'order-facts', body: { filledQuantity: 10 } }],
      false,
    ],
  ] as const)('knows whether a cancel is open when %s', (_, lines, open) => {
    expect(hasOpenCancel(orderIn(fold(recorded(), sending, accepted, ...lines)))).toBe(open);
  });

  it('remembers a number once, however often it was canceled', () => {
    const again = Array.from(
      { length: 1_000 },
      () => ({ type: 'cancel-sending', body: { target: reference } }) as const,
    );
    expect(orderIn(fold(recorded(), sending, accepted, ...again)).cancels).toMatchObject({ numbers: ['1001'] });
  });
});

describe('a replace', () => {
  const replace: Line = {
    type: 'replace-sending',
    body: { commandId: 'r-1', target: reference, takesAll: true, limitPriceKrw: 71_000, worstPriceKrw: 71_000 },
  };
  const answered = (outcome: string): Line => ({ type: 'replace-answered', body: { commandId: 'r-1', outcome } });

  it.each([
    ['it may have left', [replace], true],
    ['its answer was lost', [replace, answered('UNKNOWN')], true],
    ['it was accepted, and no list has to have shown its number yet', [replace, answered('ACCEPTED')], true],
    ['it did not leave', [replace, answered('NOT_SENT')], false],
    ['it was found', [replace, answered('UNKNOWN'), { type: 'replace-resolved', body: { commandId: 'r-1' } }], false],
    [
      'another was denied',
      [replace, { type: 'replace-answered', body: { commandId: 'r-2', outcome: 'NOT_SENT' } }],
      true,
    ],
  ] as const)('is open or not when %s', (_, lines, open) => {
    const folded = fold(recorded(), sending, accepted, ...lines);
    expect(recoverDay(folded, orderIn(folded).tradingDate).openReplaces).toHaveLength(open ? 1 : 0);
    expect(ordersOf(folded)).toMatchObject([{ hasOpenReplace: open }]);
  });

  it('knows the number that a replace was given before any list showed it', () => {
    const child = { ...reference, brokerOrderId: '1002' };
    const answer = { commandId: 'r-1', outcome: 'ACCEPTED', reference: child, dryRun: false };
    const order = orderIn(
      fold(recorded(), sending, accepted, { ...replace }, { type: 'replace-answered', body: answer }),
    );
    const tracker = createOrderTracker();
    tracker.restore(restoredOrder(order, recordedAnswer(order)));
    const figures = { orderedQuantity: 10, filledQuantity: 0, filledAmountKrw: 0, rejectedQuantity: 0 };
    const parent = { reference, kind: 'NEW', ...figures, canceledQuantity: 10, leavesQuantity: 0, orderedAtMs: atMs };
    tracker.applyList({ orders: [parent as never], readStartedAtMs: atMs });
    expect(tracker.get(intent.intentId)).toMatchObject({
      ...{ reference: child, status: 'PENDING_REPLACE', leavesQuantity: 10 },
      ...{ openReplace: { number: '1002', isUnknown: false }, facts: { canceledQuantity: 0 } },
    });
    expect(recoverDay(fold(recorded(), sending, accepted), order.tradingDate).openReplaces).toEqual([]);
  });

  it.each([
    ['rows', { named: [], absent: [] }],
    ['named', { rows: [], absent: [] }],
    ['absent', { rows: [], named: [] }],
  ])('refuses figures whose numbers lack %s', (field, numbers) => {
    const lines = [recorded(), sending, accepted, { type: 'order-facts', body: { numbers } } as const];
    expect(() => fold(...lines)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ field: `numbers.${field}` }) as unknown }) as Error,
    );
  });

  it('counts with the dearer of both terms', () => {
    const order = orderIn(fold(recorded(), sending, accepted, replace));
    expect(restoredOrder(order, recordedAnswer(order)).worstPriceKrw).toBe(71_000);
  });
});

describe('foldJournal', () => {
  it('gives the deadline that the order had', () => {
    const later = { ...unknown, occurredAtMs: atMs + 8_000 };
    const day = recoverDay(fold(recorded(), sending, later), orderIn(fold(recorded())).tradingDate);
    expect(day.unknowns.unknown).toMatchObject([{ sinceMs: atMs + 8_000, code: 'FS042' }]);
  });

  it('keeps of an earlier date only what has no end, and never takes it for an order of today', () => {
    const other = buildExecutionIntent({ intentId: 'i-2' });
    const tomorrow: Line = { type: 'safety-recorded', occurredAtMs: atMs + dayMs, body: { to: 'NORMAL' } };
    const folded = fold(recorded(), sending, recorded(other), tomorrow);
    expect([...folded.orders.keys()]).toEqual(['intent-1']);
    const day = recoverDay(folded, '2026-09-15' as never);
    expect(day.orders).toEqual([]);
    expect(day.unknowns.unknown).toEqual([]);
    expect(day.leftOver.map(({ intent: { intentId } }) => intentId)).toEqual(['intent-1']);
    expect(ordersOf(folded)).toMatchObject([{ isLeftOver: true, recovery: 'RESOLVE', means: 'it may have left' }]);
  });

  it('forgets an order of an earlier date whose end was read, or that a person closed', () => {
    const read: Line = { type: 'order-facts', body: { filledQuantity: 3, expired: true } };
    const tomorrow: Line = { type: 'safety-recorded', occurredAtMs: atMs + dayMs, body: { to: 'NORMAL' } };
    expect(fold(recorded(), sending, accepted, read, tomorrow).orders.size).toBe(0);
    const by = { action: 'earlier-order-closed', requestedBy: 'kim', reason: 'looked' };
    expect(fold(recorded(), sending, tomorrow, { type: 'operator-acted', body: by }).orders.size).toBe(0);
  });

  it.each([[['fail_safe', 'FAIL', 1]], [['fail_safe', 'LOCKDOWN', 2]], [['anomaly', 'WARNING', 0]]] as const)(
    'keeps what stops orders over a restart: %j',
    ([event, to, count]) => {
      const restored = recoverSafety(fold({ type: 'safety-recorded', body: { event, to, count, code: 'FS042' } }));
      expect(restored).toMatchObject({ state: to === 'WARNING' ? 'NORMAL' : to, consecutiveFailSafeCount: count });
    },
  );

  it('keeps the kill switch until somebody released it, and a lockdown until it was approved', () => {
    const lines: readonly Line[] = [
      { type: 'safety-recorded', body: { event: 'fail_safe', to: 'LOCKDOWN', count: 2, code: 'FS045' } },
      { type: 'operator-acted', body: { action: 'kill-switch-on', requestedBy: 'kim', reason: 'fire' } },
      { type: 'operator-acted', body: { action: 'recovery', requestedBy: 'x', reason: 'y', to: 'LOCKDOWN' } },
    ];
    expect(recoverSafety(fold(...lines))).toMatchObject({ state: 'LOCKDOWN', killSwitch: true });
    const released = { action: 'kill-switch-off', requestedBy: 'kim', reason: 'out' };
    const approved = { action: 'approved_recovery', requestedBy: 'kim', reason: 'seen', to: 'NORMAL' };
    const after = fold(
      ...lines,
      { type: 'operator-acted', body: released },
      { type: 'operator-acted', body: approved },
    );
    expect(recoverSafety(after)).toEqual({
      ...{ state: 'NORMAL', consecutiveFailSafeCount: 0, killSwitch: false, safeMode: false },
    });
    expect(after.actions).toHaveLength(4);
  });

  it('folds a journal from before the recovery, and takes the worst of what it lacks', () => {
    const old = { type: 'intent-recorded', body: { accountId: 'main', broker: 'kis', intent } } as const;
    const folded = fold(old, sending, { type: 'cancel-sending' }, { type: 'order-facts', body: { symbol: '005930' } });
    expect(orderIn(folded)).toMatchObject({ tradingDate: '2026-09-14', last: 'command-sending' });
    expect(orderIn(folded).figures).toMatchObject({ filledQuantity: 0, expired: false });
  });

  it.each([
    ['an intent that is none', { type: 'intent-recorded', body: { intent: null } }, 'intent'],
    ['another intent', { type: 'intent-recorded', correlationId: 'x', body: { intent } }, 'intent.intentId'],
    ['no quantity', { type: 'intent-recorded', body: { intent: { ...intent, quantity: 1.5 } } }, 'intent.quantity'],
    ['a command without its intent', sending, 'correlationId'],
    ['a safety state that is none', { type: 'safety-recorded', body: { to: 'GOOD' } }, 'to'],
    ['an act without a name', { type: 'operator-acted', body: {} }, 'action'],
    ['an opening without cash', { type: 'account-opened', body: { tradingDate: '2026-09-14' } }, 'cashKrw'],
    ['a restriction that nothing ends', { type: 'trading-restricted', body: { state: 'HALTED' } }, 'reset'],
    ['a restriction to nothing', { type: 'trading-restricted', body: { reset: 'OPERATOR', state: 'NO' } }, 'state'],
    ['a resumption of nothing', { type: 'trading-resumed', body: { requestedBy: 'kim' } }, 'source'],
    ['a difference without an id', { type: 'reconciliation-difference', body: {} }, 'id'],
  ] as const)('refuses %s and names the record and the field', (_, line, field) => {
    expect(codeOf(() => fold(line))).toMatchObject({ code: 'JOURNAL_RECORD_MALFORMED', seq: 1, field });
  });

  it('refuses figures that are none, records of two accounts, and a record out of place', () => {
    const bad = { type: 'order-facts', body: { filledQuantity: -1 } } as const;
    expect(codeOf(() => fold(recorded(), bad))).toMatchObject({ seq: 2, field: 'filledQuantity' });
    const foreign = { ...sending, body: { accountId: 'other' } };
    expect(codeOf(() => fold(recorded(), foreign))).toMatchObject({ code: 'JOURNAL_OF_OTHER_ACCOUNT', found: 'other' });
    const [first] = recordsOf(recorded());
    expect(codeOf(() => first && applyRecord(fold(recorded()), first))).toMatchObject({
      ...{ code: 'JOURNAL_RECORD_OUT_OF_PLACE', found: 1, expected: 2 },
    });
  });

  it('answers a known intent by its first record, whatever was denied under its id later', () => {
    const conflict = { type: 'intent-denied', body: { intent, code: 'G_EXE_INTENT_CONFLICT', why: 'known' } } as const;
    expect(orderIn(fold(recorded(), sending, accepted, conflict)).last).toBe('command-accepted');
  });

  it('does not stumble over the outcome of an order whose date is over', () => {
    const folded = fold({ type: 'command-adopted', correlationId: 'gone', body: { reference } });
    expect(folded).toMatchObject({ strays: 1, seq: 1 });
  });
});

describe('orderFold', () => {
  const all: readonly Line[] = [
    ...placeRecordTypes.flatMap((type) => {
      const named = buildExecutionIntent({ intentId: type });
      return rows[type].lines.map((line) => ({
        ...line,
        correlationId: type,
        body: line.body?.['intent'] === undefined ? (line.body ?? {}) : { ...line.body, intent: named },
      }));
    }),
    { type: 'order-facts', correlationId: 'command-accepted', body: { filledQuantity: 4, filledAmountKrw: 280_000 } },
    { type: 'cancel-sending', correlationId: 'command-accepted' },
    { type: 'safety-recorded', body: { event: 'fail_safe', to: 'FAIL', count: 1, code: 'FS042' } },
    { type: 'operator-acted', body: { action: 'safe-mode-on', requestedBy: 'kim', reason: 'x' } },
    { type: 'account-opened', body: { tradingDate: '2026-09-14', cashKrw: 1, positions: [] } },
    { type: 'reconciliation-difference', body: { id: 'abc', class: 'D2' } },
    { type: 'trading-restricted', body: { source: 'a', state: 'HALTED', code: 'FS045', why: 'w', reset: 'OPERATOR' } },
  ];

  it('comes to the same with a snapshot after any record, and applies the tail only', async () => {
    const records = recordsOf(...all);
    const whole = hashFoldedJournal(await foldJournal(records));
    for (let cut = 0; cut <= records.length; cut++) {
      const early = await foldJournal(records.slice(0, cut));
      const snapshot: unknown = JSON.parse(JSON.stringify(orderFold.toSnapshot(early)));
      const tail = records.slice(cut);
      const late = tail.reduce((state, record) => orderFold.apply(state, record), orderFold.fromSnapshot(snapshot));
      expect(hashFoldedJournal(late)).toBe(whole);
    }
  });

  it('has another hash when anything of it is another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: all.length - 1 }), (cut) => {
        expect(hashFoldedJournal(fold(...all.slice(0, cut)))).not.toBe(hashFoldedJournal(fold(...all)));
      }),
    );
  });

  it('follows a journal that is written, and leaves out what could not be handed over', () => {
    let fails = false;
    const followed = followJournal(
      {
        append: () => {
          if (fails) throw new Error('disk full');
        },
        read: () => {
          throw new Error('not read here');
        },
        close: () => Promise.resolve(),
      },
      emptyFoldedJournal(),
    );
    const [first, second] = recordsOf(recorded(), sending);
    if (first === undefined || second === undefined) throw new Error('two records');
    void followed.append(first, 'GROUPED');
    fails = true;
    expect(() => followed.append(second, 'BARRIER')).toThrow('disk full');
    expect(hashFoldedJournal(followed.folded)).toBe(hashFoldedJournal(fold(recorded())));
  });

  it('tells the story of an intent', async () => {
    const story = await storyOf(recordsOf(...all), 'command-accepted');
    expect(story.map(({ type }) => type)).toEqual([
      ...['intent-recorded', 'command-sending', 'command-accepted', 'order-facts', 'cancel-sending'],
    ]);
  });
});
