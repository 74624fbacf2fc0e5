import { chmodSync } from 'node:fs';
import { ConfigurationError } from '@qts/core';
import { openSqliteJournal, openStopFile } from '@qts/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptCommand, decideCommand } from '../../src/commands/decide.ts';
import { haltCommand, resumeCommand } from '../../src/commands/halt.ts';
import { ordersCommand } from '../../src/commands/orders.ts';
import { reconcileCommand } from '../../src/commands/reconcile.ts';
import { showIntentCommand } from '../../src/commands/show-intent.ts';
import { type OperatorAccount, buy, openOperatorAccount, today } from './operator-account.ts';

const by = { requestedBy: 'kim', reason: 'looked at the broker' };

let account: OperatorAccount;
beforeEach(async () => {
  account = await openOperatorAccount();
});
afterEach(() => account.close());

/** Lets the simulated clock run while a command works. */
const run = <Result>(job: () => Promise<Result>): Promise<Result> => account.clock.run(job);

/** A run that leaves one order that rests and one whose answer was lost. */
async function crash(): Promise<void> {
  await run(() =>
    account.runAndDie(async (gateway) => {
      await buy(gateway, 'rests');
      account.venue.faults.plan({ fault: 'R08-drop-after-accept', operation: 'order-cash' });
      await buy(gateway, 'lost', '000660');
    }),
  );
}

interface PrintedOrder {
  readonly intent: { readonly intentId: string };
  readonly last: string;
  readonly recovery: string;
  readonly atStart: string;
}

async function orders(): Promise<Readonly<Record<string, PrintedOrder>>> {
  const { tools, out, printed } = account;
  expect(await ordersCommand({ file: tools.choice.journal, open: false, json: true, out })).toBe('ok');
  const { orders: all } = JSON.parse(printed()) as { readonly orders: readonly PrintedOrder[] };
  return Object.fromEntries(all.map((order) => [order.intent.intentId, order]));
}

async function reconcile() {
  const ended = await run(() => reconcileCommand(account.tools, { tradingDate: today, json: true, out: account.out }));
  const report = JSON.parse(account.printed()) as {
    readonly outcome: string;
    readonly differences: readonly { readonly class: string; readonly subject: string }[];
    readonly unknownOrders: readonly { readonly intentId: string }[];
  };
  return { ended, report };
}

/** What the venue was asked for that changes something. */
const commandsSent = (): number =>
  account.venue.requests('order-cash').length + account.venue.requests('order-rvsecncl').length;

describe('qts orders', () => {
  it('lists every order with its last record and what a start would do', async () => {
    await crash();
    expect(await orders()).toMatchObject({
      rests: { last: 'command-accepted', recovery: 'CATCH_UP', atStart: 'read its fills' },
      lost: { last: 'command-unknown', atStart: 'look for it at the broker; never send it again' },
    });
    const { tools, out, printed } = account;
    await ordersCommand({ file: tools.choice.journal, open: true, json: false, out });
    const [, head, ...rows] = printed().trimEnd().split('\n');
    expect(head).toMatch(/^intent +date +symbol +side +quantity +type +price +number +filled +amount +last record/);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^rests +2026-09-14 +005930 +BUY +10 +LIMIT +69,000 +\d+ /);
  });

  it('says so when there is no journal, and when a run has it open', async () => {
    const { tools, out } = account;
    const file = tools.choice.journal;
    const options = { file, open: false, json: false, out };
    await expect(ordersCommand(options)).rejects.toMatchObject({ code: 'JOURNAL_ABSENT' });
    const held = openSqliteJournal({ file, accountId: 'main', clock: tools.clock });
    await expect(ordersCommand(options)).rejects.toMatchObject({ code: 'JOURNAL_HELD' });
    await held.close();
  });
});

