import { createFakeClock } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { createHttpSession } from './http-session.ts';
import { type HttpConnection, type HttpExchange, type HttpTransport } from './http-transport.ts';
import { transportError } from './transport-failures.ts';

interface Sent {
  readonly connection: number;
  readonly path: string;
  answer(): void;
  fail(): void;
}

/** A transport whose exchanges end when the test says so. */
function makeTransport(): { transport: HttpTransport; sent: Sent[]; warmed: number[]; closed: number[] } {
  const sent: Sent[] = [];
  const warmed: number[] = [];
  const closed: number[] = [];
  let count = 0;
  const transport: HttpTransport = {
    open: () => {
      const connection = (count += 1);
      return {
        busy: false,
        send: ({ path }) =>
          new Promise<HttpExchange>((resolve, reject) => {
            sent.push({
              connection,
              path,
              answer: () => {
                resolve({ status: 200, body: path, header: () => undefined });
              },
              fail: () => {
                reject(transportError('CONNECTION_RESET'));
              },
            });
          }),
        warm: () => {
          warmed.push(connection);
          return Promise.resolve();
        },
        close: () => {
          closed.push(connection);
          return Promise.resolve();
        },
      } satisfies HttpConnection;
    },
  };
  return { transport, sent, warmed, closed };
}

const get = (path: string) => ({ method: 'GET', path, headers: [] }) as const;
const origin = 'https://api.example.com';

function start(settings: { waitersMax?: number } = {}) {
  const clock = createFakeClock();
  const world = makeTransport();
  const session = createHttpSession({
    transport: world.transport,
    origin,
    clock,
    connectionsMax: { CANCEL: 1, ORDER: 1, READ: 2 },
    ...settings,
  });
  return { clock, session, ...world };
}

describe('createHttpSession', () => {
  it('keeps cancels, orders and reads on sockets of their own', () => {
    const { session, sent } = start();
    void session.send(get('/order'), { lane: 'ORDER' });
    void session.send(get('/read-1'), { lane: 'READ' });
    void session.send(get('/read-2'), { lane: 'READ' });
    void session.send(get('/cancel'), { lane: 'CANCEL' });
    expect(sent.map(({ path }) => path)).toEqual(['/order', '/read-1', '/read-2', '/cancel']);
    expect(new Set(sent.map(({ connection }) => connection)).size).toBe(4);
  });

  it('refuses no cancel for the length of its line, nor for its time', async () => {
    const { session, sent, clock } = start({ waitersMax: 1 });
    const answers = ['/1', '/2', '/3', '/4'].map((path) => session.send(get(path), { lane: 'CANCEL' }));
    await clock.advance(60_000);
    for (let index = 0; index < answers.length; index += 1) {
      sent[index]?.answer();
      await clock.settle();
    }
    expect(await Promise.all(answers)).toMatchObject([{ body: '/1' }, { body: '/2' }, { body: '/3' }, { body: '/4' }]);
  });

  it('lets requests wait in line for a free connection', async () => {
    const { session, sent, clock } = start();
    const answers = ['/1', '/2', '/3'].map((path) => session.send(get(path), { lane: 'ORDER' }));
    expect(sent).toHaveLength(1);
    sent[0]?.answer();
    await clock.settle();
    expect(sent.map(({ path }) => path)).toEqual(['/1', '/2']);
    sent[1]?.fail();
    await expect(answers[1]).rejects.toMatchObject({ code: 'CONNECTION_RESET' });
    sent[2]?.answer();
    expect(await answers[2]).toMatchObject({ body: '/3' });
    expect(new Set(sent.map(({ connection }) => connection)).size).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('stays with the connection that was used last', async () => {
    const { session, sent } = start();
    for (const path of ['/1', '/2', '/3']) {
      const exchange = session.send(get(path), { lane: 'READ' });
      sent.at(-1)?.answer();
      await exchange;
    }
    expect(new Set(sent.map(({ connection }) => connection)).size).toBe(1);
  });

  it('says NOT_SENT when none becomes free before the deadline, in the default time, or ever', async () => {
    const { session, clock, sent } = start({ waitersMax: 2 });
    void session.send(get('/1'), { lane: 'ORDER' });
    const late = session.send(get('/2'), { lane: 'ORDER', deadlineMs: clock.nowMs() + 100 });
    const patient = session.send(get('/3'), { lane: 'ORDER' });
    const crowded = session.send(get('/4'), { lane: 'ORDER' });
    const busy = { code: 'CONNECTION_BUSY', sent: 'NOT_SENT', facts: { origin, lane: 'ORDER' } };
    await expect(crowded).rejects.toMatchObject(busy);
    const [lateEnd, patientEnd] = [
      expect(late).rejects.toMatchObject(busy),
      expect(patient).rejects.toMatchObject(busy),
    ];
    await clock.advance(100);
    await lateEnd;
    await expect(session.send(get('/5'), { lane: 'ORDER', deadlineMs: clock.nowMs() })).rejects.toMatchObject(busy);
    await clock.advance(4_900);
    await patientEnd;
    expect(sent).toHaveLength(1);
  });

  it('takes an aborted request out of the line', async () => {
    const { session, clock, sent } = start();
    void session.send(get('/1'), { lane: 'ORDER' });
    const controller = new AbortController();
    const second = session.send(get('/2'), { lane: 'ORDER', signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'ABORTED_BEFORE_SEND', sent: 'NOT_SENT' });
    await expect(session.send(get('/3'), { lane: 'ORDER', signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED_BEFORE_SEND',
    });
    sent[0]?.answer();
    await clock.settle();
    expect(sent).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('warms the connection that the next cancel and the next order use', async () => {
    const { session, sent, warmed } = start();
    await session.warm();
    expect(warmed).toHaveLength(2);
    void session.send(get('/cancel'), { lane: 'CANCEL' });
    void session.send(get('/order'), { lane: 'ORDER' });
    expect(sent.map(({ connection }) => connection).sort()).toEqual(warmed.toSorted());
  });

  it('ends all connections and refuses who waits', async () => {
    const { session, closed, clock } = start();
    void session.send(get('/1'), { lane: 'ORDER' });
    const waiting = session.send(get('/2'), { lane: 'ORDER' });
    const ended = expect(waiting).rejects.toMatchObject({ code: 'SESSION_CLOSED', sent: 'NOT_SENT' });
    await session.close();
    await ended;
    expect(closed.sort()).toEqual([1, 2, 3, 4]);
    await expect(session.send(get('/3'), { lane: 'READ' })).rejects.toMatchObject({ code: 'SESSION_CLOSED' });
    await session.close();
    expect(clock.pendingTimers).toBe(0);
  });
});
