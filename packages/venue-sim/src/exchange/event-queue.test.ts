import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

describe('EventQueue', () => {
  it('gives actions by time, and those of one time in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), (times) => {
        const queue = new EventQueue();
        const ran: (readonly [number, number])[] = [];
        for (const [index, atMs] of times.entries()) queue.add(atMs, () => ran.push([atMs, index]));
        for (let due = queue.takeDue(Infinity); due !== undefined; due = queue.takeDue(Infinity)) due.action();
        const sorted = Array.from(times.entries(), ([index, atMs]) => [atMs, index] as const).sort(
          ([one, first], [other, second]) => one - other || first - second,
        );
        expect(ran).toEqual(sorted);
      }),
    );
  });

  it('keeps what is not due', () => {
    const queue = new EventQueue();
    queue.add(10, () => undefined);
    expect(queue.takeDue(9)).toBeUndefined();
    expect(queue.nextDueMs).toBe(10);
    expect(queue.takeDue(10)?.atMs).toBe(10);
    expect(queue.nextDueMs).toBeUndefined();
  });
});
