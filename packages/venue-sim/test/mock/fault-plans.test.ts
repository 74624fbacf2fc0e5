import { describe, expect, it } from 'vitest';
import { createAcceleratedClock, VenueError, type VenueFaultPlan } from '../../src/index.ts';
import { bodyOf, cancelFirst, onVenue, type FaultVenue, type Seen } from './fault-client.ts';
import { account } from './kis-client.ts';

const isFailed = (seen: Seen): boolean => seen.kind === 'FAILED';

async function buys(kis: FaultVenue, count: number): Promise<readonly boolean[]> {
  const failed: boolean[] = [];
  for (let each = 0; each < count; each += 1) failed.push(isFailed(await kis.buy()));
  return failed;
}

describe('a plan', () => {
  it(
    'strikes the n-th request of its operation, as often as it says',
    onVenue(async (kis) => {
      kis.venue.faults.plan({ fault: 'R07-drop-before-accept', operation: 'order-cash', when: { nth: 2 }, times: 2 });
      expect(await buys(kis, 5)).toEqual([false, true, true, false, false]);
      expect(kis.orders()).toHaveLength(3);
      expect(kis.venue.faults.counters()['R07-drop-before-accept']).toBe(2);
      expect(kis.struck().map((each) => each?.length ?? 0)).toEqual([0, 1, 1, 0, 0]);
    }),
  );

  it(
    'leaves other operations alone',
    onVenue(async (kis) => {
      kis.venue.faults.plan({ fault: 'R08-drop-after-accept', operation: 'order-rvsecncl' });
      expect(await buys(kis, 1)).toEqual([false]);
      expect(isFailed(await kis.start(cancelFirst))).toBe(true);
      expect(kis.orders()).toMatchObject([{ canceledQuantity: 10 }, { kind: 'CANCEL' }]);
    }),
  );

  it(
    'strikes from a venue time on',
    onVenue(async (kis) => {
      kis.venue.faults.plan({ fault: 'R07-drop-before-accept', when: { atMs: kis.clock.nowMs() + 1000 } });
      expect(await buys(kis, 1)).toEqual([false]);
      kis.advance(1000);
      expect(await buys(kis, 2)).toEqual([true, false]);
    }),
  );

  it(
    'begins a window at its venue time, struck or not, and ends it on time',
    onVenue(async (kis) => {
      const startMs = kis.clock.nowMs();
      kis.venue.faults.plan({
        fault: 'R24-rate-limit-storm',
        when: { atMs: startMs + 1000 },
        parameters: { durationMs: 5000 },
      });
      const codes: unknown[] = [];
      for (const atMs of [startMs, startMs + 1000, startMs + 5999, startMs + 6000]) {
        kis.clock.advanceTo(atMs);
        codes.push(bodyOf(await kis.buy())['msg_cd']);
      }
      expect(codes).toEqual(['APBK0013', 'EGW00201', 'EGW00201', 'APBK0013']);
    }),
  );

  it(
    'waits for the next request when another plan has taken this one',
    onVenue(async (kis) => {
      kis.venue.faults.plan({ fault: 'R07-drop-before-accept' });
      kis.venue.faults.plan({ fault: 'R20-error-500-before-accept' });
      expect(isFailed(await kis.buy())).toBe(true);
      expect(await kis.buy()).toMatchObject({ status: 500 });
      expect(await kis.buy()).toMatchObject({ status: 200 });
    }),
  );

  it(
    'loses an order while a person gives the same one: only the stranger’s is there',
    onVenue(async (kis) => {
      kis.venue.faults.plan({ fault: 'R07-drop-before-accept' });
      kis.venue.faults.plan({ fault: 'R41-stranger-order', parameters: { delayMs: 3000 } });
      expect(isFailed(await kis.buy())).toBe(true);
      expect(kis.orders()).toHaveLength(0);
      kis.advance(3000);
      expect(kis.orders()).toMatchObject([{ orderNumber: 1, quantity: 10, enteredAtMs: kis.clock.nowMs() }]);
      expect(kis.struck()).toEqual([['R07-drop-before-accept', 'R41-stranger-order']]);
    }),
  );

  it(
    'does not count rows that go wrong in an answer which nobody gets',
    onVenue(async (kis) => {
      await kis.buy();
      kis.venue.faults.plan({ fault: 'R08-drop-after-accept' });
      kis.venue.faults.plan({ fault: 'R44-numbers-for-text' });
      await kis.buy();
      expect(kis.venue.faults.counters()).toMatchObject({ 'R08-drop-after-accept': 1, 'R44-numbers-for-text': 0 });
    }),
  );

  it(
    'ends when it is cleared, while what is under way goes on and counters stay',
    onVenue(async (kis) => {
      const { faults } = kis.venue;
      faults.plan({ fault: 'R11-drop-late-landing', parameters: { landsAfterMs: 1000 }, times: Infinity });
      faults.plan({ fault: 'R15-maintenance', operation: 'inquire-balance' });
      faults.seeded({ seed: 1, rates: { 'R14-empty-200-before-accept': 1 } });
      expect(await buys(kis, 1)).toEqual([true]);
      faults.clear();
      expect(bodyOf(await kis.buy())).toMatchObject({ rt_cd: '0' });
      kis.advance(1000);
      expect(kis.orders()).toHaveLength(2);
      expect(faults.counters()['R11-drop-late-landing']).toBe(1);
    }),
  );

  it.each<[string, VenueFaultPlan, string]>([
    ['an unknown fault', { fault: 'R99-nothing' as 'R07-drop-before-accept' }, 'fault of a fault'],
    ['an unknown operation', { fault: 'R07-drop-before-accept', operation: 'order' }, 'operation of a fault'],
    ['an operation it does not fit', { fault: 'R41-stranger-order', operation: 'inquire-balance' }, 'order-cash'],
    [
      'an operation of a connection',
      { fault: 'R05-reset-before-request', operation: 'order-cash' },
      'has no operation',
    ],
    ['a nth of 0', { fault: 'R07-drop-before-accept', when: { nth: 0 } }, 'when.nth'],
    ['half a millisecond', { fault: 'R07-drop-before-accept', when: { atMs: 0.5 } }, 'when.atMs'],
    ['0 times', { fault: 'R07-drop-before-accept', times: 0 }, 'times'],
    ['times for a window', { fault: 'R15-maintenance', times: 2 }, 'parameters.durationMs'],
    ['a foreign parameter', { fault: 'R07-drop-before-accept', parameters: { rows: 1 } }, 'parameters.rows'],
    [
      'a parameter out of range',
      { fault: 'R11-drop-late-landing', parameters: { landsAfterMs: 999 } },
      'a whole number from 1000 to 120000',
    ],
  ])('refuses %s by name and sets nothing up', async (_name, plan, text) => {
    await onVenue(async (kis) => {
      const planning = (): void => {
        kis.venue.faults.plan(plan);
      };
      expect(planning).toThrow(VenueError);
      expect(planning).toThrow(text);
      expect(await buys(kis, 1)).toEqual([false]);
    })();
  });
});

