import {
  type Clock,
  type EpochMs,
  type ExecutionIntent,
  type FailsafeCode,
  type Logger,
  type OrderJournal,
  type SymbolCode,
} from '@qts/core';
import { type AdmissionCheck, type Denial } from '../gateway/order-gateway-contract.ts';
import { type ReplaceAdmissionCheck } from '../gateway/replace-orders.ts';
import { createJournalWriter } from '../gateway/journal-writer.ts';
import { type OrderTracker } from '../orders/order-tracker-contract.ts';
import { type Restrict, type RestrictedState, type RestrictionCause } from '../reconciliation/restriction.ts';
import { checkOperator } from '../safety/check-operator.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';

/** What may leave now, from loose to strict. Cancels and reads may in all of them. */
export const tradingStates = ['ACTIVE', 'REDUCE_ONLY', 'HALTED'] as const;
export type TradingState = (typeof tradingStates)[number];

/** What ends a restriction: a person by name, or whoever made it. */
export type RestrictionReset = 'OPERATOR' | 'AUTOMATIC';

/** One reason to trade less, as long as it is in force. Plain data, for reports. */
export interface Restriction {
  /** Who asked for it: `unknown-guard`, `reconciliation`, … */
  readonly source: string;
  readonly state: RestrictedState;
  readonly code: FailsafeCode;
  /** One sentence without a full stop. */
  readonly why: string;
  /** A symbol is frozen (`state` is `HALTED` then); absent: it is about the account. */
  readonly symbol?: SymbolCode;
  readonly sinceMs: EpochMs;
  readonly reset: RestrictionReset;
}

/** Who resumes trading, and why. Journalled; neither may be blank. */
export interface ResumeRequest {
  readonly requestedBy: string;
  readonly reason: string;
}

/** The strictest of all reasons to trade less: safety state, kill switch and restrictions. */
export interface TradingStates {
  /** Of the account, or of one symbol of it. */
  state(symbol?: SymbolCode): TradingState;
  /** In the order in which they began. Safety state and kill switch are not among them. */
  restrictions(): readonly Restriction[];
  /** The port that a source restricts by. A symbol is frozen **and** the account restricted; the same again changes nothing. */
  restrictAs(source: string, reset: RestrictionReset): Restrict;
  /** Ends what a source restricted and may end by itself. What an operator has to end stays. */
  lift(source: string): void;
  /**
   * A person ends what a source restricted, or one symbol of it.
   * @returns what was ended; empty: nothing was in force.
   * @throws {ConfigurationError} when name or reason is blank. Nothing was changed.
   */
  resume(source: string, request: ResumeRequest, symbol?: SymbolCode): readonly Restriction[];
  /** Why no such order may leave now: for the gateway's `admit`. */
  readonly admit: AdmissionCheck;
  /** Why no order may be changed now; `isSmaller`: the change can only lower what may still trade, and what it costs. */
  readonly refuseReplace: ReplaceAdmissionCheck;
}

export interface TradingStatesSettings {
  readonly clock: Clock;
  readonly safety: Pick<SafetyLayer, 'snapshot'>;
  readonly tracker: Pick<OrderTracker, 'get' | 'openSellQuantity'>;
  /** Shares that are held for certain: from the broker's figures, not from notices. Default: none, so nothing surely reduces. */
  readonly heldQuantity?: (symbol: SymbolCode) => number;
  /** Asked before anything else: the kill switch's `refusal`. */
  readonly stop?: () => Denial | undefined;
  /** Receives `trading-restricted` and `trading-resumed`. */
  readonly journal?: OrderJournal;
  /**
   * What an earlier process restricted and no person has resumed: `restrictions` of the folded journal. It is in force
   * from the first order on. Default: nothing.
   */
  readonly restored?: readonly Restriction[];
  readonly logger?: Logger;
}

/**
 * | State         | New orders that add risk | New orders that reduce                 | Replace      | Cancel, reads |
 * | ------------- | ------------------------ | -------------------------------------- | ------------ | ------------- |
 * | `ACTIVE`      | yes                      | yes                                    | yes          | yes           |
 * | `REDUCE_ONLY` | no                       | sales of what is surely held and free  | only smaller | yes           |
 * | `HALTED`      | no                       | no                                     | no           | yes           |
 *
 * (execution-safety 12.) Safety states map into it: `NORMAL` and `WARNING` are `ACTIVE`, safe mode is `REDUCE_ONLY` that
 * takes no reducing order either, `FAIL`, `LOCKDOWN` and the kill switch are `HALTED`. The gateway asks the safety layer
 * itself; here its state counts for {@link TradingStates.state}.
 *
 * What an operator has to end outlives the process: it stands in the journal, and a start gives it as `restored`. What ends
 * by itself ends with the process.
 */
