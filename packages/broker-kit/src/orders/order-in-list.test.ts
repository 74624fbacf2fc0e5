import { type OrderList, type OrderReference, UnexpectedResponseError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { orderInList } from './order-in-list.ts';

const referenceTo = (brokerOrderId: string, branch: string) =>
  ({ tradingDate: '2026-09-14', symbol: '005930', brokerOrderId, native: { branch } }) as unknown as OrderReference;
const list = (complete: boolean) =>
  ({
    orders: [referenceTo('1', 'A'), referenceTo('2', 'A'), referenceTo('2', 'B')].map((reference) => ({ reference })),
    complete,
  }) as unknown as OrderList;

describe('an order of a list', () => {
  it('is found by its number, and by what a broker adds to it', () => {
    const isOfBranch = (listed: OrderReference, { native }: OrderReference): boolean =>
      listed.native['branch'] === native['branch'];
    expect(orderInList(list(false), referenceTo('1', 'Z'), 'PAPER')?.reference.native).toEqual({ branch: 'A' });
    expect(orderInList(list(false), referenceTo('2', 'B'), 'PAPER', isOfBranch)?.reference.native).toEqual({
      branch: 'B',
    });
  });

  it('is nowhere when a complete list does not have it, and unknown when the list is not complete', () => {
    expect(orderInList(list(true), referenceTo('3', 'A'), 'PAPER')).toBeUndefined();
    expect(() => orderInList(list(false), referenceTo('3', 'A'), 'PAPER')).toThrow(UnexpectedResponseError);
  });
});
