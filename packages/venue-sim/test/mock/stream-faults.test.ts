import { describe, expect, it } from 'vitest';
import { streamFaultIds, type StreamFaultId } from '../../src/faults/stream-faults.ts';
import { venueFaults } from '../../src/index.ts';
import { account, orderFields } from './kis-client.ts';
import {
  connect,
  htsId,
  registration,
  startStreams,
  symbol,
  type StreamClient,
  type StreamVenue,
} from './stream-client.ts';

/** A venue with one client that has trades and notices registered, and an order of ten shares in the book. */
interface Scene extends StreamVenue {
  readonly client: StreamClient;
  strike(parameters?: Record<string, number>, times?: number): void;
  /** A trade of the market that is not the account's. */
  trade(quantity?: number): void;
  /** A fill of the account's order. */
  fill(quantity: number): void;
  quantities(): readonly string[];
}

function stage(fault: StreamFaultId): Scene {
  const venue = startStreams();
  const client = venue.connect();
  client.register('H0STCNT0', symbol);
  client.register('H0STCNI0', htsId);
  venue.order('BUY', 10, 70_000);
  venue.advance(100);
  return {
    ...venue,
    client,
    strike(parameters = {}, times) {
      venue.venue.faults.plan({ fault, parameters, ...(times === undefined ? {} : { times }) });
    },
    trade(quantity = 1) {
      venue.market('SELL', quantity, 70_500);
      venue.market('BUY', quantity, 70_500);
      venue.advance(1);
    },
    fill(quantity) {
      venue.market('SELL', quantity, 70_000);
    },
    /** What each execution notice says. */
    quantities: () =>
      client
        .notices()
        .filter((fields) => fields !== 'BAD' && fields[13] === '2')
        .map((fields) => String(Number(fields[9]))),
  };
}

type Case = (scene: Scene) => void;

/** The next message takes the connection with it. */
function ends(code: number): Case {
  return (scene) => {
    scene.strike();
    scene.trade();
    expect(scene.client.ends).toEqual([{ code, reason: '' }]);
    expect(scene.client.data('H0STCNT0')).toEqual([]);
    expect(scene.client.session.isOpen).toBe(false);
  };
}

/** Something comes in between, and the message itself is whole. */
function between(check: (frame: unknown) => void): Case {
  return (scene) => {
    scene.strike();
    const before = scene.client.frames.length;
    scene.trade();
    check(scene.client.frames[before]);
    expect(scene.client.data('H0STCNT0')).toHaveLength(1);
  };
}

/** A registration is refused with a code. */
function refuses(code: string): Case {
  return (scene) => {
    scene.strike();
    expect(scene.client.register('H0STASP0', symbol)?.body.msg_cd).toBe(code);
    expect(scene.client.register('H0STASP0', symbol)?.body.msg_cd).toBe('OPSP0000');
  };
}

