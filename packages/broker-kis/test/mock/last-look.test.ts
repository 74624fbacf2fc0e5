import { type CallOptions, type FailsafeCode, krw, type OrderResponse } from '@qts/core';
import { buildOrderRequest } from '@qts/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startStubbedKis, type StubbedKis } from '../support/start-stubbed-kis.ts';
import { answerJson, type StubHandler } from '../support/stub-server.ts';

const orderPath = '/uapi/domestic-stock/v1/trading/order-cash';
const accepted = {
  rt_cd: '0',
  msg_cd: 'APBK0013',
  msg1: 'ok',
  output: { KRX_FWDG_ORD_ORGNO: '06010', ODNO: '0000117057', ORD_TMD: '100000' },
};

const started: StubbedKis[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

async function start(handler: StubHandler): Promise<StubbedKis> {
  const kis = await startStubbedKis(handler);
  started.push(kis);
  return kis;
}

const ordersSeen = ({ stub }: StubbedKis): number => stub.requests.filter(({ path }) => path === orderPath).length;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function place({ broker }: StubbedKis, priceKrw: number, options?: CallOptions): Promise<OrderResponse> {
  return broker.orders.placeOrder(buildOrderRequest({ limitPriceKrw: krw(priceKrw) }), options);
}

describe('an order that waits for a connection', () => {
  /** Both order connections are busy until `release` is called. */
  async function startBusy(): Promise<{ kis: StubbedKis; release: () => void; first: Promise<unknown> }> {
    const held: (() => void)[] = [];
    let holding = true;
    const kis = await start((_request, response) => {
      const reply = (): void => {
        answerJson(response, 200, accepted);
      };
      if (holding) held.push(reply);
      else reply();
    });
    const first = Promise.all([place(kis, 10_000), place(kis, 10_100)]);
    await until(() => held.length === 2);
    return {
      kis,
      first,
      release: () => {
        holding = false;
        for (const reply of held) reply();
      },
    };
  }

  it('stays here when the kill switch was engaged meanwhile, with its code', async () => {
    const { kis, release, first } = await startBusy();
    const refusals: FailsafeCode[] = [];
    const third = place(kis, 10_200, { refuseSend: () => refusals[0] });
    refusals.push('G_EXE_KILLSWITCH_ON');
    release();
    await first;
    expect(await third).toMatchObject({
      outcome: 'NOT_SENT',
      code: 'G_EXE_KILLSWITCH_ON',
      cause: { code: 'HELD_BACK' },
    });
    expect(ordersSeen(kis)).toBe(2);
  });

  it('leaves when nothing speaks against it', async () => {
    const { kis, release, first } = await startBusy();
    const third = place(kis, 10_200, { refuseSend: () => undefined });
    release();
    await first;
    expect(await third).toMatchObject({ outcome: 'ACCEPTED' });
    expect(ordersSeen(kis)).toBe(3);
  });

  it('does not follow a long jam in a burst above the rate limit', async () => {
    const { kis, release, first } = await startBusy();
    // Permits are given while the connections are stuck: 16 in each second.
    const waiting = Array.from({ length: 50 }, (_, index) => place(kis, 11_000 + index * 10));
    for (let step = 0; step < 4; step += 1) await kis.clock.advance(1_130);
    release();
    await first;
    const outcomes = (await Promise.all(waiting)).map(({ outcome }) => outcome);
    // They all leave at one instant of the limiter's clock, which has 16 permits for a window.
    expect(ordersSeen(kis) - 2).toBeLessThanOrEqual(16);
    expect(outcomes.filter((outcome) => outcome === 'ACCEPTED')).toHaveLength(ordersSeen(kis) - 2);
    expect(new Set(outcomes)).toEqual(new Set(['ACCEPTED', 'NOT_SENT']));
  });
});

describe('an order whose token is being renewed', () => {
  it('stays here when its deadline passes meanwhile', async () => {
    const kis = await start((_request, response) => {
      answerJson(response, 200, accepted);
    });
    const pending = place(kis, 10_000, { deadlineMs: kis.clock.nowMs() + 500 });
    // The token's answer is still on its way when the deadline passes.
    await kis.clock.advance(501);
    expect(await pending).toMatchObject({ outcome: 'NOT_SENT' });
    expect(ordersSeen(kis)).toBe(0);
  });
});
