import { describe, expect, it } from 'vitest';
import { type OperationDefinition, defineOperation } from './operation.ts';

const read = {
  name: 'list-orders',
  method: 'GET',
  path: '/orders',
  operationId: { LIVE: 'A', PAPER: null },
  lane: 'ORDER_READ',
  repeatable: true,
  source: 'made up',
} as const satisfies OperationDefinition;

describe('defineOperation', () => {
  it('gives the definition back, with the adapter’s own fields and literal types', () => {
    const operation = defineOperation({ ...read, pageSize: 100 });
    const { pageSize, name }: { readonly pageSize: 100; readonly name: 'list-orders' } = operation;
    expect([name, pageSize]).toEqual(['list-orders', 100]);
  });

  it.each(['ORDER', 'RISK_CANCEL'] as const)('has no repeatable operation on the lane %s', (lane) => {
    const command = { ...read, lane, repeatable: true } as const;
    // @ts-expect-error -- neither the types …
    const declare = (): unknown => defineOperation(command);
    // … nor a cast allow it.
    expect(declare).toThrow(expect.objectContaining({ code: 'OPERATION_NOT_VALID' }));
    expect(defineOperation({ ...read, lane, repeatable: false }).repeatable).toBe(false);
  });

  it.each([{ name: 'List Orders' }, { name: '' }, { path: 'orders' }, { path: '/orders?a=1' }, { path: 'https://x/' }])(
    'refuses %o',
    (wrong) => {
      expect(() => defineOperation({ ...read, ...wrong })).toThrow(
        expect.objectContaining({ code: 'OPERATION_NOT_VALID' }),
      );
    },
  );
});
