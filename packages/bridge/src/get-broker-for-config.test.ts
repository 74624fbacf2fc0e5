import { ConfigurationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createBrokerRegistry } from './broker-registry.ts';
import { type BrokerNames, getBrokerForConfig } from './get-broker-for-config.ts';

const registry = createBrokerRegistry({ kis: 'KIS', kiwoom: 'KIWOOM' });

describe('getBrokerForConfig', () => {
  it.each<[string | undefined, string | undefined, string, string]>([
    [undefined, undefined, 'kis', 'default'],
    [undefined, 'kiwoom', 'kiwoom', 'strategy'],
    ['kiwoom', undefined, 'kiwoom', 'environment'],
    ['kiwoom', 'kis', 'kiwoom', 'environment'],
    ['  KIWOOM ', 'kis', 'kiwoom', 'environment'],
    ['  ', 'kiwoom', 'kiwoom', 'strategy'],
    ['', '', 'kis', 'default'],
  ])('takes, of environment %j and strategy %j, %s by %s', (environment, strategy, brokerId, source) => {
    const choice = getBrokerForConfig(registry, {
      environment: { brokerId: environment },
      strategy: { brokerId: strategy },
    });
    expect(choice).toEqual({ brokerId, entry: registry.getBroker(brokerId), source });
  });

  it('reads a fallback, the environment’s first', () => {
    const names: BrokerNames = { fallbackBrokerId: 'kiwoom' };
    expect(getBrokerForConfig(registry, { strategy: names }).fallbackBrokerId).toBe('kiwoom');
    expect(
      getBrokerForConfig(registry, { environment: { fallbackBrokerId: 'KIS' }, strategy: names }).fallbackBrokerId,
    ).toBe('kis');
  });

  it.each([
    ['a misspelt broker', { brokerId: 'kiwom' }],
    ['a misspelt fallback', { fallbackBrokerId: 'kiwom' }],
  ])('refuses %s instead of taking the default', (_what, environment) => {
    expect(() => getBrokerForConfig(registry, { environment, strategy: { brokerId: 'kis' } })).toThrow(
      ConfigurationError,
    );
  });
});
