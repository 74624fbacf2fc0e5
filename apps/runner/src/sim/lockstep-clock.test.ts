import { describe, expect, it } from 'vitest';
import { createLockstepClock } from './lockstep-clock.ts';

const startMs = Date.UTC(2025, 9, 20, 0, 0);

/** Lets so many turns of the event loop pass. */
async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function startClock() {
  const moves: number[] = [];
  const clock = createLockstepClock(startMs, { advanceTo: (atMs) => moves.push(atMs - startMs) });
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));
  return { clock, moves, sleep };
}

describe('the lockstep clock', () => {
  it('jumps to the next timer when everything waits', async () => {
    const { clock, sleep } = startClock();
    await clock.run(async () => {
      await sleep(3_600_000);
      expect(clock.nowMs()).toBe(startMs + 3_600_000);
      await sleep(1);
    });
    expect(clock.nowMs()).toBe(startMs + 3_600_001);
    expect(clock.monotonicMs()).toBe(3_600_001);
  });

  it('moves the venue before the timer that waited for the time', async () => {
    const { clock, moves, sleep } = startClock();
    await clock.run(async () => {
      await sleep(10);
      expect(moves).toEqual([10]);
    });
  });

  it('stands still while something is in flight', async () => {
    const { clock, sleep } = startClock();
    const seen: number[] = [];
    await clock.run(async () => {
      const ticker = sleep(5).then(() => seen.push(clock.monotonicMs()));
      const release = clock.hold();
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toEqual([]);
      release();
      release();
      await ticker;
    });
    expect(seen).toEqual([5]);
  });

  it('fires timers of one instant in the order in which they were set', async () => {
    const { clock } = startClock();
    const seen: string[] = [];
    await clock.run(
      () =>
        new Promise<void>((resolve) => {
          clock.setTimer(() => seen.push('a'), 10);
          clock.setTimer(() => seen.push('b'), 10);
          clock.setTimer(() => seen.push('early'), 9);
          clock.setTimer(() => seen.push('canceled'), 9).cancel();
          clock.setTimer(resolve, 11);
        }),
    );
    expect(seen).toEqual(['early', 'a', 'b']);
  });

  it('hands on what the job returns and what it throws', async () => {
    const { clock, sleep } = startClock();
    await expect(clock.run(async () => (await sleep(1), 7))).resolves.toBe(7);
    await expect(clock.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'stands still for what begins outside of it, %i turns of the event loop from now',
    async (turns) => {
      const { clock } = startClock();
      clock.setTimer(() => undefined, 86_400_000);
      await clock.run(async () => {
        const outside = new AbortController();
        void pass(turns).then(() => {
          outside.abort();
        });
        // A loop that is interrupted, as by Ctrl-C, and then has a last request to make.
        while (!outside.signal.aborted) {
          await new Promise<void>((resolve) => {
            const timer = clock.setTimer(resolve, 10);
            outside.signal.addEventListener('abort', () => {
              timer.cancel();
              resolve();
            });
          });
        }
        const release = clock.hold();
        await pass(4);
        release();
      });
      expect(clock.monotonicMs()).toBeLessThan(1_000);
    },
  );

  it('says so when a job waits for nothing', async () => {
    const { clock } = startClock();
    await expect(clock.run(() => new Promise(() => undefined))).rejects.toThrow(/stands still/);
  });
});

describe('the lockstep clock with a wire', () => {
  /** A venue that says something at instants, and a wire that carries it in so many turns of the event loop. */
  function startWire(speaksAt: readonly number[], { turns = 5, swallows = false } = {}) {
    const due = [...speaksAt];
    const heard: number[] = [];
    let onWire = 0;
    let gaveUp = 0;
    const clock = createLockstepClock(startMs, {
      advanceTo(atMs) {
        for (let next = due[0]; next !== undefined && startMs + next <= atMs; next = due[0]) {
          due.shift();
          onWire += 1;
          if (swallows) continue;
          void pass(turns).then(() => {
            onWire -= 1;
            heard.push(clock.monotonicMs());
          });
        }
      },
      nextDueMs: () => (due[0] === undefined ? undefined : startMs + due[0]),
    });
    const wire = {
      isOpen: true,
      isQuiet: () => onWire === 0,
      giveUp() {
        onWire = 0;
        gaveUp += 1;
      },
    };
    clock.watch(wire);
    const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimer(resolve, ms));
    return { clock, sleep, heard, wire, gaveUp: () => gaveUp };
  }

  it('hands over what the venue says at the instant at which it says it', async () => {
    const { clock, sleep, heard } = startWire([10, 250, 251, 900]);
    await clock.run(() => sleep(1_000));
    expect(heard).toEqual([10, 250, 251, 900]);
    expect(clock.monotonicMs()).toBe(1_000);
  });

  it('lets what was heard set a timer before the one that was next', async () => {
    const { clock, sleep, heard } = startWire([100]);
    const order: string[] = [];
    await clock.run(async () => {
      const late = sleep(1_000).then(() => order.push('late'));
      while (heard.length === 0) await sleep(50);
      await sleep(200);
      order.push('early');
      await late;
    });
    expect(order).toEqual(['early', 'late']);
  });

  it('jumps from timer to timer while the wire is closed', async () => {
    const { clock, sleep, heard, wire } = startWire([100, 200]);
    wire.isOpen = false;
    await clock.run(() => sleep(1_000));
    expect(heard).toEqual([1_000, 1_000]);
  });

  it('gives up what never arrives, and goes on', async () => {
    const { clock, sleep, heard, gaveUp } = startWire([100], { swallows: true });
    await clock.run(() => sleep(1_000));
    expect({ heard, gaveUp: gaveUp() }).toEqual({ heard: [], gaveUp: 1 });
    expect(clock.monotonicMs()).toBe(1_000);
  });
});
