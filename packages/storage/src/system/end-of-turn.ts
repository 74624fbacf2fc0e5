import { setImmediate } from 'node:timers/promises';

/** Lets everything else that is ready run first. Takes no time of any clock. */
export function endOfTurn(): Promise<void> {
  return setImmediate();
}
