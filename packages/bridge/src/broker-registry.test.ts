import { ConfigurationError } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createBrokerRegistry } from './broker-registry.ts';

function errorOf(run: () => unknown): ConfigurationError {
  try {
    run();
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error;
  }
  throw new Error('expected a ConfigurationError');
}

describe('a broker registry', () => {
  it('gives an entry by its id, in either case and with spaces around it', () => {
    const registry = createBrokerRegistry({ kis: 'the KIS entry' });
    expect(registry.getBroker(' KIS ')).toBe('the KIS entry');
    expect(registry.has('Kis')).toBe(true);
  });

  it('lists ids in the order in which they came', () => {
    const registry = createBrokerRegistry({ kiwoom: 1, kis: 2 });
    registry.register('toss', 3);
    expect(registry.list()).toEqual(['kiwoom', 'kis', 'toss']);
  });

  it('names the known ids when an id is unknown', () => {
    const error = errorOf(() => createBrokerRegistry({ kis: 1, kiwoom: 2 }).getBroker('kim'));
    expect(error).toMatchObject({ code: 'BROKER_UNKNOWN', facts: { broker: 'kim', known: 'kis, kiwoom' } });
    expect(error.next).toBe('Use one of kis, kiwoom, or register the broker first.');
  });

  it('names the package to install when a broker of QTS is not there', () => {
    const error = errorOf(() => createBrokerRegistry({ kis: 1 }).getBroker('kiwoom'));
    expect(error.next).toContain('Install @qts/broker-kiwoom');
  });

  it('takes an id once', () => {
    const registry = createBrokerRegistry({ kis: 1 });
    expect(
      errorOf(() => {
        registry.register('KIS', 2);
      }).code,
    ).toBe('BROKER_ID_TAKEN');
    expect(registry.getBroker('kis')).toBe(1);
  });

  it.each(['', '1st', 'my broker', '../kis', 'a'.repeat(33)])('refuses the id %j', (id) => {
    const registry = createBrokerRegistry<number>();
    expect(
      errorOf(() => {
        registry.register(id, 1);
      }).code,
    ).toBe('BROKER_ID_INVALID');
    expect(registry.list()).toEqual([]);
  });
});
