import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeClock } from '@qts/core/testing';
import { openSqliteJournal } from '@qts/storage';
import { afterAll, describe, expect, it } from 'vitest';
import { type Ended, makeFolder, startProgram } from './program.ts';

const folder = makeFolder();
afterAll(() => {
  folder.remove();
});

const qts = (...args: readonly string[]): Promise<Ended> => startProgram(folder.path, args).ended;

describe('the commands of an operator, in the real program', () => {
  it('browses the operations of both brokers, by word and by id', async () => {
    const list = await qts('tr');
    expect(list.exitCode).toBe(0);
    expect(list.out).toMatch(/^broker +id +이름 +servers +repeatable +what it does\n/);
    expect(list.out).toMatch(/^kis +order-cash +주식주문\(현금\) +LIVE PAPER +no /m);
    expect(list.out).toMatch(/^kiwoom +kt10000 +주식 매수주문 +LIVE PAPER +no /m);
    const [byWord, byId, byWireId] = await Promise.all([
      qts('tr', '예수금', '--json', '--broker', 'kiwoom'),
      qts('tr', 'kt10000'),
      qts('tr', 'TTTC0012U', '--json'),
    ]);
    const found = JSON.parse(byWord.out) as readonly { readonly id: string; readonly broker: string }[];
    expect(found.map(({ id }) => id)).toContain('kt00001');
    expect(new Set(found.map(({ broker }) => broker))).toEqual(new Set(['kiwoom']));
    expect(byId.out).toMatch(/stk_cd +종목코드 +≤ 12 +required/);
    expect(byId.out).toMatch(/sent once, whatever happens[\s\S]*Example \([\s\S]*"ord_no"/);
    expect(JSON.parse(byWireId.out)).toMatchObject([{ id: 'order-cash', broker: 'kis', repeatable: false }]);
  });

  it('ends with 2 for an operation or a broker that there is not', async () => {
    const [operation, broker] = await Promise.all([qts('tr', 'nosuch'), qts('tr', '--broker', 'other', '--json')]);
    expect([operation.exitCode, broker.exitCode]).toEqual([2, 2]);
    expect(operation.errors).toContain('`qts tr` lists all operations');
    expect(JSON.parse(broker.errors)).toMatchObject({ error: { code: 'BROKER_UNKNOWN' } });
  });

  it('halts and resumes an account by name, and does neither without', async () => {
    const file = join(folder.path, '.qts/stops/paper-kis-main.json');
    const state = (): unknown => (JSON.parse(readFileSync(file, 'utf8')) as { readonly state: string }).state;
    const named = ['-m', 'paper', '--by', 'kim', '--reason', 'prices look wrong'];
    const halted = await qts('halt', ...named);
    expect([halted.exitCode, state()]).toEqual([0, 'ENGAGED']);
    expect(halted.out).toContain(`the kill switch of paper main is on (${file})`);
    for (const unnamed of [
      ['resume', '-m', 'paper', '--reason', 'x'],
      ['resume', '-m', 'paper', '--by', ' ', '--reason', 'x'],
      ['halt', '-m', 'paper', '--reason', 'x'],
      ['accept', '-m', 'paper', '--by', '', '--reason', 'x'],
    ]) {
      const { exitCode, errors } = await qts(...unnamed);
      expect([exitCode, errors]).toEqual([
        2,
        expect.stringMatching(/^ *missing +--by\n +next +.*--by NAME.*--reason TEXT/m),
      ]);
    }
    expect(state()).toBe('ENGAGED');
    expect((await qts('resume', ...named)).exitCode).toBe(0);
    expect(state()).toBe('RELEASED');
  });

  it('names the variables without which no broker can be read, and the process that has the journal', async () => {
    const path = join(folder.path, 'journals/orders.sqlite');
    const journal = openSqliteJournal({ file: path, accountId: 'main', clock: createFakeClock() });
    const held = await qts('orders', '--journal', path);
    expect([held.exitCode, held.errors]).toEqual([3, expect.stringContaining(`process ${process.pid}`)]);
    await journal.close();
    const [unread, simulated] = await Promise.all([
      qts('reconcile', '-m', 'paper', '--journal', path),
      qts('reconcile', '--journal', path),
    ]);
    expect([unread.exitCode, unread.errors]).toEqual([2, expect.stringContaining('KIS_VTS_APP_KEY')]);
    expect([simulated.exitCode, simulated.errors]).toEqual([2, expect.stringContaining('--mode paper')]);
  });
});
