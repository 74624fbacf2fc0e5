import { describe, expect, it } from 'vitest';
import { chooseBroker } from './choose-broker.ts';
import { parseRunnerConfig } from './runner-config.ts';

const config = (input: object = {}) => parseRunnerConfig(input, 'test');

describe('the broker of a run', () => {
  it('is kis when nothing names one', () => {
    expect(chooseBroker(config(), undefined, {}).broker).toBe('kis');
  });

  it('is that of the file, and the environment’s before it, in either case and with spaces', () => {
    expect(chooseBroker(config({ broker: 'kiwoom' }), undefined, {}).broker).toBe('kiwoom');
    expect(chooseBroker(config({ broker: 'kiwoom' }), undefined, { QTS_BROKER_ID: ' KIS ' }).broker).toBe('kis');
    expect(chooseBroker(config({ broker: 'kiwoom' }), undefined, { QTS_BROKER_ID: '' }).broker).toBe('kiwoom');
  });

  it('is typed and set to the same, or refused', () => {
    const typed = config({ broker: 'kiwoom' });
    expect(chooseBroker(typed, 'kiwoom', { QTS_BROKER_ID: 'kiwoom' }).broker).toBe('kiwoom');
    expect(() => chooseBroker(typed, 'kiwoom', { QTS_BROKER_ID: 'kis' })).toThrow(/different brokers/);
  });

  it('has a fallback that is read and checked', () => {
    expect(chooseBroker(config(), undefined, {}).fallbackBroker).toBe('none');
    expect(chooseBroker(config({ fallbackBroker: 'kiwoom' }), undefined, {}).fallbackBroker).toBe('kiwoom');
    expect(() => chooseBroker(config(), undefined, { QTS_FALLBACK_BROKER_ID: 'kim' })).toThrow(/no broker kim/);
  });
});
