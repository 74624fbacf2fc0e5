import { type kisCatalogue } from '@qts/broker-kis/catalogue';
import { page, table } from './markdown.ts';

type OperationPage = (typeof kisCatalogue)[number];

/** The operations of a broker: a table of all, then each with its fields. */
export function operationsPage(title: string, introduction: string, catalogue: readonly OperationPage[]): string {
  return page(
    title,
    `${introduction} An operation that is not repeatable is sent once, whatever happens. A field without a reading passes unread; \`STRICT\` fails loudly when it is not what it should be.`,
    table(
      ['Operation', '이름', 'What it does', 'Method and path', 'Live', 'Paper', 'Lane', 'Repeatable', 'Evidence'],
      catalogue.map((operation) => [
        `\`${operation.id}\``,
        operation.korean,
        operation.summary,
        `${operation.method} \`${operation.path}\``,
        idsOf(operation.ids.LIVE),
        idsOf(operation.ids.PAPER),
        operation.lane,
        operation.repeatable,
        operation.evidence,
      ]),
    ),
    '## Limits',
    ...limitsOf(catalogue),
    '## Fields',
    ...catalogue.flatMap(sectionOf),
  );
}

function sectionOf({ id, korean, summary, source, request, answer }: OperationPage): readonly string[] {
  return [
    `### ${id} — ${korean}`,
    `${summary} (${source})`,
    table(
      ['Request field', '이름', 'Length', 'Required', 'Meaning'],
      request.map((field) => [`\`${field.name}\``, field.korean, field.lengthMax, field.required, field.meaning]),
    ),
    answer.length === 0
      ? 'The answer has no fields of its own.'
      : table(
          ['Answer field', '이름', 'Reading', 'Meaning'],
          answer.map((field) => [`\`${field.name}\``, field.korean, field.reading, field.meaning]),
        ),
  ];
}

/** All operations of a server have the same words about their limits. */
function limitsOf(catalogue: readonly OperationPage[]): readonly string[] {
  const of = (server: 'LIVE' | 'PAPER'): string =>
    `- ${server}: ${[...new Set(catalogue.map(({ limits }) => limits[server]))].join('; ')}`;
  return [[of('LIVE'), of('PAPER')].join('\n')];
}

function idsOf(ids: OperationPage['ids']['LIVE']): string {
  if (ids.length === 0) return '—';
  return ids.map(({ id, variant }) => (variant === undefined ? `\`${id}\`` : `${variant} \`${id}\``)).join(', ');
}
