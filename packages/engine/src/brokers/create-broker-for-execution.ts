import { createBridge } from '@qts/bridge';
import { type BrokerEngine, type Clock, type OrderAdapter } from '@qts/core';
import { type LiveApproval, assertLiveApproval } from '../live/live-gate.ts';
import { type ConsecutiveFailureGuardSettings } from './consecutive-failure-guard.ts';
import { type LiveBroker, createLiveBroker } from './live-broker.ts';
import { createNoopBroker } from './noop-broker.ts';

export interface ExecutionSettings extends ConsecutiveFailureGuardSettings {
  /** Whether this process may send orders at all. */
  readonly liveAllowed: boolean;
  readonly adapter?: OrderAdapter;
  /** Needed for an adapter whose environment is `LIVE`. */
  readonly liveApproval?: LiveApproval;
  readonly clock: Clock;
  /** True: adapters answer with virtual acceptances and send nothing. Default false. */
  readonly dryRun?: boolean;
}

/**
 * Chooses the engine: a LiveBroker (bridge and failure guard) when orders are allowed **and** an adapter is given,
 * otherwise a NoopBroker. A MockBroker is never returned; it is for tests.
 *
 * @throws {ConfigurationError} when the adapter reaches a live account and no live approval for its broker was given.
 */
export function createBrokerForExecution(settings: ExecutionSettings): LiveBroker | BrokerEngine {
  const { liveAllowed, adapter, liveApproval, clock, dryRun = false, ...guardSettings } = settings;
  if (!liveAllowed || adapter === undefined) return createNoopBroker({ clock });
  if (adapter.capabilities.environment === 'LIVE') assertLiveApproval(adapter.brokerId, liveApproval);
  return createLiveBroker({ ...guardSettings, clock, broker: createBridge(adapter, { clock, dryRun }) });
}
