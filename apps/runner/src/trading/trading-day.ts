import { BrokerError, type FailsafeCode, type PipelineResult, symbolCode } from '@qts/core';
import { type DeadManTimer, createDeadManTimer, expiryMarginMs } from '@qts/engine';
import { type CycleEnd, createPipeline, pause, runLoop } from '@qts/pipeline';
import { snapshotAccount } from './account-snapshot.ts';
import { cancelOldOrders } from './order-housekeeping.ts';
import { type SessionEngine } from './session-engine.ts';
import { type TradingSessionSettings } from './session-settings.ts';
import { type ActCounts, type SessionEnd } from './trading-session.ts';

/** The day between the start and the report: waits for the open, trades in cycles, cancels what rests, waits for the end. */
export interface TradingDay {
  readonly acts: ActCounts;
  readonly failures: ReadonlyMap<FailsafeCode, number>;
  run(signal: AbortSignal): Promise<SessionEnd>;
}

/** With orders that rest, a cycle fails when no order list could be read for as long: six reads in a row. `assumed`. */
const blindMsMax = 60_000;

/** A cycle that takes longer stands still: a broker's paper server answers seven symbols in about ten seconds. `assumed`. */
const cycleMsMax = 60_000;
/** After a loop that stands still was restricted: how much later what rests is canceled. */
const cancelLaterMs = 50_000;
const loopName = 'main-loop';

/** Between the two reads that say that the session took an order. */
const betweenReadsMs = 2_000;

/** Makes the day of a session. */
export function createTradingDay(
  settings: TradingSessionSettings,
  engine: SessionEngine,
  onCycle: () => void,
): TradingDay {
  const { config, strategy, clock, day, logger } = settings;
  const { book, tracker, safety, gateway, resolver, reconciler, quotes, view } = engine;
  const symbols = config.symbols.map(symbolCode);
  const acts = { accepted: 0, rejected: 0, 'not-sent': 0, unknown: 0, skipped: 0, error: 0 };
  const failures = new Map<FailsafeCode, number>();
  const pipeline = createPipeline({
    strategy,
    quotes: quotes.reader,
    engine: gateway,
    safety,
    account: () => snapshotAccount(symbols, book, tracker, view),
    switches: () => config.trading,
    mode: () => settings.mode,
    clock,
    generateId: settings.generateId,
    intentLifeMs: config.trading.intentLifeMs,
  });

  /** Stopped for unknown orders alone, it goes on by itself once they are resolved; the kill switch ends with a release. */
  const isLocked = (): boolean => {
    const { isTradingAllowed } = safety.snapshot();
    return !isTradingAllowed && !resolver.willRecover;
  };

  function count({ act: { status, outcome, code } }: PipelineResult): void {
    acts[status] += 1;
    if (outcome !== undefined && code !== undefined) failures.set(code, (failures.get(code) ?? 0) + 1);
  }

  /** Orders may trade, and nobody sees it. */
  function isBlind(): boolean {
    const isBehind = clock.nowMs() - engine.listReadAtMs > blindMsMax;
    return isBehind && tracker.list().some(({ leavesQuantity }) => leavesQuantity > 0);
  }

  /** Watches the loop while it runs: one that stands still trades less, and then cancels what rests. */
  function watchLoop(): DeadManTimer {
    const { intervalMs, errorBackoffMs } = config.loop;
    const restrictAfterMs = intervalMs + errorBackoffMs + cycleMsMax;
    return createDeadManTimer({
      ...{ clock, trading: engine.states, watched: [loopName], restrictAfterMs },
      cancelAfterMs: restrictAfterMs + cancelLaterMs,
      cancelAll: (why) => void engine.cancelAll(why),
    });
  }

  async function cycle(signal: AbortSignal, watch: DeadManTimer): Promise<CycleEnd> {
    let failed = false;
    watch.beat(loopName);
    // A second terminal may have stopped or resumed trading.
    engine.killSwitch.refusal();
    for (const symbol of symbols) {
      if (signal.aborted) break;
      const result = await pipeline.runOnce(symbol, { signal });
      count(result);
      failed ||= result.act.status === 'error';
    }
    await cancelOldOrders({ gateway, tracker, clock, restingOrderMsMax: config.trading.restingOrderMsMax });
    onCycle();
    if (isLocked()) return 'done';
    if (clock.nowMs() + config.loop.intervalMs > day.closesAtMs) return 'done';
    return failed || isBlind() ? 'error' : 'ok';
  }

  /** Holdings are valued at the close; a price that cannot be read is no reason to lose the report of the day. */
  async function readClosingPrices(signal: AbortSignal): Promise<void> {
    for (const symbol of symbols) {
      try {
        await quotes.reader.getQuote({ symbol }, { signal });
      } catch (error) {
        if (signal.aborted) return;
        if (!BrokerError.isInstance(error)) throw error;
        logger?.warn('closing-price-not-read', { symbol, code: error.code });
      }
    }
  }

  return {
    acts,
    failures,
    async run(signal) {
      strategy.startDay?.({ opensAtMs: day.opensAtMs, closesAtMs: day.closesAtMs, symbols });
      await pause(clock, day.opensAtMs - clock.nowMs(), signal);
      const watch = watchLoop();
      const loop = await runLoop(() => cycle(signal, watch), config.loop, clock, signal);
      watch.close();
      let leftOpen = await engine.cancelAll('the last cycle is over');
      if (resolver.open.length > 0) {
        // What is unknown is known, or a person's, in about a minute; then it is canceled like the rest.
        await resolver.settled();
        leftOpen = await engine.cancelAll('unknown orders were resolved');
      }
      const locked = isLocked();
      if (loop.reason === 'done' && !locked) {
        await pause(clock, day.endsAtMs - clock.nowMs(), signal);
        if (leftOpen.length > 0) {
          // The session takes what no cancel took; two reads a minute after its end say so.
          await pause(clock, day.endsAtMs + expiryMarginMs - clock.nowMs(), signal);
          for (let reads = 0; reads < 2; reads += 1) {
            if (reads > 0) await pause(clock, betweenReadsMs, signal);
            await reconciler.readOrders('the session is over');
          }
          leftOpen = engine.resting();
        }
        await reconciler.reconcileNow('end of the day');
        await readClosingPrices(signal);
      }
      const stopped = signal.aborted && loop.reason !== 'errors';
      const reason = loop.reason === 'done' && locked ? 'safety' : stopped ? 'stopped' : loop.reason;
      return { reason, cycles: loop.cycles, errors: loop.errors, leftOpen };
    },
  };
}
