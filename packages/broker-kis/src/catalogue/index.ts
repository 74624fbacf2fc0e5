import { describeOperation, type OperationPage } from '@qts/broker-kit';
import { kisAuthOperations, kisOperations } from '../kis-operations.ts';
import { kisRateLimits } from '../kis-rate-limits.ts';
import { type KisEnvironment } from '../rest/operation.ts';
import { accountTexts } from './account-texts.ts';
import { calendarAndSymbolTexts } from './calendar-and-symbol-texts.ts';
import { chartTexts } from './chart-texts.ts';
import { examplesOf } from './examples.ts';
import { orderListTexts } from './order-list-texts.ts';
import { orderTexts } from './order-texts.ts';
import { quoteTexts } from './quote-texts.ts';
import { tokenTexts } from './token-texts.ts';

/**
 * What people read about the operations of KIS that this package speaks. An import path of its own: no order needs a
 * word of it.
 */

const texts = {
  ...orderTexts,
  ...orderListTexts,
  ...accountTexts,
  ...quoteTexts,
  ...chartTexts,
  ...calendarAndSymbolTexts,
  ...tokenTexts,
};
const nothingWritten = { summary: '', request: [], answer: [] };

function limitOf(environment: KisEnvironment): string {
  return kisRateLimits[environment]
    .map(
      ({ permits, windowMs, effectiveFrom, source }) =>
        `${permits} in ${windowMs} ms for all operations of an app key, from ${effectiveFrom} (${source})`,
    )
    .join('; ');
}
const limits = { LIVE: limitOf('LIVE'), PAPER: limitOf('PAPER') };

/** The page of every operation, tokens and keys last. */
export const kisCatalogue: readonly OperationPage[] = [
  ...kisOperations,
  // No TR id: the path alone says what is asked for.
  ...kisAuthOperations.map((operation) => ({ ...operation, operationId: { LIVE: {}, PAPER: {} }, repeatable: false })),
].map((operation) =>
  describeOperation(operation, texts[operation.name] ?? nothingWritten, limits, examplesOf(operation.name)),
);

export { kisStreamCatalogue } from './streams.ts';
