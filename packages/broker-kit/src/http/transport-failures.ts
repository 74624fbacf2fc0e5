import { type ErrorFacts, TransportError } from '@qts/core';

/**
 * Every way in which an exchange of bytes fails, with what it proves. `NOT_SENT` stands only where no byte of the
 * request can have left: the request was never handed to a socket.
 */
export const transportFailures = {
  NAME_NOT_RESOLVED: {
    sent: 'NOT_SENT',
    summary: 'The host name could not be resolved.',
    next: 'Check the network and the name server. Nothing was sent.',
  },
  CONNECTION_REFUSED: {
    sent: 'NOT_SENT',
    summary: 'The connection was refused.',
    next: 'Check that the service is up. Nothing was sent.',
  },
  CONNECT_TIMEOUT: {
    sent: 'NOT_SENT',
    summary: 'No connection came about in time.',
    next: 'Check the network. Nothing was sent.',
  },
  CONNECT_FAILED: {
    sent: 'NOT_SENT',
    summary: 'The connection could not be made.',
    next: 'Check the network. Nothing was sent.',
  },
  TLS_FAILED: {
    sent: 'NOT_SENT',
    summary: 'The TLS handshake failed or the certificate was not accepted.',
    next: 'Check the host name, the system time and whether something intercepts TLS. Verification cannot be turned off. Nothing was sent.',
  },
  ABORTED_BEFORE_SEND: {
    sent: 'NOT_SENT',
    summary: 'The request was aborted before its first byte left.',
    next: 'Nothing was sent. Decide again.',
  },
  CONNECTION_BUSY: {
    sent: 'NOT_SENT',
    summary: 'No connection became free in time.',
    next: 'Nothing was sent. Allow more connections for this lane, or send less.',
  },
  SESSION_CLOSED: {
    sent: 'NOT_SENT',
    summary: 'The session is closed.',
    next: 'Nothing was sent. Open a new session.',
  },
  REQUEST_NOT_VALID: {
    sent: 'NOT_SENT',
    summary: 'The request cannot be written as HTTP.',
    next: 'Nothing was sent. This is a defect: a header, the path or the body holds what HTTP does not allow.',
  },
  RATE_LIMIT_QUEUE_FULL: {
    sent: 'NOT_SENT',
    summary: 'Too many requests already wait for the rate limit.',
    next: 'Nothing was sent. Send less.',
  },
  RATE_LIMIT_DEADLINE: {
    sent: 'NOT_SENT',
    summary: 'The rate limit gave no permit before the deadline.',
    next: 'Nothing was sent. Decide again.',
  },
  RATE_PERMIT_LAPSED: {
    sent: 'NOT_SENT',
    summary: 'The wait for a connection outlasted the permit of the rate limit, and no other was free.',
    next: 'Nothing was sent. Decide again, or allow more connections for this lane.',
  },
  DEADLINE_PASSED: {
    sent: 'NOT_SENT',
    summary: 'The deadline passed before the first byte could leave.',
    next: 'Nothing was sent. Decide again.',
  },
  HELD_BACK: {
    sent: 'NOT_SENT',
    summary: 'The last check before the first byte said no.',
    next: 'Nothing was sent. The code says why.',
  },
  CONNECTION_RESET: {
    sent: 'MAYBE_SENT',
    summary: 'The connection was reset after the request was handed to it.',
    next: 'The request may have arrived. Read before doing anything.',
  },
  CONNECTION_CLOSED_EARLY: {
    sent: 'MAYBE_SENT',
    summary: 'The connection ended before an answer came.',
    next: 'The request may have arrived. Read before doing anything.',
  },
  BODY_CUT: {
    sent: 'MAYBE_SENT',
    summary: 'The connection ended within the answer.',
    next: 'The request has probably arrived. Read before doing anything.',
  },
  HEADERS_TIMEOUT: {
    sent: 'MAYBE_SENT',
    summary: 'No answer began in time.',
    next: 'The request may have arrived. Read before doing anything.',
  },
  ANSWER_TIMEOUT: {
    sent: 'MAYBE_SENT',
    summary: 'The answer did not end in time.',
    next: 'The request has probably arrived. Read before doing anything.',
  },
  RESPONSE_TOO_LARGE: {
    sent: 'MAYBE_SENT',
    summary: 'The answer is larger than allowed.',
    next: 'The request has arrived. Read before doing anything.',
  },
  RESPONSE_NOT_HTTP: {
    sent: 'MAYBE_SENT',
    summary: 'The answer does not follow HTTP/1.1.',
    next: 'The request may have arrived. Check what stands between here and the service.',
  },
  ABORTED_AFTER_SEND: {
    sent: 'MAYBE_SENT',
    summary: 'The exchange was aborted after the request was handed to the connection.',
    next: 'The request may have arrived. Read before doing anything.',
  },
  EXCHANGE_FAILED: {
    sent: 'MAYBE_SENT',
    summary: 'The exchange failed in a way that is not listed.',
    next: 'The request may have arrived. Read before doing anything.',
  },
} as const;

export type TransportFailureCode = keyof typeof transportFailures;

/** Makes the error of a listed failure. Facts and cause must be free of secrets. */
export function transportError(code: TransportFailureCode, facts: ErrorFacts = {}, cause?: unknown): TransportError {
  return new TransportError({ code, ...transportFailures[code], facts, ...(cause === undefined ? {} : { cause }) });
}
