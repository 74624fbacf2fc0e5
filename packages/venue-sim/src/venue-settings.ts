import { type VenueClock } from './clock/venue-clock.ts';
import { type KisVenueSettings } from './dialects/kis/kis-settings.ts';
import { type AccountSetup, type Exchange, type Instrument } from './exchange/contracts.ts';

/** Protocols a venue can speak. */
export const venueDialects = ['kis'] as const;
export type VenueDialectName = (typeof venueDialects)[number];

/** Which of a broker's two worlds the venue plays: 실전투자 or 모의투자. Both are simulated here. */
export const venueEnvironments = ['LIVE', 'PAPER'] as const;
export type VenueEnvironment = (typeof venueEnvironments)[number];

/** An account with the number and keys a client must present. None of them may be a real one. */
export interface VenueAccount extends AccountSetup {
  /** `12345678-01`: eight digits, the product code. */
  readonly accountNumber: string;
  /** Up to 36 characters; one per account. */
  readonly appKey: string;
  /** Up to 180 characters. */
  readonly appSecret: string;
}

/** One past day of an issue, for the chart operations. Prices won, volume shares. */
export interface DailyBar {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly openKrw: number;
  readonly highKrw: number;
  readonly lowKrw: number;
  readonly closeKrw: number;
  readonly volume: number;
  readonly turnoverKrw: number;
}

/** A simulated venue: one trading day, one broker's protocol. */
export interface VenueOptions {
  readonly dialect: VenueDialectName;
  readonly environment: VenueEnvironment;
  /** `YYYY-MM-DD`, a trading day. */
  readonly tradingDate: string;
  readonly instruments: readonly Instrument[];
  readonly accounts: readonly VenueAccount[];
  /** Everything that is drawn comes from it; same seed and same inputs give the same day. */
  readonly seed: number;
  /** Default: starts at 08:00 KST of the trading date and runs at real speed. */
  readonly clock?: VenueClock;
  /** Called once before the day begins: the place to schedule order flow. Default: the market stands still. */
  readonly prepare?: (exchange: Exchange) => void;
  /** Past days by symbol, for charts. Default: none, the chart shows the simulated day alone. */
  readonly dailyHistory?: Readonly<Record<string, readonly DailyBar[]>>;
  /** What the KIS dialect can be told. */
  readonly kis?: KisVenueSettings;
}

/** A venue behind a socket. */
export interface VenueSimOptions extends VenueOptions {
  /** A loopback address; default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
}
