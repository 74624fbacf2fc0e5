import { printable } from '@qts/core';
import { redactText } from '../redaction/redact.ts';

/** Longest text of a broker that is carried on. */
const messageLengthMax = 120;

/**
 * A text of the broker as people may see it: trimmed, printable, redacted. Never matched on.
 *
 * @param scrub takes out what was sent: the broker might quote it.
 */
export function nativeMessage(text: string, scrub: (text: string) => string): string {
  return printable(redactText(scrub(text.trim()))).slice(0, messageLengthMax);
}
