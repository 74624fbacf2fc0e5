import { type FailsafeCode, type OrderResponse, type PipelineResult } from '@qts/core';
import { type Book, type OrderTracker, type SafetyLayer, type StartReport } from '@qts/engine';
import { type LoopOutcome } from '@qts/pipeline';
import { type StreamReport } from '../streams/stream-report.ts';
import { createTradingDay } from './trading-day.ts';
import { wireEngine } from './session-engine.ts';
import { type TradingSessionSettings } from './session-settings.ts';
import { agreeWithBroker } from './start-agreement.ts';

/** What a session did, by the word of its acts. */
export type ActCounts = Readonly<Record<PipelineResult['act']['status'], number>>;

/** How a session ended. */
export interface SessionEnd {
  /**
   * `safety`: the safety state let nothing leave any more. `start`: the start never agreed with the broker. `journal`: the
   * journal could not be written, or was not whole.
   */
  readonly reason: LoopOutcome['reason'] | 'safety' | 'start' | 'journal';
  readonly cycles: number;
  readonly errors: number;
  /** Orders that still rest, by number: nothing is left when all could be canceled. */
  readonly leftOpen: readonly string[];
}

/** A trading day of one account: pipeline, engine and books, wired. */
export interface TradingSession {
  readonly book: Book;
  readonly tracker: OrderTracker;
  readonly safety: SafetyLayer;
  readonly acts: ActCounts;
  /** Why intents came to nothing: how many by the code of the answer. */
  readonly failures: ReadonlyMap<FailsafeCode, number>;
  readonly openingCashKrw: number;
  /** What the start came to; `undefined` before it ended. */
  readonly start: StartReport | undefined;
  /** What the streams told so far; `undefined` without streams. */
  streamReport(): StreamReport | undefined;
  /** Cash and holdings at last prices, won. */
  equityKrw(): number;
  /** What the broker answered after an order or a replace had been given up: for the broker's late-answer hook. */
  hearLateAnswer(response: OrderResponse): void;
  /** Engages the kill switch and cancels what rests; numbers of what could not be canceled. Trading stays off. */
  halt(by: { readonly requestedBy: string; readonly reason: string }): Promise<readonly string[]>;
  /**
   * Takes up what the journal says, agrees with the broker, trades until the day ends or the signal aborts; then cancels
   * what rests and reads the last figures. Once.
   */
  run(signal: AbortSignal): Promise<SessionEnd>;
}

/**
 * Opens a session: reads what the account had before the day, and wires the rest over it.
 *
 * @throws {BrokerError} when the account cannot be read
 */
export async function openTradingSession(settings: TradingSessionSettings): Promise<TradingSession> {
  const engine = await wireEngine(settings);
  const day = createTradingDay(settings, engine, () => settings.onCycle?.(session));
  let start: StartReport | undefined;

  const session: TradingSession = {
    book: engine.book,
    tracker: engine.tracker,
    safety: engine.safety,
    acts: day.acts,
    failures: day.failures,
    openingCashKrw: engine.openingCashKrw,
    get start() {
      return start;
    },
    streamReport: () => engine.streamReport(),
    equityKrw: () => engine.view.equityKrw,
    hearLateAnswer: (response) => {
      engine.hearLateAnswer(response);
    },
    async halt(by) {
      try {
        engine.killSwitch.engage(by);
      } catch (error) {
        // What could not be written down holds for this process; what rests is canceled before anybody hears of it.
        await engine.cancelAll(by.reason);
        throw error;
      }
      return engine.cancelAll(by.reason);
    },

    async run(signal) {
      try {
        engine.startStreams();
        start = await agreeWithBroker(engine.recovery, settings.clock, signal);
        if (start !== undefined) settings.onStart?.(start);
        if (start === undefined || start.outcome === 'CLOSED') {
          const leftOpen = await engine.cancelAll('the start did not agree with the broker');
          return { reason: signal.aborted ? 'stopped' : 'start', cycles: 0, errors: 0, leftOpen };
        }
        engine.releaseStreams();
        engine.reconciler.start();
        return await day.run(signal);
      } finally {
        await engine.close();
      }
    },
  };
  return session;
}
