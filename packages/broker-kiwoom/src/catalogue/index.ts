import { describeOperation, type OperationPage } from '@qts/broker-kit';
import { kiwoomAuthOperations, kiwoomOperations } from '../kiwoom-operations.ts';
import { kiwoomRateLimits } from '../kiwoom-rate-limits.ts';
import { accountTexts } from './account-texts.ts';
import { chartAndSymbolTexts } from './chart-and-symbol-texts.ts';
import { examplesOf } from './examples.ts';
import { orderListTexts } from './order-list-texts.ts';
import { orderTexts } from './order-texts.ts';
import { quoteTexts } from './quote-texts.ts';
import { tokenTexts } from './token-texts.ts';

/**
 * What people read about the operations of Kiwoom that this package speaks. An import path of its own: no order needs a
 * word of it.
 */

const texts = {
  ...orderTexts,
  ...orderListTexts,
  ...accountTexts,
  ...quoteTexts,
  ...chartAndSymbolTexts,
  ...tokenTexts,
};
const nothingWritten = { summary: '', request: [], answer: [] };

const limit = kiwoomRateLimits
  .map(
    ({ permits, windowMs, effectiveFrom, source }) =>
      `${permits} in ${windowMs} ms for each api-id, from ${effectiveFrom} (${source})`,
  )
  .join('; ');
const limits = { LIVE: limit, PAPER: limit };

/** The page of every operation, tokens last. */
export const kiwoomCatalogue: readonly OperationPage[] = [
  ...kiwoomOperations,
  ...kiwoomAuthOperations.map((operation) => ({
    ...operation,
    operationId: { LIVE: operation.name, PAPER: operation.name },
    repeatable: false,
  })),
].map((operation) =>
  describeOperation(operation, texts[operation.name] ?? nothingWritten, limits, examplesOf(operation.name)),
);

export { kiwoomStreamCatalogue } from './streams.ts';