describe('a held order', () => {
  it(
    'is answered at once and not held when the gateway refuses it',
    onVenue(
      async (kis) => {
        kis.venue.faults.plan({ fault: 'R11-drop-late-landing', when: { nth: 2 } });
        await kis.buy();
        expect(bodyOf(await kis.buy())).toMatchObject({ msg_cd: 'EGW00201' });
        kis.advance(120_000);
        expect(kis.orders()).toHaveLength(1);
        expect(kis.venue.faults.counters()['R11-drop-late-landing']).toBe(0);
      },
      { kis: { requestsPerSecond: 1 } },
    ),
  );

  it(
    'passes the gateway once: calls and a dead token at its landing do not stop it',
    onVenue(
      async (kis) => {
        kis.venue.faults.plan({ fault: 'R11-drop-late-landing', parameters: { landsAfterMs: 10_000 } });
        await kis.buy();
        kis.advance(9999);
        kis.venue.faults.plan({ fault: 'R26-token-revoked-after-accept' });
        expect(bodyOf(await kis.buy())).toMatchObject({ output: { ODNO: '0000000001' } });
        kis.advance(1);
        expect(kis.orders()).toHaveLength(2);
      },
      { kis: { requestsPerSecond: 1 } },
    ),
  );

  it(
    'is refused by the exchange when it lands after the close',
    onVenue(
      async (kis) => {
        kis.venue.faults.plan({ fault: 'R11-silence-late-landing', parameters: { landsAfterMs: 120_000 } });
        void kis.buy();
        await kis.arrived(1);
        kis.advance(120_000);
        expect(kis.orders()).toHaveLength(0);
        expect(kis.venue.exchange.getAccount(account.accountId)?.reservedKrw).toBe(0);
      },
      // The closing auction takes orders until 15:30 and up to half a minute.
      { startAt: '15:29' },
    ),
  );
});

describe('a client that has gone', () => {
  it.each(['R34-answer-late-after-deadline', 'R29-slow-head', 'R30-slow-body'] as const)(
    'does not trouble the venue when %s would have answered it',
    async (fault) => {
      await onVenue(async (kis) => {
        kis.venue.faults.plan({ fault });
        const leaving = new AbortController();
        const pending = kis.buy(leaving.signal);
        await kis.arrived(1);
        leaving.abort();
        expect(isFailed(await pending)).toBe(true);
        kis.advance(600_000);
        expect(await buys(kis, 1)).toEqual([false]);
        expect(kis.orders()).toHaveLength(2);
      })();
    },
  );
});

describe('a venue on a running clock', () => {
  it('sends a late answer when its own time has come, without anybody moving it', async () => {
    const clock = createAcceleratedClock({ startMs: Date.parse('2026-11-20T10:00:00+09:00'), speed: 200 });
    await onVenue(
      async (kis) => {
        kis.venue.faults.plan({ fault: 'R34-answer-late-after-deadline', parameters: { delayMs: 20_000 } });
        expect(bodyOf(await kis.buy())).toMatchObject({ rt_cd: '0' });
        const [sent] = kis.venue.requests('order-cash');
        expect(kis.venue.clock.nowMs()).toBeGreaterThanOrEqual((sent?.atMs ?? 0) + 20_000);
      },
      { clock },
    )();
  });
});
