import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { keepEarlyHalt, takeEarlyHalt } from './early-halt.ts';

describe('a halt in the first moments', () => {
  it('is kept until somebody asks for it, once', () => {
    const source = new EventEmitter();
    keepEarlyHalt(source);
    source.emit('SIGUSR1');
    expect([takeEarlyHalt(), takeEarlyHalt()]).toEqual([true, false]);
  });

  it('is not there when none was sent', () => {
    keepEarlyHalt(new EventEmitter());
    expect(takeEarlyHalt()).toBe(false);
  });

  it('is heard by nobody here after that', () => {
    const source = new EventEmitter();
    keepEarlyHalt(source);
    takeEarlyHalt();
    expect(source.listenerCount('SIGUSR1')).toBe(0);
  });
});
