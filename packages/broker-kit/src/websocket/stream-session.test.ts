import { createFakeClock, type FakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedSockets, type ScriptedSockets, wordProtocol } from '../../test/mock/support/scripted-sockets.ts';
import { sessionMoves, sessionStates, sessionTransitions } from './session-states.ts';
import { type StreamProtocol } from './stream-protocol.ts';
import { createStreamSession, type StreamSession } from './stream-session.ts';

interface Started extends ScriptedSockets {
  readonly session: StreamSession;
  readonly clock: FakeClock;
  readonly heard: string[];
  readonly want: (...keys: readonly string[]) => void;
}

function start(change: Partial<StreamProtocol> = {}): Started {
  const clock = createFakeClock();
  const sockets = createScriptedSockets();
  const heard: string[] = [];
  const protocol = { ...wordProtocol, ...change };
  const session = createStreamSession({ protocol, transport: sockets.transport, clock, random: () => 1 });
  session.listen({
    confirmed: ({ key }) => heard.push(`confirmed ${key}`),
    refused: ({ key }, { reason }) => heard.push(`refused ${key} ${reason}`),
    settled: () => heard.push('settled'),
    lost: ({ reason, retryInMs, alarm }) =>
      heard.push(`lost ${reason} ${retryInMs ?? 'never'}${alarm ? ' ALARM' : ''}`),
  });
  const want = (...keys: readonly string[]): void => {
    for (const key of keys) session.register({ key, name: key });
  };
  return { ...sockets, session, clock, heard, want };
}

/** Opened, with `a` confirmed. */
async function startLive(change: Partial<StreamProtocol> = {}): Promise<Started> {
  const started = start(change);
  started.want('a');
  await started.clock.settle();
  started.last().open();
  started.last().say('ok a');
  started.heard.length = 0;
  return started;
}

/** Lets time pass until another socket is opened, or none is for a minute. */
async function nextSocket({ all, clock }: Started): Promise<void> {
  const before = all.length;
  for (let seconds = 0; seconds < 60 && all.length === before; seconds += 1) await clock.advance(1_000);
}

