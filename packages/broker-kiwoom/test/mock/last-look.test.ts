import { type CallOptions, type FailsafeCode, krw, type OrderResponse } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startStubbedKiwoom, type StubbedKiwoom } from '../support/start-stubbed-kiwoom.ts';
import { answerJson, type StubHandler } from '../support/stub-server.ts';

const orderPath = '/api/dostk/ordr';
const accepted = { ord_no: '0117057', dmst_stex_tp: 'KRX', return_code: 0, return_msg: 'ok' };

const started: StubbedKiwoom[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

async function start(handler: StubHandler): Promise<StubbedKiwoom> {
  const kiwoom = await startStubbedKiwoom(handler);
  started.push(kiwoom);
  return kiwoom;
}

const ordersSeen = ({ stub }: StubbedKiwoom): number => stub.requests.filter(({ path }) => path === orderPath).length;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function place({ broker }: StubbedKiwoom, priceKrw: number, options?: CallOptions): Promise<OrderResponse> {
  return broker.orders.placeOrder(buildOrderRequest({ limitPriceKrw: krw(priceKrw) }), options);
}

describe('an order that waits for a connection', () => {
  /** Both order connections are busy until `release` is called. */
  async function startBusy(): Promise<{ kiwoom: StubbedKiwoom; release: () => void; first: Promise<unknown> }> {
    const held: (() => void)[] = [];
    let holding = true;
    const kiwoom = await start((_request, response) => {
      const reply = (): void => {
        answerJson(response, 200, accepted);
      };
      if (holding) held.push(reply);
      else reply();
    });
    const one = place(kiwoom, 10_000);
    await until(() => held.length === 1);
    // One order a second: the next has its permit at once.
    await kiwoom.clock.advance(1_130);
    const first = Promise.all([one, place(kiwoom, 10_100)]);
    await until(() => held.length === 2);
    await kiwoom.clock.advance(1_130);
    return {
      kiwoom,
      first,
      release: () => {
        holding = false;
        for (const reply of held) reply();
      },
    };
  }

  it('stays here when the kill switch was engaged meanwhile, with its code', async () => {
    const { kiwoom, release, first } = await startBusy();
    const refusals: FailsafeCode[] = [];
    const third = place(kiwoom, 10_200, { refuseSend: () => refusals[0] });
    refusals.push('G_EXE_KILLSWITCH_ON');
    release();
    await first;
    expect(await third).toMatchObject({
      outcome: 'NOT_SENT',
      code: 'G_EXE_KILLSWITCH_ON',
      cause: { code: 'HELD_BACK' },
    });
    expect(ordersSeen(kiwoom)).toBe(2);
  });

  it('leaves when nothing speaks against it', async () => {
    const { kiwoom, release, first } = await startBusy();
    const third = place(kiwoom, 10_200, { refuseSend: () => undefined });
    release();
    await first;
    expect(await third).toMatchObject({ outcome: 'ACCEPTED' });
    expect(ordersSeen(kiwoom)).toBe(3);
  });

  it('does not follow a long jam in a burst above the rate limit', async () => {
    const { kiwoom, release, first } = await startBusy();
    // Permits are given while the connections are stuck: one in each second.
    const waiting = Array.from({ length: 4 }, (_, index) => place(kiwoom, 11_000 + index * 10));
    for (let step = 0; step < 4; step += 1) await kiwoom.clock.advance(1_130);
    release();
    await first;
    const outcomes = (await Promise.all(waiting)).map(({ outcome }) => outcome);
    // They all leave at one instant of the limiter's clock, which has one permit for a window.
    expect(ordersSeen(kiwoom) - 2).toBe(1);
    expect(outcomes.filter((outcome) => outcome === 'ACCEPTED')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['ACCEPTED', 'NOT_SENT']));
  });
});

describe('an order whose token is being renewed', () => {
  it('stays here when its deadline passes meanwhile', async () => {
    const kiwoom = await start((_request, response) => {
      answerJson(response, 200, accepted);
    });
    const pending = place(kiwoom, 10_000, { deadlineMs: kiwoom.clock.nowMs() + 500 });
    // The token's answer is still on its way when the deadline passes.
    await kiwoom.clock.advance(501);
    expect(await pending).toMatchObject({ outcome: 'NOT_SENT' });
    expect(ordersSeen(kiwoom)).toBe(0);
  });
});
