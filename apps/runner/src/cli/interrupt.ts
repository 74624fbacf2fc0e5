import { exitCode } from './exit-codes.ts';

/** Ctrl-C, once heard: the run winds down by itself. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

/** Where signals come from and what ends the process: `process`, or a test's stand-in. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Time in which a second signal is the echo of the first: a terminal signals the whole group, and npm and the start
 * script hand on what they got. Nobody presses twice as fast.
 */
const echoMs = 1_000;

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort: a terminal that closes, or a line that drops, must not leave
 * orders that rest and nobody who watches them. A later SIGINT ends the process at once: a person who presses twice means
 * it, and hears what that leaves behind. A later SIGTERM or SIGHUP changes nothing: parents send them when they go.
 */
export function listenForInterrupt(
  say: (line: string) => void,
  source: SignalSource = process,
  monotonicMs: () => number = () => performance.now(),
): Interrupt {
  const controller = new AbortController();
  let firstAtMs = 0;
  const onFirst = (): void => {
    firstAtMs = monotonicMs();
    say('Stopping: canceling what rests. Press Ctrl-C again to stop at once.');
    controller.abort();
  };
  const onInterrupt = (): void => {
    if (!controller.signal.aborted) {
      onFirst();
    } else if (monotonicMs() - firstAtMs >= echoMs) {
      say('Stopped at once. Orders may still rest: look at the broker.');
      source.exit(exitCode('interrupted'));
    }
  };
  const onTerminate = (): void => {
    if (!controller.signal.aborted) onFirst();
  };
  source.on('SIGINT', onInterrupt);
  source.on('SIGTERM', onTerminate);
  source.on('SIGHUP', onTerminate);
  return {
    signal: controller.signal,
    dispose() {
      source.off('SIGINT', onInterrupt);
      source.off('SIGTERM', onTerminate);
      source.off('SIGHUP', onTerminate);
    },
  };
}
