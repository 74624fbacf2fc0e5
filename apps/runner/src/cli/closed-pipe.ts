import { exitCode } from './exit-codes.ts';

/**
 * What a command does when whoever reads its output goes (`qts journal export F | head`). Any other goes on to its end, and
 * ends with its own code: a run has orders that rest, a halt is half done.
 */
const whenReaderGoes: Readonly<Record<string, 'END' | 'INTERRUPT'>> = {
  ...{ tape: 'END', verify: 'END', export: 'END', show: 'END', orders: 'END', reconcile: 'END', tr: 'END' },
  watch: 'INTERRUPT', // as Ctrl-C: a recording is closed first
};

/** What of the process is used: `process`, or a test's stand-in. */
export interface PipedProcess {
  readonly pid: number;
  readonly stdout: ErrorSource;
  readonly stderr: ErrorSource;
  exit(code: number): void;
  kill(pid: number, signal: 'SIGINT'): unknown;
}

interface ErrorSource {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Takes the errors of writing to an output that nobody reads: a pipe whose other end was closed, a terminal that is gone.
 * Nothing is printed about it, for there is nobody to read it.
 *
 * @returns told the name of the command that begins
 */
export function followReader(source: PipedProcess = process): { readonly begin: (command: string) => void } {
  let running = '';
  let isGone = false;
  source.stderr.on('error', () => undefined);
  source.stdout.on('error', ({ code }) => {
    if (code !== 'EPIPE' || isGone) return;
    isGone = true;
    const wanted = whenReaderGoes[running];
    if (wanted === 'END') source.exit(exitCode('readerGone'));
    if (wanted === 'INTERRUPT') source.kill(source.pid, 'SIGINT');
  });
  return {
    begin: (command) => {
      running = command;
    },
  };
}
