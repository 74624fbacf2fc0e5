import { type KiwoomFields, type KiwoomRestClient } from '../../src/kiwoom-rest-client.ts';
import { type KiwoomOperation } from '../../src/rest/operation.ts';
import { type WireRow } from '../../src/wire-fields.ts';

/** A request as the double saw it. */
export interface ScriptedRequest {
  readonly operation: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface ScriptedRestClient {
  readonly rest: KiwoomRestClient;
  readonly requests: readonly ScriptedRequest[];
}

/** How one operation is answered: the bodies of its pages, and whether the list is whole. */
export interface ScriptedAnswer {
  readonly pages: readonly WireRow[];
  readonly complete?: boolean;
}

/** Answers of an operation, by the fields of the request. */
export type Script = Readonly<Record<string, (fields: Readonly<Record<string, string>>) => ScriptedAnswer>>;

/**
 * A rest client that parses scripted bodies as production does. An operation without a script, and everything that no
 * reader should do, throws.
 */
export function createScriptedRestClient(script: Script): ScriptedRestClient {
  const requests: ScriptedRequest[] = [];
  const refuse = (what: string) => (): never => {
    throw new Error(`a reader must not ${what}`);
  };

  function answer(operation: KiwoomOperation<string, unknown>, fields: KiwoomFields<string>): ScriptedAnswer {
    requests.push({ operation: operation.name, fields });
    const scripted = script[operation.name];
    if (scripted === undefined) throw new Error(`${operation.name} has no script`);
    return scripted(fields);
  }

  const rest: KiwoomRestClient = {
    environment: 'LIVE',
    clockAheadMs: undefined,
    read: (operation, fields) => later(() => operation.parse(answer(operation, fields).pages[0] ?? {})),
    readPage: (operation, fields, { after } = {}) =>
      later(() => {
        const { pages } = answer(operation, fields);
        const index = after === undefined ? 0 : Number(after.nextKey);
        const more = index + 1 < pages.length;
        return {
          answer: operation.parse(pages[index] ?? {}),
          ...(more ? { next: { operation: operation.name, body: '', nextKey: String(index + 1) } } : {}),
        };
      }),
    readPages: (operation, fields) =>
      later(() => {
        const { pages, complete = true } = answer(operation, fields);
        return { pages: pages.map((page) => operation.parse(page)), complete };
      }),
    command: refuse('send a command'),
    getAccessToken: refuse('ask for the token'),
    revokeToken: refuse('revoke the token'),
    warm: refuse('warm'),
    close: refuse('close'),
  };
  return { rest, requests };
}

function later<Result>(make: () => Result): Promise<Result> {
  return Promise.resolve().then(make);
}
