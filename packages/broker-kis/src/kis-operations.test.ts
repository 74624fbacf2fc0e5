import { describe, expect, it } from 'vitest';
import { kisAuthOperations, kisOperations } from './kis-operations.ts';

describe('the catalogue of operations', () => {
  it.each(kisOperations.map((operation) => [operation.name, operation] as const))('%s is whole', (name, operation) => {
    expect(operation.path.endsWith(`/${name}`)).toBe(true);
    expect(operation.path.startsWith('/uapi/domestic-stock/v1/')).toBe(true);
    expect(operation.korean).toMatch(/[가-힣]/);
    expect(operation.source).toMatch(/국내주식-[0-9]{3}$/);
    const names = operation.request.map((field) => field.name);
    expect(new Set(names).size).toBe(names.length);
    expect(operation.response.length).toBeGreaterThan(0);
    // Who changes something ends in U and is never repeated; who reads ends in R, or has no suffix of its own.
    const trIds = Object.values(operation.operationId.LIVE as Readonly<Record<string, string>>);
    for (const trId of trIds) expect(trId.endsWith('U')).toBe(operation.method === 'POST');
    expect(operation.repeatable).toBe(operation.method === 'GET');
    for (const key of operation.paging?.requestKeys ?? []) expect(names).toContain(key);
  });

  it('gives paper the live id with a V in front, where it has an id of its own', () => {
    for (const { operationId } of kisOperations) {
      const live = operationId.LIVE as Readonly<Record<string, string>>;
      for (const [variant, trId] of Object.entries((operationId.PAPER ?? {}) as Readonly<Record<string, string>>)) {
        const expected = /^[FH]/.test(live[variant] ?? '') ? live[variant] : `V${live[variant]?.slice(1) ?? ''}`;
        expect(trId).toBe(expected);
      }
    }
  });

  it('uses none of the retired order TR ids', () => {
    const ids = JSON.stringify(kisOperations.map(({ operationId }) => operationId));
    expect(ids).not.toMatch(/TTC08|TTC8001|TTC8036|CTSC9115/);
  });

  it('knows the requests for tokens and keys, with their exact paths', () => {
    expect(kisAuthOperations.map(({ path }) => path)).toEqual([
      '/oauth2/tokenP',
      '/oauth2/revokeP',
      '/oauth2/Approval',
    ]);
  });
});
