import { UnexpectedResponseError } from '@qts/core';
import { redactText } from '../redaction/redact.ts';
import { type HttpExchange } from './http-transport.ts';

/** What the errors of a guard say about the exchange. Safe to print. */
export interface ResponseContext {
  /** The operation's own name, for example `order-cash`. */
  readonly operation: string;
}

/** Ways in which an answer is not the JSON object that it should be. */
export const responseFaults = {
  RESPONSE_EMPTY: 'The answer is empty.',
  RESPONSE_ENCODED: 'The answer is compressed, and nobody asked for that.',
  RESPONSE_NOT_JSON: 'The answer does not claim to be JSON.',
  RESPONSE_JSON_BROKEN: 'The answer is not complete JSON.',
  RESPONSE_NOT_AN_OBJECT: 'The answer is JSON, but not an object.',
} as const;
export type ResponseFault = keyof typeof responseFaults;

/** `application/json`, with any parameters; nothing else, whatever the body looks like. */
const jsonContentType = /^application\/json\s*(;|$)/i;

/**
 * Reads an answer as one JSON object, whatever its status: brokers send refusals under 200 and under 500.
 * @throws {UnexpectedResponseError} with a code of `responseFaults`. For a place command that is `UNKNOWN`.
 */
export function readJsonObject(exchange: HttpExchange, context: ResponseContext): Readonly<Record<string, unknown>> {
  const contentEncoding = exchange.header('content-encoding') ?? 'identity';
  if (contentEncoding.toLowerCase() !== 'identity') {
    throw fault('RESPONSE_ENCODED', exchange, context);
  }
  if (exchange.body.trim() === '') {
    throw fault('RESPONSE_EMPTY', exchange, context);
  }
  if (!jsonContentType.test(exchange.header('content-type') ?? '')) {
    throw fault('RESPONSE_NOT_JSON', exchange, context);
  }
  const value = parse(exchange, context);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fault('RESPONSE_NOT_AN_OBJECT', exchange, context);
  }
  return value as Readonly<Record<string, unknown>>;
}

function parse(exchange: HttpExchange, context: ResponseContext): unknown {
  try {
    return JSON.parse(exchange.body);
  } catch {
    // Not kept as the cause: V8 quotes the text, and the text is not redacted.
    throw fault('RESPONSE_JSON_BROKEN', exchange, context);
  }
}

function fault(code: ResponseFault, exchange: HttpExchange, context: ResponseContext): UnexpectedResponseError {
  const body = exchange.body;
  return new UnexpectedResponseError({
    code,
    summary: responseFaults[code],
    facts: {
      operation: context.operation,
      status: exchange.status,
      contentType: clip(exchange.header('content-type')) ?? 'none',
      characters: body.length,
      begins: body === '' ? undefined : clip(body),
    },
    next: 'For an order this says nothing about its fate: read the order list. Check what stands between here and the service.',
  });
}

/** Shown of a text that could not be understood: enough to know an HTML page from half a document. */
const shownCharactersMax = 60;

/** The first printable characters, redacted, on one line. Redacted before it is cut, so that no half secret remains. */
function clip(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  // Long enough a prefix for the patterns to see a whole token, bounded against a huge page.
  const oneLine = redactText(text.slice(0, 4_096))
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  return oneLine.length > shownCharactersMax ? `${oneLine.slice(0, shownCharactersMax)}…` : oneLine;
}
