import { type ExecutionIntentInput, type ExecutionResponse, type JournalRecord, accountId, krw } from '@qts/core';
import { type FakeClock, buildExecutionIntent, createFakeClock, createRecordingLogger } from '@qts/core/testing';
import { type MemoryJournal, createMemoryJournal } from '@qts/storage';
import {
  type OrderGateway,
  type OrderTracker,
  type SafetyLayer,
  type UnknownResolver,
  type UnknownResolverSettings,
  createBrokerClock,
  createBrokerForExecution,
  createInMemoryNotifier,
  createOrderGateway,
  createOrderTracker,
  createSafetyLayer,
  createUnknownResolver,
} from '../../src/index.ts';
import { type LossyVenue, createLossyVenue } from './lossy-venue.ts';

/** The engine over a venue that loses answers, in virtual time. Checks of risk are left out: every order may leave. */
export interface StartedEngine {
  readonly clock: FakeClock;
  readonly venue: LossyVenue;
  readonly gateway: OrderGateway;
  readonly tracker: OrderTracker;
  readonly safety: SafetyLayer;
  readonly resolver: UnknownResolver;
  readonly journal: MemoryJournal;
  readonly logger: ReturnType<typeof createRecordingLogger>;
  /** Codes of the safety records so far. */
  readonly codes: () => readonly string[];
  /** Records about one intent. */
  readonly story: (intentId: string) => readonly JournalRecord['type'][];
  readonly submit: (overrides?: Partial<ExecutionIntentInput>) => Promise<ExecutionResponse>;
}

export function startEngine(
  overrides: Partial<UnknownResolverSettings> = {},
  { lockdownThreshold = 2 }: { readonly lockdownThreshold?: number } = {},
): StartedEngine {
  const clock = createFakeClock({ startMs: Date.UTC(2026, 8, 14, 1, 0, 0, 500) });
  const venue = createLossyVenue(clock);
  const { adapter } = venue;
  const tracker = createOrderTracker();
  const journal = createMemoryJournal();
  const logger = createRecordingLogger();
  const notifier = createInMemoryNotifier();
  const safety = createSafetyLayer({ clock, notifier, journal, lockdownThreshold });
  const gateway = createOrderGateway({
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock, maxConsecutiveFailures: 1_000 }),
    ...{ accountId: accountId('paper-1'), journal, clock, safety, tracker, logger },
    checkOrder: () => ({ allowed: true, worstPriceKrw: krw(70_000) }),
  });
  const brokerClock = createBrokerClock({ adapter, tracker, safety, clock });
  brokerClock.follow(gateway);
  const resolver = createUnknownResolver({
    ...{ adapter, gateway, tracker, safety, journal, clock, logger, brokerClock, accountId: accountId('paper-1') },
    ...overrides,
  });
  return {
    ...{ clock, venue, gateway, tracker, safety, resolver, journal, logger },
    codes: () => notifier.notifications.map(({ safetyCode }) => safetyCode),
    story: (intentId) => journal.records.filter((each) => each.correlationId === intentId).map(({ type }) => type),
    submit: (fields) => gateway.submitIntent(buildExecutionIntent({ createdAtMs: clock.nowMs(), ...fields })),
  };
}
