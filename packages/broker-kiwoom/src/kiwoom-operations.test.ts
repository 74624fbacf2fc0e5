import { describe, expect, it } from 'vitest';
import { kiwoomAuthOperations, kiwoomOperations } from './kiwoom-operations.ts';

const commands = new Set(['kt10000', 'kt10001', 'kt10002', 'kt10003']);

describe('the catalogue of operations', () => {
  it.each(kiwoomOperations.map((operation) => [operation.name, operation] as const))(
    '%s is whole',
    (name, operation) => {
      expect(name).toMatch(/^k[at][0-9]{5}$/);
      expect(operation.path).toMatch(/^\/api\/dostk\/(?:ordr|acnt|stkinfo|mrkcond|chart)$/);
      expect(operation.korean).toMatch(/[가-힣]/);
      expect(operation.source.endsWith(name)).toBe(true);
      // Paper is the same server software: the same ids.
      expect(operation.operationId).toEqual({ LIVE: name, PAPER: name });
      const names = operation.request.map((field) => field.name);
      expect(new Set(names).size).toBe(names.length);
      expect(operation.response.length).toBeGreaterThan(0);
      // Everything is a POST here, so only the path tells who changes something. That is never repeated.
      expect(operation.path === '/api/dostk/ordr').toBe(commands.has(name));
      expect(operation.repeatable).toBe(!commands.has(name));
    },
  );

  it('names each operation once', () => {
    const names = kiwoomOperations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has an empty answer for exactly the lists', () => {
    for (const { name, emptyAnswer, response } of kiwoomOperations) {
      const lists = new Set(
        response.filter((field) => field.name.includes('.')).map((field) => field.name.split('.')[0]),
      );
      const empty = Object.entries(emptyAnswer ?? {}).filter(([, value]) => Array.isArray(value) && value.length === 0);
      expect([name, empty.map(([list]) => list)]).toEqual([name, [...lists]]);
    }
  });

  it('knows the requests for tokens, with their exact paths', () => {
    expect(kiwoomAuthOperations.map(({ path }) => path)).toEqual(['/oauth2/token', '/oauth2/revoke']);
  });
});
