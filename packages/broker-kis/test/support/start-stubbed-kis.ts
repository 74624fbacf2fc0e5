import { type OrderResponse } from '@qts/core';
import { createFakeClock, createRecordingLogger, type FakeClock, type RecordingLogger } from '@qts/core/testing';
import { createKisBroker, type KisBroker, kisLiveCredentials, kisPaperCredentials } from '../../src/index.ts';
import { countingTransport, fakeAccount, settleWith, tenOClockMs } from './start-kis.ts';
import { startStub, type StubHandler, type StubServer } from './stub-server.ts';

export interface StubbedKis {
  readonly stub: StubServer;
  readonly broker: KisBroker;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  readonly lateAnswers: readonly OrderResponse[];
  /** Lets virtual time pass while `pending` waits and nothing is under way. */
  settle<Result>(pending: Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

/** A broker against a stub that answers what `handler` says. */
export async function startStubbedKis(
  handler: StubHandler,
  environment: 'LIVE' | 'PAPER' = 'LIVE',
): Promise<StubbedKis> {
  const stub = await startStub(handler);
  const clock = createFakeClock({ startMs: tenOClockMs });
  const logger = createRecordingLogger();
  const { transport, inFlight } = countingTransport();
  const lateAnswers: OrderResponse[] = [];
  const broker = createKisBroker({
    credentials: environment === 'LIVE' ? kisLiveCredentials(fakeAccount) : kisPaperCredentials(fakeAccount),
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
