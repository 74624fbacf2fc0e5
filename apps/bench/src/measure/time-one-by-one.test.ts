import { expect, it } from 'vitest';
import { timeOneByOne } from './time-one-by-one.ts';

it('runs one after the other and times nothing but the run', async () => {
  const calls: string[] = [];
  let next = 0;
  const times = await timeOneByOne(2, {
    prepare: () => (next += 1),
    run: async (input) => {
      calls.push(`run ${input}`);
      await Promise.resolve();
      return input * 10;
    },
    finish: (output) => {
      calls.push(`finish ${output}`);
    },
  });
  expect(calls).toEqual(['run 1', 'finish 10', 'run 2', 'finish 20']);
  expect(times).toHaveLength(2);
  expect(times.every((each) => each > 0)).toBe(true);
});

it('gives no figure of an operation that failed', async () => {
  const operation = {
    prepare: () => undefined,
    run: () => Promise.resolve('refused'),
    finish: (answer: string) => {
      throw new Error(answer);
    },
  };
  await expect(timeOneByOne(1, operation)).rejects.toThrow('refused');
});
