import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createPeopleLogger } from './people-logger.ts';

function start() {
  const lines: string[] = [];
  return { lines, logger: createPeopleLogger((line) => lines.push(line)) };
}

describe('the logger for people', () => {
  it('says warnings and errors in words, and nothing below', () => {
    const { lines, logger } = start();
    logger.debug('token-renewed');
    logger.info('broker-created', { broker: 'kis' });
    logger.warn('trading-restricted', { source: 'reconciliation', state: 'REDUCE_ONLY', symbol: undefined });
    logger.error('journal-broken');
    expect(lines).toEqual(['! trading-restricted  source reconciliation, state REDUCE_ONLY', '!! journal-broken']);
  });

  it('leaves to the progress lines what they say better', () => {
    const { lines, logger } = start();
    logger.warn('unknown-order-ended', { intentId: 'sim-1-0007', end: 'ADOPTED' });
    expect(lines).toEqual([]);
  });

  it('shows no secret and lets no text steer the terminal', () => {
    const { lines, logger } = start();
    const secret = 'eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiJ0b2tlbiJ9.c2lnbmF0dXJlLW9mLWEtdG9rZW4';
    logger.warn('odd', { text: `Bearer ${secret}`, more: 'a\u001b[2Jb', wrapped: String(new Secret('hush')) });
    expect(lines.join()).not.toContain(secret);
    expect(lines.join()).not.toContain('hush');
    // eslint-disable-next-line no-control-regex -- that is what is looked for
    expect(lines.join()).not.toMatch(/[\u0000-\u001f]/);
  });
});
