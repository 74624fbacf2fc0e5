import { getFailsafeCode } from './failsafe-codes.ts';
import { type FailsafeLanguage } from './failsafe-entry.ts';
import { printable } from './printable.ts';

/** Facts of one event. Absent ones (`undefined`, `null`) are left out. Never a secret. */
export type FailsafeFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

const unknownCode = { en: 'Unknown safety code', ko: '알 수 없는 안전 코드' } as const;

/**
 * One line for a log or a notice: the code in brackets, what it means, then the facts as `key=value`, sorted by key.
 *
 * `[FS040] Broker execution failed | broker=kis | nativeCode=APBK0988`
 *
 * A code that the registry does not have still gives a line. Control characters are escaped.
 */
export function formatFailsafeMessage(
  code: string,
  facts: FailsafeFacts = {},
  language: FailsafeLanguage = 'en',
): string {
  const { [language]: meaning } = getFailsafeCode(code)?.meaning ?? unknownCode;
  const pairs = Object.entries(facts)
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` | ${key}=${String(value)}`);
  return printable(`[${code}] ${meaning}${pairs.join('')}`);
}
