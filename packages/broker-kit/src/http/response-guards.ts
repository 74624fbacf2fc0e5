import { type HttpExchange } from './http-transport.ts';

/** What the errors of a guard say about the exchange. Safe to print. */
export interface ResponseContext {
  /** The operation's own name, for example `order-cash`. */
  readonly operation: string;
}

/**
 * Reads an answer as one JSON object, whatever its status: brokers send refusals under 200 and under 500.
 * @throws {UnexpectedResponseError} with code `RESPONSE_EMPTY`, `RESPONSE_ENCODED`, `RESPONSE_NOT_JSON` (wrong content
 * type, an HTML page), `RESPONSE_JSON_BROKEN` (half a document) or `RESPONSE_NOT_AN_OBJECT`.
 */
export function readJsonObject(exchange: HttpExchange, context: ResponseContext): Readonly<Record<string, unknown>> {
  throw new Error(`In the making: ${context.operation} ${exchange.status}`);
}
