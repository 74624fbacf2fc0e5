import { describe, expect, it } from 'vitest';
import { kisAuthOperations, kisOperations } from '../kis-operations.ts';
import { kisCatalogue } from './index.ts';

/** Operations of which a real answer is at hand. */
const withExample = new Set([
  'order-cash',
  'order-rvsecncl',
  'inquire-daily-ccld',
  'inquire-balance',
  'inquire-psbl-order',
  'inquire-price',
  'chk-holiday',
]);

/** Fields that KIS sends, or names, without a Korean name that was recorded. */
const namelessFields = new Set(['output.SOR_ODNO', 'expires_in', 'code', 'message']);

describe('the catalogue', () => {
  it('has a page for every operation', () => {
    expect(kisCatalogue.map(({ id }) => id)).toEqual([
      ...kisOperations.map(({ name }) => name),
      ...kisAuthOperations.map(({ name }) => name),
    ]);
  });

  it.each(kisCatalogue.map((page) => [page.id, page] as const))('tells %s in full', (id, page) => {
    expect(page.summary).toMatch(/^[A-Z].*\.$/);
    expect(page.limits.PAPER).toContain('for all operations of an app key');
    const nameless = page.answer.filter(({ korean }) => korean === '').map(({ name }) => name);
    expect(nameless.filter((name) => !namelessFields.has(name))).toEqual([]);
    for (const { korean } of page.request) expect(korean).not.toBe('');
    expect(page.examples.length > 0).toBe(withExample.has(id));
  });

  it.each(kisOperations.map((operation) => [operation.name, operation] as const))(
    'documents every field that we read of %s',
    (id, { response }) => {
      const page = kisCatalogue.find((each) => each.id === id);
      const read = page?.answer.filter(({ reading }) => reading !== undefined) ?? [];
      // A line with a row of fields stands for ten of them.
      const rows = response.filter(({ name }) => name.includes('…'));
      expect(read.length).toBeGreaterThanOrEqual(response.length - rows.length + rows.length * 10);
      for (const { name, korean } of response.filter((field) => !rows.includes(field))) {
        expect(read).toContainEqual(expect.objectContaining({ name, korean }));
      }
    },
  );
});
