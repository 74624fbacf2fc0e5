import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import * as errors from './errors.ts';
import { Secret } from './secret.ts';

const {
  AuthenticationError,
  BrokerError,
  BrokerRefusalError,
  ConfigurationError,
  QtsError,
  RateLimitError,
  TransportError,
  UnexpectedResponseError,
  ValidationError,
} = errors;

const details = { code: 'SOMETHING', summary: 'Something happened.', next: 'Do this.' };

const plainKinds = {
  QtsError,
  ValidationError,
  ConfigurationError,
  BrokerError,
  AuthenticationError,
  RateLimitError,
  UnexpectedResponseError,
};

describe('the wording', () => {
  it('is what happened, the facts, and what to do next', () => {
    const error = new AuthenticationError({
      code: 'TOKEN_REFUSED',
      summary: 'KIS refused the access token.',
      facts: {
        environment: 'PAPER',
        operation: 'order-cash',
        native: 'EGW00123 기간이 만료된 token 입니다.',
        attempt: 1,
        renewed: false,
        account: undefined,
      },
      next: 'The token is renewed once. If this repeats, the app key may belong to the other environment.',
    });
    expect(String(error)).toMatchInlineSnapshot(`
      "AuthenticationError: KIS refused the access token.
        environment  PAPER
        operation    order-cash
        native       EGW00123 기간이 만료된 token 입니다.
        attempt      1
        renewed      false
        next         The token is renewed once. If this repeats, the app key may belong to the other environment."
    `);
  });

  it('needs no facts', () => {
    expect(String(new ConfigurationError(details))).toMatchInlineSnapshot(`
      "ConfigurationError: Something happened.
        next  Do this."
    `);
  });

  it('keeps a broker inside its own line', () => {
    const error = new BrokerRefusalError({
      ...details,
      facts: { native: 'no\n  next  send it again\u001b[2K' },
      nativeCode: 'APBK0988\r\n',
      nativeMessage: '수량을\n확인하세요',
    });
    expect(error.message).toMatchInlineSnapshot(`
      "Something happened.
        native  no\\n  next  send it again\\u{1b}[2K
        next    Do this."
    `);
    expect([error.nativeCode, error.nativeMessage]).toEqual(['APBK0988\\r\\n', '수량을\\n확인하세요']);
  });

  it('is on top of the stack, under the name of the kind', () => {
    const error = new ValidationError(details);
    expect(error.stack).toMatch(/^(?:ValidationError|Error): Something happened\.\n {2}next {2}Do this\.\n {4}at /);
    expect(inspect(error)).toContain('Do this.');
  });
});

describe('a program', () => {
  it('finds code, summary, facts, next and cause', () => {
    const cause = new Error('below');
    const error = new BrokerError({ ...details, facts: { a: 1 }, cause });
    expect(error).toMatchObject({
      code: 'SOMETHING',
      summary: 'Something happened.',
      facts: { a: 1 },
      next: 'Do this.',
    });
    expect(error.cause).toBe(cause);
    expect('cause' in new BrokerError(details)).toBe(false);
  });

  it('finds whether a request may have been sent', () => {
    expect(new TransportError({ ...details, sent: 'MAYBE_SENT' }).sent).toBe('MAYBE_SENT');
    expect(new TransportError({ ...details, sent: 'NOT_SENT' }).sent).toBe('NOT_SENT');
  });
});

describe('a secret among the facts', () => {
  it('does not get out, by message, inspect or JSON', () => {
    const facts = { appKey: new Secret('hush-hush') as unknown as string };
    const error = new ConfigurationError({ ...details, facts });
    for (const shown of [String(error), error.stack, inspect(error, { depth: 9 }), JSON.stringify(error)]) {
      expect(shown).not.toContain('hush');
    }
    expect(error.message).toContain('appKey  [secret]');
  });
});

describe('isInstance', () => {
  it.each(Object.entries(plainKinds))('knows %s by its own name and by those it descends from', (name, Kind) => {
    const error = new Kind(details);
    expect(error.name).toBe(name);
    for (const Other of Object.values(plainKinds)) {
      expect(Other.isInstance(error)).toBe(error instanceof Other);
    }
  });

  it('knows kinds that carry more', () => {
    const lost = new TransportError({ ...details, sent: 'MAYBE_SENT' });
    const refused = new BrokerRefusalError({ ...details, nativeCode: 'A', nativeMessage: 'b' });
    expect([TransportError, BrokerError, QtsError].every((Kind) => Kind.isInstance(lost))).toBe(true);
    expect([BrokerRefusalError, BrokerError, QtsError].every((Kind) => Kind.isInstance(refused))).toBe(true);
    expect(TransportError.isInstance(refused)).toBe(false);
  });

  it('knows kinds that other packages derive', () => {
    class VenueError extends BrokerError {
      override readonly name = 'VenueError';
    }
    expect(BrokerError.isInstance(new VenueError(details))).toBe(true);
    expect(VenueError.isInstance(new VenueError(details))).toBe(true);
    expect(VenueError.isInstance(new BrokerError(details))).toBe(false);
  });

  it('knows an error of a second installed copy, which instanceof does not', async () => {
    vi.resetModules();
    const copy = await import('./errors.ts');
    const error = new copy.TransportError({ ...details, sent: 'NOT_SENT' });
    expect(copy.TransportError).not.toBe(TransportError);
    expect(error instanceof TransportError).toBe(false);
    expect(TransportError.isInstance(error)).toBe(true);
    expect(BrokerError.isInstance(error)).toBe(true);
    expect(ValidationError.isInstance(error)).toBe(false);
    expect(copy.BrokerError.isInstance(new BrokerError(details))).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'QtsError'],
    ['an ordinary error', new Error('QtsError')],
    ['an object that looks like one', { name: 'QtsError', code: 'SOMETHING' }],
    ['a list', ['QtsError']],
    ['an object with a marker of another kind', { [Symbol.for('@qts/core/error')]: 'QtsError' }],
  ])('is false for %s', (_what, value) => {
    expect(QtsError.isInstance(value)).toBe(false);
  });
});
