import { type TransportFailureCode } from '../http/transport-failures.ts';

/**
 * undici's and Node's codes → ours. The phase decides what is proven; the code only names the reason. Codes as in
 * undici 8 (`lib/core/errors.js`) and Node's `errors`, `tls` and `dns` pages; each row that a socket can produce is
 * tested with one.
 */
const connectFailures: Readonly<Record<string, TransportFailureCode>> = {
  ENOTFOUND: 'NAME_NOT_RESOLVED',
  EAI_AGAIN: 'NAME_NOT_RESOLVED',
  EAI_FAIL: 'NAME_NOT_RESOLVED',
  EAI_NODATA: 'NAME_NOT_RESOLVED',
  EAI_NONAME: 'NAME_NOT_RESOLVED',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ETIMEDOUT: 'CONNECT_TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'CONNECT_TIMEOUT',
  UND_ERR_INVALID_ARG: 'REQUEST_NOT_VALID',
  UND_ERR_NOT_SUPPORTED: 'REQUEST_NOT_VALID',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'REQUEST_NOT_VALID',
  UND_ERR_DESTROYED: 'SESSION_CLOSED',
  UND_ERR_CLOSED: 'SESSION_CLOSED',
};

const exchangeFailures: Readonly<Record<string, TransportFailureCode>> = {
  ECONNRESET: 'CONNECTION_RESET',
  EPIPE: 'CONNECTION_RESET',
  UND_ERR_SOCKET: 'CONNECTION_CLOSED_EARLY',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'BODY_CUT',
  UND_ERR_HEADERS_OVERFLOW: 'RESPONSE_TOO_LARGE',
  UND_ERR_DESTROYED: 'ABORTED_AFTER_SEND',
  UND_ERR_CLOSED: 'ABORTED_AFTER_SEND',
  HPE_INVALID_EOF_STATE: 'CONNECTION_CLOSED_EARLY',
  // undici 8 loses the parser's own code (`HPE_…`).
  HTTPParserError: 'RESPONSE_NOT_HTTP',
};

/** OpenSSL's verification results all read like this; Node passes them on as codes. */
const certificateCode = /CERT|^UNABLE_TO_|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$/;

/** Names a failure before the request was handed to a socket: always `NOT_SENT`. */
export function nameConnectFailure(error: unknown, protocol: string): TransportFailureCode {
  const native = nativeCodeOf(error);
  const listed = connectFailures[native];
  if (listed !== undefined) {
    return listed;
  }
  // A server that hangs up within the handshake shows as a reset.
  const tls = certificateCode.test(native) || (protocol === 'https:' && native === 'ECONNRESET');
  return tls ? 'TLS_FAILED' : 'CONNECT_FAILED';
}

/** Names a failure after the request was handed to a socket: always `MAYBE_SENT`. */
export function nameExchangeFailure(error: unknown, when: 'BEFORE_HEAD' | 'AFTER_HEAD'): TransportFailureCode {
  const native = nativeCodeOf(error);
  const listed = exchangeFailures[native];
  if (when === 'AFTER_HEAD' && (listed === 'CONNECTION_RESET' || listed === 'CONNECTION_CLOSED_EARLY')) {
    return 'BODY_CUT';
  }
  return listed ?? (native.startsWith('HPE_') ? 'RESPONSE_NOT_HTTP' : 'EXCHANGE_FAILED');
}

/** The error's code, or its name when it has none. */
export function nativeCodeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'none';
  }
  const { code } = error as NodeJS.ErrnoException;
  return code ?? error.name;
}