describe('a stream session', () => {
  it('connects for the first registration, and registers one at a time, each after the answer to the last', async () => {
    const { session, clock, heard, last, all, want } = start();
    expect(all).toEqual([]);
    want('a', 'b');
    await clock.settle();
    expect(last().sent).toEqual([]);
    last().open();
    expect(last().sent).toEqual(['+a']);
    last().say('ok a');
    expect(last().sent).toEqual(['+a']);
    await clock.advance(10);
    expect(last().sent).toEqual(['+a', '+b']);
    last().say('ok');
    expect(heard).toEqual(['confirmed a', 'confirmed b', 'settled']);
    expect(session.state).toBe('LIVE');
  });

  it('registers nothing before the login is accepted', async () => {
    const { clock, last, want } = start({ loginText: () => 'login' });
    want('a');
    await clock.settle();
    last().open();
    expect(last().sent).toEqual(['login']);
    last().say('welcome');
    expect(last().sent).toEqual(['login', '+a']);
  });

  it('echoes a ping in the turn of its receipt, in any state', async () => {
    const { clock, last, want } = start({ loginText: () => 'login' });
    want('a');
    await clock.settle();
    last().open();
    last().say('PING 1');
    expect(last().sent).toEqual(['login', 'PING 1']);
  });

  it('refuses what the budget does not hold, and lets the others live', async () => {
    const { session, clock, last, want, heard } = start();
    want('a', 'b', 'c');
    expect(session.register({ key: 'd', name: 'd' })).toMatchObject({ reason: 'REGISTRATION_LIMIT' });
    expect(session.register({ key: 'a', name: 'a' })).toBeUndefined();
    await clock.settle();
    last().open();
    last().say('ok a');
    expect(heard).toEqual(['confirmed a']);
    expect([session.registrationsUsed, session.registrationMax]).toEqual([3, 3]);
    session.release('a');
    expect(session.register({ key: 'd', name: 'd' })).toMatchObject({ reason: 'REGISTRATION_LIMIT' });
    session.release('a');
    expect(last().sent).toContain('-a');
    expect(session.register({ key: 'd', name: 'd' })).toBeUndefined();
  });

  it('lets the others live when one is refused', async () => {
    const { clock, last, want, heard, session } = start();
    want('a', 'b');
    await clock.settle();
    last().open();
    last().say('no a');
    await clock.advance(10);
    last().say('ok b');
    expect(heard).toEqual(['refused a NO', 'confirmed b', 'settled']);
    expect(session.registrationsUsed).toBe(1);
  });

  it('sends a registration again that was refused for now, three times in all', async () => {
    const { clock, last, want, heard } = start();
    want('a');
    await clock.settle();
    last().open();
    last().say('no a LATER');
    await clock.advance(999);
    expect(last().sent).toHaveLength(1);
    await clock.advance(1);
    last().say('no a LATER');
    await clock.advance(2_000);
    last().say('no a LATER');
    expect(last().sent).toHaveLength(3);
    expect(heard).toEqual(['refused a NO', 'settled']);
  });

  it('gives up one that is never confirmed, while others are', async () => {
    const { clock, last, want, heard, all } = start();
    want('a', 'b');
    await clock.settle();
    last().open();
    await clock.advance(5_000);
    expect(last().sent).toEqual(['+a', '+b']);
    last().say('ok b');
    for (let seconds = 0; seconds < 3; seconds += 1) {
      last().say('PING');
      await clock.advance(5_010);
    }
    expect(heard).toEqual(['confirmed b', 'refused a NOT_CONFIRMED', 'settled']);
    expect(all).toHaveLength(1);
  });

  it('makes a new connection when registrations get no answer at all', async () => {
    const { clock, last, want, heard } = start();
    want('a');
    await clock.settle();
    last().open();
    await clock.advance(5_000);
    expect(last().sent).toEqual(['+a', '+a']);
    await clock.advance(5_000);
    expect(heard).toEqual(['lost REGISTRATIONS_UNANSWERED 2000']);
  });

  it('gives up one that ends three connections, and then serves the others', async () => {
    const started = start();
    const { clock, last, want, heard } = started;
    want('bad', 'good');
    for (let times = 0; times < 3; times += 1) {
      await clock.settle();
      last().open();
      if (last().sent.at(-1) === '+good') {
        last().say('ok good');
        await clock.advance(10);
      }
      expect(last().sent.at(-1)).toBe('+bad');
      last().drop();
      await nextSocket(started);
    }
    expect(heard).toContain('refused bad CONNECTION_ENDS_WHEN_REGISTERED');
    last().open();
    last().say('ok good');
    expect(heard.at(-2)).toBe('confirmed good');
  });

  it('does not blame a registration for a session that the broker still holds', async () => {
    const started = await startLive();
    const { clock, last, heard } = started;
    last().drop();
    for (let times = 0; times < 4; times += 1) {
      await nextSocket(started);
      last().open();
      expect(last().sent.at(-1)).toBe('+a');
      last().say('busy');
    }
    expect(heard.filter((each) => each.startsWith('refused'))).toEqual([]);
    await nextSocket(started);
    last().open();
    last().say('ok a');
    expect(heard.at(-1)).toBe('settled');
    expect(clock.pendingTimers).toBeGreaterThan(0);
  });

  it('registers everything again after a loss, with backoff from one second up', async () => {
    const { clock, last, heard, all } = await startLive();
    last().drop();
    expect(heard).toEqual(['lost CONNECTION_CLOSED 2000']);
    await clock.advance(2_000);
    expect(all).toHaveLength(2);
    last().drop();
    expect(heard.at(-1)).toBe('lost CONNECTION_CLOSED 4000');
    await clock.advance(4_000);
    last().open();
    expect(last().sent).toEqual(['+a']);
    last().say('ok a');
    expect(heard.slice(-2)).toEqual(['confirmed a', 'settled']);
  });

  it('tries ten times in ten minutes at most, then raises an alarm and waits', async () => {
    const { clock, heard, all } = await startLive({ pingPeriodMs: 1_000_000 });
    for (let seconds = 0; seconds < 600; seconds += 1) {
      if (all.at(-1)?.ended === 'NO') all.at(-1)?.drop();
      await clock.advance(1_000);
    }
    expect(all.length).toBeLessThanOrEqual(11);
    expect(heard.at(-1)).toContain('ALARM');
  });

  it.each([
    ['documented', 0, 20_000],
    ['learned', 3_000, 6_000],
  ])('finds a half-open connection within two %s ping periods', async (_how, periodMs, foundMs) => {
    const { clock, last, heard } = await startLive();
    for (let pings = 0; pings < 4 && periodMs > 0; pings += 1) {
      await clock.advance(periodMs);
      last().say('PING');
    }
    await clock.advance(foundMs - 1);
    expect(heard).toEqual([]);
    await clock.advance(1);
    expect(heard).toEqual(['lost HALF_OPEN 2000']);
    expect(last().ended).toBe('TERMINATED');
  });

  it('takes a protocol ping for a sign of life', async () => {
    const { clock, last, heard } = await startLive();
    await clock.advance(19_000);
    last().ping();
    await clock.advance(19_000);
    expect(heard).toEqual([]);
  });

  it('ends for good, with an alarm, when the key is taken by another program while the session is its own', async () => {
    const { clock, last, heard, session, all } = await startLive();
    last().say('busy');
    expect(heard).toEqual(['lost KEY_IN_USE_ELSEWHERE never ALARM', 'refused a KEY_IN_USE_ELSEWHERE']);
    expect(session.state).toBe('FAILED');
    expect(session.register({ key: 'b', name: 'b' })).toMatchObject({ reason: 'KEY_IN_USE_ELSEWHERE' });
    await clock.advance(600_000);
    expect(all).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('waits for the session of a run before to be forgotten, a minute, before it ends for good', async () => {
    const started = start();
    const { clock, last, want, heard, session, all } = started;
    want('a');
    await clock.settle();
    const beganMs = clock.monotonicMs();
    const hasFailed = (): boolean => session.state === 'FAILED';
    for (let attempts = 0; attempts < 20 && !hasFailed(); attempts += 1) {
      last().open();
      last().say('busy');
      if (!hasFailed()) await nextSocket(started);
    }
    expect(heard[0]).toMatch(/^lost KEY_IN_USE_ELSEWHERE \d+$/);
    expect(heard.slice(-2)).toEqual(['lost KEY_IN_USE_ELSEWHERE never ALARM', 'refused a KEY_IN_USE_ELSEWHERE']);
    expect(clock.monotonicMs() - beganMs).toBeGreaterThan(60_000);
    expect(clock.monotonicMs() - beganMs).toBeLessThan(125_000);
    expect(all.length).toBeLessThanOrEqual(8);
  });

  it('takes the key over as soon as the session of the run before is forgotten', async () => {
    const started = start();
    const { clock, last, want, heard } = started;
    want('a');
    await clock.settle();
    last().open();
    last().say('busy');
    await nextSocket(started);
    last().open();
    last().say('ok a');
    expect(heard.at(-1)).toBe('settled');
  });

  it('waits for its own session to be forgotten when the broker still holds it after a cut', async () => {
    const { clock, last, heard } = await startLive();
    last().drop();
    await clock.advance(2_000);
    last().open();
    last().say('busy');
    expect(heard.at(-1)).toBe('lost KEY_IN_USE_ELSEWHERE 4000');
    await clock.advance(4_000);
    last().open();
    last().say('ok a');
    expect(heard.at(-1)).toBe('settled');
  });

  it('fetches fresh credentials twice, then ends', async () => {
    const started = start();
    const { clock, last, want, heard, session } = started;
    want('a');
    for (let times = 0; times < 3; times += 1) {
      await clock.settle();
      last().open();
      last().say('no a NEW_CREDENTIALS');
      await nextSocket(started);
    }
    expect(heard.filter((each) => each.startsWith('lost'))).toHaveLength(3);
    expect(session.state).toBe('FAILED');
  });

  it('tries again when no key could be had', async () => {
    let times = 0;
    const prepare = (): Promise<string> => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('no key')) : Promise.resolve('ws://127.0.0.1:1');
    };
    const { clock, want, heard, all } = start({ prepare });
    want('a');
    await clock.settle();
    expect(heard).toEqual(['lost KEY_NOT_ISSUED 2000']);
    await clock.advance(2_000);
    expect(all).toHaveLength(1);
  });

  it('gives up a connection that does not open', async () => {
    const { clock, want, heard, last } = start();
    want('a');
    await clock.advance(10_000);
    expect(heard).toEqual(['lost OPEN_TIMEOUT 2000']);
    expect(last().ended).toBe('TERMINATED');
  });

  it.each(['IDLE', 'PREPARING', 'CONNECTING', 'LIVE', 'WAITING'])(
    'closes from %s and leaves no timer',
    async (state) => {
      const { session, clock, last, want, heard } = start();
      if (state !== 'IDLE') want('a', 'b');
      if (state !== 'IDLE' && state !== 'PREPARING') await clock.settle();
      if (state === 'LIVE') last().open();
      if (state === 'WAITING') last().drop();
      expect(session.state).toBe(state);
      heard.length = 0;
      await session.close();
      await session.close();
      expect(session.state).toBe('CLOSED');
      expect(clock.pendingTimers).toBe(0);
      expect(heard).toEqual([]);
      if (state === 'LIVE') expect(last().ended).toBe('CLOSED');
      expect(session.register({ key: 'c', name: 'c' })).toMatchObject({ reason: 'SESSION_CLOSED' });
    },
  );
});

describe('the diagram of a session', () => {
  it('leads from every state but the last to CLOSED, and out of it never', () => {
    const closing = sessionTransitions.filter(({ on }) => on === 'CLOSE').map(({ from }) => from);
    expect([...closing, 'CLOSED'].sort()).toEqual([...sessionStates].sort());
    expect(sessionTransitions.some(({ from }) => from === 'CLOSED')).toBe(false);
  });

  it('has one end for each state and move, and uses each of both', () => {
    const keys = sessionTransitions.map(({ from, on }) => `${from} ${on}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(sessionTransitions.map(({ on }) => on))).toEqual(new Set(sessionMoves));
    expect(new Set(sessionTransitions.map(({ to }) => to)).size).toBe(sessionStates.length - 1);
  });
});
