export { type FakeClock, type FakeClockOptions, createFakeClock } from './fake-clock.ts';
