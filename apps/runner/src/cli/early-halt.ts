/** Where the signal comes from: `process`, or a test's stand-in. */
interface EarlySource {
  on(signal: 'SIGUSR1', listener: () => void): unknown;
  off(signal: 'SIGUSR1', listener: () => void): unknown;
}

let wasSent = false;
let source: EarlySource | undefined;

function note(): void {
  wasSent = true;
}

/** Keeps a SIGUSR1 that comes before anybody can act on it, from the first moments of the process on. */
export function keepEarlyHalt(from: EarlySource = process): void {
  source = from;
  from.on('SIGUSR1', note);
}

/** Whether a halt was sent so far. From now on whoever asks listens himself. */
export function takeEarlyHalt(): boolean {
  source?.off('SIGUSR1', note);
  const taken = wasSent;
  wasSent = false;
  return taken;
}
