import { type RecordingLogger } from '@qts/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CancelScope, haltCommand } from '../../src/commands/halt.ts';
import { type OperatorAccount, buy, openOperatorAccount } from './operator-account.ts';

const by = { requestedBy: 'kim', reason: 'looked at the broker' };

let account: OperatorAccount;
beforeEach(async () => {
  account = await openOperatorAccount();
  await account.clock.run(() => account.runAndDie((gateway) => buy(gateway, 'rests')));
});
afterEach(() => account.close());

/** Lets the simulated clock run while the command works. */
async function halt(scope: CancelScope) {
  const ended = await account.clock.run(() => haltCommand(account.tools, { by, scope, out: account.out }));
  return { ended, text: account.printed() };
}

const openAtVenue = (): number =>
  account.venue.exchange.listOrders('main').filter(({ leavesQuantity }) => leavesQuantity > 0).length;

describe('qts halt --cancel-all', () => {
  it.each(['all', 'ours'] as const)(
    'cancels %s although the broker gives the first token only after a minute, and says so twice at most',
    async (scope) => {
      account.forgetToken();
      const { ended, text } = await halt(scope);
      expect([ended, openAtVenue()]).toEqual(['ok', 0]);
      expect(text).toContain('1 orders canceled, 0 left open; the broker’s list shows nothing open.');
      const logger = account.tools.logger as RecordingLogger;
      expect(logger.of('cancel-all-not-listed')).toEqual([
        { code: 'TOKEN_ISSUE_LIMITED', again: 'in 1 s' },
        { code: 'TOKEN_ISSUE_LIMITED', again: expect.stringMatching(/^in (5\d|60) s$/) as string },
      ]);
    },
  );

  it('counts no order as canceled that the list shows open', async () => {
    account.venue.faults.plan({ fault: 'R20-error-500-before-accept', operation: 'order-rvsecncl', times: Infinity });
    const { ended, text } = await halt('all');
    expect([ended, openAtVenue()]).toEqual(['booksDiffer', 1]);
    expect(text).toMatch(
      /LEFT OPEN \d+ 005930 10 shares \(of whoever sent it\): \w+\n0 orders canceled, 1 left open; look at the/,
    );
  });

  it.each([
    ['all', 1, ''],
    ['ours', 0, 'MAY BE OPEN \\d+ 005930 10 shares \\(rests\\): [A-Z_]+\\n'],
  ] as const)(
    'claims nothing about what is open (%s) when no list could be read, says why, and ends with a code of its own',
    async (scope, stillOpen, named) => {
      for (const operation of ['inquire-psbl-rvsecncl', 'inquire-daily-ccld']) {
        account.venue.faults.plan({ fault: 'R20-error-500-before-accept', operation, times: Infinity });
      }
      const { ended, text } = await halt(scope);
      expect(ended).toBe('broker');
      expect(text).not.toMatch(/left open/i);
      expect(text).toMatch(
        new RegExp(`${named}NOT KNOWN what is open: the list of open orders could not be read \\([A-Z_]+\\)\\.`),
      );
      expect(text).toContain('Look at the broker’s own application');
      // What we know ourselves is canceled blindly; of anything else there is no number.
      expect(openAtVenue()).toBe(stillOpen);
    },
  );
});
