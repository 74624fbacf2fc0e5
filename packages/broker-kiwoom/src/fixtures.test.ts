import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HttpExchange } from '@qts/broker-kit';
import { describe, expect, it } from 'vitest';
import { readToken } from './auth/au10001.ts';
import { kiwoomSuccessCodes } from './error-map/successes.ts';
import { type KiwoomAnswer, readKiwoomAnswer } from './kiwoom-answer.ts';
import { classifyCommandAnswer } from './kiwoom-command-outcome.ts';
import { assertKiwoomFields } from './kiwoom-request.ts';
import { ka10001 } from './rest/ka10001.ts';
import { ka10003 } from './rest/ka10003.ts';
import { ka10004 } from './rest/ka10004.ts';
import { ka10007 } from './rest/ka10007.ts';
import { ka10075 } from './rest/ka10075.ts';
import { ka10076 } from './rest/ka10076.ts';
import { ka10080 } from './rest/ka10080.ts';
import { ka10081 } from './rest/ka10081.ts';
import { ka10099 } from './rest/ka10099.ts';
import { kt00001 } from './rest/kt00001.ts';
import { kt00007 } from './rest/kt00007.ts';
import { kt00010 } from './rest/kt00010.ts';
import { kt00018 } from './rest/kt00018.ts';
import { kt10000 } from './rest/kt10000.ts';
import { kt10002 } from './rest/kt10002.ts';
import { type KiwoomOperation } from './rest/operation.ts';

const folder = join(import.meta.dirname, '../test/fixtures/rest');

/** One message of Kiwoom with where it comes from. */
interface Fixture {
  readonly env: 'live' | 'mock' | 'guide';
  readonly request: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, string>>;
  };
  readonly response: { readonly status: number; readonly body: unknown };
}

function fixtureOf(file: string): Fixture {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Fixture;
}

function answerOf(file: string): KiwoomAnswer {
  const { env, request, response } = fixtureOf(file);
  const apiId = request.headers['api-id'];
  const exchange: HttpExchange = {
    status: response.status,
    header: (name) => ({ 'content-type': 'application/json;charset=UTF-8', 'api-id': apiId })[name],
    body: JSON.stringify(response.body),
  };
  return readKiwoomAnswer(exchange, {
    operation: file,
    environment: env === 'mock' ? 'PAPER' : 'LIVE',
    apiId,
    scrub: (text) => text,
  });
}

/** What an operation reads out of a file that is about it. */
function read<Answer>(operation: KiwoomOperation<string, Answer>, file: string): () => Answer {
  return () => {
    const { body, fault, verdict } = answerOf(file);
    expect({ fault, returnCode: verdict.returnCode }).toEqual({ fault: undefined, returnCode: 0 });
    const { request } = fixtureOf(file);
    expect({ path: request.path, apiId: request.headers['api-id'] }).toEqual({
      path: operation.path,
      apiId: operation.operationId.LIVE,
    });
    return operation.parse(body ?? {});
  };
}

/** What an answer to an order means. */
function judge(file: string): () => unknown {
  return () => {
    const { env } = fixtureOf(file);
    const context = { operation: file, environment: env === 'mock' ? 'PAPER' : 'LIVE' } as const;
    const judged = classifyCommandAnswer(answerOf(file), kt10000.parse, context);
    return judged.outcome === 'ACCEPTED'
      ? judged
      : { outcome: judged.outcome, code: judged.cause.code, native: judged.native };
  };
}

/** What an answer that is no success is listed as. */
function rowOf(file: string): () => unknown {
  return () => {
    const { row, verdict } = answerOf(file);
    return { code: verdict.code, kind: row?.kind, renewsToken: row?.renewsToken };
  };
}

/** What production reads out of each file. */
const readings: Readonly<Record<string, () => unknown>> = {
  'au10001-ok.json': () => {
    const { accessToken, expiresAtMs } = readToken(answerOf('au10001-ok.json').body ?? {}, 0);
    return { token: accessToken.reveal(), expiresAt: new Date(expiresAtMs).toISOString() };
  },
  'au10002-ok.json': () => answerOf('au10002-ok.json').verdict,
  'empty-571758.json': () => kiwoomSuccessCodes[answerOf('empty-571758.json').verdict.code]?.kind,
  'error-1700-rate-limit.json': judge('error-1700-rate-limit.json'),
  'error-8005-token.json': rowOf('error-8005-token.json'),
  'error-8020-credentials.json': rowOf('error-8020-credentials.json'),
  'ka10001-live-session.json': read(ka10001, 'ka10001-live-session.json'),
  'ka10003-trades.json': read(ka10003, 'ka10003-trades.json'),
  'ka10004-sample.json': read(ka10004, 'ka10004-sample.json'),
  'ka10007-unified-book.json': read(ka10007, 'ka10007-unified-book.json'),
  'ka10075-empty.json': read(ka10075, 'ka10075-empty.json'),
  'ka10075-open.json': read(ka10075, 'ka10075-open.json'),
  'ka10076-fills.json': read(ka10076, 'ka10076-fills.json'),
  'ka10080-minute.json': read(ka10080, 'ka10080-minute.json'),
  'ka10081-daily.json': read(ka10081, 'ka10081-daily.json'),
  'ka10099-halted-row.json': read(ka10099, 'ka10099-halted-row.json'),
  'kt00001-deposit.json': read(kt00001, 'kt00001-deposit.json'),
  'kt00007-order-detail.json': read(kt00007, 'kt00007-order-detail.json'),
  'kt00010-order-power.json': read(kt00010, 'kt00010-order-power.json'),
  'kt00018-balance.json': read(kt00018, 'kt00018-balance.json'),
  'kt10000-accepted-mock.json': judge('kt10000-accepted-mock.json'),
  'kt10000-sample.json': judge('kt10000-sample.json'),
  'kt10002-ok.json': read(kt10002, 'kt10002-ok.json'),
  'reject-855056-cash.json': judge('reject-855056-cash.json'),
  'reject-RC4058-session-closed.json': judge('reject-RC4058-session-closed.json'),
};

describe('what Kiwoom really sent', () => {
  it('is read to the last file', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual(Object.keys(readings).sort());
  });

  it.each(Object.entries(readings))('reads as ever: %s', (_file, reading) => {
    expect(reading()).toMatchSnapshot();
  });

  it.each([ka10001, ka10003, ka10004, ka10007, ka10080, ka10081, ka10099, kt00001, kt00010, kt00018])(
    'was asked with the fields that we send: $name',
    (operation) => {
      const file = Object.keys(readings).find((name) => name.startsWith(operation.name)) ?? '';
      const { body } = fixtureOf(file).request;
      expect(() => {
        assertKiwoomFields(operation, body ?? {});
      }).not.toThrow();
    },
  );
});
