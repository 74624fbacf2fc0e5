import { ConfigurationError } from '@qts/core';
import { type LiveApproval, decideLiveGate } from '@qts/engine';
import { type Environment } from '../config/env-file.ts';
import { type RunnerConfig } from '../config/runner-config.ts';
import { type ConnectedBroker, type ConnectionParts } from './runner-broker.ts';
import { runnerBrokersById } from './runner-brokers.ts';

/** A broker's own account, paper or live; live comes with its approval. */
export interface ConnectedAccount {
  readonly broker: ConnectedBroker;
  readonly liveApproval?: LiveApproval;
}

/**
 * Makes the broker of a paper or a live run. Nothing is connected yet. Live is made only when its three facts agree: mode
 * and acknowledgement, live credentials on the live host, `ENABLE_REAL_ORDER=Y`.
 *
 * @throws {ConfigurationError} when credentials are missing or not valid, or naming the fact that live lacks
 */
export function connectAccount(
  { mode, broker: brokerId }: Pick<RunnerConfig, 'mode' | 'broker'>,
  environment: Environment,
  parts: ConnectionParts,
): ConnectedAccount {
  const broker = runnerBrokersById[brokerId];
  if (mode !== 'live') return { broker: broker.connectPaper(environment, parts) };
  const decision = decideLiveGate({
    mode,
    acknowledgement: environment['QTS_LIVE_ACK'],
    enableRealOrder: environment['ENABLE_REAL_ORDER'],
    credentials: broker.liveFacts(environment),
  });
  if (!decision.allowed) {
    throw new ConfigurationError({
      code: 'LIVE_REFUSED',
      summary: 'Live trading is not allowed; nothing was started.',
      facts: { reason: decision.reason },
      next: decision.next,
    });
  }
  return { broker: broker.connectLive(environment, decision.approval, parts), liveApproval: decision.approval };
}
