import { symbolCode } from '@qts/core';
import { afterEach, describe, expect, it } from 'vitest';
import { startStubbedKiwoom, type StubbedKiwoom } from '../support/start-stubbed-kiwoom.ts';
import { answerJson, type StubHandler } from '../support/stub-server.ts';

let running: StubbedKiwoom | undefined;
afterEach(() => running?.stop());

const ok = { return_code: 0, return_msg: '조회가 완료되었습니다' };

/** A row of kt00018, made up. */
function holding(code: string, quantity: number): Readonly<Record<string, string>> {
  const padded = String(quantity).padStart(15, '0');
  return {
    stk_cd: code,
    rmnd_qty: padded,
    trde_able_qty: padded,
    pur_amt: padded,
    cur_prc: '000000070000',
    crd_tp: '00',
    crd_loan_dt: '',
  };
}
const page = (...rows: readonly unknown[]): object => ({ ...ok, acnt_evlt_remn_indv_tot: rows });

async function start(handler: StubHandler): Promise<StubbedKiwoom> {
  running = await startStubbedKiwoom(handler);
  return running;
}

const nextKeys = ({ stub }: StubbedKiwoom): readonly unknown[] =>
  stub.requests.filter(({ path }) => path === '/api/dostk/acnt').map(({ headers }) => headers['next-key']);

describe('holdings over several pages', () => {
  it('are complete at the page that names no other', async () => {
    const kiwoom = await start(({ headers }, response) => {
      if (headers['cont-yn'] === 'Y') answerJson(response, 200, page(holding('A000660', 5)), { 'cont-yn': 'N' });
      else answerJson(response, 200, page(holding('A005930', 3)), { 'cont-yn': 'Y', 'next-key': 'A00593020260914' });
    });
    const list = await kiwoom.settle(kiwoom.broker.account.listPositions());
    expect(list).toMatchObject({ complete: true, positions: [{ symbol: '005930' }, { symbol: '000660' }] });
    expect(nextKeys(kiwoom)).toEqual([undefined, 'A00593020260914']);
  });

  it.each([
    ['is refused', { return_code: 3, return_msg: '인증에 실패했습니다[8050:지정단말기]' }, {}],
    ['names itself as the next', page(holding('A000660', 5)), { 'cont-yn': 'Y', 'next-key': 'K' }],
    ['has no key', page(holding('A000660', 5)), { 'cont-yn': 'Y' }],
  ])('are not complete when the second page %s', async (_name, body, headers) => {
    const kiwoom = await start((request, response) => {
      if (request.headers['cont-yn'] === 'Y') answerJson(response, 200, body, headers);
      else answerJson(response, 200, page(holding('A005930', 3)), { 'cont-yn': 'Y', 'next-key': 'K' });
    });
    const list = await kiwoom.settle(kiwoom.broker.account.listPositions());
    expect(list.complete).toBe(false);
    expect(list.positions[0]).toMatchObject({ symbol: '005930', quantity: 3 });
    // What was not seen is not nothing.
    const asked = kiwoom.settle(kiwoom.broker.account.getSellableQuantity(symbolCode('035720')));
    await expect(asked).rejects.toMatchObject({ code: 'BALANCE_INCOMPLETE' });
  });

  it('go on with a new token when the old one ends between the pages', async () => {
    let refusals = 0;
    const kiwoom = await start(({ headers }, response) => {
      if (headers['cont-yn'] !== 'Y') {
        answerJson(response, 200, page(holding('A005930', 3)), { 'cont-yn': 'Y', 'next-key': 'K' });
      } else if (refusals === 0) {
        refusals += 1;
        answerJson(response, 200, {
          return_code: 3,
          return_msg: '인증에 실패했습니다[8005:Token이 유효하지 않습니다]',
        });
      } else {
        answerJson(response, 200, page(holding('A000660', 5)));
      }
    });
    const list = await kiwoom.settle(kiwoom.broker.account.listPositions());
    expect(list).toMatchObject({ complete: true, positions: [{ symbol: '005930' }, { symbol: '000660' }] });
    expect(nextKeys(kiwoom)).toEqual([undefined, 'K', 'K']);
  });

  it('are complete and empty when Kiwoom says that there is nothing', async () => {
    const kiwoom = await start((_request, response) => {
      answerJson(response, 200, { return_code: 20, return_msg: '[2000](501724:조회내역이 없습니다.)' });
    });
    const list = await kiwoom.settle(kiwoom.broker.account.listPositions());
    expect(list).toMatchObject({ complete: true, positions: [] });
  });

  it('are not empty when Kiwoom says that no order is open', async () => {
    const kiwoom = await start((_request, response) => {
      answerJson(response, 200, {
        return_code: 20,
        return_msg: '[2000](571758:해당 계좌의 미체결내역이 없습니다.)',
      });
    });
    await expect(kiwoom.settle(kiwoom.broker.account.listPositions())).rejects.toMatchObject({
      code: 'REFUSAL_UNLISTED',
    });
  });

  it('are no cash: "nothing" is no answer to how much money there is', async () => {
    const kiwoom = await start((_request, response) => {
      answerJson(response, 200, { return_code: 20, return_msg: '[2000](501724:조회내역이 없습니다.)' });
    });
    await expect(kiwoom.settle(kiwoom.broker.account.getCashBalance())).rejects.toThrow(/Kiwoom/);
  });
});
