import { ConfigurationError } from '@qts/core';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { haltOnSignal } from './halt-signal.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function start() {
  const lines: string[] = [];
  const source = new EventEmitter();
  const halt = haltOnSignal((line) => lines.push(line), source);
  const signal = async (): Promise<void> => {
    source.emit('SIGUSR1');
    await settled();
  };
  return { lines, source, halt, signal };
}

describe('SIGUSR1', () => {
  it('halts the session, and says what could not be canceled', async () => {
    const { lines, halt, signal } = start();
    const asked: string[] = [];
    halt.watch({
      halt: ({ requestedBy, reason }) => {
        asked.push(`${requestedBy} ${reason}`);
        return Promise.resolve(['17']);
      },
    });
    await signal();
    expect(asked).toEqual(['signal SIGUSR1']);
    expect(lines.at(-1)).toBe('HALTED: still open: 17. Cancel these at the broker.');
  });

  it('says so when the stop could not be written down', async () => {
    const { lines, halt, signal } = start();
    const error = new ConfigurationError({ code: 'X', summary: 'The disk is full.', next: 'n' });
    halt.watch({ halt: () => Promise.reject(error) });
    await signal();
    expect(lines.at(-1)).toMatch(/HALTED in this process alone: The disk is full/);
  });

  it('has nothing to stop before a session, and is not heard after the end', async () => {
    const { lines, source, halt, signal } = start();
    await signal();
    expect(lines).toEqual(['Nothing to halt: no session has begun.']);
    halt.dispose();
    expect(source.listenerCount('SIGUSR1')).toBe(0);
  });
});
