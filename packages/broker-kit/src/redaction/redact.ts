/**
 * The second line of defence: sources must not write secrets at all, sinks redact what looks like one
 * (execution-safety 19). Patterns are broad on purpose; a hidden harmless word is a small price.
 */

interface RedactionRule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** Applied in this order. */
const rules: readonly RedactionRule[] = [
  { name: 'bearer', pattern: /(bearer|basic)\s+[\w\-.~+/]+=*/gi, replacement: '$1 [redacted]' },
  { name: 'jwt', pattern: /eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, replacement: '[redacted]' },
  // A named value: JSON, a query, a header line. The names cover the brokers' own words for keys.
  {
    name: 'named',
    pattern:
      /((?:app_?key|app_?secret|secret_?key|access_?token|refresh_?token|approval_?key|token|hashkey|personalseckey|password|passwd|authorization|cano|acnt_?no|account_?number)["']?\s*[:=]\s*["']?)(?!\[redacted\]|\[secret\])[^\s"'&,;}]+/gi,
    replacement: '$1[redacted]',
  },
  { name: 'hex', pattern: /[0-9a-f]{32,}/gi, replacement: '[redacted]' },
  // 32 or more of base64's letters, with at least one digit and one capital: not a path, not a long Korean URL.
  {
    name: 'base64',
    pattern: /(?<![\w+/-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])[\w+/-]{32,}={0,2}/g,
    replacement: '[redacted]',
  },
  // Account numbers: 8-2 with a hyphen or a space.
  { name: 'account 8-2', pattern: /(?<!\d)\d{8}[- ]\d{2}(?!\d)/g, replacement: '[account]' },
  // Ten digits in a row. Eleven and more are stamps (epoch ms has thirteen); order numbers are padded with zeros.
  { name: 'account 10', pattern: /(?<![\d.])(?!0)\d{10}(?![\d.])/g, replacement: '[account]' },
];

/** Replaces what looks like a secret or an account number. Linear in the text; safe on any text. */
export function redactText(text: string): string {
  let redacted = text;
  for (const { pattern, replacement } of rules) {
    redacted = redacted.replaceAll(pattern, replacement);
  }
  return redacted;
}

/** Headers whose values any log may carry. All others are named and hidden. */
const harmlessHeaders: ReadonlySet<string> = new Set([
  'accept',
  'content-length',
  'content-type',
  'date',
  'server',
  'user-agent',
]);

/**
 * Headers for a log: values only of those known to be harmless.
 * @param headers the flat array of an `HttpRequest`.
 * @param alsoHarmless lower-case names of the broker's own headers that carry no secret, for example an operation id.
 */
export function redactHeaders(
  headers: readonly string[],
  alsoHarmless: readonly string[] = [],
): Readonly<Record<string, string>> {
  const redacted: Record<string, string> = {};
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = (headers[index] ?? '').toLowerCase();
    redacted[name] =
      harmlessHeaders.has(name) || alsoHarmless.includes(name) ? redactText(headers[index + 1] ?? '') : '[redacted]';
  }
  return redacted;
}
