import { ConfigurationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type CredentialSource, readCredentialVariables } from './credential-variables.ts';

const source: CredentialSource = {
  ...{ brokerName: 'Demo', environment: 'PAPER', prefix: 'DEMO', host: 'https://demo.example' },
  known: [
    { name: 'DEMO_KEY', meaning: 'key', required: true, secret: true },
    { name: 'DEMO_ACCOUNT', meaning: 'account', required: false, secret: true },
  ],
  variableOf: { key: 'KEY' },
};
const read = (variables: Readonly<Record<string, string>>): string =>
  readCredentialVariables(source, variables, (valueOf) => `${valueOf('KEY')}/${valueOf('ACCOUNT')}`);
const refusing = (error: Error) => () =>
  readCredentialVariables(source, { DEMO_KEY: 'k' }, () => {
    throw error;
  });
/** Code and field of what is thrown. */
function faultOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return ConfigurationError.isInstance(error) ? [error.code, error.facts['field']] : error;
  }
}
const fault = (field: string) => new ConfigurationError({ code: 'X', summary: 'x', facts: { field }, next: 'y' });

describe('readCredentialVariables', () => {
  it('gives values as they were typed, and an empty text for one that is not set', () => {
    expect(read({ DEMO_KEY: ' k ' })).toBe(' k /');
  });

  it('names a required variable that is missing or blank, and asks nothing of the others', () => {
    expect(faultOf(() => read({}))).toEqual(['VARIABLE_MISSING', 'DEMO_KEY']);
    expect(faultOf(() => read({ DEMO_KEY: ' ', DEMO_ACCOUNT: '1' }))).toEqual(['VARIABLE_MISSING', 'DEMO_KEY']);
  });

  it('takes the host of the environment for a base URL, and no other', () => {
    expect(read({ DEMO_KEY: 'k', DEMO_BASE_URL: 'https://demo.example/' })).toBe('k/');
    const elsewhere = { DEMO_KEY: 'k', DEMO_BASE_URL: 'https://live.example' };
    expect(faultOf(() => read(elsewhere))).toEqual(['HOST_NOT_ALLOWED', 'DEMO_BASE_URL']);
  });

  it('names the variable of a field that is not valid', () => {
    expect(faultOf(refusing(fault('key')))).toEqual(['X', 'DEMO_KEY']);
  });

  it.each([fault('another'), new TypeError('defect')])('leaves any other error as it is', (error) => {
    expect(refusing(error)).toThrow(error);
  });
});
