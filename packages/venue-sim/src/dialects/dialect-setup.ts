import { type Exchange } from '../exchange/contracts.ts';
import { type DailyBar, type FrontOptions, type VenueAccount } from '../venue-settings.ts';
import { type MarketRecorder } from './market-recorder.ts';

/** What a dialect is made of: the market that all fronts share, and what is this front's own. */
export interface DialectSetup extends Omit<FrontOptions, 'dialect' | 'accounts'> {
  readonly accounts: readonly VenueAccount[];
  readonly exchange: Exchange;
  /** Has watched the exchange since before its day began. */
  readonly market: MarketRecorder;
  readonly dailyHistory: Readonly<Record<string, readonly DailyBar[]>>;
  readonly seed: number;
}
