/** Pages that every broker package has, in one form, so that two brokers can be read side by side. */
import { type kisCapabilities } from '@qts/broker-kis';
import { type Cell, page, table } from './markdown.ts';

/** A row of a broker's table of order divisions, as much of it as people read. */
interface DivisionRow {
  readonly code: string;
  readonly korean: string;
  readonly orderType: string;
  readonly timeInForce: string;
  readonly offered: Readonly<Record<string, readonly string[]>>;
  readonly effectiveFrom?: string | undefined;
  readonly effectiveTo?: string | undefined;
}

/** The capabilities of a broker by server. */
type ByServer = typeof kisCapabilities;
type BrokerCapabilities = ByServer['LIVE'];

/** Which orders and queries each server of a broker takes. `field` is the broker's own field of the order division. */
export function capabilitiesPage(
  broker: string,
  field: string,
  divisions: readonly DivisionRow[],
  capabilities: ByServer,
): string {
  return page(
    `${broker} capabilities`,
    'Which orders each server can carry, and under which code. The engine refuses the rest before anything is sent.',
    `## Order divisions (\`${field}\`)`,
    table(
      ['Code', '이름', 'Type', 'Time in force', 'Offered', 'From', 'To'],
      divisions.map((row) => [
        `\`${row.code}\``,
        row.korean,
        row.orderType,
        row.timeInForce,
        Object.entries(row.offered)
          .map(([venue, sessions]) => `${venue}: ${sessions.join(', ')}`)
          .join('; '),
        row.effectiveFrom,
        row.effectiveTo,
      ]),
    ),
    '## Orders by server',
    'Venue and session, with the first and the last trading date where the broker has one.',
    table(['Type', 'Time in force', 'Live', 'Paper'], termRows(capabilities)),
    '## Queries',
    table(
      ['Query', 'Live', 'Paper'],
      Object.keys(capabilities.LIVE.queries).map((query) => [
        `\`${query}\``,
        capabilities.LIVE.queries[query],
        capabilities.PAPER.queries[query],
      ]),
    ),
  );
}

function termRows({ LIVE, PAPER }: ByServer): readonly (readonly Cell[])[] {
  const names = new Set([...LIVE.orderTerms, ...PAPER.orderTerms].map(nameOfTerms));
  return [...names].map((name) => [...name.split(' '), whereAndWhen(LIVE, name), whereAndWhen(PAPER, name)]);
}

function nameOfTerms({ orderType, timeInForce }: BrokerCapabilities['orderTerms'][number]): string {
  return `${orderType} ${timeInForce}`;
}

function whereAndWhen({ orderTerms }: BrokerCapabilities, name: string): string {
  return orderTerms
    .filter((row) => nameOfTerms(row) === name)
    .flatMap(({ venues, sessions, effectiveFrom, effectiveTo }) => {
      const from = effectiveFrom === undefined ? '' : ` from ${effectiveFrom}`;
      const to = effectiveTo === undefined ? '' : ` to ${effectiveTo}`;
      return venues.flatMap((venue) => sessions.map((session) => `${venue} ${session}${from}${to}`));
    })
    .join('; ');
}

/** A row of a broker's error map, as much of it as people read. */
interface CodeRow {
  readonly kind: string;
  readonly failureClass: string;
  readonly outcome: string;
  readonly confirmByRead: boolean;
  readonly code: string;
  readonly meaning: string;
  readonly source: string;
}

/** What each result code of a broker is answered with. */
export function codesPage(
  broker: string,
  rows: Readonly<Record<string, CodeRow>>,
  successes: Readonly<Record<string, { readonly meaning: string }>>,
): string {
  return page(
    `${broker} result codes`,
    'What each code is answered with. `confirm` marks a refusal that the engine confirms by a read before it believes it. A code that is not listed gives `UNKNOWN` for an order.',
    '## Refusals and failures',
    table(
      ['Code', 'Kind', 'Class', 'Outcome', 'Confirm', 'Safety code', 'Meaning', 'Source'],
      Object.entries(rows).map(([code, row]) => [
        `\`${code}\``,
        row.kind,
        row.failureClass,
        row.outcome,
        row.confirmByRead ? 'yes' : '',
        row.code,
        row.meaning,
        row.source,
      ]),
    ),
    '## Successes',
    table(
      ['Code', 'Meaning'],
      Object.entries(successes).map(([code, row]) => [`\`${code}\``, row.meaning]),
    ),
  );
}
