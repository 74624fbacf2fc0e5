import { createDecipheriv } from 'node:crypto';
import {
  createInMemoryVenue,
  createSteppedClock,
  type InMemoryVenue,
  type SteppedClock,
  type VenueFrame,
  type VenueOptions,
  type VenueStreamEnd,
  type VenueStreamSession,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { account, instruments, tradingDate } from './kis-client.ts';

export const htsId = 'QTSUSER';
export const symbol = '900010';

/** One client of a venue in memory, and all it has got. */
export interface StreamClient {
  readonly session: VenueStreamSession;
  readonly frames: VenueFrame[];
  /** How the venue ended it. */
  readonly ends: VenueStreamEnd[];
  /** Data frames of a stream, in order. */
  data(name: string): readonly StreamData[];
  /** Control messages, `PINGPONG` apart. */
  answers(): readonly StreamAnswer[];
  pings(): readonly string[];
  register(name: string, key: string): StreamAnswer | undefined;
  remove(name: string, key: string): StreamAnswer | undefined;
  /** Fields of the notices so far, decrypted with the keys of the last answer; `BAD` where that fails. */
  notices(name?: string): readonly (readonly string[] | 'BAD')[];
}

export interface StreamData {
  readonly isEncrypted: boolean;
  readonly count: number;
  readonly body: string;
  readonly fields: readonly string[];
}

export interface StreamAnswer {
  readonly header: Readonly<Record<string, string>>;
  readonly body: {
    readonly rt_cd: string;
    readonly msg_cd: string;
    readonly msg1: string;
    readonly output?: { readonly iv: string; readonly key: string };
  };
}

export interface StreamVenue {
  readonly venue: InMemoryVenue;
  readonly clock: SteppedClock;
  readonly approvalKey: string;
  connect(path?: string): StreamClient;
  advance(ms: number): void;
  /** An order of the market itself. */
  market(side: 'BUY' | 'SELL', quantity: number, priceKrw: number): void;
  /** A limit order of the account, straight at the exchange. */
  order(side: 'BUY' | 'SELL', quantity: number, priceKrw: number): number;
}

export function registration(approvalKey: string, type: string, name: string, key: string): string {
  return JSON.stringify({
    header: { approval_key: approvalKey, custtype: 'P', tr_type: type, 'content-type': 'utf-8' },
    body: { input: { tr_id: name, tr_key: key } },
  });
}

/** Starts a venue in memory at 10:00 with room for every call, and fetches an approval key. */
export function startStreams(
  options: Partial<VenueOptions> & { readonly startAt?: string; readonly appKey?: string } = {},
): StreamVenue {
  const { startAt = '10:00', ...overrides } = options;
  const clock = createSteppedClock(kstInstant(overrides.tradingDate ?? tradingDate, startAt));
  const venue = createInMemoryVenue({
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate,
    instruments,
    accounts: [{ ...account, htsId }],
    seed: 1,
    clock,
    ...overrides,
    kis: { requestsPerSecond: 1000, orderVisibilityDelayMs: 0, ...overrides.kis },
  });
  const approvalKey = fetchApprovalKey(venue, account.appKey, account.appSecret);
  const { exchange } = venue;
  const place = (accountId: string | undefined, side: 'BUY' | 'SELL', quantity: number, priceKrw: number): number => {
    const result = exchange.placeOrder({
      ...(accountId === undefined ? {} : { accountId }),
      symbol,
      side,
      quantity,
      orderType: 'LIMIT',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: priceKrw,
      stopPriceKrw: 0,
    });
    if (!result.ok) throw new Error(`refused: ${result.refusal}`);
    return result.order.orderNumber;
  };
  return {
    venue,
    clock,
    approvalKey,
    connect: (path) => connect(venue, approvalKey, path === undefined ? {} : { path }),
    advance(ms) {
      clock.advanceTo(clock.nowMs() + ms);
    },
    market(side, quantity, priceKrw) {
      place(undefined, side, quantity, priceKrw);
    },
    order: (side, quantity, priceKrw) => place(account.accountId, side, quantity, priceKrw),
  };
}

export function fetchApprovalKey(venue: InMemoryVenue, appKey: string, appSecret: string): string {
  const { body } = venue.handleRequest({
    method: 'POST',
    path: '/oauth2/Approval',
    query: new URLSearchParams(),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ grant_type: 'client_credentials', appkey: appKey, secretkey: appSecret })),
  });
  return (JSON.parse(body) as { approval_key: string }).approval_key;
}

/** Connects a client that sends pings back, unless it is not to. */
export function connect(
  venue: InMemoryVenue,
  approvalKey: string,
  { path = '/tryitout', echoes = true }: { readonly path?: string; readonly echoes?: boolean } = {},
): StreamClient {
  const frames: VenueFrame[] = [];
  const ends: VenueStreamEnd[] = [];
  const session = venue.openStream(
    {
      onFrame(frame) {
        frames.push(frame);
        if (echoes && typeof frame === 'string' && frame.includes('PINGPONG')) session.receive(frame);
      },
      onClose: (end) => ends.push(end),
    },
    { path },
  );
  const texts = (): readonly string[] => frames.filter((frame) => typeof frame === 'string');
  const answers = (): readonly StreamAnswer[] =>
    texts()
      .filter((text) => text.startsWith('{"header":{"tr_id') && !text.includes('PINGPONG'))
      .map((text) => JSON.parse(text) as StreamAnswer);
  const ask = (type: string, name: string, key: string): StreamAnswer | undefined => {
    const before = answers().length;
    session.receive(registration(approvalKey, type, name, key));
    return answers()[before];
  };
  const data = (name: string): readonly StreamData[] =>
    texts()
      .filter((text) => text.includes(`|${name}|`))
      .map(readData);
  return {
    session,
    frames,
    ends,
    data,
    answers,
    pings: () => texts().filter((text) => text.includes('PINGPONG')),
    register: (name, key) => ask('1', name, key),
    remove: (name, key) => ask('2', name, key),
    notices(name = 'H0STCNI0') {
      const output = answers().findLast(({ header, body }) => header['tr_id'] === name && body.output !== undefined)
        ?.body.output;
      return data(name).map(({ body }) => (output === undefined ? 'BAD' : decrypt(body, output)));
    },
  };
}

/** `0|TR_ID|COUNT|fields`: at most the first three bars part anything. */
export function readData(text: string): StreamData {
  const [flag = '', , count = '', ...rest] = text.split('|');
  const body = rest.join('|');
  return { isEncrypted: flag === '1', count: Number(count), body, fields: body.split('^') };
}

export function decrypt(body: string, { key, iv }: { key: string; iv: string }): readonly string[] | 'BAD' {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  try {
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64')), decipher.final()])
      .toString('utf8')
      .split('^');
  } catch {
    return 'BAD';
  }
}
