/** Ctrl-C, once heard: the run winds down by itself. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

/**
 * Turns the first SIGINT or SIGTERM into an abort. A second one ends the process at once: a person who presses twice
 * means it, and hears what that leaves behind.
 */
export function listenForInterrupt(say: (line: string) => void): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      say('Stopped at once. Orders may still rest: look at the broker.');
      process.exit(130);
    }
    say('Stopping: canceling what rests. Press Ctrl-C again to stop at once.');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
