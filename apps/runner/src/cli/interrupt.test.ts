import { describe, expect, it } from 'vitest';
import { listenForInterrupt } from './interrupt.ts';

type SignalName = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

function start() {
  const listeners: [SignalName, () => void][] = [];
  const said: string[] = [];
  const exits: number[] = [];
  let nowMs = 0;
  const interrupt = listenForInterrupt(
    (line) => said.push(line),
    {
      on: (name, listener) => listeners.push([name, listener]),
      off: (name, listener) => {
        const index = listeners.findIndex(([each, known]) => each === name && known === listener);
        listeners.splice(index, 1);
      },
      exit: (code) => exits.push(code),
    },
    () => nowMs,
  );
  const send = (atMs: number, wanted: SignalName): void => {
    nowMs = atMs;
    for (const [name, listener] of [...listeners]) if (name === wanted) listener();
  };
  return { interrupt, send, said, exits, listeners };
}

describe('listenForInterrupt', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('turns %s into an abort and says so', (name) => {
    const { interrupt, send, said, exits } = start();
    send(5_000, name);
    expect(interrupt.signal.aborted).toBe(true);
    expect(said).toEqual([expect.stringContaining('canceling what rests')]);
    expect(exits).toEqual([]);
  });

  it('ends the process at the second Ctrl-C, and says what that leaves', () => {
    const { send, said, exits } = start();
    send(5_000, 'SIGINT');
    send(6_000, 'SIGINT');
    expect(exits).toEqual([130]);
    expect(said.at(-1)).toMatch(/Orders may still rest/);
  });

  it.each([
    ['the echo of the same Ctrl-C', 'SIGINT', 5_999],
    ['the parent that goes', 'SIGTERM', 60_000],
    ['the terminal that goes', 'SIGHUP', 60_000],
  ] as const)('winds down in peace after %s', (_, name, atMs) => {
    const { send, said, exits } = start();
    send(5_000, 'SIGINT');
    send(atMs, name);
    expect(exits).toEqual([]);
    expect(said).toHaveLength(1);
  });

  it('leaves no listener behind', () => {
    const { interrupt, listeners } = start();
    expect(listeners).toHaveLength(3);
    interrupt.dispose();
    expect(listeners).toEqual([]);
  });
});
