import { krw, symbolCode } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { type BrokerDifference, type BrokerPrice, createBrokerMerge } from './merge-brokers.ts';

const samsung = symbolCode('005930');

function start() {
  const clock = createFakeClock();
  const differences: BrokerDifference[] = [];
  const merge = createBrokerMerge({ clock, onDifference: (each) => differences.push(each) });
  const price = (brokerId: string, priceKrw: number, changes: Partial<BrokerPrice> = {}): BrokerPrice => ({
    brokerId,
    symbol: samsung,
    venue: 'KRX',
    priceKrw: krw(priceKrw),
    receivedMonotonicMs: clock.monotonicMs(),
    ...changes,
  });
  const latest = () => merge.latest(samsung, 'KRX');
  return { clock, differences, merge, price, latest };
}

describe('two brokers of one symbol', () => {
  it('are won by the one that has heard more of the day', () => {
    const { merge, price, latest } = start();
    merge.add(price('kis', 100, { accumulatedVolume: 10 }));
    expect(merge.add(price('kiwoom', 101, { accumulatedVolume: 11 }))).toBe(true);
    expect(merge.add(price('kis', 99, { accumulatedVolume: 9 }))).toBe(false);
    expect(latest()).toMatchObject({ brokerId: 'kiwoom', priceKrw: 101 });
  });

  it('are won by the later second where no volume is told', () => {
    const { merge, price, latest } = start();
    merge.add(price('kis', 100, { exchangeAtMs: 2_000 }));
    expect(merge.add(price('kiwoom', 99, { exchangeAtMs: 1_000 }))).toBe(false);
    expect(latest()?.brokerId).toBe('kis');
  });

  it('differ when they tell other prices at the same volume, told once', () => {
    const { merge, price, differences } = start();
    merge.add(price('kis', 100, { accumulatedVolume: 10 }));
    merge.add(price('kiwoom', 101, { accumulatedVolume: 10 }));
    merge.add(price('kiwoom', 101, { accumulatedVolume: 10 }));
    expect(differences).toEqual([
      { symbol: samsung, venue: 'KRX', kind: 'PRICE', brokerIds: ['kis', 'kiwoom'], facts: { kis: 100, kiwoom: 101 } },
    ]);
  });

  it('differ when one lacks for 3 s what the other told, and again after it came back', async () => {
    const { clock, merge, price, differences } = start();
    merge.add(price('kis', 100, { accumulatedVolume: 10 }));
    merge.add(price('kiwoom', 100, { accumulatedVolume: 11 }));
    await clock.advance(3_001);
    merge.add(price('kiwoom', 100, { accumulatedVolume: 12 }));
    merge.add(price('kiwoom', 100, { accumulatedVolume: 13 }));
    expect(differences.map(({ kind, facts }) => [kind, facts])).toEqual([['BEHIND', { kis: 3_001 }]]);
    merge.add(price('kis', 100, { accumulatedVolume: 13 }));
    merge.add(price('kiwoom', 100, { accumulatedVolume: 14 }));
    await clock.advance(4_000);
    merge.add(price('kiwoom', 100, { accumulatedVolume: 15 }));
    expect(differences).toHaveLength(2);
  });

  it('do not differ because the market was quiet and one is a moment earlier', async () => {
    const { clock, merge, price, differences } = start();
    merge.add(price('kis', 100, { accumulatedVolume: 10 }));
    merge.add(price('kiwoom', 100, { accumulatedVolume: 10 }));
    for (const accumulatedVolume of [20, 30, 40]) {
      await clock.advance(60_000);
      merge.add(price('kis', 101, { accumulatedVolume }));
      await clock.advance(40);
      merge.add(price('kiwoom', 101, { accumulatedVolume }));
    }
    expect(differences).toEqual([]);
  });

  it('do not differ because now one and now the other is a moment earlier', async () => {
    const { clock, merge, price, differences } = start();
    for (const [accumulatedVolume, first, second] of [
      [10, 'kis', 'kiwoom'],
      [20, 'kiwoom', 'kis'],
      [30, 'kis', 'kiwoom'],
    ] as const) {
      merge.add(price(first, 100, { accumulatedVolume }));
      await clock.advance(40);
      merge.add(price(second, 100, { accumulatedVolume }));
      await clock.advance(60_000);
    }
    expect(differences).toEqual([]);
  });

  it('keep KRX and NXT apart', () => {
    const { merge, price, latest } = start();
    merge.add(price('kis', 100));
    merge.add(price('kis', 200, { venue: 'NXT' }));
    expect(latest()?.priceKrw).toBe(100);
    expect(merge.latest(samsung, 'NXT')?.priceKrw).toBe(200);
  });
});
