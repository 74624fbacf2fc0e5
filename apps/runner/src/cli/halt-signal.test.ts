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

  it('is kept when it comes before the session, which it then stops before it starts', async () => {
    const { lines, halt, signal } = start();
    await signal();
    expect(lines).toEqual(['HALT by signal: no session has begun; it is stopped as soon as it has.']);
    const asked: string[] = [];
    halt.watch({
      halt: ({ reason }) => {
        asked.push(reason);
        return Promise.resolve([]);
      },
    });
    // At once: whoever is given the session starts it next.
    expect(asked).toEqual(['SIGUSR1']);
    await settled();
    expect(lines.at(-1)).toBe('HALTED: nothing rests.');
  });

  it('is not heard after the end', () => {
    const { source, halt } = start();
    halt.dispose();
    expect(source.listenerCount('SIGUSR1')).toBe(0);
  });
});
