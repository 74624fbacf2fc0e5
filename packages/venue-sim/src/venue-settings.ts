import { type VenueClock } from './clock/venue-clock.ts';
import { type KisVenueSettings } from './dialects/kis/kis-settings.ts';
import { type KiwoomVenueSettings } from './dialects/kiwoom/kiwoom-settings.ts';
import { type AccountSetup, type Exchange, type Instrument } from './exchange/contracts.ts';

/** Protocols a venue can speak. */
export const venueDialects = ['kis', 'kiwoom'] as const;
export type VenueDialectName = (typeof venueDialects)[number];

/** Which of a broker's two worlds the venue plays: 실전투자 or 모의투자. Both are simulated here. */
export const venueEnvironments = ['LIVE', 'PAPER'] as const;
export type VenueEnvironment = (typeof venueEnvironments)[number];

/** How a client speaks for an account of the market through one front. None of it may be a real one. */
export interface FrontAccount {
  /** The account of the market, by its label. */
  readonly accountId: string;
  /** As the broker has it: `12345678-01` for KIS, `1234567801` for Kiwoom, which shows it and never asks for it. */
  readonly accountNumber: string;
  /** Up to 36 characters; one per account. */
  readonly appKey: string;
  /** Up to 180 characters. */
  readonly appSecret: string;
  /** KIS alone: the HTS id by which notices of the account are registered. Default: `accountId`. */
  readonly htsId?: string;
}

/** An account with the number and keys a client must present. */
export interface VenueAccount extends AccountSetup, FrontAccount {}

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

/** The market behind every front: one trading day of one exchange, and the accounts that trade on it. */
export interface MarketOptions {
  /** `YYYY-MM-DD`, a trading day. */
  readonly tradingDate: string;
  readonly instruments: readonly Instrument[];
  readonly accounts: readonly AccountSetup[];
  /** Everything that is drawn comes from it; same seed and same inputs give the same day. */
  readonly seed: number;
  /** Default: starts at 08:00 KST of the trading date and runs at real speed. */
  readonly clock?: VenueClock;
  /** Called once before the day begins: the place to schedule order flow. Default: the market stands still. */
  readonly prepare?: (exchange: Exchange) => void;
  /** Past days by symbol, for charts. Default: none, the chart shows the simulated day alone. */
  readonly dailyHistory?: Readonly<Record<string, readonly DailyBar[]>>;
}

/** One broker's way into a market: a protocol, a flavour, and the accounts that this broker keeps. */
export interface FrontOptions {
  readonly dialect: VenueDialectName;
  readonly environment: VenueEnvironment;
  /** Accounts of the market; each is kept by one broker, so by one open front. */
  readonly accounts: readonly FrontAccount[];
  /** What the KIS dialect can be told. */
  readonly kis?: KisVenueSettings;
  /** What the Kiwoom dialect can be told. */
  readonly kiwoom?: KiwoomVenueSettings;
}

/** A market with one front, in one piece. */
export interface VenueOptions extends Omit<MarketOptions, 'accounts'>, Omit<FrontOptions, 'accounts'> {
  readonly accounts: readonly VenueAccount[];
}

/** Where a venue listens. */
export interface SocketOptions {
  /** A loopback address; default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A venue behind a socket. */
export interface VenueSimOptions extends VenueOptions, SocketOptions {}

/** A front behind a socket. */
export interface FrontSimOptions extends FrontOptions, SocketOptions {}
