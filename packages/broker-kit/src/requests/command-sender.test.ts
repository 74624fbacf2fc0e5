import { BrokerError, Secret, type StoredToken, ValidationError } from '@qts/core';
import { createFakeClock } from '@qts/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CommandOptions } from '../commands/command-result.ts';
import { type HttpSession, type SessionSendOptions } from '../http/http-session.ts';
import { type HttpExchange, type HttpRequest } from '../http/http-transport.ts';
import { transportError } from '../http/transport-failures.ts';
import { type RateLimiter } from '../limits/rate-limiter.ts';
import { type TokenCache } from '../tokens/token-cache.ts';
import { type BrokerWire } from './broker-wire.ts';
import { createCommandSender } from './command-sender.ts';

const clock = createFakeClock();
const token = { accessToken: new Secret('token') } as StoredToken;
const operation = { name: 'order', path: '/orders' };
const exchange = (body: string): HttpExchange => ({ status: 200, body, header: () => undefined });

let calls: string[] = [];
let requests: HttpRequest[] = [];
let options: SessionSendOptions[] = [];
let answer: () => Promise<HttpExchange>;
let permitIsThere = true;

/** A session that looks a last time and then answers as the test says. */
const session = {
  send(request: HttpRequest, each: SessionSendOptions) {
    requests.push(request);
    options.push(each);
    const held = each.beforeSend?.();
    return held === undefined ? answer() : Promise.reject(held);
  },
} as HttpSession;
const limiter = {
  acquire: (lane: string) => (calls.push(`permit ${lane}`), 1),
  markSent: () => permitIsThere,
  markAnswered: () => void calls.push('answered'),
} as unknown as RateLimiter;
const tokens = {
  get: () => (calls.push('token'), token),
  invalidate: () => (calls.push('token refused'), true),
} as unknown as TokenCache;
const wire: BrokerWire<string> = {
  limiterOf: () => limiter,
  headersOf: (id, accessToken) => ['id', id, 'token', accessToken.reveal()],
  readAnswer: ({ body }) => body,
  refusesToken: (body) => body === 'token?',
  learnPace: (body, id, lane) => void calls.push(`${body} of ${id} on ${lane}`),
};
const send = createCommandSender('Demo', wire, { session, tokens, clock });
const sendOrder = (more: Partial<CommandOptions<string>> = {}) =>
  send(operation, { lane: 'ORDER', ...more }, () => ({ id: 'T1', body: '{}' }));

beforeEach(() => {
  [calls, requests, options] = [[], [], []];
  permitIsThere = true;
  answer = () => Promise.resolve(exchange('yes'));
});

describe('a command', () => {
  it('is one POST, with token and permit, and what its answer means for both is learnt', async () => {
    answer = () => Promise.resolve(exchange('token?'));
    expect(await sendOrder()).toEqual({ sent: 'YES', answer: 'token?' });
    expect(requests).toEqual([
      { method: 'POST', path: '/orders', headers: ['id', 'T1', 'token', 'token'], body: '{}' },
    ]);
    expect(options[0]?.lane).toBe('ORDER');
    expect(calls).toEqual(['token', 'permit ORDER', 'answered', 'token refused', 'token? of T1 on ORDER']);
  });

  it('that cannot be written rejects, and nothing is sent', async () => {
    const refused = new ValidationError({ code: 'FIELD_NOT_VALID', summary: 'x', facts: {}, next: 'y' });
    const written = send(operation, { lane: 'ORDER' }, () => {
      throw refused;
    });
    await expect(written).rejects.toBe(refused);
    expect([calls, requests]).toEqual([[], []]);
  });

  it('may have been sent when the way broke', async () => {
    const cause = transportError('CONNECTION_RESET');
    answer = () => Promise.reject(cause);
    expect(await sendOrder()).toEqual({ sent: 'MAYBE', cause });
  });

  it('may have been sent when something failed that nobody listed', async () => {
    answer = () => Promise.reject(new TypeError('defect'));
    expect(await sendOrder()).toMatchObject({ sent: 'MAYBE', cause: { code: 'COMMAND_FAILED' } });
  });

  it('tells an answer that came late', async () => {
    const late: string[] = [];
    answer = () => Promise.reject(transportError('ANSWER_TIMEOUT'));
    await sendOrder({ onLateAnswer: (each) => late.push(each) });
    options[0]?.onLateAnswer?.(exchange('late'));
    expect(late).toEqual(['late']);
  });
});

describe('a command that was not sent', () => {
  it('was held back by who asked, with his code', async () => {
    const result = await sendOrder({ refuseSend: () => 'FS041' });
    expect(result).toMatchObject({ sent: 'NO', heldBy: 'FS041', cause: { code: 'HELD_BACK' } });
  });

  it('was too late', async () => {
    const result = await sendOrder({ deadlineMs: clock.nowMs() - 1 });
    expect(result).toMatchObject({ sent: 'NO', cause: { code: 'DEADLINE_PASSED' } });
    expect(result).not.toHaveProperty('heldBy');
  });

  it('had lost its permit', async () => {
    permitIsThere = false;
    expect(await sendOrder()).toMatchObject({ sent: 'NO', cause: { code: 'RATE_PERMIT_LAPSED' } });
  });

  it('got no token', async () => {
    const cause = new BrokerError({ code: 'X', summary: 'x', facts: {}, next: 'y' });
    const none = { get: () => Promise.reject(cause) } as unknown as TokenCache;
    const sender = createCommandSender('Demo', wire, { session, tokens: none, clock });
    const result = await sender(operation, { lane: 'ORDER' }, () => ({ id: 'T1', body: '{}' }));
    expect(result).toEqual({ sent: 'NO', cause });
    expect(requests).toEqual([]);
  });
});

describe('a cancel', () => {
  it('is held back neither by who asked nor for its rate', async () => {
    permitIsThere = false;
    const result = await sendOrder({ lane: 'RISK_CANCEL', refuseSend: () => 'FS041' });
    expect(result).toEqual({ sent: 'YES', answer: 'yes' });
    expect(options[0]?.lane).toBe('CANCEL');
  });
});
