import { describe, expect, it } from 'vitest';
import { conformanceCases } from './conformance-cases.ts';

describe('the cases', () => {
  it('are at least 64', () => {
    expect(conformanceCases.length).toBeGreaterThanOrEqual(64);
  });

  it('have numbers of their own', () => {
    const ids = conformanceCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(conformanceCases.map((each) => [each.id, each] as const))('%s has a promise and a reason', (id, each) => {
    expect(id).toMatch(/^[A-Z]+-\d{3}$/);
    expect(each.promise.length).toBeGreaterThan(10);
    expect(each.reason.length).toBeGreaterThan(10);
  });
});
