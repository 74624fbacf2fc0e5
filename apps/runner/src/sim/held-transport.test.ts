import { type HttpConnection } from '@qts/broker-kit';
import { describe, expect, it } from 'vitest';
import { holdTimeDuringExchanges } from './held-transport.ts';
import { type LockstepClock } from './lockstep-clock.ts';

const request = { method: 'GET', path: '/', headers: [] } as const;

/** A transport whose work ends when the test says so, and a clock that counts what it was told to wait for. */
function start() {
  let held = 0;
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const origins: string[] = [];
  const work = <Result>(): Promise<Result> =>
    new Promise((resolve, reject) => {
      ends.push({
        resolve: () => {
          resolve('done' as Result);
        },
        reject,
      });
    });
  const connection: HttpConnection = { busy: true, send: work, warm: work, close: work };
  const clock: Pick<LockstepClock, 'hold'> = {
    hold: () => {
      held += 1;
      return () => (held -= 1);
    },
  };
  const open = (origin: string): HttpConnection => {
    origins.push(origin);
    return connection;
  };
  const transport = holdTimeDuringExchanges({ open }, clock);
  return { connection: transport.open('http://127.0.0.1:1'), ends, origins, held: () => held };
}

describe('holdTimeDuringExchanges', () => {
  it.each([
    ['send', (connection: HttpConnection) => connection.send(request)],
    ['warm', (connection: HttpConnection) => connection.warm()],
    ['close', (connection: HttpConnection) => connection.close()],
  ] as const)('holds time from the begin of a %s to its end', async (_, begin) => {
    const { connection, ends, held } = start();
    const pending = begin(connection);
    expect(held()).toBe(1);
    ends[0]?.resolve();
    await pending;
    expect(held()).toBe(0);
  });

  it('lets time go when the exchange fails, and hands the failure on', async () => {
    const { connection, ends, held } = start();
    const pending = connection.send(request);
    ends[0]?.reject(new Error('cut'));
    await expect(pending).rejects.toThrow('cut');
    expect(held()).toBe(0);
  });

  it('holds until the last of several has ended', async () => {
    const { connection, ends, held } = start();
    const [first, second] = [connection.send(request), connection.send(request)];
    expect(held()).toBe(2);
    ends[1]?.resolve();
    await second;
    expect(held()).toBe(1);
    ends[0]?.resolve();
    await first;
    expect(held()).toBe(0);
  });

  it('is the connection that it wraps in all else', () => {
    const { connection, origins } = start();
    expect(connection.busy).toBe(true);
    expect(origins).toEqual(['http://127.0.0.1:1']);
  });
});
