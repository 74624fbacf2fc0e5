import { type Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { type ExchangeWay, UndiciExchange } from './undici-exchange.ts';

const limits = {
  connectTimeoutMs: 1_000,
  headersTimeoutMs: 1_000,
  answerTimeoutMs: 1_000,
  lateAnswerMsMax: 1_000,
  idleAgeMsMax: 1_000,
  bodyBytesMax: 1_000,
};

/** Stands for undici: refuses everything but an abort, and passes the abort on as undici does. */
function makeController(exchange: UndiciExchange): Dispatcher.DispatchController & { aborts: number } {
  const controller = {
    aborts: 0,
    aborted: false,
    paused: false,
    reason: null,
    abort(reason: Error) {
      controller.aborts += 1;
      exchange.onResponseError(controller, reason);
    },
    pause() {
      throw new Error('not expected');
    },
    resume() {
      throw new Error('not expected');
    },
  };
  return controller;
}

describe('UndiciExchange', () => {
  it('refuses to be written a second time, whatever the HTTP client would like', () => {
    const ways: ExchangeWay[] = [];
    const errors: Error[] = [];
    const exchange: UndiciExchange = new UndiciExchange({
      origin: new URL('http://127.0.0.1:1'),
      request: { method: 'POST', path: '/orders', headers: [] },
      options: {},
      limits,
      nowMs: performance.now(),
      resolve: () => {
        throw new Error('not expected');
      },
      reject: (error) => errors.push(error),
      leave: (way) => ways.push(way),
    });
    const controller = makeController(exchange);
    exchange.onRequestStart(controller);
    expect(controller.aborts).toBe(0);
    exchange.onRequestStart(controller);
    expect(controller.aborts).toBe(1);
    expect(errors).toMatchObject([{ code: 'EXCHANGE_FAILED', sent: 'MAYBE_SENT' }]);
    expect(ways).toEqual(['FAILED']);
  });
});
