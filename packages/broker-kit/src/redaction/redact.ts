/** Replaces what looks like a secret or an account number. For the sink; sources must not write secrets at all. */
export function redactText(text: string): string {
  throw new Error(`In the making: ${text.length}`);
}

/** Headers for a log: values only of those known to be harmless. */
export function redactHeaders(headers: readonly string[]): Readonly<Record<string, string>> {
  throw new Error(`In the making: ${headers.length}`);
}
