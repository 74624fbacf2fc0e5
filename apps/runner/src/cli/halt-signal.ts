import { QtsError } from '@qts/core';
import { type TradingSession } from '../trading/trading-session.ts';
import { takeEarlyHalt } from './early-halt.ts';

/** The kill switch by signal: `kill -USR1 <pid>` stops orders and cancels what rests, and the stop stays. */
export interface HaltSignal {
  /** From now on the signal stops this session; one that came before stops it at once. */
  readonly watch: (session: Pick<TradingSession, 'halt'>) => void;
  dispose(): void;
}

/** Where the signal comes from: `process`, or a test's stand-in. */
export interface HaltSource {
  on(signal: 'SIGUSR1', listener: () => void): unknown;
  off(signal: 'SIGUSR1', listener: () => void): unknown;
}

/**
 * Listens for SIGUSR1, and takes over one that was sent before anything was loaded. A signal that comes while the account is still being read is kept: whoever sends it does not see
 * that there is no session yet.
 */
export function haltOnSignal(say: (line: string) => void, source: HaltSource = process): HaltSignal {
  let watched: Pick<TradingSession, 'halt'> | undefined;
  let wasEarly = takeEarlyHalt();

  async function halt(session: Pick<TradingSession, 'halt'>): Promise<void> {
    say('HALT by signal: no order leaves any more; canceling what rests.');
    try {
      const left = await session.halt({ requestedBy: 'signal', reason: 'SIGUSR1' });
      say(
        left.length === 0
          ? 'HALTED: nothing rests.'
          : `HALTED: still open: ${left.join(', ')}. Cancel these at the broker.`,
      );
    } catch (error) {
      // The stop holds in this process in any case.
      say(
        `HALTED in this process alone: ${QtsError.isInstance(error) ? error.message : 'it could not be written down'}`,
      );
    }
  }

  const tellEarly = (): void => {
    say('HALT by signal: no session has begun; it is stopped as soon as it has.');
  };
  const onSignal = (): void => {
    if (watched !== undefined) {
      void halt(watched);
      return;
    }
    wasEarly = true;
    tellEarly();
  };
  source.on('SIGUSR1', onSignal);
  if (wasEarly) tellEarly();
  return {
    watch: (session) => {
      watched = session;
      if (wasEarly) void halt(session);
    },
    dispose() {
      source.off('SIGUSR1', onSignal);
    },
  };
}
