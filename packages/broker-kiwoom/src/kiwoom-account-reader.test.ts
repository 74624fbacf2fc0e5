import { krw, type PositionList, symbolCode, UnexpectedResponseError, ValidationError } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import {
  createScriptedRestClient,
  type Script,
  type ScriptedRestClient,
} from '../test/support/scripted-rest-client.ts';
import { createKiwoomAccountReader } from './kiwoom-account-reader.ts';
import { type WireRow } from './wire-fields.ts';

const nowMs = 1_789_347_600_000;
const samsung = symbolCode('005930');

function read(script: Script): ScriptedRestClient & { readonly account: ReturnType<typeof createKiwoomAccountReader> } {
  const scripted = createScriptedRestClient(script);
  const clock = createFakeClock({ startMs: nowMs });
  return { ...scripted, account: createKiwoomAccountReader({ rest: scripted.rest, clock }) };
}

/** A row of kt00018, made up, with the widths of the guide. */
function holding(changes: WireRow = {}): WireRow {
  return {
    stk_cd: 'A005930',
    rmnd_qty: '000000000000010',
    trde_able_qty: '000000000000007',
    pur_amt: '000000000700000',
    cur_prc: '000000071000',
    crd_tp: '00',
    crd_loan_dt: '',
    ...changes,
  };
}

function positionsOf(pages: readonly (readonly WireRow[])[], complete = true): Promise<PositionList> {
  return read({
    kt00018: () => ({ pages: pages.map((rows) => ({ acnt_evlt_remn_indv_tot: rows })), complete }),
  }).account.listPositions();
}

describe('listPositions', () => {
  it('reads padded figures, without the letter in front of the code', async () => {
    expect(await positionsOf([[holding()]])).toEqual({
      positions: [{ symbol: '005930', quantity: 10, sellableQuantity: 7, costKrw: 700_000, lastPriceKrw: 71_000 }],
      complete: true,
      readAtMs: nowMs,
    });
  });

  it('is complete and empty when nothing is held', async () => {
    expect(await positionsOf([[]])).toMatchObject({ positions: [], complete: true });
  });

  it('is not complete when a page is missing', async () => {
    expect(await positionsOf([[holding()]], false)).toMatchObject({ complete: false });
  });

  it('adds up the rows of one issue', async () => {
    const rows = [holding(), holding({ rmnd_qty: '000000000000005', trde_able_qty: '000000000000005' })];
    expect(await positionsOf([rows])).toMatchObject({
      positions: [{ quantity: 15, sellableQuantity: 12, costKrw: 1_400_000 }],
      complete: true,
    });
  });

  it('counts a row that comes on two pages once', async () => {
    // The price moved between the pages; that is no trade.
    const pages = [[holding()], [holding({ cur_prc: '000000071100' })]];
    expect(await positionsOf(pages)).toMatchObject({ positions: [{ quantity: 10 }], complete: true });
  });

  it('is not complete when a holding changed between two pages', async () => {
    const pages = [[holding()], [holding({ rmnd_qty: '000000000000004', trde_able_qty: '000000000000004' })]];
    expect(await positionsOf(pages)).toMatchObject({ positions: [{ quantity: 4 }], complete: false });
  });

  it('leaves out what was sold out', async () => {
    expect(await positionsOf([[holding({ rmnd_qty: '000000000000000' })]])).toMatchObject({ positions: [] });
  });

  it('holds what was bought on credit, and does not call it sellable', async () => {
    const rows = [holding(), holding({ crd_tp: '03', crd_loan_dt: '20260901' })];
    expect(await positionsOf([rows])).toMatchObject({ positions: [{ quantity: 20, sellableQuantity: 7 }] });
  });

  it('reads a row without a kind of credit as cash', async () => {
    const row = holding({ crd_tp: undefined, crd_loan_dt: undefined });
    expect(await positionsOf([[row]])).toMatchObject({ positions: [{ sellableQuantity: 7 }] });
  });

  it('knows no price when Kiwoom sends zero', async () => {
    const [position] = (await positionsOf([[holding({ cur_prc: '000000000000' })]])).positions;
    expect(position).not.toHaveProperty('lastPriceKrw');
  });

  it.each([
    ['a code that is none', { stk_cd: 'A5930' }],
    ['a quantity with a sign', { rmnd_qty: '-00000000000010' }],
    ['no sellable quantity', { trde_able_qty: '' }],
    ['a cost with a fraction', { pur_amt: '700000.5' }],
  ])('fails for a row with %s, rather than leave it out', async (_name, changes) => {
    await expect(positionsOf([[holding(), holding(changes)]])).rejects.toThrow(UnexpectedResponseError);
  });
});