export function createTradingStates(settings: TradingStatesSettings): TradingStates {
  const { clock, safety, tracker, heldQuantity = () => 0, stop, logger } = settings;
  const journal = settings.journal === undefined ? undefined : createJournalWriter(settings.journal, logger);
  let inForce: readonly Restriction[] = settings.restored ?? [];

  function restrict(source: string, reset: RestrictionReset, to: RestrictedState, cause: RestrictionCause): void {
    const { code, why, symbol } = cause;
    const about = { source, code, why, sinceMs: clock.nowMs(), reset };
    const wanted: readonly Restriction[] = [
      { ...about, state: to },
      ...(symbol === undefined ? [] : [{ ...about, state: 'HALTED' as const, symbol }]),
    ];
    for (const each of wanted) {
      if (inForce.some((known) => covers(known, each))) continue;
      inForce = [...inForce.filter((known) => !covers(each, known)), each];
      const { state, symbol: frozen } = each;
      journal?.note('trading-restricted', source, each.sinceMs, { source, state, code, why, symbol: frozen, reset });
      // What ends by itself is news; what a person has to end is a warning.
      logger?.[reset === 'AUTOMATIC' ? 'info' : 'warn']('trading-restricted', {
        ...{ source, state, code, why, symbol: frozen },
      });
    }
  }

  function end(which: (each: Restriction) => boolean, body: Readonly<Record<string, unknown>>): readonly Restriction[] {
    const ended = inForce.filter(which);
    if (ended.length === 0) return ended;
    const before = stateOf(undefined);
    inForce = inForce.filter((each) => !which(each));
    for (const { source, state, code, symbol } of ended) {
      const facts = { source, state, code, symbol, before, after: stateOf(undefined), ...body };
      journal?.note('trading-resumed', source, clock.nowMs(), facts);
      logger?.info('trading-resumed', { source, state, symbol });
    }
    return ended;
  }

  function stateOf(symbol: SymbolCode | undefined): TradingState {
    const { isTradingAllowed, killSwitch, safeMode } = safety.snapshot();
    if (killSwitch || !isTradingAllowed || stop?.() !== undefined) return 'HALTED';
    const found = inForce.filter((each) => each.symbol === undefined || each.symbol === symbol);
    if (found.some(({ state }) => state === 'HALTED')) return 'HALTED';
    return safeMode || found.length > 0 ? 'REDUCE_ONLY' : 'ACTIVE';
  }

  /** A sale of shares that are held for certain and that no other open sale may sell. */
  function surelyReduces({ intentId, symbol, side, quantity }: ExecutionIntent): boolean {
    if (side !== 'SELL') return false;
    // On its way the order itself is one of the open sales.
    const own = tracker.get(intentId)?.leavesQuantity ?? 0;
    return quantity <= heldQuantity(symbol) - (tracker.openSellQuantity(symbol) - own);
  }

  /** Why nothing at all may leave for the symbol. */
  function halt(symbol: SymbolCode): Denial | undefined {
    const stopped = stop?.();
    if (stopped !== undefined) return stopped;
    for (const { state, symbol: frozen, why } of inForce) {
      if (frozen === symbol) return { code: 'G_EXE_SYMBOL_FROZEN', why: `${symbol} is frozen: ${why}` };
      if (frozen === undefined && state === 'HALTED') {
        return { code: 'G_EXE_TRADING_HALTED', why: `trading is halted: ${why}` };
      }
    }
    return undefined;
  }

  function refuse(symbol: SymbolCode, reduces: () => boolean): Denial | undefined {
    const halted = halt(symbol);
    if (halted !== undefined || inForce.length === 0) return halted;
    const reduceOnly = inForce.find(({ symbol: frozen }) => frozen === undefined);
    if (reduceOnly === undefined || reduces()) return undefined;
    return { code: 'G_EXE_REDUCE_ONLY', why: `only what reduces risk may leave: ${reduceOnly.why}` };
  }

  return {
    state: stateOf,
    restrictions: () => inForce,
    restrictAs: (source, reset) => (to, cause) => {
      restrict(source, reset, to, cause);
    },
    lift(source) {
      end((each) => each.source === source && each.reset === 'AUTOMATIC', {});
    },
    resume(source, { requestedBy, reason }, symbol) {
      checkOperator({ requestedBy, reason });
      const isMeant = (each: Restriction): boolean =>
        each.source === source && (symbol === undefined || each.symbol === symbol);
      return end(isMeant, { requestedBy, reason });
    },
    admit: (intent) => refuse(intent.symbol, () => surelyReduces(intent)),
    refuseReplace(symbol, isSmaller) {
      const { safeMode } = safety.snapshot();
      const refusal = refuse(symbol, () => isSmaller);
      if (refusal !== undefined || !safeMode || isSmaller) return refusal;
      return { code: 'G_EXE_SAFE_MODE_ON', why: 'safe mode is on, and the change is not smaller' };
    },
  };
}

/** Whether one restriction leaves nothing for another of the same source to add: neither strictness nor a longer life. */
export function covers(one: Restriction, other: Restriction): boolean {
  return (
    one.source === other.source &&
    one.symbol === other.symbol &&
    (one.state === 'HALTED' || other.state !== 'HALTED') &&
    (one.reset === 'OPERATOR' || other.reset === 'AUTOMATIC')
  );
}
