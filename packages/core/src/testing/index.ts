export { buildExecutionIntent, buildOrderRequest } from './builders.ts';
export { type FakeClock, type FakeClockOptions, createFakeClock } from './fake-clock.ts';
export { type MemoryTokenStore, createMemoryTokenStore } from './memory-token-store.ts';
export { type MockBroker, type MockBrokerOptions, createMockBroker } from './mock-broker.ts';
export { type LoggedEntry, type RecordingLogger, createRecordingLogger } from './recording-logger.ts';
export { createStubOrderAdapter } from './stub-order-adapter.ts';
