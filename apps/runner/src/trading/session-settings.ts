import {
  type AccountReader,
  type Clock,
  type IdGenerator,
  type Logger,
  type MarketDataStream,
  type OrderAdapter,
  type OrderStream,
  type QuoteReader,
  type StreamControl,
  type TradingDate,
} from '@qts/core';
import { type FollowedJournal, type LiveApproval, type StartReport, type StopLatch } from '@qts/engine';
import { type ModeVerdict, type Strategy } from '@qts/pipeline';
import { type InstrumentFacts } from '@qts/risk';
import { type RunnerConfig } from '../config/runner-config.ts';
import { type StreamCounter, type StreamSource } from '../streams/stream-figures.ts';
import { type RegularDay } from './regular-day.ts';
import { type TradingSession } from './trading-session.ts';
import { type UnknownNews } from './unknown-news.ts';

/** Registrations of the one session that all streams of a key share. */
export interface StreamBudget {
  readonly registrationMax: number;
  readonly registrationsUsed: number;
}

/** One account at one broker, as a session uses it. */
export interface SessionBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
  /** Live data. Absent: everything is read by REST. */
  readonly streams?: {
    readonly market: MarketDataStream;
    readonly orders: OrderStream;
    /** Absent: as many registrations as anybody wants. */
    readonly session?: StreamBudget;
  };
}

/** What a session tells while it runs. */
export interface SessionEvents {
  /** After every cycle. */
  readonly onCycle?: (session: TradingSession) => void;
  /** The start has agreed with the broker, or could not. */
  readonly onStart?: (report: StartReport) => void;
  /** Nobody knows what became of an order, and then somebody does. */
  readonly onUnknown?: (news: UnknownNews) => void;
  /** A stream speaks of itself: lost, gap, backfilled, drift, stale, refused. */
  readonly onStream?: (source: StreamSource, event: StreamControl) => void;
}

export interface TradingSessionSettings extends SessionEvents {
  readonly config: RunnerConfig;
  readonly broker: SessionBroker;
  readonly strategy: Strategy;
  readonly mode: ModeVerdict;
  readonly liveApproval?: LiveApproval;
  readonly tradingDate: TradingDate;
  readonly day: RegularDay;
  readonly instruments: readonly InstrumentFacts[];
  readonly clock: Clock;
  readonly generateId: IdGenerator;
  /** The journal with what it says so far: a session takes up what the one before left. */
  readonly journal: FollowedJournal;
  /** The stop that outlives the process. */
  readonly stop: StopLatch;
  readonly logger?: Logger;
  /** Counts what the streams of this session tell. Default: a counter that hears of no frames. */
  readonly streamCounter?: StreamCounter;
}
