import { type OrderResponse } from '@qts/core';
import { createFakeClock, createRecordingLogger, type FakeClock, type RecordingLogger } from '@qts/core/testing';
import {
  createKiwoomBroker,
  type KiwoomBroker,
  kiwoomLiveCredentials,
  kiwoomPaperCredentials,
} from '../../src/index.ts';
import { countingTransport, fakeKeys, settleWith, tenOClockMs } from './start-kiwoom.ts';
import { startStub, type StubHandler, type StubServer } from './stub-server.ts';

export interface StubbedKiwoom {
  readonly stub: StubServer;
  readonly broker: KiwoomBroker;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  readonly lateAnswers: readonly OrderResponse[];
  /** Lets virtual time pass while `pending` waits and nothing is under way. */
  settle<Result>(pending: Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

/** A broker against a stub that answers what `handler` says. */
export async function startStubbedKiwoom(
  handler: StubHandler,
  environment: 'LIVE' | 'PAPER' = 'LIVE',
): Promise<StubbedKiwoom> {
  const stub = await startStub(handler);
  const clock = createFakeClock({ startMs: tenOClockMs });
  const logger = createRecordingLogger();
  const { transport, inFlight } = countingTransport();
  const lateAnswers: OrderResponse[] = [];
  const broker = createKiwoomBroker({
    credentials: environment === 'LIVE' ? kiwoomLiveCredentials(fakeKeys) : kiwoomPaperCredentials(fakeKeys),
    simulatedUrl: stub.url,
    clock,
    transport,
    logger,
    random: () => 0.5,
    onLateAnswer: (response) => lateAnswers.push(response),
  });
  return {
    stub,
    broker,
    clock,
    logger,
    lateAnswers,
    settle: (pending) => settleWith(pending, inFlight, clock, (ms) => clock.advance(ms)),
    stop: async () => {
      await broker.close();
      await stub.close();
    },
  };
}
