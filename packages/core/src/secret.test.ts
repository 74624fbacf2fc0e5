import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const raw = 'PSabcdefghijklmnop0123456789';
const secret = new Secret(raw);

describe('a secret', () => {
  it('leaves by one method only', () => {
    expect(secret.reveal()).toBe(raw);
    expect(Object.keys(secret)).toEqual([]);
    expect(Reflect.ownKeys(secret)).toEqual([]);
  });

  it.each<[string, string]>([
    ['String()', String(secret)],
    // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- this is what somebody will do.
    ['a template', `${secret}`],
    ['concatenation', ''.concat(secret as unknown as string)],
    ['join', [secret].join()],
    ['JSON', JSON.stringify(secret)],
    ['JSON, nested', JSON.stringify({ deep: [{ secret }] })],
    ['inspect', inspect(secret)],
    ['inspect, nested and thorough', inspect({ deep: new Map([['k', [secret]]]) }, { depth: 9, showHidden: true })],
    ['format', format('%s %o %O %j', secret, secret, secret, secret)],
    ['an error', new Error(String(secret)).stack ?? ''],
    ['an error with it as its cause', inspect(new Error('x', { cause: secret }))],
    ['a subclass', inspect(new (class Key extends Secret {})(raw))],
    ['a spread', JSON.stringify(Object.assign({}, secret))],
    ['a structured clone', inspect(structuredClone(secret))],
  ])('does not show in %s', (_how, shown) => {
    expect(shown).not.toContain(raw);
    expect(shown).not.toContain(raw.slice(0, 6));
  });

  it('says that it is one', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['[secret]', '"[secret]"', '[secret]']);
  });
});
