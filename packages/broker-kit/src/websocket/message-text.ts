/**
 * Texts out of the bytes of a message. A server promises UTF-8, and the transport does not check it: whoever makes a text of
 * bytes decides what one that is none means to him.
 */

// A mark at the front is part of the text: what is echoed has to be what came.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

/** Stands in {@link lossyText} for what is no UTF-8. */
export const replacementCharacter = '\uFFFD';

/** The text of bytes; `undefined` when they are no UTF-8. For what must not be guessed at. */
export function strictText(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of bytes, with {@link replacementCharacter} for what is no UTF-8. */
export function lossyText(bytes: Uint8Array): string {
  return lossy.decode(bytes);
}

/** A power of two. Codes of one session, and the times of its last seconds, are far fewer. */
const knownMax = 2_048;
/** A longer text is no code: it is not worth keeping. */
const knownLengthMax = 16;
/** Texts that came before, by a sum of their bytes. A newer one takes the place of an older with the same sum. */
const known: (string | undefined)[] = Array.from({ length: knownMax }, () => undefined);

/** Texts of one byte come oftenest: they are looked up. One of a byte outside ASCII is no UTF-8. */
const letters: readonly string[] = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

/**
 * The text of `bytes` from `start` to `end`, made once for all that come again: symbols, codes and times are few, and a new
 * text for each is dear to make and to look up.
 */
export function knownText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  if (length <= 1) return length <= 0 ? '' : (letters[bytes[start] ?? 0] ?? replacementCharacter);
  if (length > knownLengthMax) return lossyText(bytes.subarray(start, end));
  let sum = 0;
  for (let index = start; index < end; index += 1) sum = (Math.imul(sum, 31) + (bytes[index] ?? 0)) | 0;
  const place = (sum ^ (sum >>> 11)) & (knownMax - 1);
  const text = known[place];
  if (text?.length === length && isSame(text, bytes, start)) return text;
  const made = lossyText(bytes.subarray(start, end));
  // Of one byte a character, or the comparison above would mean something else.
  if (made.length === length && isSame(made, bytes, start)) known[place] = made;
  return made;
}

function isSame(text: string, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}
