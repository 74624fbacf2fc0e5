import { expect, it } from 'vitest';
import { answerTo } from './order-stub.ts';

it('accepts each order under a number of its own', () => {
  let number = 0;
  const next = (): number => (number += 1);
  const numbers = [1, 2].map(() => {
    const answer = JSON.parse(answerTo('/uapi/domestic-stock/v1/trading/order-cash', next)) as {
      readonly rt_cd: string;
      readonly output: { readonly ODNO: string };
    };
    return [answer.rt_cd, answer.output.ODNO];
  });
  expect(numbers).toEqual([
    ['0', '0000000001'],
    ['0', '0000000002'],
  ]);
});
