import { describe, expect, it } from 'vitest';
import { unreadableAnswer, wrongOperationAnswer } from './answer-faults.ts';
import { nativeMessage } from './native-message.ts';

const account = '8765432101';
const question = {
  operation: 'list',
  environment: 'PAPER',
  scrub: (text: string) => text.replaceAll(account, '[account]'),
} as const;
const exchange = (body: string) => ({
  status: 200,
  body,
  header: (name: string) => (name === 'content-type' ? `application/json; owner=${account}` : undefined),
});

describe('the error of an answer that cannot be read', () => {
  it('shows how it begins, without what was sent', () => {
    const { code, facts } = unreadableAnswer(exchange(`{"next":"${account}`), question);
    expect({ code, facts }).toMatchObject({
      code: 'RESPONSE_JSON_BROKEN',
      facts: { operation: 'list', status: 200, begins: '{"next":"[account]' },
    });
    expect(JSON.stringify(facts)).not.toContain(account);
  });

  it('is one even when the scrubbed copy could be read', () => {
    const { code } = unreadableAnswer(exchange('{}'), question);
    expect(code).toBe('RESPONSE_NOT_READABLE');
  });
});

describe('the error of the answer to another question', () => {
  it('shows the id that came back scrubbed, and no longer than an id', () => {
    const { message, facts } = wrongOperationAnswer('Demo', question, 'T1', `${account} and a long tail`, 9);
    expect(message).toContain('Demo answered another operation');
    expect(facts).toEqual({ environment: 'PAPER', operation: 'list', sent: 'T1', answered: '[account]' });
  });
});

describe('a text of the broker', () => {
  it('is trimmed, printable and free of what was sent, and not longer than 120 characters', () => {
    const shown = nativeMessage(`  no \u0007${account} `, question.scrub);
    expect(shown).not.toMatch(/\p{Cc}|8765432101|^ | $/u);
    expect(nativeMessage('x'.repeat(500), question.scrub)).toHaveLength(120);
  });
});
