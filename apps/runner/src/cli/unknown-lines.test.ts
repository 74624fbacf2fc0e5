import { type ExecutionResponse, brokerOrderId } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import { describe, expect, it } from 'vitest';
import { unknownLine } from './unknown-lines.ts';

const intent = buildExecutionIntent({ intentId: 'sim-1-0007' });
const response = (change: Partial<ExecutionResponse>): ExecutionResponse => ({
  ...{ intentId: intent.intentId, accepted: false, outcome: 'UNKNOWN', broker: 'kis', message: 'look', timestampMs: 0 },
  ...change,
});

describe('word of an order whose answer was lost', () => {
  it('says that nobody knows, and that it is not sent again', () => {
    const { side, quantity, symbol } = intent;
    expect(unknownLine({ what: 'LOST', intent })).toBe(
      `UNKNOWN order sim-1-0007 (${side} ${quantity} ${symbol}): its answer is lost; it is looked for, never sent again`,
    );
  });

  it.each([
    [{ outcome: 'ACCEPTED', brokerOrderId: brokerOrderId('17') }, /order sim-1-0007 found as number 17, after 1\.5 s/],
    [{ outcome: 'REJECTED' }, /order sim-1-0007 was refused, after 1\.5 s/],
    [{ status: 'ABSENT' }, /absent: the broker never had it, after 1\.5 s; watched until midnight/],
    [{ status: 'SUBMITTED' }, /A PERSON HAS TO DECIDE, after 1\.5 s: look/],
  ] as const)('says how it ended: %j', (change, line) => {
    expect(unknownLine({ what: 'ENDED', intent, response: response(change), afterMs: 1_500 })).toMatch(line);
  });
});
