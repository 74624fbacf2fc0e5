import {
  type AccountSnapshot,
  type ActResult,
  type BrokerEngine,
  type CallOptions,
  type Clock,
  type Decision,
  type EtedaStage,
  type IdGenerator,
  type PipelineResult,
  type QuoteReader,
  type SymbolCode,
  ValidationError,
} from '@qts/core';
import { type ModeVerdict, type TradingSwitches, closedGate } from './act-gate.ts';
import { act } from './act.ts';
import { decide } from './decide.ts';
import { evaluate } from './evaluate.ts';
import { extract } from './extract.ts';
import { type SafetyHook } from './safety-hook.ts';
import { StageFailure } from './stage-failure.ts';
import { type Strategy } from './strategy.ts';
import { transform } from './transform.ts';

export interface PipelineSettings {
  readonly strategy: Strategy;
  readonly quotes: QuoteReader;
  /** Absent is an error, never a silent "executed". */
  readonly engine: BrokerEngine | undefined;
  readonly safety: SafetyHook;
  /** The account as our own books have it now. */
  readonly account: () => AccountSnapshot;
  readonly switches: () => TradingSwitches;
  readonly mode: () => ModeVerdict;
  readonly clock: Clock;
  readonly generateId: IdGenerator;
  readonly intentLifeMs: number;
}

/** Runs cycles. One at a time: the loop never starts a second before the first has ended. */
export interface Pipeline {
  /**
   * One symbol, once through the five stages. Never rejects: a failed stage is a result with status `error`.
   *
   * Aborting ends the reading and keeps an order from being begun. One that was begun is waited for: given up on, it
   * might be live, and nobody would know its number.
   */
  runOnce(symbol: SymbolCode, options?: CallOptions): Promise<PipelineResult>;
}

/**
 * Makes the pipeline.
 *
 * @throws {ValidationError} when there is no engine
 */
export function createPipeline(settings: PipelineSettings): Pipeline {
  const { strategy, quotes, safety, clock, generateId, intentLifeMs } = settings;
  const engine = engineOf(settings);
  const histories = new Map<SymbolCode, number[]>();

  async function stages(symbol: SymbolCode, options: CallOptions | undefined): Promise<PipelineResult> {
    const market = await extract(quotes, symbol, options);
    let history = histories.get(symbol);
    if (history === undefined) histories.set(symbol, (history = []));
    const state = transform(market, settings.account(), history);
    const signal = evaluate(strategy, state);
    const decision = decide(signal, state, clock.nowMs(), { strategyName: strategy.name, generateId, intentLifeMs });
    if (!decision.approved && decision.code !== undefined) {
      safety.record({ code: decision.code, message: decision.reason, stage: 'DECIDE' });
    }
    const gate = closedGate({ decision, switches: settings.switches(), mode: settings.mode(), safety });
    if (gate !== undefined || !decision.approved) {
      return result(symbol, 'DECIDE', skipped(gate ?? decision.reason), decision);
    }
    if (isAborted(options)) return result(symbol, 'DECIDE', skipped('stopped'), decision);
    return result(symbol, 'ACT', await act(engine, decision.intent, clock, withoutSignal(options)), decision);
  }

  const skipped = (reason: string): ActResult => ({ status: 'skipped', reason, timestampMs: clock.nowMs() });

  function result(symbol: SymbolCode, stage: EtedaStage, done: ActResult, decision?: Decision): PipelineResult {
    const timestampMs = done.timestampMs;
    return decision === undefined
      ? { symbol, timestampMs, stage, act: done }
      : { symbol, timestampMs, stage, decision, act: done };
  }

  return {
    async runOnce(symbol, options) {
      if (!safety.shouldRun()) return result(symbol, 'EXTRACT', skipped('safety'));
      try {
        return await stages(symbol, options);
      } catch (error) {
        const failure =
          error instanceof StageFailure ? error : new StageFailure('ACT', 'FS040', 'error', 'a stage threw', error);
        // A read that was asked to end is no trouble with the data.
        if (failure.stage === 'EXTRACT' && isAborted(options)) return result(symbol, 'EXTRACT', skipped('stopped'));
        safety.record({ code: failure.code, message: failure.message, stage: failure.stage });
        const done: ActResult = {
          status: failure.weight === 'skip' ? 'skipped' : 'error',
          reason: failure.message,
          code: failure.code,
          timestampMs: clock.nowMs(),
        };
        return result(symbol, failure.stage, done);
      }
    },
  };
}

const isAborted = (options: CallOptions | undefined): boolean => options?.signal?.aborted === true;

function withoutSignal(options: CallOptions | undefined): CallOptions | undefined {
  if (options === undefined) return undefined;
  const { deadlineMs } = options;
  return deadlineMs === undefined ? {} : { deadlineMs };
}

function engineOf({ engine, strategy }: PipelineSettings): BrokerEngine {
  if (engine !== undefined) return engine;
  throw new ValidationError({
    code: 'ENGINE_MISSING',
    summary: 'The pipeline has no broker engine.',
    facts: { strategy: strategy.name },
    next: 'Wire an engine; a run that shall not trade takes the no-op engine.',
  });
}
