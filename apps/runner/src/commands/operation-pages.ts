import { kisCatalogue } from '@qts/broker-kis/catalogue';
import { kiwoomCatalogue } from '@qts/broker-kiwoom/catalogue';
import { ConfigurationError } from '@qts/core';
import { type ExitName } from '../cli/exit-codes.ts';
import { layOutTable } from '../report/text-table.ts';
import { streamBrief, streamListText, streamSearchText, streamsOf, streamText } from './stream-pages.ts';

/** The page of one operation, and whose it is. */
type BrokerPage = (typeof kisCatalogue)[number] & { readonly broker: string };

const catalogues = { kis: kisCatalogue, kiwoom: kiwoomCatalogue } as const;

const catalogueBrokers: readonly string[] = Object.keys(catalogues);

export interface OperationsCommandOptions {
  /** An id (`order-cash`, `kt10000`, `TTTC0012U`) or a word of names, summaries and fields; absent: all operations. */
  readonly word?: string;
  readonly broker?: string;
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/**
 * `qts tr [id or word]`: the operations and streams of the brokers that this program speaks. What is named is shown in full.
 *
 * @throws {ConfigurationError} (rejects) for a broker that there is not, or when nothing fits
 */
export function operationsCommand({ word, broker, json, out }: OperationsCommandOptions): ExitName {
  const wanted = word?.trim().toLowerCase() ?? '';
  const isId = (id: string): boolean => wanted !== '' && id.toLowerCase() === wanted;
  const pages = pagesOf(broker);
  const streams = streamsOf(broker);
  const named = {
    pages: pages.filter((page) => idsOf(page).some(isId)),
    streams: streams.filter(({ id }) => isId(id)),
  };
  if (named.pages.length + named.streams.length > 0) {
    if (json) printJson([...named.pages, ...named.streams], out);
    else out([...named.pages.map(pageText), ...named.streams.map(streamText)].join('\n'));
    return 'ok';
  }
  const found = {
    pages: pages.filter((page) => textOf(page).includes(wanted)),
    streams: streams.filter((stream) => streamSearchText(stream).includes(wanted)),
  };
  if (found.pages.length + found.streams.length === 0) {
    throw new ConfigurationError({
      code: 'OPERATION_UNKNOWN',
      summary: 'No operation or stream that is spoken here has this id, and none has this word in its names or fields.',
      facts: { word, broker },
      next: '`qts tr` lists all operations and streams. The brokers offer more than this program speaks.',
    });
  }
  if (json) printJson([...found.pages.map(briefOf), ...found.streams.map(streamBrief)], out);
  else {
    const lists = [
      ...(found.pages.length === 0 ? [] : [listText(found.pages)]),
      ...(found.streams.length === 0 ? [] : [streamListText(found.streams)]),
    ];
    out(`${lists.join('\n')}\n${countText(found.pages, found.streams)}\n`);
  }
  return 'ok';
}

function printJson(value: unknown, out: (text: string) => void): void {
  out(`${JSON.stringify(value, null, 2)}\n`);
}

/** How much of the brokers is spoken here, or fits. */
function countText(pages: readonly BrokerPage[], streams: readonly { readonly broker: string }[]): string {
  const counts = catalogueBrokers.map((id) => {
    const of = (all: readonly { readonly broker: string }[]): number =>
      all.filter(({ broker }) => broker === id).length;
    return `${id} ${of(pages)} operations and ${of(streams)} streams`;
  });
  return `Listed: ${counts.join(', ')}. The brokers offer more; what is not listed is not spoken here.`;
}

function pagesOf(broker: string | undefined): readonly BrokerPage[] {
  if (broker !== undefined && !catalogueBrokers.includes(broker)) {
    throw new ConfigurationError({
      code: 'BROKER_UNKNOWN',
      summary: 'There is no such broker here.',
      facts: { field: '--broker', found: broker, known: catalogueBrokers.join(', ') },
      next: 'Name one of these, or leave the option out.',
    });
  }
  return Object.entries(catalogues)
    .filter(([id]) => broker === undefined || id === broker)
    .flatMap(([id, catalogue]) => catalogue.map((page) => ({ broker: id, ...page })));
}

/** Our name of it, and those that go over the wire. */
function idsOf({ id, ids }: BrokerPage): readonly string[] {
  return [id, ...ids.LIVE.map((each) => each.id), ...ids.PAPER.map((each) => each.id)];
}

function textOf(page: BrokerPage): string {
  const fields = [...page.request, ...page.answer].flatMap(({ name, korean }) => [name, korean]);
  return [...idsOf(page), page.korean, page.summary, page.path, ...fields].join('\n').toLowerCase();
}

const serversOf = ({ ids, lane }: BrokerPage): string =>
  (['LIVE', 'PAPER'] as const).filter((server) => ids[server].length > 0 || lane === undefined).join(' ');

function briefOf(
  page: BrokerPage,
): Pick<BrokerPage, 'broker' | 'id' | 'korean' | 'summary' | 'ids' | 'limits' | 'repeatable'> {
  const { broker, id, korean, summary, ids, limits, repeatable } = page;
  return { broker, id, korean, summary, ids, limits, repeatable };
}

function listText(pages: readonly BrokerPage[]): string {
  const rows = pages.map((page) => [
    ...[page.broker, page.id, page.korean, serversOf(page), page.repeatable ? 'yes' : 'no', page.summary],
  ]);
  const head = ['broker', 'id', '이름', 'servers', 'repeatable', 'what it does'];
  const table = layOutTable([head, ...rows], ['left', 'left', 'left', 'left', 'left', 'left']);
  const limits = [
    ...new Set(pages.map(({ broker, limits: { LIVE, PAPER } }) => `${broker}: LIVE ${LIVE}; PAPER ${PAPER}`)),
  ];
  return `${table.join('\n')}\n\nLimits\n${limits.map((line) => `  ${line}`).join('\n')}\n`;
}

function pageText(page: BrokerPage): string {
  const { broker, id, korean, summary, method, path, ids, limits, lane, repeatable, evidence, source } = page;
  const server = (of: 'LIVE' | 'PAPER'): string => {
    const named = ids[of]
      .map((each) => (each.variant === undefined ? each.id : `${each.variant} ${each.id}`))
      .join(', ');
    return `${of.padEnd(6)} ${serversOf(page).includes(of) ? named || '(no id: the path says it)' : 'not offered'}; ${limits[of]}`;
  };
  const request = page.request.map(({ name, korean: field, lengthMax, required, meaning }) => [
    ...[name, field, lengthMax === undefined ? '' : `≤ ${lengthMax}`, required === true ? 'required' : '', meaning],
  ]);
  const answer = page.answer.map(({ name, korean: field, reading, meaning }) => [name, field, reading ?? '', meaning]);
  const examples = page.examples.flatMap(({ origin, request: sent, answer: got }) => [
    `Example (${origin})`,
    ...(sent === undefined ? [] : ['  request', ...jsonLines(sent)]),
    '  answer',
    ...jsonLines(got),
  ]);
  return `${[
    `${id} — ${korean} (${broker})`,
    `${summary} ${method} ${path}`,
    server('LIVE'),
    server('PAPER'),
    `lane ${lane ?? 'its own'}; ${repeatable ? 'a failed request may be sent again' : 'sent once, whatever happens'}`,
    `fields: ${evidence} (${source})`,
    '',
    'Request',
    ...layOutTable(request, ['left', 'left', 'left', 'left', 'left']).map((line) => `  ${line}`),
    '',
    'Answer',
    ...layOutTable(answer, ['left', 'left', 'left', 'left']).map((line) => `  ${line}`),
    '',
    ...(examples.length === 0 ? ['No example: nobody has published one.'] : examples),
  ].join('\n')}\n`;
}

function jsonLines(value: unknown): readonly string[] {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `    ${line}`);
}
