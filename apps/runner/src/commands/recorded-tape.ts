import { type TapeAgreement, createExchange, scheduleTapeReplay } from '@qts/venue-sim';
import { loadRecordedTape, recordedTape } from '../market-data/tape-files.ts';

/** The seed decides only when the opening auction ends; no figure of the agreement depends on it. */
const seed = 1;

/**
 * Plays the recorded tape on a fresh exchange that nobody else trades on, and says how far the two agree. Takes about
 * half a second.
 *
 * @throws {ConfigurationError} when the recorded files are not as they should be
 */
export function replayRecordedTape(): TapeAgreement {
  const { symbol, name, market, basePriceKrw, tradingDate } = recordedTape;
  const tape = loadRecordedTape();
  const exchange = createExchange({
    tradingDate,
    instruments: [{ symbol, name, market, productClass: 'STOCK', basePriceKrw }],
    accounts: [],
    seed,
    startAtMs: Date.parse(`${tradingDate}T07:00:00+09:00`),
  });
  const replay = scheduleTapeReplay(exchange, tape, { compare: true });
  exchange.advanceTo(Date.parse(`${tradingDate}T13:00:00+09:00`));
  return replay.agreement();
}

/** Whether every disagreement has a reason on the tape, and the exchange refused nothing. */
export function isExplained({ disagreements, refusalCount }: TapeAgreement): boolean {
  return refusalCount === 0 && disagreements.every(({ reason }) => reason !== 'UNEXPLAINED');
}
