import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildExecutionIntent, createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { openSqliteJournal } from '@qts/storage';
import { afterAll, describe, expect, it } from 'vitest';
import { type OperatorTools } from '../../src/commands/operator-tools.ts';
import { ordersCommand } from '../../src/commands/orders.ts';
import { reconcileCommand } from '../../src/commands/reconcile.ts';
import { showIntentCommand } from '../../src/commands/show-intent.ts';
import { parseRunnerConfig } from '../../src/config/runner-config.ts';
import { today } from './operator-account.ts';

const folder = mkdtempSync(join(tmpdir(), 'qts-operator-journals-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const clock = createFakeClock();
let count = 0;

/** A closed journal: a session, an order that was recorded, and a snapshot; changed afterwards by `sql`. */
async function writeJournal(sql = '', session: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = join(folder, `journals-${(count += 1)}`, 'orders.sqlite');
  const journal = openSqliteJournal({ file, accountId: 'main', clock });
  const opened = { accountId: 'main', mode: 'live', broker: 'kis', limits: {}, ...session };
  const about = { occurredAtMs: clock.nowMs() };
  journal.append({ ...about, type: 'session-opened', correlationId: today, body: opened }, 'BARRIER');
  const intent = { ...buildExecutionIntent({ intentId: 'i1', quantity: 7 }) };
  const body = { intent, broker: 'kis', accountId: 'main', tradingDate: today };
  journal.append({ ...about, type: 'intent-recorded', correlationId: 'i1', body }, 'BARRIER');
  journal.saveSnapshot('orders', 1, {});
  await journal.close();
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
  return file;
}

function toolsOf(journal: string): OperatorTools {
  const config = parseRunnerConfig({ mode: 'live', broker: 'kis' }, 'test');
  return {
    choice: { config, journal, stop: join(folder, 'stop.json') },
    ...{ clock, logger: createRecordingLogger() },
    connect() {
      throw new Error('the broker is asked');
    },
  };
}

const reconcile = (file: string) =>
  reconcileCommand(toolsOf(file), { tradingDate: today, json: false, out: () => undefined });

const changes = [
  ['a changed digit', `UPDATE records SET text = replace(text, '"quantity":7', '"quantity":1') WHERE seq = 2`],
  ['a snapshot that does not fit', `UPDATE snapshots SET state = '{"a":1}'`],
  ['a cut tail', 'DELETE FROM records WHERE seq = 2'],
  ['another account in its header', `UPDATE header SET account_id = 'savings'`],
] as const;

describe('a journal that is not whole', () => {
  it.each(changes)('is no evidence for orders and reconcile: %s', async (_, sql) => {
    const file = await writeJournal(sql);
    const printed: string[] = [];
    const orders = ordersCommand({ file, open: false, json: true, out: (text) => printed.push(text) });
    const refused = {
      code: 'JOURNAL_CORRUPT',
      next: expect.stringContaining('Look for open orders in the broker’s own application') as string,
    };
    await expect(orders).rejects.toMatchObject(refused);
    await expect(reconcile(file)).rejects.toMatchObject(refused);
    expect(printed).toEqual([]);
  });

  it('is shown as it stands, with the fault before the first record, and ends with 1', async () => {
    const file = await writeJournal(changes[0][1]);
    let text = '';
    const options = { file, intentId: 'i1', json: false, out: (more: string) => void (text += more) };
    expect(await showIntentCommand(options)).toBe('booksDiffer');
    expect(text).toMatch(/^FAULT at record 2: HASH\nNOT WHOLE: [^\n]*no evidence\.\n[\s\S]*#2 intent-recorded/);
    expect(text).toMatch(/1 records; what became of it cannot be told from this journal\n$/);
    text = '';
    expect(await showIntentCommand({ ...options, json: true })).toBe('booksDiffer');
    const shown = JSON.parse(text) as Readonly<Record<string, unknown>>;
    expect(shown).toMatchObject({ ok: false, faults: [{ fault: 'HASH', seq: 2 }] });
    expect(shown).not.toHaveProperty('order');
  });

  it('of another version is read by no command that says what it means', async () => {
    const file = await writeJournal(`INSERT INTO migrations VALUES (2, 'from the future', 0)`);
    const refused = { code: 'JOURNAL_OTHER_VERSION' };
    const out = (): undefined => undefined;
    await expect(ordersCommand({ file, open: false, json: true, out })).rejects.toMatchObject(refused);
    await expect(showIntentCommand({ file, intentId: 'i1', json: true, out })).rejects.toMatchObject(refused);
    await expect(reconcile(file)).rejects.toMatchObject(refused);
  });
});

describe('qts reconcile', () => {
  it('asks the broker when the journal is of this mode, broker and account', async () => {
    await expect(reconcile(await writeJournal())).rejects.toThrow('the broker is asked');
  });

  it.each([
    [{ mode: 'sim' }, 'sim kis main'],
    [{ mode: 'paper' }, 'paper kis main'],
    [{ broker: 'kiwoom' }, 'live kiwoom main'],
  ] as const)('refuses a journal whose last session says %o', async (session, found) => {
    await expect(reconcile(await writeJournal('', session))).rejects.toMatchObject({
      code: 'JOURNAL_OTHER_SESSION',
      facts: { found, wanted: 'live kis main' },
      next: expect.stringContaining('leave --journal out') as string,
    });
  });

  it('refuses a journal of another account', async () => {
    const file = join(folder, 'journals-savings', 'orders.sqlite');
    await openSqliteJournal({ file, accountId: 'savings', clock }).close();
    await expect(reconcile(file)).rejects.toMatchObject({
      code: 'JOURNAL_OTHER_SESSION',
      facts: { found: 'live kis savings' },
    });
  });
});