describe('getSellableQuantity', () => {
  const list = (complete: boolean): Script => ({
    kt00018: () => ({ pages: [{ acnt_evlt_remn_indv_tot: [holding()] }], complete }),
  });

  it('is what the balance says', async () => {
    expect(await read(list(true)).account.getSellableQuantity(samsung)).toBe(7);
  });

  it('is nothing for what is not held, if the balance is complete', async () => {
    expect(await read(list(true)).account.getSellableQuantity(symbolCode('000660'))).toBe(0);
  });

  it('fails for what was not found in a balance that is not complete', async () => {
    await expect(read(list(false)).account.getSellableQuantity(symbolCode('000660'))).rejects.toMatchObject({
      code: 'BALANCE_INCOMPLETE',
    });
  });
});

describe('getCashBalance', () => {
  it('reads cash by the day it settles, below nothing too', async () => {
    const { account, requests } = read({
      kt00001: () => ({
        pages: [
          {
            entr: '000000000017534',
            d1_entra: '000000000017450',
            d2_entra: '-00000000004900',
            ord_alow_amt: '000000000085341',
            pymn_alow_amt: '000000000085341',
          },
        ],
      }),
    });
    expect(await account.getCashBalance()).toEqual({
      depositKrw: 17_534,
      nextDayKrw: 17_450,
      settledKrw: -4_900,
      readAtMs: nowMs,
    });
    expect(requests).toEqual([{ operation: 'kt00001', fields: { qry_tp: '3' } }]);
  });
});

describe('getBuyingPower', () => {
  const power: Script = {
    kt00010: () => ({ pages: [{ profa_100ord_alow_amt: '000000712550', profa_100ord_alowq: '0000000010' }] }),
    ka10001: () => ({
      pages: [
        {
          stk_cd: '005930',
          cur_prc: '-70000',
          base_pric: '70100',
          upl_pric: '+91000',
          lst_pric: '-49100',
          trde_qty: '12',
        },
      ],
    }),
  };

  it('asks at the limit of the order and reads the line without receivables', async () => {
    const { account, requests } = read(power);
    const query = { symbol: samsung, orderType: 'LIMIT', limitPriceKrw: krw(70_000) } as const;
    expect(await account.getBuyingPower(query)).toEqual({ cashKrw: 712_550, quantity: 10, readAtMs: nowMs });
    expect(requests).toEqual([
      {
        operation: 'kt00010',
        fields: { io_amt: '', stk_cd: '005930', trde_tp: '2', trde_qty: '', uv: '70000', exp_buy_unp: '' },
      },
    ]);
  });

  it.each(['MARKET', 'BEST_LIMIT', 'MIDPOINT', 'CLOSING_PRICE'] as const)(
    'asks at the upper limit of the day for %s, which carries no price',
    async (orderType) => {
      const { account, requests } = read(power);
      await account.getBuyingPower({ symbol: samsung, orderType });
      expect(requests.at(-1)?.fields).toMatchObject({ uv: '91000' });
    },
  );

  it('asks at the upper limit too when a limit order is asked about without its price', async () => {
    const { account, requests } = read(power);
    await account.getBuyingPower({ symbol: samsung, orderType: 'LIMIT' });
    expect(requests.at(-1)?.fields).toMatchObject({ uv: '91000' });
  });

  it('asks nothing about a market that is abolished', async () => {
    const { account, requests } = read(power);
    await expect(account.getBuyingPower({ symbol: samsung, orderType: 'AFTER_HOURS_SINGLE_PRICE' })).rejects.toThrow(
      ValidationError,
    );
    expect(requests).toEqual([]);
  });
});
