import { BrokerError, type Logger, ValidationError } from '@qts/core';
import { type KiwoomPage, type KiwoomPageKey, type KiwoomPages, kiwoomPagesMax } from './kiwoom-rest-client.ts';
import { type KiwoomOperationInfo } from './rest/operation.ts';
import { unexpectedField } from './wire-fields.ts';

/**
 * Where a read goes on, by the headers of a page. `cont-yn` decides: `Y` more follows, `N` or nothing is the end.
 *
 * @throws {UnexpectedResponseError} when more follows without a key, or the header says something else: no end is proved.
 */
export function nextPageKey(
  operation: KiwoomOperationInfo,
  body: string,
  headers: { readonly continuation: string; readonly nextKey: string },
): KiwoomPageKey | undefined {
  const continuation = headers.continuation.trim().toUpperCase();
  if (!operation.paged || continuation === 'N' || continuation === '') return undefined;
  if (continuation !== 'Y') throw unexpectedField(operation.name, 'cont-yn', 'Y or N', headers.continuation);
  if (headers.nextKey === '') throw unexpectedField(operation.name, 'next-key', 'a key beside cont-yn Y', '');
  return { operation: operation.name, body, nextKey: headers.nextKey };
}

/** A key may be as wide as the guide says, and a header takes nothing but visible ASCII. */
const keyShape = /^[!-~](?:[ -~]{0,198}[!-~])?$/;

/**
 * Refuses a key that does not belong to the question: the server would answer with rows of another one.
 *
 * @throws {ValidationError}
 */
export function assertPageKeyOf(operation: KiwoomOperationInfo, body: string, key: KiwoomPageKey): void {
  const reason =
    key.operation !== operation.name
      ? `a key of ${operation.name}`
      : key.body !== body
        ? 'a key of the same fields'
        : keyShape.test(key.nextKey)
          ? undefined
          : 'a key as the broker sent it';
  if (reason === undefined) return;
  throw new ValidationError({
    code: 'PAGE_KEY_OF_ANOTHER_QUERY',
    summary: `A page key does not belong to this Kiwoom request ${operation.name}.`,
    facts: { operation: operation.name, field: 'after', expected: reason, found: `a key of ${key.operation}` },
    next: 'Nothing was sent. Begin with the first page, and keep the fields the same from page to page.',
  });
}

/**
 * Reads page after page. The same body goes out each time, with the key of the page before; a key that comes twice would
 * go round for ever.
 *
 * @throws what `readPage` throws for the first page.
 */
export async function readAllPages<Answer>(
  operation: KiwoomOperationInfo,
  readPage: (after: KiwoomPageKey | undefined) => Promise<KiwoomPage<Answer>>,
  logger: Logger | undefined,
): Promise<KiwoomPages<Answer>> {
  let page = await readPage(undefined);
  const pages = [page.answer];
  const incomplete = (reason: string): KiwoomPages<Answer> => {
    logger?.warn('pages-incomplete', { broker: 'kiwoom', operation: operation.name, pages: pages.length, reason });
    return { pages, complete: false };
  };
  const seen = new Set<string>();
  while (page.next !== undefined) {
    if (pages.length >= kiwoomPagesMax) return incomplete('PAGES_MAX');
    const { nextKey } = page.next;
    if (seen.has(nextKey)) return incomplete('KEY_REPEATED');
    seen.add(nextKey);
    try {
      page = await readPage(page.next);
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      return incomplete(error.code);
    }
    pages.push(page.answer);
  }
  return { pages, complete: true };
}
