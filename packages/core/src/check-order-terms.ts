import { type InputFields, type InputProblems, noteProblem } from './input-problems.ts';
import {
  orderTypePrices,
  orderTypes,
  type OrderType,
  sides,
  timesInForce,
  tradingSessions,
  venues,
} from './order-terms.ts';
import { idRemedy, isId, isKrw, isShares, isSymbolCode, symbolRemedy } from './value-constructors.ts';

/**
 * Checks what an intent and an order request have in common, by hand, because every order
 * passes here. Nothing is coerced: an unknown side is not a sale, 1.5 shares are not
 * 1, and a limit without a price is not a limit at 0. `executionIntentSchema` says the same; a test holds them together.
 *
 * @param idField name of the field with our id
 * @param typeField name of the field with the order type; `NOOP` is one for an intent
 */
export function checkOrderTerms(
  fields: InputFields,
  idField: 'intentId' | 'clientOrderId',
  typeField: 'intentType' | 'orderType',
  problems: InputProblems,
): void {
  const { [idField]: id, [typeField]: type, symbol, side, quantity } = fields;
  if (!isId(id)) noteProblem(problems, idField, id, idRemedy);
  if (!isSymbolCode(symbol)) noteProblem(problems, 'symbol', symbol, symbolRemedy);
  checkWord(fields, 'side', sides, problems);
  if (side === undefined) noteProblem(problems, 'side', side, oneOf(sides));
  checkWord(fields, 'timeInForce', timesInForce, problems);
  checkWord(fields, 'venue', venues, problems);
  checkWord(fields, 'session', tradingSessions, problems);

  const noop = typeField === 'intentType' && type === 'NOOP';
  if (noop) {
    if (quantity !== 0) noteProblem(problems, 'quantity', quantity, 'NOOP trades nothing: give 0.');
  } else if (!isShares(quantity) || quantity < 1) {
    noteProblem(problems, 'quantity', quantity, 'Give a whole number of shares, 1 or more.');
  }

  if (!noop && !orderTypes.includes(type as OrderType)) {
    noteProblem(problems, typeField, type, oneOf(typeField === 'intentType' ? [...orderTypes, 'NOOP'] : orderTypes));
    // Which prices it needs cannot be said of a type that nobody knows.
    return;
  }
  const prices = noop ? noPrices : orderTypePrices[type as OrderType];
  checkPrice(fields, 'limitPriceKrw', prices.limit, type as string, problems);
  checkPrice(fields, 'stopPriceKrw', prices.stop, type as string, problems);
}

const noPrices = { limit: false, stop: false } as const;

/** A word of a list, or nothing. */
function checkWord(fields: InputFields, field: string, known: readonly string[], problems: InputProblems): void {
  const found = fields[field];
  if (found !== undefined && !known.includes(found as string)) noteProblem(problems, field, found, oneOf(known));
}

function checkPrice(
  fields: InputFields,
  field: 'limitPriceKrw' | 'stopPriceKrw',
  carried: boolean,
  type: string,
  problems: InputProblems,
): void {
  const found = fields[field];
  if (carried && !(isKrw(found) && found > 0)) {
    noteProblem(problems, field, found, `${type} needs a price in whole won, above 0.`);
  } else if (!carried && found !== undefined) {
    noteProblem(problems, field, found, `${type} carries no such price: leave it out.`);
  }
}

function oneOf(known: readonly string[]): string {
  return `Use one of ${known.join(', ')}.`;
}
