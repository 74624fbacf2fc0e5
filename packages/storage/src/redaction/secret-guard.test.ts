import { Secret } from '@qts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CanaryEncoding,
  canaryEncodings,
  canaryKinds,
  canaryMarks,
  findCanaries,
} from '../../../../tooling/canary-marks.ts';
import { createSecretGuard, hiddenText } from './secret-guard.ts';

/** A text around a secret, carried whole. `before` shifts the secret against the groups of three bytes of base64. */
const carriers: Readonly<Record<CanaryEncoding, (text: string) => readonly string[]>> = {
  plain: (text) => [text],
  base64: (text) => [
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64url'),
    encodeURIComponent(Buffer.from(text).toString('base64')),
  ],
  hex: (text) => [Buffer.from(text).toString('hex'), Buffer.from(text).toString('hex').toUpperCase()],
  URL: (text) => [encodeURIComponent(text)],
  JSON: (text) => [JSON.stringify(text)],
};
const encodings = Object.keys(carriers) as readonly CanaryEncoding[];
const surroundings = ['', 'k', 'id', 'key', 'user:', '키'].flatMap((before) =>
  ['', ':', '&x', '==='].map((after) => (secret: string) => `${before}${secret}${after}`),
);
const marks = canaryKinds.flatMap((kind) => canaryMarks[kind].map((mark) => [kind, mark] as const));
const guard = createSecretGuard(marks.map(([, mark]) => new Secret(mark)));
const ignore = (): void => undefined;

/** What a text gives away, as the scan of all suites finds it, whatever the case of hex and the alphabet of base64. */
function leaks(text: string): readonly unknown[] {
  return [text, text.toLowerCase(), text.replaceAll('-', '+').replaceAll('_', '/')].flatMap(findCanaries);
}

describe.each(encodings)('a secret that is carried as %s', (encoding) => {
  it.each(marks)('is hidden by itself and within a longer text: %s', (_kind, mark) => {
    for (const form of canaryEncodings[encoding](mark)) expect(guard.hideText(form)).toContain(hiddenText);
    for (const surround of surroundings) {
      for (const carried of carriers[encoding](surround(mark))) {
        const text = `the broker quotes ${carried} of ours`;
        expect(guard.hideText(text), text).toContain(hiddenText);
        expect(leaks(guard.hideText(text)), text).toEqual([]);
        expect(leaks(guard.toJson({ message: text, [carried]: [carried] }, ignore)), text).toEqual([]);
      }
    }
  });
});

describe('a secret whose JSON text is another', () => {
  it('is hidden in the base64 of a JSON document', () => {
    const [mark] = canaryMarks['webhook token'];
    for (const name of ['a', 'ab', 'abc']) {
      const carried = Buffer.from(JSON.stringify({ [name]: mark, more: 1 })).toString('base64');
      expect(guard.hideText(carried)).toContain(hiddenText);
    }
  });
});

describe('any secret', () => {
  it('is hidden in the base64 of any text around it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (secret, before, after) => {
        const carried = Buffer.from(`${before}${secret}${after}`).toString('base64');
        expect(createSecretGuard([new Secret(secret)]).hideText(carried)).toContain(hiddenText);
      }),
    );
  });

  it('is not seen in a base64 that does not hold it', () => {
    const carried = Buffer.from('user:another-password-than-ours').toString('base64');
    expect(guard.hideText(carried)).toBe(carried);
  });
});
