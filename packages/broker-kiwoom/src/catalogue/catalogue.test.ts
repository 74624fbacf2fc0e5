import { describe, expect, it } from 'vitest';
import { kiwoomAuthOperations, kiwoomOperations } from '../kiwoom-operations.ts';
import { kiwoomCatalogue } from './index.ts';

/** Nobody has published an answer of these. */
const withoutExample = new Set([
  'kt10001',
  'kt10003',
  'kt00009',
  'kt00004',
  'kt00005',
  'ka10100',
  'au10001',
  'au10002',
]);

describe('the catalogue', () => {
  it('has a page for every operation', () => {
    expect(kiwoomCatalogue.map(({ id }) => id)).toEqual([
      ...kiwoomOperations.map(({ name }) => name),
      ...kiwoomAuthOperations.map(({ name }) => name),
    ]);
  });

  it.each(kiwoomCatalogue.map((page) => [page.id, page] as const))('tells %s in full', (id, page) => {
    expect(page.summary).toMatch(/^[A-Z].*\.$/);
    expect(page.limits.PAPER).toContain('for each api-id');
    for (const { korean } of page.answer) expect(korean).not.toBe('');
    for (const { name, meaning } of page.request) expect([name, meaning]).not.toEqual([name, '']);
    expect(page.examples.length > 0).toBe(!withoutExample.has(id));
  });

  it.each(kiwoomOperations.map((operation) => [operation.name, operation] as const))(
    'documents every field that we read of %s',
    (id, { response }) => {
      const page = kiwoomCatalogue.find((each) => each.id === id);
      const read = page?.answer.filter(({ reading }) => reading !== undefined) ?? [];
      // A line with a row of fields stands for at least nine of them.
      const rows = response.filter(({ name }) => name.includes('…'));
      expect(read.length).toBeGreaterThanOrEqual(response.length - rows.length + rows.length * 9);
      for (const { name, korean } of response.filter((field) => !rows.includes(field))) {
        expect(read).toContainEqual(expect.objectContaining({ name, korean }));
      }
    },
  );

  it('shows in its examples only fields that it documents, but for those of the envelope', () => {
    const envelope = new Set(['return_code', 'return_msg']);
    for (const { id, answer, examples } of kiwoomCatalogue) {
      const known = new Set(answer.flatMap(({ name }) => [name, name.split('.')[0]]));
      for (const example of examples) {
        const fields = Object.keys(example.answer as Record<string, unknown>).filter((name) => !envelope.has(name));
        expect([id, fields.filter((name) => !known.has(name))]).toEqual([id, []]);
      }
    }
  });
});
