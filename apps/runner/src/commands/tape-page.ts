import { formatWhole } from '../report/text-table.ts';
import { replayRecordedTape } from './recorded-tape.ts';
import { formatShare, tapeCaveats } from './tape.ts';

/** How a page draws a table: a row of headings, then rows. */
export type DrawTable = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) => string;

/** First paragraph of `docs/reference/tape-agreement.md`. */
export const tapeIntroduction: string = [
  'How far the simulated exchange repeats a recorded day: 257370 명성티엔에스, KOSDAQ, 2018-11-19, 07:30 to 13:00, every trade and the',
  'ten-level book after every message (see `apps/runner/data/README.md`). `qts tape` prints the same.',
  ...tapeCaveats,
].join(' ');

/** The sections of that page, from a run made now. Takes about half a second. */
export function tapeSections(table: DrawTable): readonly string[] {
  const { checks, disagreements, readings, unseenLevelChanges, refusalCount } = replayRecordedTape();
  const titles = new Map(checks.map(({ check, title }) => [check, title]));
  return [
    table(
      ['What is compared', 'Rows', 'Agree', 'Share'],
      checks.map(({ title, rows, agreeing }) => [
        title,
        formatWhole(rows),
        formatWhole(agreeing),
        formatShare(agreeing, rows),
      ]),
    ),
    '## Rows that do not agree',
    table(
      ['What is compared', 'Reason', 'Rows', 'First row (`seq`)', 'Meaning'],
      disagreements.map(({ check, reason, rows, firstSequence, meaning }) => [
        titles.get(check) ?? check,
        `\`${reason}\``,
        formatWhole(rows),
        firstSequence,
        meaning,
      ]),
    ),
    '## How the rows were read',
    'A tape shows what came of the orders, not the orders. Each row is given the smallest order flow that explains it.',
    table(
      ['Reading', 'Rows', 'Meaning'],
      readings.map(({ reading, rows, meaning }) => [`\`${reading}\``, formatWhole(rows), meaning]),
    ),
    `Levels that changed while no book showed them: ${formatWhole(unseenLevelChanges)}. Orders the exchange refused: ${formatWhole(refusalCount)}.`,
  ];
}
