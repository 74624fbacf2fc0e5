import { type Krw, type Shares } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../src/cli/failure.ts';
import { exitOf } from '../../src/cli/run-command.ts';
import { type BadAnswer, type Fault, type FaultyDay, tradeAgainst } from './faulty-venue.ts';

const json = 'application/json;charset=utf-8';

/** Made up, each of them: nobody has a recording of a broker that has lost its mind. */
const badAnswers = {
  'an HTML page': { status: 200, contentType: 'text/html', body: '<html><body>점검중입니다</body></html>' },
  'an HTML page of a gateway': { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
  'half a JSON': { status: 200, contentType: json, body: '{"rt_cd":"0","msg_cd":"APBK0013","output":{"ODNO":"00' },
  'JSON under another content type': { status: 200, contentType: 'image/png', body: '{"rt_cd":"0"}' },
  'nothing at all': { status: 200, contentType: json, body: '' },
  'an unknown rt_cd': {
    status: 200,
    contentType: json,
    body: JSON.stringify({ rt_cd: '5', msg_cd: 'ZZZZ0001', msg1: 'what is this' }),
  },
  'the rate limit': {
    status: 500,
    contentType: json,
    body: JSON.stringify({ rt_cd: '1', msg_cd: 'EGW00201', msg1: '초당 거래건수를 초과하였습니다.' }),
  },
} as const satisfies Record<string, BadAnswer>;

/** Wants to buy whenever it is asked. */
const eager: Strategy = {
  name: 'eager',
  evaluate: ({ market: { symbol } }) => ({ action: 'BUY', symbol, quantity: 1 as Shares, reason: 'always' }),
};

/** Wants one order, which rests 5 % below the market. */
function makePatient(): Strategy {
  let placed = false;
  return {
    name: 'patient',
    evaluate({ market: { symbol, lastPriceKrw, tickKrw } }) {
      if (placed) return { action: 'HOLD', symbol, reason: 'placed' };
      placed = true;
      const limitPriceKrw = (Math.floor((lastPriceKrw * 0.95) / tickKrw) * tickKrw) as Krw;
      return { action: 'BUY', symbol, quantity: 1 as Shares, limitPriceKrw, reason: 'once' };
    },
  };
}

const faultIn =
  (operation: string, bad: BadAnswer, from = 1, until = Infinity): Fault =>
  (asked, count) =>
    asked === operation && count >= from && count <= until ? bad : undefined;

const instantsOf = ({ requests }: FaultyDay, operation: string): readonly number[] =>
  requests.filter((each) => each.operation === operation).map(({ atMs }) => atMs);

describe('a broker that answers an order with', () => {
  const { 'an unknown rt_cd': contradiction, 'the rate limit': rateLimit, ...unreadable } = badAnswers;

  it('an unknown rt_cd: it is looked for and not found, and the guard lets nothing leave any more', async () => {
    const day = await tradeAgainst(faultIn('order-cash', contradiction), eager);
    expect(instantsOf(day, 'order-cash')).toHaveLength(1);
    const { intents, end, orders } = day.report;
    expect(intents).toMatchObject({ total: 2, unknown: 1, notSent: 1 });
    expect(orders).toEqual({ total: 2, byStatus: { ABSENT: 1, DENIED: 1 } });
    expect(end).toMatchObject({ reason: 'safety', leftOpen: [] });
  });

  it('the rate limit: each is looked for and not found; no guard counts a refusal for the pace', async () => {
    const day = await tradeAgainst(faultIn('order-cash', rateLimit, 1, 5), makePatient());
    expect(day.report.intents).toMatchObject({ total: 1, unknown: 1 });
    expect(day.report.orders).toEqual({ total: 1, byStatus: { ABSENT: 1 } });
    expect(day.report.end).toMatchObject({ reason: 'done', leftOpen: [] });
    expect(day.report.safety.state).toBe('NORMAL');
  });

  it.each(Object.entries(unreadable))(
    '%s: it is looked for and not found, trading goes on, and the third in a row stops the day',
    async (_, bad) => {
      const day = await tradeAgainst(faultIn('order-cash', bad), eager);
      // One POST for each intent; a minute or two lie between them, until the last one is known and all has been quiet.
      const posts = instantsOf(day, 'order-cash');
      expect(posts).toHaveLength(3);
      for (const [index, atMs] of posts.entries()) expect(atMs - (posts[index - 1] ?? 0)).toBeGreaterThan(31_000);
      const { intents, safety, end, orders } = day.report;
      expect(intents).toMatchObject({ total: 4, unknown: 3, notSent: 1, byCode: { FS042: 3, FS040: 1 } });
      expect(safety).toEqual({ state: 'FAIL', lastFailSafeCode: 'FS040' });
      expect(orders).toEqual({ total: 4, byStatus: { ABSENT: 3, DENIED: 1 } });
      expect(end).toMatchObject({ reason: 'safety', errors: 0, leftOpen: [] });
      expect(exitOf(day.report)).toBe('stoppedByErrors');
    },
  );
});

it('a day whose last order was lost and looked for in vain ends as a day that is done', async () => {
  let placed = false;
  const lastMinutes: Strategy = {
    name: 'last-minutes',
    evaluate({ market: { symbol, takenAtMs } }) {
      const early = takenAtMs < Date.parse('2025-10-17T15:18:00+09:00');
      if (placed || early) return { action: 'HOLD', symbol, reason: 'not now' };
      placed = true;
      return { action: 'BUY', symbol, quantity: 1 as Shares, reason: 'once' };
    },
  };
  const day = await tradeAgainst(faultIn('order-cash', badAnswers['an HTML page']), lastMinutes);
  expect(day.report.orders).toEqual({ total: 1, byStatus: { ABSENT: 1 } });
  expect(day.report.end).toMatchObject({ reason: 'done', leftOpen: [] });
});

describe('a broker that answers every quote with', () => {
  it.each(Object.entries(badAnswers))('%s: cycles fail, pause, and end', async (_, bad) => {
    const day = await tradeAgainst(faultIn('inquire-price', bad), eager);
    const { report, log } = day;
    expect(report.end).toEqual({ reason: 'errors', cycles: 4, errors: 4, leftOpen: [] });
    expect(report.acts).toMatchObject({ error: 4, accepted: 0 });
    expect(report.safety).toEqual({ state: 'WARNING', lastFailSafeCode: null });
    expect(instantsOf(day, 'order-cash')).toEqual([]);
    expect(exitOf(report)).toBe('stoppedByErrors');
    // The constant pause of 5 s lies between two cycles, whatever repeats a read has of its own; after refusals for the
    // pace the limiter may make the first read of a cycle wait besides.
    const pauses = instantsOf(day, 'inquire-price').map((atMs, index, all) => atMs - (all[index - 1] ?? atMs));
    expect(pauses.filter((ms) => ms >= 5_000)).toHaveLength(3);
    expect(JSON.stringify(log.entries)).not.toMatch(/50000000|SIMULATED-APP/);
  });

  it('an HTML page for a while: the day goes on when it is over', async () => {
    const day = await tradeAgainst(faultIn('inquire-price', badAnswers['an HTML page'], 5, 12), makePatient());
    expect(day.report.end).toMatchObject({ reason: 'done', errors: 2 });
    expect(day.report.orders).toEqual({ total: 1, byStatus: { CANCELED: 1 } });
    expect(exitOf(day.report)).toBe('ok');
  });
});

describe('a broker whose order list cannot be read', () => {
  /** Behind the start, which reads the list some times. */
  const fromTrading = 12;

  it('is sent the cancels all the same, and what could not be seen to end is named', async () => {
    const day = await tradeAgainst(
      faultIn('inquire-daily-ccld', badAnswers['an HTML page'], fromTrading),
      makePatient(),
    );
    // Nobody may trade blindly for more than a minute.
    expect(day.report.end).toMatchObject({ reason: 'errors' });
    expect(day.report.end.leftOpen).toHaveLength(1);
    expect(instantsOf(day, 'order-rvsecncl').length).toBeGreaterThan(0);
    expect(day.report.orders).toEqual({ total: 1, byStatus: { PENDING_CANCEL: 1 } });
    expect(day.log.of('reconciliation-not-read').length).toBeGreaterThan(0);
    expect(exitOf(day.report)).toBe('booksDiffer');
  });

  it('and then can: trading goes on', async () => {
    const day = await tradeAgainst(
      faultIn('inquire-daily-ccld', badAnswers['an HTML page'], fromTrading, fromTrading + 20),
      makePatient(),
    );
    expect(day.report.end).toMatchObject({ reason: 'done', leftOpen: [] });
    expect(day.report.orders).toEqual({ total: 1, byStatus: { CANCELED: 1 } });
    expect(exitOf(day.report)).toBe('ok');
  });

  it('from the start on: nothing is begun', async () => {
    const error: unknown = await tradeAgainst(
      faultIn('inquire-daily-ccld', badAnswers['an HTML page']),
      makePatient(),
    ).catch((cause: unknown) => cause);
    expect(explainFailure(error).exit).toBe('broker');
  });
});

describe('a broker that answers the first read of the account with', () => {
  it.each(Object.entries(badAnswers))('%s: the run ends before it begins, with its exit code', async (_, bad) => {
    const error: unknown = await tradeAgainst(faultIn('inquire-balance', bad), eager).catch((cause: unknown) => cause);
    const { exit, message } = explainFailure(error);
    expect(exit).toBe('broker');
    expect(message).toMatch(/inquire-balance/);
    expect(message).toMatch(/^ {2}next +\S/m);
    expect(message).not.toMatch(/50000000|SIMULATED-APP/);
  });
});
