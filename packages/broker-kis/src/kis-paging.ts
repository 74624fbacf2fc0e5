import { BrokerError, type Logger } from '@qts/core';
import { type KisPages, kisPagesMax } from './kis-rest-client.ts';
import { type KisOperationInfo } from './rest/operation.ts';
import { type WireRow } from './wire-fields.ts';

/** One page as it was read. */
export interface KisPage<Answer> {
  readonly body: WireRow;
  readonly parsed: Answer;
  /** `tr_cont` of the answer. */
  readonly continuation: string;
}

/** `tr_cont` of an answer that more pages follow, and of the last page. Any other proves no end. */
const moreFollows: ReadonlySet<string> = new Set(['F', 'M']);
const isLast: ReadonlySet<string> = new Set(['D', 'E', '']);

/**
 * Reads page after page. The header decides whether more follow: the message code and a filled cursor both lie. Cursors
 * go back as they came, spaces included; one that comes twice would go round for ever.
 *
 * @throws what `readPage` throws for the first page.
 */
export async function readAllPages<Answer>(
  operation: KisOperationInfo,
  fields: Readonly<Record<string, string>>,
  readPage: (fields: Readonly<Record<string, string>>, nextPage: boolean) => Promise<KisPage<Answer>>,
  logger: Logger | undefined,
): Promise<KisPages<Answer>> {
  const { paging } = operation;
  let page = await readPage(fields, false);
  const pages = [page.parsed];
  if (paging === undefined) return { pages, complete: true };
  const incomplete = (reason: string): KisPages<Answer> => {
    logger?.warn('pages-incomplete', { broker: 'kis', operation: operation.name, pages: pages.length, reason });
    return { pages, complete: false };
  };
  const seen = new Set<string>();
  while (moreFollows.has(page.continuation)) {
    if (pages.length >= kisPagesMax) return incomplete('PAGES_MAX');
    const [search, key] = paging.answerKeys.map((name) => page.body[name]);
    if (typeof search !== 'string' || typeof key !== 'string') return incomplete('CURSOR_MISSING');
    const cursor = `${search}\n${key}`;
    if (seen.has(cursor)) return incomplete('CURSOR_REPEATED');
    seen.add(cursor);
    const [searchField, keyField] = paging.requestKeys;
    try {
      page = await readPage({ ...fields, [searchField]: search, [keyField]: key }, true);
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      return incomplete(error.code);
    }
    pages.push(page.parsed);
  }
  return isLast.has(page.continuation.trim()) ? { pages, complete: true } : incomplete('CONTINUATION_UNKNOWN');
}
