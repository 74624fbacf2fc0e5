import { UnexpectedResponseError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type HttpExchange } from './http-transport.ts';
import { readJsonObject } from './response-guards.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };

function exchange(body: string, headers: Readonly<Record<string, string>> = json, status = 200): HttpExchange {
  return { status, body, header: (name) => headers[name] };
}

function faultOf(given: HttpExchange): UnexpectedResponseError {
  try {
    readJsonObject(given, { operation: 'order-cash' });
  } catch (error) {
    if (error instanceof UnexpectedResponseError) {
      return error;
    }
  }
  throw new Error('An UnexpectedResponseError was expected.');
}

describe('readJsonObject', () => {
  it.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON ; charset=utf-8'])(
    'reads an object under %s, whatever the status',
    (contentType) => {
      const given = exchange('{"rt_cd":"1"}', { 'content-type': contentType }, 500);
      expect(readJsonObject(given, { operation: 'x' })).toEqual({ rt_cd: '1' });
    },
  );

  it.each<[string, HttpExchange, string]>([
    ['an empty body', exchange(''), 'RESPONSE_EMPTY'],
    ['a blank body', exchange(' \r\n'), 'RESPONSE_EMPTY'],
    [
      'an HTML page',
      exchange('<html><body>502 Bad Gateway', { 'content-type': 'text/html' }, 502),
      'RESPONSE_NOT_JSON',
    ],
    ['JSON under another content type', exchange('{}', { 'content-type': 'text/plain' }), 'RESPONSE_NOT_JSON'],
    ['a type that only begins like JSON', exchange('{}', { 'content-type': 'application/jsonx' }), 'RESPONSE_NOT_JSON'],
    ['no content type', exchange('{}', {}), 'RESPONSE_NOT_JSON'],
    ['an HTML page that claims to be JSON', exchange('<!DOCTYPE html>'), 'RESPONSE_JSON_BROKEN'],
    ['half a document', exchange('{"output":{"ODNO":"00001'), 'RESPONSE_JSON_BROKEN'],
    ['two documents', exchange('{}{}'), 'RESPONSE_JSON_BROKEN'],
    ['a list', exchange('[]'), 'RESPONSE_NOT_AN_OBJECT'],
    ['null', exchange('null'), 'RESPONSE_NOT_AN_OBJECT'],
    ['a text', exchange('"ok"'), 'RESPONSE_NOT_AN_OBJECT'],
    ['a compressed body', exchange('{}', { ...json, 'content-encoding': 'gzip' }), 'RESPONSE_ENCODED'],
  ])('refuses %s', (_what, given, code) => {
    expect(faultOf(given).code).toBe(code);
  });

  it('takes "identity" for no compression', () => {
    expect(readJsonObject(exchange('{}', { ...json, 'content-encoding': 'identity' }), { operation: 'x' })).toEqual({});
  });

  it('shows the first printable characters of what it could not read', () => {
    const page = exchange(
      `<html>\r\n\u001b[31m<title>점검 중</title>${'x'.repeat(100)}`,
      { 'content-type': 'text/html' },
      503,
    );
    expect(faultOf(page).message).toMatchInlineSnapshot(`
      "The answer does not claim to be JSON.
        operation    order-cash
        status       503
        contentType  text/html
        characters   132
        begins       <html> [31m<title>점검 중</title>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
        next         For an order this says nothing about its fate: read the order list. Check what stands between here and the service."
    `);
  });

  it('shows no secret and no account number, not half of one either', () => {
    const token = `eyJ0eXAiOiJKV1QifQ.${'a1B'.repeat(60)}.${'c2D'.repeat(20)}`;
    for (const body of [
      `{"access_token":"${token}`,
      `Bearer ${token}`,
      `{"CANO":"12345678","ACNT_PRDT_CD":"01`,
      'account 12345678-01 <html>',
      `${'x'.repeat(40)} ${'A1b2'.repeat(60)}`,
    ]) {
      const seen = faultOf(exchange(body)).stack ?? '';
      expect(seen).not.toMatch(/eyJ0|a1B|12345678|A1b2/);
    }
  });
});
