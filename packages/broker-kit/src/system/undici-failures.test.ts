import { describe, expect, it } from 'vitest';
import { transportFailures } from '../http/transport-failures.ts';
import { nameConnectFailure, nameExchangeFailure, nativeCodeOf } from './undici-failures.ts';

const failure = (code: string): Error => Object.assign(new Error('x'), { code });

describe('nameConnectFailure', () => {
  it.each([
    ['ENOTFOUND', 'NAME_NOT_RESOLVED'],
    ['EAI_AGAIN', 'NAME_NOT_RESOLVED'],
    ['EAI_FAIL', 'NAME_NOT_RESOLVED'],
    ['EAI_NODATA', 'NAME_NOT_RESOLVED'],
    ['EAI_NONAME', 'NAME_NOT_RESOLVED'],
    ['ECONNREFUSED', 'CONNECTION_REFUSED'],
    ['ETIMEDOUT', 'CONNECT_TIMEOUT'],
    ['UND_ERR_CONNECT_TIMEOUT', 'CONNECT_TIMEOUT'],
    ['UND_ERR_INVALID_ARG', 'REQUEST_NOT_VALID'],
    ['UND_ERR_NOT_SUPPORTED', 'REQUEST_NOT_VALID'],
    ['UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'REQUEST_NOT_VALID'],
    ['UND_ERR_DESTROYED', 'SESSION_CLOSED'],
    ['UND_ERR_CLOSED', 'SESSION_CLOSED'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_FAILED'],
    ['CERT_HAS_EXPIRED', 'TLS_FAILED'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_FAILED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_FAILED'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_FAILED'],
    ['ECONNRESET', 'TLS_FAILED'],
    ['EHOSTUNREACH', 'CONNECT_FAILED'],
    ['never seen', 'CONNECT_FAILED'],
  ])('reads %s on https as %s, and that is NOT_SENT', (code, expected) => {
    const named = nameConnectFailure(failure(code), 'https:');
    expect(named).toBe(expected);
    expect(transportFailures[named].sent).toBe('NOT_SENT');
  });

  it('reads a reset without TLS as a connection that failed', () => {
    expect(nameConnectFailure(failure('ECONNRESET'), 'http:')).toBe('CONNECT_FAILED');
  });
});

describe('nameExchangeFailure', () => {
  it.each([
    ['ECONNRESET', 'CONNECTION_RESET', 'BODY_CUT'],
    ['EPIPE', 'CONNECTION_RESET', 'BODY_CUT'],
    ['UND_ERR_SOCKET', 'CONNECTION_CLOSED_EARLY', 'BODY_CUT'],
    ['HPE_INVALID_EOF_STATE', 'CONNECTION_CLOSED_EARLY', 'BODY_CUT'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'BODY_CUT', 'BODY_CUT'],
    ['UND_ERR_HEADERS_OVERFLOW', 'RESPONSE_TOO_LARGE', 'RESPONSE_TOO_LARGE'],
    ['UND_ERR_DESTROYED', 'ABORTED_AFTER_SEND', 'ABORTED_AFTER_SEND'],
    ['UND_ERR_CLOSED', 'ABORTED_AFTER_SEND', 'ABORTED_AFTER_SEND'],
    ['HPE_INVALID_CONSTANT', 'RESPONSE_NOT_HTTP', 'RESPONSE_NOT_HTTP'],
    // A refused connection cannot come after the first byte; if it seems to, it proves nothing.
    ['ECONNREFUSED', 'EXCHANGE_FAILED', 'EXCHANGE_FAILED'],
    ['never seen', 'EXCHANGE_FAILED', 'EXCHANGE_FAILED'],
  ])('reads %s as %s before the head, %s after it, and that is MAYBE_SENT', (code, before, after) => {
    const named = [nameExchangeFailure(failure(code), 'BEFORE_HEAD'), nameExchangeFailure(failure(code), 'AFTER_HEAD')];
    expect(named).toEqual([before, after]);
    expect(named.map((each) => transportFailures[each].sent)).toEqual(['MAYBE_SENT', 'MAYBE_SENT']);
  });
});

describe('nativeCodeOf', () => {
  it('falls back to the name, and to none', () => {
    expect(nativeCodeOf(failure('EPIPE'))).toBe('EPIPE');
    expect(nativeCodeOf(new RangeError('x'))).toBe('RangeError');
    expect(nativeCodeOf('text')).toBe('none');
  });
});
