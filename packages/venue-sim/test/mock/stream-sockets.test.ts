import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type VenueFaultPlan } from '../../src/index.ts';
import { account, startKis, type KisTestVenue } from './kis-client.ts';
import { startKiwoom } from './kiwoom-client.ts';
import { registration, symbol } from './stream-client.ts';

/** A raw client, and what it has got. */
interface RawClient {
  readonly socket: WebSocket;
  readonly texts: string[];
  /** The next message that holds the text. */
  next(part: string): Promise<string>;
  closed(): Promise<number>;
}

async function open(url: string): Promise<RawClient> {
  const socket = new WebSocket(url);
  const texts: string[] = [];
  const waiting: { part: string; resolve: (text: string) => void }[] = [];
  socket.on('message', (data: Buffer, isBinary) => {
    const text = isBinary ? 'binary' : data.toString('utf8');
    texts.push(text);
    for (const each of waiting.filter(({ part }) => text.includes(part))) {
      waiting.splice(waiting.indexOf(each), 1);
      each.resolve(text);
    }
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
    socket.on('error', () => undefined);
  });
  await Promise.race([once(socket, 'open'), closed]);
  return {
    socket,
    texts,
    next: (part) =>
      new Promise((resolve) => {
        waiting.push({ part, resolve });
      }),
    closed: () => closed,
  };
}

/** Runs a case against a venue behind a port, with a client that has trades registered. */
function onSockets(
  run: (parts: {
    readonly kis: KisTestVenue;
    readonly client: RawClient;
    readonly approvalKey: string;
    readonly plan: (plan: VenueFaultPlan) => void;
    readonly trade: () => void;
    readonly advance: (ms: number) => void;
  }) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const kis = await startKis();
    try {
      const { body } = await kis.send({
        method: 'POST',
        path: '/oauth2/Approval',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          appkey: account.appKey,
          secretkey: account.appSecret,
        }),
      });
      const approvalKey = String(body['approval_key']);
      const client = await open(kis.venue.streamUrl);
      const answered = client.next('OPSP0000');
      client.socket.send(registration(approvalKey, '1', 'H0STCNT0', symbol));
      await answered;
      const order = (side: 'BUY' | 'SELL'): void => {
        kis.venue.exchange.placeOrder({
          symbol,
          side,
          quantity: 1,
          orderType: 'LIMIT',
          timeInForce: 'DAY',
          session: 'REGULAR',
          limitPriceKrw: 70_000,
          stopPriceKrw: 0,
        });
      };
      const advance = (ms: number): void => {
        kis.clock.advanceTo(kis.clock.nowMs() + ms);
      };
      await run({
        kis,
        client,
        approvalKey,
        plan: (plan) => {
          kis.venue.faults.plan(plan);
        },
        trade() {
          order('SELL');
          order('BUY');
          advance(1);
        },
        advance,
      });
      client.socket.terminate();
    } finally {
      await kis.close();
    }
  };
}

