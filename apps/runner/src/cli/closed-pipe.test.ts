import { describe, expect, it } from 'vitest';
import { followReader } from './closed-pipe.ts';

/** A process whose output ends in `code`, twice, while `command` runs. */
function writeToNobody(command: string, code: string): readonly unknown[] {
  const done: unknown[] = [];
  const listeners: ((error: NodeJS.ErrnoException) => void)[] = [];
  const stream = { on: (_: 'error', listener: (error: NodeJS.ErrnoException) => void) => listeners.push(listener) };
  const reader = followReader({
    ...{ pid: 7, stdout: stream, stderr: stream },
    exit: (exitCode) => done.push(exitCode),
    kill: (pid, signal) => done.push([pid, signal]),
  });
  reader.begin(command);
  for (let time = 0; time < 2; time += 1) {
    for (const listener of listeners) listener(Object.assign(new Error('write'), { code }));
  }
  return done;
}

describe('followReader', () => {
  it.each([
    ['export', 'EPIPE', [141]],
    ['reconcile', 'EPIPE', [141]],
    ['watch', 'EPIPE', [[7, 'SIGINT']]],
    ['run', 'EPIPE', []],
    ['halt', 'EPIPE', []],
    ['decide', 'EPIPE', []],
    ['export', 'EIO', []],
  ])('when nobody reads %s any more (%s) does %j, once', (command, code, done) => {
    expect(writeToNobody(command, code)).toEqual(done);
  });
});
