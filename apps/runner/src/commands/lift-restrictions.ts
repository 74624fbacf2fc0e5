import { type Clock, type Logger, type OrderJournal, ConfigurationError } from '@qts/core';
import {
  type FoldedJournal,
  type SafetyLayer,
  createOrderTracker,
  createRepeatThrottle,
  createTradingStates,
} from '@qts/engine';
import { type Operator } from './operator-tools.ts';

/** The source of what {@link createRepeatThrottle} stops. */
const repeats = 'repeat-throttle';

/**
 * Whether something of this source, or anything for `all`, waits for a person.
 *
 * @throws {ConfigurationError} naming the sources that there are
 */
export function requireRestriction(source: string, { restrictions, throttled }: FoldedJournal): void {
  const known = new Set([...restrictions.map((each) => each.source), ...(throttled.length > 0 ? [repeats] : [])]);
  if (source === 'all' || known.has(source)) return;
  throw new ConfigurationError({
    code: 'RESTRICTION_UNKNOWN',
    summary: 'Nothing is restricted by this source. Nothing was changed.',
    facts: { field: '--lift', found: source, known: [...known].join(', ') || 'none' },
    next: 'Name one of these, or all; `qts orders` shows what restricts trading.',
  });
}

/** Ends by name what a source restricted, in the journal alone: for the next start. Gives each as a line. */
export function liftRestrictions(
  source: string,
  by: Operator,
  parts: {
    readonly folded: FoldedJournal;
    readonly journal: OrderJournal;
    readonly safety: SafetyLayer;
    readonly clock: Clock;
    readonly logger: Logger;
  },
): readonly string[] {
  const { folded, journal, safety, clock, logger } = parts;
  const { restrictions, throttled } = folded;
  const states = createTradingStates({
    ...{ clock, safety, journal, logger, tracker: createOrderTracker(), restored: restrictions },
  });
  const throttle = createRepeatThrottle({ record: { journal, clock, logger }, restored: throttled });
  const lifted: string[] = [];
  for (const each of new Set(restrictions.map((restriction) => restriction.source))) {
    if (source !== 'all' && source !== each) continue;
    for (const { state, symbol, why } of states.resume(each, by))
      lifted.push(`${state} ${symbol ?? 'account'}, ${why}`);
  }
  if (source === 'all' || source === repeats) {
    for (const key of throttled) {
      if (throttle.resume(key, by)) lifted.push(`${key.side} ${key.symbol} of ${key.strategy}, which repeated itself`);
    }
  }
  return lifted;
}
