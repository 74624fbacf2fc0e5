import { checkOrderTerms } from './check-order-terms.ts';
import { fieldsOf, type InputProblems, noteProblem, noteUnknownFields, throwProblems } from './input-problems.ts';
import { type OrderRequest } from './order-request.ts';

const knownFields = [
  'clientOrderId',
  'symbol',
  'side',
  'quantity',
  'orderType',
  'limitPriceKrw',
  'stopPriceKrw',
  'timeInForce',
  'venue',
  'session',
  'dryRun',
] as const satisfies readonly (keyof OrderRequest)[];

/**
 * Makes an order request from plain data. Absent `timeInForce`, `venue` and `session` become `DAY`, `KRX` and `REGULAR`;
 * an absent `dryRun` becomes true. Nothing else is filled in, changed or rounded. The result is frozen and is not the
 * input.
 *
 * @throws {ValidationError} code `ORDER_REQUEST_INVALID`, that names every wrong field, what was found and the remedy.
 */
export function parseOrderRequest(input: unknown): OrderRequest {
  const fields = fieldsOf(input, 'order request', 'ORDER_REQUEST_INVALID');
  const problems: InputProblems = {};
  noteUnknownFields(fields, knownFields, problems);
  checkOrderTerms(fields, 'clientOrderId', 'orderType', problems);
  const { dryRun = true } = fields;
  if (typeof dryRun !== 'boolean') noteProblem(problems, 'dryRun', dryRun, 'Give true or false.');
  throwProblems(problems, 'order request', 'ORDER_REQUEST_INVALID');

  const request = fields as unknown as OrderRequest;
  return Object.freeze({
    clientOrderId: request.clientOrderId,
    symbol: request.symbol,
    side: request.side,
    quantity: request.quantity,
    orderType: request.orderType,
    ...(request.limitPriceKrw === undefined ? undefined : { limitPriceKrw: request.limitPriceKrw }),
    ...(request.stopPriceKrw === undefined ? undefined : { stopPriceKrw: request.stopPriceKrw }),
    timeInForce: fields['timeInForce'] === undefined ? 'DAY' : request.timeInForce,
    venue: fields['venue'] === undefined ? 'KRX' : request.venue,
    session: fields['session'] === undefined ? 'REGULAR' : request.session,
    dryRun: dryRun as boolean,
  });
}
