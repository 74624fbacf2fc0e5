import { createHttpSession, createUndiciTransport, systemClock } from '@qts/broker-kit';
import { expect, it } from 'vitest';
import { answer, startRawServer } from './support/raw-server.ts';
import { until } from './support/until.ts';

const post = (path: string) => ({ method: 'POST', path, headers: [], body: '{}' }) as const;

it('sends warm orders and cancels on the sockets that were warmed', async () => {
  const server = await startRawServer({ onRequest: ({ socket }) => socket.write(answer('{}')) });
  const session = createHttpSession({ transport: createUndiciTransport(), origin: server.origin, clock: systemClock });
  await session.warm();
  await until(() => server.connections.length === 2);
  await Promise.all([
    session.send(post('/order'), { lane: 'ORDER' }),
    session.send(post('/cancel'), { lane: 'CANCEL' }),
  ]);
  expect(server.connections).toHaveLength(2);
  await session.close();
  await server.close();
});

it('sends each of many orders once, one at a time per socket, also when every third socket breaks', async () => {
  const busy = new Set<object>();
  const server = await startRawServer({
    onRequest: (connection, index) => {
      expect(busy.has(connection)).toBe(false); // Never pipelined.
      busy.add(connection);
      setTimeout(() => {
        busy.delete(connection);
        if (index % 3 === 0) {
          connection.socket.resetAndDestroy();
        } else {
          connection.socket.write(answer('{}'));
        }
      }, 1);
    },
  });
  const session = createHttpSession({ transport: createUndiciTransport(), origin: server.origin, clock: systemClock });
  const orders = Array.from({ length: 60 }, (_unused, index) =>
    session.send(post(`/order/${index}`), { lane: 'ORDER' }),
  );
  const ends = await Promise.allSettled(orders);
  const seen = server.connections.flatMap(({ received }) => received.match(/\/order\/\d+/g) ?? []);
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(40);
  for (const end of ends) {
    if (end.status === 'rejected') {
      expect(end.reason).toMatchObject({ sent: 'MAYBE_SENT' });
    }
  }
  await session.close();
  await server.close();
});
