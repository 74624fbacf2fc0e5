/** Control characters (C0, DEL, C1), line and paragraph separators, and marks that turn the direction of text. */
// eslint-disable-next-line no-control-regex -- finding control characters is what this is for.
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

const shortForms: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes a text from outside safe to print: what could forge a log line, move a cursor or turn the reading direction is
 * shown as an escape (`\n`, `\u{1b}`). Everything else, Korean included, stays as it is. The result is for people:
 * a backslash of the text itself is not doubled, so it cannot be turned back.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => shortForms[found] ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
}
