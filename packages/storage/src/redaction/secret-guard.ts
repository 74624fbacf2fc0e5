import { Secret } from '@qts/core';

/** What stands where a secret was. */
export const hiddenText = '[secret]';

/** Looks at what is about to be written, and hides what must never be. */
export interface SecretGuard {
  /**
   * The JSON text of `value`, without secrets: instances of `Secret`, values under the names of secrets, texts of a
   * bearer's shape, and the values that were named when the guard was made (also in base64, by
   * themselves or within a longer text, and in hex and URL form).
   * @param onHidden told once when something was hidden: whoever wrote it has a fault.
   * @throws {TypeError} when `value` has no JSON text.
   */
  toJson(value: unknown, onHidden: () => void): string;
  /** A text without secrets. */
  hideText(text: string): string;
}

/** Names of secrets in the brokers' words, in lower case without `_` and `-` (execution-safety 19). */
const secretNames: ReadonlySet<string> = new Set([
  'appkey',
  'appsecret',
  'secretkey',
  'accesstoken',
  'refreshtoken',
  'token',
  'approvalkey',
  'hashkey',
  'personalseckey',
  'aeskey',
  'aesiv',
  'password',
  'passwd',
  'authorization',
  'cano',
  'acntno',
  'accountno',
  'accountnumber',
  'htsid',
]);

/** Field names whose verdict is remembered. Our records use a few dozen. */
const rememberedNamesMax = 10_000;

/** Deeper is not plain data. */
const depthMax = 100;

/** Shapes that are nothing else than a credential: a bearer's header and a JSON web token. */
const credentialShapes = 'bearer\\s+[\\w\\-.~+/]{16,}=*|eyJ[\\w-]{8,}\\.[\\w-]+(?:\\.[\\w-]*)?';

/** @param known secrets of this process: account number, keys, tokens. Shorter than 6 characters they are not looked for. */
export function createSecretGuard(known: readonly Secret[] = []): SecretGuard {
  const names = new Map<string, boolean>();
  const forms = known.flatMap((secret) => formsOf(secret.reveal()));
  const isSuspicious = new RegExp([credentialShapes, ...forms].join('|'), 'i');
  const suspicious = new RegExp(isSuspicious, 'gi');

  function isSecretName(name: string): boolean {
    let verdict = names.get(name);
    if (verdict === undefined) {
      verdict = secretNames.has(name.toLowerCase().replaceAll(/[_-]/g, ''));
      if (names.size < rememberedNamesMax) names.set(name, verdict);
    }
    return verdict;
  }

  /** The quick look: most records hold nothing. */
  function holdsSecretField(value: unknown, depth: number): boolean {
    if (typeof value !== 'object' || value === null) return false;
    if (depth > depthMax) throw new TypeError('The data is nested too deeply, or holds itself.');
    if (value instanceof Secret) return true;
    if (Array.isArray(value)) {
      for (const each of value) if (holdsSecretField(each, depth + 1)) return true;
      return false;
    }
    for (const name in value) {
      const field = (value as Readonly<Record<string, unknown>>)[name];
      if ((isSecretName(name) && field !== undefined) || holdsSecretField(field, depth + 1)) return true;
    }
    return false;
  }

  const hideText = (text: string): string => (isSuspicious.test(text) ? text.replaceAll(suspicious, hiddenText) : text);

  /** The same data with everything hidden that must be. */
  function hide(value: unknown): unknown {
    if (typeof value === 'string') return hideText(value);
    if (typeof value === 'number') return hideText(String(value)) === String(value) ? value : hiddenText;
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Secret) return hiddenText;
    if (Array.isArray(value)) return value.map(hide);
    return Object.fromEntries(
      Object.entries(value).map(([name, field]: [string, unknown]) => [
        hideText(name),
        isSecretName(name) && field !== undefined ? hiddenText : hide(field),
      ]),
    );
  }

  return {
    hideText,

    toJson(value, onHidden) {
      const holdsField = holdsSecretField(value, 0);
      const text = JSON.stringify(value) as string | undefined;
      if (text === undefined) throw new TypeError('The data has no JSON text.');
      if (!holdsField && !isSuspicious.test(text)) return text;
      onHidden();
      // Instances first, since they are gone once they are text; then what the data's own `toJSON` made.
      return JSON.stringify(hide(JSON.parse(JSON.stringify(hide(value)))));
    },
  };
}

/** Patterns for a secret as it is and as it may be carried: JSON, base64 (of either alphabet), hex, URL. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < 6) return [];
  const texts = new Set([secret, JSON.stringify(secret).slice(1, -1)]);
  const forms = [...texts].flatMap((text) => [
    ...[text, Buffer.from(text).toString('hex'), encodeURIComponent(text)].map(escapePattern),
    ...base64Forms(text),
  ]);
  return [...new Set(forms)];
}

/**
 * The base64 of a text, by itself or within a longer one (`base64("key:secret")`). What stands there depends on how many
 * bytes, modulo 3, stand before: three forms, each without the character that it shares with what stands before it.
 */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const own = bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    // The two characters that the alphabets write differently, and URLs a third way; then the rest of the last byte.
    return `${own.replaceAll('+', '(?:[+-]|%2B)').replaceAll('/', '(?:[/_]|%2F)')}[\\w+/-]?={0,2}`;
  });
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
