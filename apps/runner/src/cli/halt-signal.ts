import { QtsError } from '@qts/core';
import { type TradingSession } from '../trading/trading-session.ts';

/** The kill switch by signal: `kill -USR1 <pid>` stops orders and cancels what rests, and the stop stays. */
export interface HaltSignal {
  /** From now on the signal stops this session. */
  readonly watch: (session: Pick<TradingSession, 'halt'>) => void;
  dispose(): void;
}

/** Where the signal comes from: `process`, or a test's stand-in. */
export interface HaltSource {
  on(signal: 'SIGUSR1', listener: () => void): unknown;
  off(signal: 'SIGUSR1', listener: () => void): unknown;
}

/** Listens for SIGUSR1. Before there is a session it is said that there is nothing to stop. */
export function haltOnSignal(say: (line: string) => void, source: HaltSource = process): HaltSignal {
  let watched: Pick<TradingSession, 'halt'> | undefined;

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

  const onSignal = (): void => {
    if (watched === undefined) say('Nothing to halt: no session has begun.');
    else void halt(watched);
  };
  source.on('SIGUSR1', onSignal);
  return {
    watch: (session) => {
      watched = session;
    },
    dispose() {
      source.off('SIGUSR1', onSignal);
    },
  };
}
