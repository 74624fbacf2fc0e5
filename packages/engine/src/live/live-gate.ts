import { ConfigurationError } from '@qts/core';

/** `sim`: the local venue. `paper`: the broker's 모의투자. `live`: real money. */
export const tradingModes = ['sim', 'paper', 'live'] as const;
export type TradingMode = (typeof tradingModes)[number];

/** What the operator must have typed, letter by letter (`QTS_LIVE_ACK`). */
export const liveAcknowledgement = 'I_UNDERSTAND_LIVE_TRADING';

/** What is known when the gate is asked. Texts come as they stand in the environment. */
export interface LiveGateFacts {
  readonly mode: TradingMode;
  /** `QTS_LIVE_ACK`. */
  readonly acknowledgement: string | undefined;
  /** `ENABLE_REAL_ORDER`: only `Y` is yes. */
  readonly enableRealOrder: string | undefined;
  /** Whose credentials they are, and where they would go. */
  readonly credentials:
    | {
        readonly brokerId: string;
        readonly environment: 'LIVE' | 'PAPER';
        /** The host that would be called. */
        readonly host: string;
        /** The broker's host for real orders. */
        readonly liveHost: string;
      }
    | undefined;
}

/** Why the gate is open or shut. `mode_not_live` is not a refusal: nobody asked for real orders. */
export type LiveGateReason =
  | 'mode_not_live'
  | 'live_enabled_false'
  | 'ack_missing_or_invalid'
  | 'credentials_missing'
  | 'credentials_not_live'
  | 'host_not_live'
  | 'live_allowed';

declare const approved: unique symbol;

/** Proof that the live gate was open for one broker. Only {@link decideLiveGate} makes one. */
export interface LiveApproval {
  readonly brokerId: string;
  readonly [approved]: true;
}

export type LiveGateDecision =
  | { readonly allowed: true; readonly reason: 'live_allowed'; readonly approval: LiveApproval }
  | { readonly allowed: false; readonly reason: Exclude<LiveGateReason, 'live_allowed'>; readonly next: string };

/** The approvals that were really given: an object that merely looks like one is none. */
const given = new WeakSet<LiveApproval>();

/**
 * Decides whether real orders may leave. Three independent facts must agree: the mode and the typed acknowledgement,
 * live credentials on the live host, and `ENABLE_REAL_ORDER=Y`. Any other spelling is no.
 */
export function decideLiveGate({
  mode,
  acknowledgement,
  enableRealOrder,
  credentials,
}: LiveGateFacts): LiveGateDecision {
  if (mode !== 'live') return shut('mode_not_live', 'Set the mode to live if real orders are meant.');
  if (enableRealOrder !== 'Y') return shut('live_enabled_false', 'Set ENABLE_REAL_ORDER=Y, exactly so.');
  if (acknowledgement !== liveAcknowledgement) {
    return shut('ack_missing_or_invalid', `Set QTS_LIVE_ACK=${liveAcknowledgement}, exactly so.`);
  }
  if (credentials === undefined) return shut('credentials_missing', 'Give the live credentials of a broker.');
  if (credentials.environment !== 'LIVE') return shut('credentials_not_live', 'Give credentials of the live account.');
  if (credentials.host !== credentials.liveHost) {
    return shut('host_not_live', `Live credentials go to ${credentials.liveHost} only.`);
  }
  const approval = { brokerId: credentials.brokerId } as LiveApproval;
  given.add(approval);
  return { allowed: true, reason: 'live_allowed', approval };
}

/**
 * Makes something that can reach a live account, and only with an approval for that broker.
 *
 * @throws {ConfigurationError} when the approval was not given by {@link decideLiveGate}, or for another broker;
 *   `construct` was not called then.
 */
export function constructLive<Adapter>(brokerId: string, approval: LiveApproval, construct: () => Adapter): Adapter {
  assertLiveApproval(brokerId, approval);
  return construct();
}

/** @throws {ConfigurationError} unless the approval is a real one for `brokerId`. */
export function assertLiveApproval(brokerId: string, approval: LiveApproval | undefined): void {
  if (approval !== undefined && given.has(approval) && approval.brokerId === brokerId) return;
  throw new ConfigurationError({
    code: 'LIVE_NOT_APPROVED',
    summary: `Nothing may be built that reaches a live account at ${brokerId}.`,
    facts: { brokerId, approval: approval === undefined ? 'none' : 'not given by the live gate for this broker' },
    next: 'Ask decideLiveGate first: mode and acknowledgement, live credentials on the live host, ENABLE_REAL_ORDER=Y.',
  });
}

function shut(
  reason: Exclude<LiveGateReason, 'live_allowed'>,
  next: string,
): Extract<LiveGateDecision, { allowed: false }> {
  return { allowed: false, reason, next };
}