describe('streams over a real socket', () => {
  it(
    'carry registrations, trades, pings and a clean end',
    onSockets(async ({ kis, client, trade, advance }) => {
      expect(kis.venue.streamUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/tryitout$/);
      const traded = client.next('|H0STCNT0|');
      trade();
      expect((await traded).split('|').slice(0, 3)).toEqual(['0', 'H0STCNT0', '001']);
      const pinged = client.next('PINGPONG');
      advance(30_000);
      client.socket.send(await pinged);
      client.socket.close(1000);
      expect(await client.closed()).toBe(1000);
      expect(kis.venue.streams()[0]).toMatchObject({ path: '/tryitout', framesSent: { H0STCNT0: 2, PINGPONG: 1 } });
    }),
  );

  it(
    'give a pong to a protocol ping, unless a fault keeps it back',
    onSockets(async ({ kis, client, plan, advance }) => {
      const ponged = once(client.socket, 'pong');
      client.socket.ping();
      await ponged;
      plan({ fault: 'W04-pong-not-sent', parameters: { durationMs: 1000 } });
      let pongs = 0;
      client.socket.on('pong', () => (pongs += 1));
      client.socket.ping();
      const answered = client.next('OPSP9999');
      client.socket.send('nonsense'); // its answer comes behind whatever the ping got
      await answered;
      expect(pongs).toBe(0);
      expect(kis.venue.faults.counters()['W04-pong-not-sent']).toBe(1);
      advance(1000);
      const again = once(client.socket, 'pong');
      client.socket.ping();
      await again;
    }),
  );

  it(
    'come in fragments and are whole all the same',
    onSockets(async ({ kis, client, plan, trade }) => {
      plan({ fault: 'W09-fragments' });
      const traded = client.next('|H0STCNT0|');
      trade();
      expect((await traded).split('^')).toHaveLength(47);
      expect(kis.venue.faults.counters()['W09-fragments']).toBe(1);
    }),
  );

  it.each([
    ['W01-clean-close', 1000],
    ['W02-cut', 1006],
    ['W08-gap-over-reconnect', 1006],
  ] as const)('%s ends with code %i', async (fault, code) => {
    await onSockets(async ({ client, plan, trade }) => {
      plan({ fault });
      trade();
      expect(await client.closed()).toBe(code);
    })();
  });

  it(
    'are refused while a fault takes no connections, and on paths that nobody serves',
    onSockets(async ({ kis, plan, trade, advance }) => {
      plan({ fault: 'W08-gap-over-reconnect', parameters: { durationMs: 5000 } });
      trade();
      expect(await (await open(kis.venue.streamUrl)).closed()).toBe(1006);
      advance(5000);
      const again = await open(kis.venue.streamUrl);
      expect(again.socket.readyState).toBe(WebSocket.OPEN);
      again.socket.terminate();
      expect(await (await open(kis.venue.streamUrl.replace('tryitout', 'elsewhere'))).closed()).toBe(1006);
    }),
  );

  it(
    'survive a client that sends what no client should',
    onSockets(async ({ client, trade }) => {
      client.socket.send(Buffer.from([0, 255, 254, 1]));
      client.socket.send('{"header":null}');
      client.socket.send('x'.repeat(60_000));
      const answered = client.next('OPSP9998');
      client.socket.send('{"header":[]}');
      await answered;
      const traded = client.next('|H0STCNT0|');
      trade();
      await traded;
      client.socket.send('x'.repeat(100_000)); // above what the venue takes
      expect(await client.closed()).toBe(1009);
    }),
  );

  it(
    'cut a client that does not read before it costs much',
    onSockets(({ client, kis, plan, trade, advance }) => {
      client.socket.pause();
      plan({ fault: 'W10-huge-frame', times: 40, parameters: { kilobytes: 1024 } });
      for (let each = 0; each < 40; each += 1) trade();
      advance(1000);
      const [stream] = kis.venue.streams();
      expect(stream?.end).toMatchObject({ by: 'VENUE', code: 1006 });
      expect(stream?.framesSent['noise']).toBeLessThan(20);
      return Promise.resolve();
    }),
  );
});

describe('Kiwoom streams over a real socket', () => {
  it('take the token that came over HTTP from the same address', async () => {
    const kiwoom = await startKiwoom();
    try {
      expect(kiwoom.venue.streamUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/api\/dostk\/websocket$/);
      const { body } = await kiwoom.issueToken();
      const client = await open(kiwoom.venue.streamUrl);
      const answered = client.next('LOGIN');
      client.socket.send(JSON.stringify({ trnm: 'LOGIN', token: body['token'] }));
      expect(JSON.parse(await answered)).toMatchObject({ return_code: 0, sor_yn: 'Y' });
      const pinged = client.next('PING');
      kiwoom.advance(10_000);
      expect(await pinged).toBe('{"trnm":"PING"}');
      client.socket.terminate();
    } finally {
      await kiwoom.close();
    }
  });
});

describe('a WebSocket to a path that is not there', () => {
  it('is answered 404, as any other request', async () => {
    const kis = await startKis();
    try {
      const url = new URL(kis.venue.streamUrl);
      const socket = new WebSocket(new URL('/nowhere', url));
      const [error] = (await once(socket, 'error')) as [Error];
      expect(error.message).toContain('404');
    } finally {
      await kis.close();
    }
  });
});
