import {
  AuthenticationError,
  BrokerError,
  BrokerRefusalError,
  ConfigurationError,
  QtsError,
  RateLimitError,
  TransportError,
  UnexpectedResponseError,
  ValidationError,
} from '@qts/core';
import { VenueError } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { explainFailure } from './failure.ts';

const details = (code: string) => ({ code, summary: 'It is so.', facts: { field: 'x' }, next: 'Do this.' });
const native = { nativeCode: 'EGW00123', nativeMessage: 'no' };

describe('explainFailure', () => {
  it.each([
    ['a setting', new ConfigurationError(details('INVALID_CONFIGURATION')), 'usage'],
    ['a strategy parameter', new ValidationError(details('STRATEGY_PARAMETERS_INVALID')), 'usage'],
    ['a symbol that is not recorded', new ConfigurationError(details('MARKET_DATA_ABSENT')), 'usage'],
    ['a data file that cannot be read', new ConfigurationError(details('MARKET_DATA_UNREADABLE')), 'cannotStart'],
    ['a data file that is broken', new ConfigurationError(details('MARKET_DATA_INVALID')), 'cannotStart'],
    ['a setting of the venue', new VenueError('INVALID_SETTING', 'It is so.'), 'usage'],
    ['a port in use', new VenueError('PORT_IN_USE', 'It is so.'), 'cannotStart'],
    ['a port that cannot be had', new VenueError('LISTEN_FAILED', 'It is so.'), 'cannotStart'],
    ['a broker', new BrokerError(details('ANY')), 'broker'],
    ['refused credentials', new AuthenticationError({ ...details('CREDENTIALS_REFUSED') }), 'broker'],
    ['a refusal', new BrokerRefusalError({ ...details('REFUSED'), ...native }), 'broker'],
    ['a rate limit', new RateLimitError({ ...details('RATE_LIMITED') }), 'broker'],
    ['a network', new TransportError({ ...details('CONNECTION_REFUSED'), sent: 'NOT_SENT' }), 'broker'],
    ['an answer that nobody understands', new UnexpectedResponseError(details('RESPONSE_NOT_JSON')), 'broker'],
    ['a broken promise between our own parts', new QtsError(details('INVARIANT')), 'defect'],
  ] as const)('%s', (_, error, exit) => {
    const failure = explainFailure(error);
    expect(failure).toEqual({ exit, code: error.code, message: error.message });
    expect(failure.message).toContain('It is so.');
  });

  it('asks for a report of what nobody expected, with the way there', () => {
    const { exit, code, message } = explainFailure(new TypeError('x is not a function'));
    expect({ exit, code }).toEqual({ exit: 'defect', code: 'DEFECT' });
    expect(message).toMatch(/^A defect of QTS: TypeError: x is not a function\n +at /);
    expect(message).toMatch(/\n {2}next {2}Please report it/);
  });

  it.each([['a text'], [undefined], [{ appKey: 'SECRET' }]])('shows nothing of what is no error: %j', (thrown) => {
    const { exit, message } = explainFailure(thrown);
    expect(exit).toBe('defect');
    expect(message).toContain(`A defect of QTS: ${typeof thrown}`);
    expect(message).not.toContain('SECRET');
  });
});
