import { type TapeAgreement } from '@qts/venue-sim';
import { exitCode } from '../cli/exit-codes.ts';
import { recordedTape } from '../market-data/tape-files.ts';
import { formatWhole, layOutTable } from '../report/text-table.ts';
import { isExplained, replayRecordedTape } from './recorded-tape.ts';

/** What the figures do not show. Printed above them wherever they are printed. */
export const tapeCaveats: readonly string[] = [
  'Orders are inferred from the tape; every trade and book compared is what the exchange made of them.',
  'What crossed in the opening auction is not recorded: both sides are placed at the recorded print, so that check is about',
  'the match, its volume and what it leaves, not about finding the price. The base price is that of the closing-price trades.',
  'Levels outside of the ten are not recorded: they are given beforehand what they show when they come into view.',
];

export interface TapeCommandOptions {
  /** The agreement as one JSON document instead of tables. */
  readonly json: boolean;
  readonly out: (text: string) => void;
}

/**
 * `qts tape`: replays the recorded tape through the exchange and prints how many rows agree, and why the others do not.
 * The orders are inferred from the tape; trades and books are the exchange's own.
 *
 * @returns the exit code: `ok`, or `defect` when a row disagrees without a reason
 * @throws {ConfigurationError} when the recorded files are not as they should be
 */
export function runTapeCommand({ json, out }: TapeCommandOptions): Promise<number> {
  const agreement = replayRecordedTape();
  out(json ? `${JSON.stringify({ simulated: true, tape: recordedTape, ...agreement })}\n` : printAgreement(agreement));
  return Promise.resolve(exitCode(isExplained(agreement) ? 'ok' : 'defect'));
}

function printAgreement({ checks, disagreements, readings, unseenLevelChanges, refusalCount }: TapeAgreement): string {
  const { symbol, name, tradingDate } = recordedTape;
  const blocks = [
    [
      `Recorded tape of ${symbol} ${name}, ${tradingDate} 07:30 to 13:00, replayed through the simulated exchange.`,
      ...tapeCaveats,
    ],
    layOutTable(
      [
        ['What is compared', 'rows', 'agree', 'share'],
        ...checks.map(({ title, rows, agreeing }) => [
          title,
          formatWhole(rows),
          formatWhole(agreeing),
          formatShare(agreeing, rows),
        ]),
      ],
      ['left', 'right', 'right', 'right'],
    ),
    ['Rows that do not agree, and why:'],
    layOutTable(
      [
        ['check', 'reason', 'rows', 'first row'],
        ...disagreements.map(({ check, reason, rows, firstSequence }) => [
          check,
          reason,
          formatWhole(rows),
          String(firstSequence),
        ]),
      ],
      ['left', 'left', 'right', 'right'],
    ),
    ['How the rows were read:'],
    layOutTable(
      readings.map(({ reading, rows, meaning }) => [reading, formatWhole(rows), meaning]),
      ['left', 'right', 'left'],
    ),
    [
      `Levels that changed while no book showed them: ${formatWhole(unseenLevelChanges)}. Orders the exchange refused: ${formatWhole(refusalCount)}.`,
    ],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A share in percent with two decimals, cut down: 100.00 % means all. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`;
}
