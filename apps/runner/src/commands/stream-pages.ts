import { kisStreamCatalogue } from '@qts/broker-kis/catalogue';
import { kiwoomStreamCatalogue } from '@qts/broker-kiwoom/catalogue';
import { layOutTable } from '../report/text-table.ts';

/** The page of one stream, and whose it is. */
export type StreamOfBroker = (typeof kisStreamCatalogue)[number] & { readonly broker: string };

/** What a list shows of a stream. */
export type StreamBrief = Pick<StreamOfBroker, 'broker' | 'id' | 'korean' | 'summary' | 'servers' | 'limits'>;

const catalogues = { kis: kisStreamCatalogue, kiwoom: kiwoomStreamCatalogue } as const;

/** The streams of a broker, or of all. */
export function streamsOf(broker: string | undefined): readonly StreamOfBroker[] {
  return Object.entries(catalogues)
    .filter(([id]) => broker === undefined || id === broker)
    .flatMap(([id, catalogue]) => catalogue.map((page) => ({ broker: id, ...page })));
}

/** Everything of a stream that a word may be in, in small letters. */
export function streamSearchText({ id, korean, summary, fields }: StreamOfBroker): string {
  return [id, korean, summary, ...fields.flatMap((field) => [field.name, field.korean])].join('\n').toLowerCase();
}

/** A stream as a list shows it. */
export function streamBrief({ broker, id, korean, summary, servers, limits }: StreamOfBroker): StreamBrief {
  return { broker, id, korean, summary, servers, limits };
}

/** A table of streams, and how many of them a session takes. */
export function streamListText(pages: readonly StreamOfBroker[]): string {
  const rows = pages.map(({ broker, id, korean, servers, summary }) => [
    broker,
    id,
    korean,
    servers.join(' '),
    summary,
  ]);
  const table = layOutTable([['broker', 'stream', '이름', 'servers', 'what it tells'], ...rows], lefts);
  const limits = [...new Set(pages.map((page) => `  ${page.broker}: ${page.limits}`))];
  return `${[...table, '', 'Registrations', ...limits].join('\n')}\n`;
}

/** A stream in full. */
export function streamText({
  broker,
  id,
  korean,
  summary,
  servers,
  registration,
  record,
  limits,
  fields,
  source,
}: StreamOfBroker): string {
  const rows = fields.map((field) => [field.name, field.korean, field.meaning]);
  return `${[
    `${id} — ${korean} (${broker}, WebSocket)`,
    summary,
    `offered ${servers.join(' ')}`,
    `register ${JSON.stringify(registration)}`,
    `records ${record}`,
    `limits ${limits}`,
    `fields: ${source}`,
    '',
    'Fields',
    ...layOutTable(rows, lefts).map((line) => `  ${line}`),
  ].join('\n')}\n`;
}

const lefts = ['left', 'left', 'left', 'left', 'left'] as const;
