import { type CallOptions, Secret, type StoredToken } from '@qts/core';
import { createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type HttpSession } from '../http/http-session.ts';
import { type HttpRequest } from '../http/http-transport.ts';
import { transportError } from '../http/transport-failures.ts';
import { type RateLimiter } from '../limits/rate-limiter.ts';
import { type TokenCache } from '../tokens/token-cache.ts';
import { type BrokerWire } from './broker-wire.ts';
import { createReadSender } from './read-sender.ts';

const clock = createFakeClock();
const logger = createRecordingLogger();

let answers: (string | Error)[] = [];
let requests: HttpRequest[] = [];
let tokensGiven = 0;

const session = {
  send(request: HttpRequest) {
    requests.push(request);
    const next = answers.shift() ?? 'yes';
    if (typeof next !== 'string') return Promise.reject(next);
    return Promise.resolve({ status: 200, body: next, header: () => undefined });
  },
} as unknown as HttpSession;
const tokens = {
  get: () => ({ accessToken: new Secret(`token ${String((tokensGiven += 1))}`) }) as StoredToken,
  invalidate: () => true,
} as unknown as TokenCache;
const wire: BrokerWire<string> = {
  limiterOf: () =>
    ({ acquire: () => 1, markSent: () => true, markAnswered: () => undefined }) as unknown as RateLimiter,
  headersOf: () => [],
  readAnswer: ({ body }) => body,
  refusesToken: (body) => body === 'token?',
  learnPace: () => undefined,
};
const sendRead = createReadSender(wire, {
  ...{ brokerId: 'demo', session, tokens, clock, random: () => 0, logger },
  closed: new AbortController().signal,
});
const ask = (repeatable: boolean, options: CallOptions = {}) =>
  sendRead(
    {
      operation: { name: 'list', lane: 'OTHER', repeatable },
      id: 'T1',
      toRequest: (token) => ({ method: 'GET', path: '/list', headers: [token.reveal()] }),
      understand: (answer) => answer.toUpperCase(),
    },
    options,
  );

beforeEach(() => {
  [answers, requests, tokensGiven] = [[], [], 0];
});

describe('a read', () => {
  it('is understood', async () => {
    expect(await ask(true)).toBe('YES');
    expect(requests).toHaveLength(1);
  });

  it('whose token was refused is asked once more with a new one, and not a third time', async () => {
    answers = ['token?', 'token?'];
    expect(await ask(true)).toBe('TOKEN?');
    expect(requests.map(({ headers }) => headers)).toEqual([['token 1'], ['token 2']]);
  });

  it('is repeated after a failure that may pass, and the log says so', async () => {
    answers = [transportError('CONNECTION_RESET')];
    const read = ask(true);
    await clock.advance(1_000);
    expect(await read).toBe('YES');
    expect(logger.entries.at(-1)).toMatchObject({
      event: 'read-repeated',
      fields: { broker: 'demo', operation: 'list', repeat: 1, waitMs: 1_000, code: 'CONNECTION_RESET' },
    });
  });

  it.each(['TLS_FAILED', 'ABORTED_AFTER_SEND', 'SESSION_CLOSED'] as const)('is not repeated after %s', async (code) => {
    answers = [transportError(code)];
    await expect(ask(true)).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  it('is not repeated when its operation is not', async () => {
    answers = [transportError('CONNECTION_RESET')];
    await expect(ask(false)).rejects.toMatchObject({ code: 'CONNECTION_RESET' });
    expect(requests).toHaveLength(1);
  });
});