describe('qts journal show', () => {
  it('tells the story of one intent, record by record', async () => {
    await crash();
    const { tools, out, printed } = account;
    const options = { file: tools.choice.journal, intentId: 'lost', json: false, out };
    expect(await showIntentCommand(options)).toBe('ok');
    const types = [...printed().matchAll(/^2026-09-14T\S+ {2}#\d+ (\S+)$/gm)].map(([, type]) => type);
    expect(types.slice(0, 3)).toEqual(['intent-recorded', 'command-sending', 'command-unknown']);
    await showIntentCommand({ ...options, json: true });
    expect(JSON.parse(printed())).toMatchObject({ intentId: 'lost', order: { last: 'command-unknown' } });
    await expect(showIntentCommand({ ...options, intentId: 'other' })).rejects.toMatchObject({
      code: 'INTENT_UNKNOWN',
    });
  });
});

describe('qts reconcile', () => {
  it('finds journal and broker equal, names what is unknown, ends with 1 over it, and sends nothing', async () => {
    await crash();
    const before = commandsSent();
    const { ended, report } = await reconcile();
    expect([ended, report.outcome, report.differences]).toEqual(['booksDiffer', 'AGREED', []]);
    expect(report.unknownOrders).toEqual([{ intentId: 'lost', symbol: '000660' }]);
    expect(commandsSent()).toBe(before);
    expect(await orders()).toMatchObject({ lost: { last: 'command-unknown' } });
  });

  it('ends with 1 when a fill was missed (D1) and when somebody else gave an order (D2)', async () => {
    await crash();
    const terms = {
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      stopPriceKrw: 0,
      symbol: '005930',
    } as const;
    account.venue.exchange.placeOrder({ ...terms, side: 'SELL', quantity: 4, limitPriceKrw: 69_000 });
    account.venue.exchange.placeOrder({ ...terms, accountId: 'main', side: 'BUY', quantity: 1, limitPriceKrw: 60_000 });
    const { ended, report } = await reconcile();
    expect(ended).toBe('booksDiffer');
    expect(report.differences.map((each) => each.class)).toEqual(expect.arrayContaining(['D1', 'D2']));
    await run(() => reconcileCommand(account.tools, { tradingDate: today, json: false, out: account.out }));
    expect(account.printed()).toMatch(/\nD1 +rests +0 +4 .*\n/);
  });

  it('claims no more than it compared', async () => {
    await run(() => account.runAndDie((gateway) => buy(gateway, 'rests')));
    const options = { json: false, out: account.out };
    expect(await run(() => reconcileCommand(account.tools, { ...options, tradingDate: today }))).toBe('ok');
    expect(account.printed()).toMatch(/nothing written\nEQUAL\n$/);
    const other = await openOperatorAccount();
    await openSqliteJournal({ file: other.tools.choice.journal, accountId: 'main', clock: other.clock }).close();
    const ended = other.clock.run(() => reconcileCommand(other.tools, { ...options, tradingDate: today }));
    expect(await ended.finally(other.close)).toBe('ok');
    expect(account.printed()).toMatch(
      /No start of this date[\s\S]*\nEQUAL in orders; nothing else could be compared\n$/,
    );
  });

  it('concludes nothing when the broker cannot be read', async () => {
    await crash();
    account.venue.faults.plan({ fault: 'R20-error-500-before-accept', operation: 'inquire-balance', times: Infinity });
    const { ended, report } = await reconcile();
    expect([ended, report.outcome]).toEqual(['broker', 'UNREADABLE']);
  });
});

describe('qts halt and qts resume', () => {
  it('stops by name, cancels what is ours, and names what is left', async () => {
    await crash();
    const { tools, out, printed } = account;
    expect(await run(() => haltCommand(tools, { by, scope: 'ours', out }))).toBe('booksDiffer');
    // Nobody knows the number of the lost one: it is still open, and said to be.
    expect(printed()).toMatch(/HALTED[\s\S]*LEFT OPEN \S+ 000660 10 shares[\s\S]*1 orders canceled/);
    expect(openStopFile(tools.choice.stop).read()).toMatchObject({ state: 'ENGAGED', ...by });
    const open = account.venue.exchange.listOrders('main').filter(({ leavesQuantity }) => leavesQuantity > 0);
    expect(open.map(({ symbol }) => symbol)).toEqual(['000660']);
  });

  it('cancels all that is open in the account when the owner says so, also while a run has the journal', async () => {
    await crash();
    const { tools, out, printed } = account;
    const held = openSqliteJournal({ file: tools.choice.journal, accountId: 'main', clock: tools.clock });
    await expect(run(() => haltCommand(tools, { by, scope: 'ours', out }))).rejects.toMatchObject({
      code: 'JOURNAL_HELD',
    });
    expect(printed()).toMatch(/Nothing was canceled: process \d+ .*`kill -USR1`/);
    // The stop holds although its second half could not be done.
    expect(openStopFile(tools.choice.stop).read().state).toBe('ENGAGED');
    expect(await run(() => haltCommand(tools, { by, scope: 'all', out }))).toBe('ok');
    expect(printed()).toContain('the broker’s list shows nothing open');
    await held.close();
  });

  it.each(['requestedBy', 'reason'] as const)('changes nothing without a %s', async (field) => {
    const { tools, out } = account;
    const blank = { ...by, [field]: ' ' };
    await expect(haltCommand(tools, { by: blank, scope: undefined, out })).rejects.toMatchObject({
      code: 'OPERATOR_UNNAMED',
    });
    expect(openStopFile(tools.choice.stop).read().state).toBe('RELEASED');
    await haltCommand(tools, { by, scope: undefined, out });
    await expect(resumeCommand(tools, { by: blank, approveRecovery: false, out })).rejects.toMatchObject({
      code: 'OPERATOR_UNNAMED',
    });
    expect(openStopFile(tools.choice.stop).read().state).toBe('ENGAGED');
  });

  it('writes stop and release down for the next start', async () => {
    const { tools, out, printed } = account;
    await run(() =>
      account.runAndDie(async (gateway) => {
        await buy(gateway, 'rests');
      }),
    );
    const isKnown = async (): Promise<boolean> => {
      printed();
      await ordersCommand({ file: tools.choice.journal, open: false, json: true, out });
      return (JSON.parse(printed()) as { readonly safety: { readonly killSwitch: boolean } }).safety.killSwitch;
    };
    await haltCommand(tools, { by, scope: undefined, out });
    // A start knows of the stop even if somebody removes the file.
    expect(await isKnown()).toBe(true);
    expect(await resumeCommand(tools, { by, approveRecovery: true, out })).toBe('ok');
    expect(printed()).toMatch(/RESUMED[\s\S]*Safety state NORMAL: nothing to recover/);
    expect(await isKnown()).toBe(false);
  });

  it('approves the recovery of a locked pipeline by name, and not while a run has the journal', async () => {
    await crash();
    const { tools, out, printed } = account;
    const journal = openSqliteJournal({ file: tools.choice.journal, accountId: 'main', clock: tools.clock });
    const body = {
      event: 'fail_safe',
      code: 'FS043',
      message: 'm',
      stage: 'ACT',
      from: 'FAIL',
      to: 'LOCKDOWN',
      count: 2,
    };
    journal.append(
      { type: 'safety-recorded', occurredAtMs: tools.clock.nowMs(), correlationId: 'lost', body },
      'BARRIER',
    );
    await expect(resumeCommand(tools, { by, approveRecovery: true, out })).rejects.toMatchObject({
      code: 'JOURNAL_HELD',
    });
    await journal.close();
    await resumeCommand(tools, { by, approveRecovery: false, out });
    expect(printed()).toContain('The safety state is LOCKDOWN');
    await resumeCommand(tools, { by, approveRecovery: true, out });
    expect(printed()).toContain('Safety state LOCKDOWN → NORMAL, by kim');
  });

  it('lifts what a source restricted, by name, and refuses a source that restricts nothing', async () => {
    await crash();
    const { tools, out, printed } = account;
    const { journal: file } = tools.choice;
    const journal = openSqliteJournal({ file, accountId: 'main', clock: tools.clock });
    const about = { type: 'trading-restricted', occurredAtMs: tools.clock.nowMs() } as const;
    const why = { code: 'FS070', why: 'a position is off', reset: 'OPERATOR' };
    const body = { source: 'reconciliation', state: 'REDUCE_ONLY', ...why };
    const repeated = {
      source: 'repeat-throttle',
      state: 'HALTED',
      ...why,
      strategy: 's',
      symbol: '005930',
      side: 'BUY',
    };
    journal.append({ ...about, correlationId: 'reconciliation', body }, 'BARRIER');
    journal.append({ ...about, correlationId: 'repeat-throttle', body: repeated }, 'BARRIER');
    await journal.close();
    const standing = async (): Promise<readonly string[]> => {
      printed();
      await ordersCommand({ file, open: true, json: false, out });
      return [...printed().matchAll(/^restricted by (\S+):/gm)].map(([, source = '']) => source);
    };
    expect(await standing()).toEqual(['reconciliation', 'repeat-throttle']);
    await resumeCommand(tools, { by, approveRecovery: false, out });
    expect(printed()).toMatch(/Still restricted \(REDUCE_ONLY\) by reconciliation: a position is off/);
    const lift = (source: string) => resumeCommand(tools, { by, approveRecovery: false, lift: source, out });
    await expect(lift('nobody')).rejects.toMatchObject({ code: 'RESTRICTION_UNKNOWN' });
    await lift('reconciliation');
    expect(printed()).toContain('Lifted, by kim: REDUCE_ONLY account, a position is off');
    expect(await standing()).toEqual(['repeat-throttle']);
    await lift('all');
    expect(await standing()).toEqual([]);
  });

  it('stops although the journal cannot be used', async () => {
    await crash();
    const { tools, out, printed } = account;
    chmodSync(tools.choice.journal, 0o644);
    expect(await haltCommand(tools, { by, scope: undefined, out })).toBe('ok');
    expect(printed()).toMatch(/HALTED[\s\S]*could not be written into the journal, and holds without/);
    expect(openStopFile(tools.choice.stop).read().state).toBe('ENGAGED');
  });

  it('refuses to halt a simulated run, which would not look', async () => {
    const { tools, out } = account;
    const choice = { ...tools.choice, config: { ...tools.choice.config, mode: 'sim' as const } };
    await expect(haltCommand({ ...tools, choice }, { by, scope: undefined, out })).rejects.toMatchObject({
      code: 'SIM_HAS_NO_STOP',
    });
  });
});

describe('qts decide and qts accept', () => {
  async function escalate(): Promise<void> {
    await crash();
    const { choice, clock } = account.tools;
    const journal = openSqliteJournal({ file: choice.journal, accountId: 'main', clock });
    const body = { reason: 'READS_FAILED' };
    journal.append({ type: 'command-escalated', occurredAtMs: clock.nowMs(), correlationId: 'lost', body }, 'BARRIER');
    await journal.close();
  }
  const decide = (decision: string, number?: string, signed = by) =>
    run(() =>
      decideCommand(account.tools, {
        ...{ intentId: 'lost', decision, by: signed, tradingDate: today, out: account.out },
        ...(number === undefined ? {} : { number }),
      }),
    );

  it('adopts an escalated order by the number that a person found, and sends nothing', async () => {
    await escalate();
    expect(await orders()).toMatchObject({ lost: { recovery: 'ASK_OPERATOR' } });
    const before = commandsSent();
    const found = account.venue.exchange.listOrders('main').find(({ symbol }) => symbol === '000660');
    expect(await decide('adopt', String(found?.orderNumber))).toBe('ok');
    expect(account.printed()).toMatch(/^lost: ACCEPTED, by kim/);
    expect(await orders()).toMatchObject({ lost: { last: 'command-adopted', recovery: 'CATCH_UP' } });
    expect(commandsSent()).toBe(before);
  });

  it('calls an escalated order absent, and refuses what does not fit', async () => {
    await escalate();
    await expect(decide('adopt', '999999')).rejects.toMatchObject({ code: 'DECISION_REFUSED' });
    await expect(decide('adopt')).rejects.toMatchObject({ code: 'DECISION_INCOMPLETE' });
    await expect(decide('absent', undefined, { ...by, reason: '' })).rejects.toMatchObject({
      code: 'DECISION_REFUSED',
    });
    await expect(decide('closed')).rejects.toMatchObject({ code: 'DECISION_REFUSED' });
    expect(await orders()).toMatchObject({ lost: { last: 'command-escalated' } });
    expect(await decide('absent')).toBe('ok');
    account.printed();
    expect(await orders()).toMatchObject({ lost: { last: 'command-absent', recovery: 'WATCH' } });
  });

  it('closes an order of an earlier date that nobody knows the end of', async () => {
    await escalate();
    const tomorrow = '2026-09-15' as typeof today;
    const options = { intentId: 'lost', decision: 'closed', by, tradingDate: tomorrow, out: account.out };
    expect(await decideCommand(account.tools, options)).toBe('ok');
    expect(account.printed()).toBe('lost of 2026-09-14 is closed, by kim.\n');
    expect(Object.keys(await orders())).not.toContain('lost');
  });

  it('closes no order of an earlier date whose end the journal knows', async () => {
    await escalate();
    expect(await decide('absent')).toBe('ok');
    account.printed();
    const tomorrow = '2026-09-15' as typeof today;
    const options = { intentId: 'lost', decision: 'closed', by, tradingDate: tomorrow, out: account.out };
    await expect(decideCommand(account.tools, options)).rejects.toMatchObject({
      code: 'DECISION_REFUSED',
      summary: 'The journal knows how this order ended. Nothing was changed.',
    });
    expect(await orders()).toMatchObject({ lost: { last: 'command-absent' } });
  });

  it('leaves the journal to the next command when there is no broker to read from', async () => {
    await crash();
    const options = { by, tradingDate: today, out: account.out };
    const noBroker = {
      ...account.tools,
      connect: () => {
        throw new ConfigurationError({ code: 'NO_BROKER', summary: 'There is none.', facts: {}, next: 'Name one.' });
      },
    };
    await expect(acceptCommand(noBroker, options)).rejects.toMatchObject({ code: 'NO_BROKER' });
    expect(await run(() => acceptCommand(account.tools, options))).toBe('ok');
  });

  it('takes the broker’s figures for the next start, by name', async () => {
    await crash();
    const options = { by, tradingDate: today, out: account.out };
    await expect(run(() => acceptCommand(account.tools, { ...options, by: { ...by, reason: '' } }))).rejects.toThrow(
      ConfigurationError,
    );
    expect(await run(() => acceptCommand(account.tools, options))).toBe('ok');
    expect(account.printed()).toMatch(/ACCEPTED by kim: .* 100,000,000 won and 0 holdings/);
  });
});
