import { type Decision } from '@qts/core';
import { type SafetyHook } from './safety-hook.ts';

/** The switches that stand between a decision and an order. Read at every act, so that flipping one works at once. */
export interface TradingSwitches {
  readonly enabled: boolean;
  readonly killSwitch: boolean;
  readonly paused: boolean;
  readonly safeMode: boolean;
}

/** What the execution-mode gate said (the engine's live gate), with its machine-readable reason. */
export interface ModeVerdict {
  readonly allowed: boolean;
  readonly reason: string;
}

export interface ActGateView {
  readonly decision: Decision;
  readonly switches: TradingSwitches;
  readonly mode: ModeVerdict;
  readonly safety: SafetyHook;
}

/** A gate: the reason that is given when it is closed, and when it is. */
export interface ActGate {
  readonly reason: string;
  readonly closed: (view: ActGateView) => boolean;
}

/**
 * The gates in their order (domain.md 6.2): the first that is closed names the reason. The safety hook stands before the
 * mode, because a locked pipeline must not trade in any mode.
 */
export const actGates: readonly ActGate[] = [
  { reason: 'not_approved', closed: ({ decision }) => !decision.approved },
  { reason: 'trading_disabled', closed: ({ switches }) => !switches.enabled },
  { reason: 'kill_switch', closed: ({ switches }) => switches.killSwitch },
  { reason: 'pipeline_paused', closed: ({ switches }) => switches.paused },
  { reason: 'safe_mode', closed: ({ switches }) => switches.safeMode },
  { reason: 'safety', closed: ({ safety }) => !safety.shouldRun() },
  { reason: 'mode', closed: ({ mode }) => !mode.allowed },
];

/** Why nothing may be sent, or `undefined` when every gate is open. */
export function closedGate(view: ActGateView): string | undefined {
  const gate = actGates.find(({ closed }) => closed(view));
  if (gate === undefined) return undefined;
  if (gate.reason === 'mode') return view.mode.reason;
  return gate.reason === 'not_approved' ? view.decision.reason : gate.reason;
}
