import { type ChildProcess, fork } from 'node:child_process';
import { type RunnerMessage, type RunnerTask } from './runner-messages.ts';

/** How a runner is started: the program that has the command `crash-runner`, and what Node.js needs for it. */
export interface RunnerProgram {
  readonly file: string;
  readonly execArgv: readonly string[];
}

/** A process of its own that is to be killed. */
export interface RunnerProcess {
  /** Tells it its life. It has loaded its code before. */
  begin(task: RunnerTask, onMessage: (message: RunnerMessage) => void): void;
  kill(): void;
  /** Resolves when it is gone, with what it wrote to its error output. */
  readonly gone: Promise<{ readonly killed: boolean; readonly said: string }>;
}

/** What is kept of the error output of a process, characters. */
const saidMax = 4_000;

/** Starts a runner, which loads its code and waits. What it compiled, the next one finds in `compileCache`. */
export function startRunner({ file, execArgv }: RunnerProgram, compileCache: string): RunnerProcess {
  const child: ChildProcess = fork(file, ['crash-runner'], {
    execArgv: [...execArgv],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-saidMax);
  });
  const ready = new Promise<void>((resolve) => {
    child.once('message', () => {
      resolve();
    });
  });
  const gone = new Promise<{ readonly killed: boolean; readonly said: string }>((resolve) => {
    child.once('close', (_code, signal) => {
      resolve({ killed: signal === 'SIGKILL', said });
    });
  });
  return {
    gone,
    begin(task, onMessage) {
      void ready.then(() => {
        child.on('message', (message) => {
          onMessage(message as RunnerMessage);
        });
        child.send(task, () => undefined);
      });
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
