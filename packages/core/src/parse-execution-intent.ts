import { checkOrderTerms } from './check-order-terms.ts';
import { describeFound } from './describe-found.ts';
import { type ExecutionIntent } from './execution-intent.ts';
import {
  fieldsOf,
  type InputFields,
  type InputProblems,
  noteProblem,
  noteUnknownFields,
  throwProblems,
} from './input-problems.ts';

const knownFields = [
  'intentId',
  'symbol',
  'side',
  'quantity',
  'intentType',
  'limitPriceKrw',
  'stopPriceKrw',
  'timeInForce',
  'venue',
  'session',
  'createdAtMs',
  'validUntilMs',
  'metadata',
] as const satisfies readonly (keyof ExecutionIntent)[];

/** Names under which a price hides in metadata, in lower case and without `_`. The initial contract had `limit_price`. */
const priceNamesInMetadata: readonly string[] = ['limitprice', 'limitpricekrw', 'stopprice', 'stoppricekrw'];

/** Whether a name in metadata promises a price that nobody would read there. */
export function isPriceName(name: string): boolean {
  return priceNamesInMetadata.includes(name.replaceAll('_', '').toLowerCase());
}

/**
 * Makes an intent from what a strategy, a file or a caller gave. Absent `timeInForce`, `venue`, `session` and `metadata`
 * become `DAY`, `KRX`, `REGULAR` and empty; nothing else is filled in, changed or rounded. The result is frozen and is
 * not the input.
 *
 * @throws {ValidationError} code `INTENT_INVALID`, that names every wrong field, what was found and the remedy.
 */
export function parseExecutionIntent(input: unknown): ExecutionIntent {
  const fields = fieldsOf(input, 'intent', 'INTENT_INVALID');
  const problems: InputProblems = {};
  noteUnknownFields(fields, knownFields, problems);
  checkOrderTerms(fields, 'intentId', 'intentType', problems);
  checkTimes(fields, problems);
  const metadata = readMetadata(fields['metadata'], problems);
  throwProblems(problems, 'intent', 'INTENT_INVALID');

  const intent = fields as unknown as ExecutionIntent;
  return Object.freeze({
    intentId: intent.intentId,
    symbol: intent.symbol,
    side: intent.side,
    quantity: intent.quantity,
    intentType: intent.intentType,
    ...(intent.limitPriceKrw === undefined ? undefined : { limitPriceKrw: intent.limitPriceKrw }),
    ...(intent.stopPriceKrw === undefined ? undefined : { stopPriceKrw: intent.stopPriceKrw }),
    timeInForce: fields['timeInForce'] === undefined ? 'DAY' : intent.timeInForce,
    venue: fields['venue'] === undefined ? 'KRX' : intent.venue,
    session: fields['session'] === undefined ? 'REGULAR' : intent.session,
    createdAtMs: intent.createdAtMs,
    ...(intent.validUntilMs === undefined ? undefined : { validUntilMs: intent.validUntilMs }),
    metadata,
  });
}

function checkTimes({ createdAtMs, validUntilMs }: InputFields, problems: InputProblems): void {
  const created = isEpochMs(createdAtMs);
  if (!created) noteProblem(problems, 'createdAtMs', createdAtMs, 'Give whole milliseconds since 1970, UTC.');
  if (validUntilMs === undefined) return;
  if (!isEpochMs(validUntilMs)) {
    noteProblem(problems, 'validUntilMs', validUntilMs, 'Give whole milliseconds since 1970, UTC, or leave it out.');
  } else if (created && validUntilMs < createdAtMs) {
    noteProblem(problems, 'validUntilMs', validUntilMs, 'Give an instant that is not before createdAtMs.');
  }
}

function isEpochMs(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

const noMetadata: ExecutionIntent['metadata'] = Object.freeze({});

/** A frozen copy of the metadata, or empty when it was refused. */
function readMetadata(found: unknown, problems: InputProblems): ExecutionIntent['metadata'] {
  if (found === undefined) return noMetadata;
  if (typeof found !== 'object' || found === null || Array.isArray(found)) {
    noteProblem(problems, 'metadata', found, 'Give an object of texts, numbers, booleans and nulls, or leave it out.');
    return noMetadata;
  }
  const entries = Object.entries(found as InputFields);
  if (entries.length === 0) return noMetadata;
  for (const [name, value] of entries) {
    const field = `metadata.${nameOf(name)}`;
    if (isPriceName(name)) {
      noteProblem(problems, field, value, 'A price is a field of the intent: use limitPriceKrw or stopPriceKrw.');
    } else if (!isMetadataValue(value)) {
      noteProblem(problems, field, value, 'Give a text, a finite number, a boolean or null.');
    }
  }
  return Object.freeze(Object.fromEntries(entries)) as ExecutionIntent['metadata'];
}

function isMetadataValue(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** A name as an error shows it: plain when it is a plain word. */
function nameOf(name: string): string {
  return /^\w{1,24}$/.test(name) && !/\d{8}/.test(name) ? name : `(${describeFound(name)})`;
}