const cases: Readonly<Record<Exclude<StreamFaultId, 'W04-pong-not-sent' | 'W09-fragments'>, Case>> = {
  'R28-approval-key-invalid': refuses('OPSP0011'),
  'W01-clean-close': ends(1000),
  'W02-cut': (scene) => {
    scene.strike({ lingersMs: 5000 });
    scene.trade();
    expect(scene.client.ends).toEqual([{ code: 1006, reason: '' }]);
    const again = connect(scene.venue, scene.approvalKey);
    expect(again.register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP8996');
    scene.advance(5000);
    expect(again.register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP0000');
  },
  'W03-half-open': (scene) => {
    scene.strike();
    const before = scene.client.frames.length;
    scene.trade();
    scene.fill(1);
    scene.advance(300_000);
    expect(scene.client.register('H0STASP0', symbol)).toBeUndefined();
    expect(scene.client.frames).toHaveLength(before);
    expect(scene.client.ends).toEqual([]);
    expect(scene.client.session.isOpen).toBe(true);
    scene.client.session.close(false);
    expect(scene.connect().register('H0STCNT0', symbol)?.body.msg_cd).toBe('OPSP0000');
  },
  'W04-ping-not-sent': (scene) => {
    scene.strike({ durationMs: 100_000 });
    scene.advance(100_000);
    expect(scene.client.pings()).toHaveLength(0);
    scene.trade();
    expect(scene.client.data('H0STCNT0')).toHaveLength(1);
    scene.advance(60_000);
    expect(scene.client.pings().length).toBeGreaterThan(0);
  },
  'W05-duplicate': (scene) => {
    scene.strike();
    scene.fill(4);
    scene.advance(100);
    const [one, two, ...more] = scene.client.data('H0STCNI0').slice(1);
    expect(more).toEqual([]);
    expect(two).toEqual(one);
    expect(scene.quantities()).toEqual(['4', '4']);
    expect(scene.venue.exchange.getOrder(1)?.filledQuantity).toBe(4);
  },
  'W06-reordered': (scene) => {
    scene.strike();
    scene.fill(2);
    scene.fill(3);
    scene.advance(100);
    expect(scene.quantities()).toEqual(['3', '2']);
    scene.strike({ delayMs: 700 });
    scene.fill(4);
    scene.advance(699);
    expect(scene.quantities()).toEqual(['3', '2']);
    scene.advance(1);
    expect(scene.quantities()).toEqual(['3', '2', '4']);
  },
  'W07-delayed': (scene) => {
    scene.strike({ delayMs: 60_000 });
    scene.fill(2);
    scene.fill(3);
    scene.advance(59_999);
    expect(scene.quantities()).toEqual(['3']);
    scene.advance(1);
    expect(scene.quantities()).toEqual(['3', '2']);
  },
  'W08-gap-over-reconnect': (scene) => {
    scene.strike({ durationMs: 10_000 });
    scene.trade();
    expect(scene.client.ends).toEqual([{ code: 1006, reason: '' }]);
    scene.advance(9000);
    expect(scene.connect().session.isOpen).toBe(false);
    scene.fill(4);
    scene.advance(1000);
    const again = scene.connect();
    expect(again.register('H0STCNI0', htsId)?.body.msg_cd).toBe('OPSP0000');
    scene.advance(1000);
    expect(again.notices()).toEqual([]);
  },
  'W10-binary-frame': between((frame) => {
    expect(frame).toBeInstanceOf(Uint8Array);
  }),
  'W10-garbage-frame': between((frame) => {
    expect(() => JSON.parse(String(frame)) as unknown).toThrow();
  }),
  'W10-huge-frame': between((frame) => {
    expect(String(frame)).toHaveLength(1024 * 1024);
  }),
  'W11-cipher-garbled': (scene) => {
    scene.strike();
    scene.fill(2);
    scene.fill(3);
    scene.advance(100);
    expect(scene.client.notices().slice(1)).toMatchObject(['BAD', { 9: '0000000003' }]);
  },
  'W11-key-changed': (scene) => {
    scene.strike();
    scene.fill(2);
    scene.fill(3);
    scene.advance(100);
    const [accepted, ...fills] = scene.client.notices();
    expect(accepted).toHaveLength(26);
    expect(fills.filter((fields) => fields.length === 26)).toEqual([]);
    scene.client.remove('H0STCNI0', htsId);
    scene.client.register('H0STCNI0', htsId);
    scene.fill(4);
    scene.advance(100);
    expect(scene.client.notices().at(-1)).toMatchObject({ 9: '0000000004' });
  },
  'W12-column-appended': (scene) => {
    scene.strike({}, 2);
    scene.trade();
    scene.fill(2);
    scene.advance(100);
    const [trade] = scene.client.data('H0STCNT0');
    expect(trade?.fields).toHaveLength(48);
    expect(trade?.fields.slice(45)).toEqual(['70500', '2', '0']);
    expect(scene.client.notices().at(-1)).toHaveLength(27);
  },
  'W12-column-inserted': (scene) => {
    scene.strike();
    scene.trade();
    const [trade] = scene.client.data('H0STCNT0');
    expect(trade?.fields).toHaveLength(48);
    expect([trade?.fields[23], trade?.fields.at(-1)]).toEqual(['0', '2']);
  },
  'W13-answer-lost-before-accept': (scene) => {
    scene.strike();
    expect(scene.client.register('H0STASP0', symbol)).toBeUndefined();
    expect(scene.client.register('H0STASP0', symbol)?.body.msg_cd).toBe('OPSP0000');
  },
  'W13-answer-lost-after-accept': (scene) => {
    scene.strike();
    expect(scene.client.register('H0STASP0', symbol)).toBeUndefined();
    expect(scene.client.register('H0STASP0', symbol)?.body.msg_cd).toBe('OPSP0002');
  },
  'W13-subscribed-but-silent': (scene) => {
    scene.strike();
    expect(scene.client.register('H0STASP0', symbol)?.body.msg_cd).toBe('OPSP0000');
    scene.market('SELL', 5, 70_100);
    scene.advance(60_000);
    expect(scene.client.data('H0STASP0')).toEqual([]);
    scene.client.remove('H0STASP0', symbol);
    scene.client.register('H0STASP0', symbol);
    scene.advance(1000);
    expect(scene.client.data('H0STASP0')).toHaveLength(1);
  },
  'W14-limit-reached': refuses('OPSP0008'),
  'W15-second-login': (scene) => {
    scene.strike();
    scene.trade();
    expect(scene.client.answers().at(-1)).toMatchObject({ body: { rt_cd: '9', msg_cd: 'OPSP8996' } });
    expect(scene.client.ends).toEqual([{ code: 1000, reason: '' }]);
  },
  'W16-flood': (scene) => {
    scene.strike({ frames: 10_000 });
    scene.trade();
    scene.advance(500);
    const half = scene.client.data('H0STCNT0').length;
    expect(half).toBeGreaterThan(4000);
    expect(half).toBeLessThan(6000);
    scene.advance(500);
    expect(scene.client.data('H0STCNT0')).toHaveLength(10_000);
  },
  'W17-quotes-frozen': (scene) => {
    scene.strike({ durationMs: 60_000 });
    scene.trade();
    scene.fill(2);
    scene.advance(59_000);
    scene.trade();
    expect(scene.client.data('H0STCNT0')).toEqual([]);
    expect(scene.quantities()).toEqual(['2']);
    expect(scene.client.pings()).not.toEqual([]);
    scene.advance(1000);
    scene.trade();
    expect(scene.client.data('H0STCNT0')).toHaveLength(1);
  },
  'W18-stranger-fill': (scene) => {
    scene.market('SELL', 5, 70_300);
    scene.strike();
    scene.fill(2);
    scene.advance(100);
    const numbers = scene.client.notices().map((fields) => fields[2]);
    const orders = scene.venue.exchange.listOrders(account.accountId);
    expect(orders).toHaveLength(2);
    expect(orders[1]).toMatchObject({ quantity: 1, side: 'BUY', filledQuantity: 1 });
    const stranger = String(orders[1]?.orderNumber).padStart(10, '0');
    expect(numbers.slice(-2)).toEqual([stranger, stranger]);
    expect(scene.quantities()).toEqual(['2', '1']);
  },
  'W21-two-equal-fills': (scene) => {
    scene.strike();
    scene.fill(7);
    scene.advance(100);
    expect(scene.quantities()).toEqual(['3', '3', '1']);
    const [one, two] = scene.client.notices().slice(1);
    expect(one).toEqual(two);
    expect(scene.venue.exchange.getOrder(1)?.filledQuantity).toBe(7);
  },
  'W22-count-wrong': (scene) => {
    scene.strike();
    scene.trade();
    expect(scene.client.data('H0STCNT0')).toMatchObject([{ count: 2, fields: { length: 47 } }]);
  },
  'notice-before-answer': (scene) => {
    scene.strike();
    scene.order('BUY', 1, 69_000);
    expect(scene.client.notices()).toHaveLength(2); // before the call that placed it has come back
  },
};

describe('a planned fault of streams', () => {
  it.each(Object.entries(cases) as [StreamFaultId, Case][])('%s', (id, check) => {
    const scene = stage(id);
    check(scene);
    const counters = Object.entries(scene.venue.faults.counters()).filter(([, count]) => count > 0);
    expect(counters.map(([other]) => other)).toEqual([id]);
    const struck = scene.venue.streams().flatMap(({ faults }) => faults);
    expect(struck).toHaveLength(counters[0]?.[1] ?? 0);
    expect(new Set(struck)).toEqual(new Set([id]));
  });

  it('has a case here or with the sockets for each', () => {
    const ids = venueFaults.filter(({ stream }) => stream !== 'NONE').map(({ id }) => id);
    expect(ids).toEqual(streamFaultIds.toSorted());
    const withSocket = venueFaults.filter(({ stream, needsSocket }) => stream !== 'NONE' && needsSocket);
    expect([...Object.keys(cases), ...withSocket.map(({ id }) => id)].toSorted()).toEqual(ids);
  });

  it.each([
    ['with the fault the notice comes before the answer', true, ['notice', 'answer']],
    ['without it behind the answer', false, ['answer', 'notice']],
  ])('of an order over REST: %s', (_, planned, expected) => {
    const venue = startStreams();
    const seen: string[] = [];
    const session = venue.venue.openStream({
      onFrame: (frame) => String(frame).startsWith('1|H0STCNI0|') && seen.push('notice'),
      onClose: () => undefined,
    });
    session.receive(registration(venue.approvalKey, '1', 'H0STCNI0', htsId));
    const post = (path: string, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>>) =>
      JSON.parse(
        venue.venue.handleRequest({
          method: 'POST',
          path,
          query: new URLSearchParams(),
          headers: { 'content-type': 'application/json', ...headers },
          body: Buffer.from(JSON.stringify(body)),
        }).body,
      ) as Readonly<Record<string, unknown>>;
    const { appKey: appkey, appSecret: appsecret } = account;
    const token = post('/oauth2/tokenP', { grant_type: 'client_credentials', appkey, appsecret }, {});
    if (planned) venue.venue.faults.plan({ fault: 'notice-before-answer' });
    const answer = post(
      '/uapi/domestic-stock/v1/trading/order-cash',
      { CANO: '12345678', ACNT_PRDT_CD: '01', ...orderFields() },
      {
        appkey,
        appsecret,
        authorization: `Bearer ${String(token['access_token'])}`,
        tr_id: 'TTTC0012U',
        custtype: 'P',
      },
    );
    expect(answer).toMatchObject({ rt_cd: '0' });
    seen.push('answer');
    venue.advance(100);
    expect(seen).toEqual(expected);
  });

  it('strikes what it is told, and refuses streams to which it does not apply', () => {
    const scene = stage('W05-duplicate');
    const { faults } = scene.venue;
    faults.plan({ fault: 'W05-duplicate', operation: 'H0STCNI0' });
    scene.trade();
    expect(scene.client.data('H0STCNT0')).toHaveLength(1);
    scene.fill(1);
    scene.advance(100);
    expect(scene.quantities()).toEqual(['1', '1']);
    expect(() => {
      faults.plan({ fault: 'W17-quotes-frozen', operation: 'H0STCNI0' });
    }).toThrow(/"H0STCNI0" for W17-quotes-frozen.*H0STCNT0/);
  });
});

describe('a swarm on streams', () => {
  /** What a client gets of a lively minute, and what struck it. */
  function play(seed: number): { frames: readonly unknown[]; counters: unknown; bought: number } {
    const venue = startStreams();
    const { venue: at } = venue;
    at.faults.seeded({ seed });
    const clients: StreamClient[] = [];
    const reconnect = (): void => {
      if (clients.at(-1)?.session.isOpen === true) return;
      const client = venue.connect();
      clients.push(client);
      client.register('H0STCNT0', symbol);
      client.register('H0STASP0', symbol);
      client.register('H0STCNI0', htsId);
    };
    venue.order('BUY', 500, 70_000);
    for (let step = 0; step < 300; step += 1) {
      reconnect();
      venue.market('SELL', 1, step % 3 === 0 ? 70_000 : 70_200);
      if (step % 3 !== 0) venue.market('BUY', 1, 70_200);
      venue.advance(200);
    }
    return {
      frames: clients.flatMap(({ frames }) => frames),
      counters: at.faults.counters(),
      bought: at.exchange.listOrders(account.accountId).reduce((sum, { filledQuantity }) => sum + filledQuantity, 0),
    };
  }

  it('is the same again from the same seed, and leaves the exchange as it is', () => {
    for (const seed of [1, 2, 3]) {
      const first = play(seed);
      expect(play(seed)).toEqual(first);
      expect(first.bought).toBeGreaterThanOrEqual(100);
    }
    expect(play(4).counters).not.toEqual(play(5).counters);
  });

  it('strikes the same requests whether or not somebody listens', () => {
    const struck = (listens: boolean): unknown => {
      const venue = startStreams();
      venue.venue.faults.seeded({ seed: 11 });
      if (listens) venue.connect().register('H0STCNI0', htsId);
      for (let each = 0; each < 50; each += 1) {
        venue.venue.deliverRequest({
          method: 'POST',
          path: '/oauth2/tokenP',
          query: new URLSearchParams(),
          headers: {},
          body: new Uint8Array(),
        });
        venue.advance(1000);
      }
      return venue.venue.requests().map(({ faults }) => faults);
    };
    expect(struck(true)).toEqual(struck(false));
  });
});
