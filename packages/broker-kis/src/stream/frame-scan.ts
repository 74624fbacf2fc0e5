/**
 * Reading of frames in place: `flag|TR_ID|COUNT|fields`, fields joined by `^`, records one after the other. A frame is
 * walked once, and only what is asked for becomes a value.
 */

const caret = 0x5e;
const pipe = 0x7c;
const zero = 0x30;
const nine = 0x39;
const minus = 0x2d;
const dot = 0x2e;

/** The head of a frame. */
export interface FrameHead {
  readonly encrypted: boolean;
  readonly trId: string;
  readonly count: number;
  /** Where the fields begin. */
  readonly body: number;
}

/** Longest `TR_ID`; the count has three digits. */
const trIdLengthMax = 16;

/** Reads the head. `undefined` when the text is no frame. */
export function readFrameHead(text: string): FrameHead | undefined {
  const flag = text.charCodeAt(0);
  if ((flag !== zero && flag !== zero + 1) || text.charCodeAt(1) !== pipe) return undefined;
  const second = text.indexOf('|', 2);
  if (second < 3 || second > 2 + trIdLengthMax) return undefined;
  const third = second + 4;
  if (text.charCodeAt(third) !== pipe) return undefined;
  const count = readUnsigned(text, second + 1, third);
  if (!(count > 0)) return undefined;
  return { encrypted: flag === zero + 1, trId: text.slice(2, second), count, body: third + 1 };
}

/**
 * The bounds of the fields: field `i` lies between `bounds[i]` (its first character) and `bounds[i + 1] - 1`. One array
 * for all frames: it holds until the next scan.
 */
let bounds: Int32Array = new Int32Array(1_024);
let spare: Int32Array = new Int32Array(1_024);

/**
 * Lets somebody read another record while one is being read: a listener is called in the midst of a frame. Called before
 * and after.
 */
export function swapBounds(): void {
  [bounds, spare] = [spare, bounds];
}

/** Walks the fields of `text` between `from` and `to`; answers how many there are. */
export function scanFields(text: string, from: number, to: number): number {
  let found = bounds;
  let fields = 1;
  found[0] = from;
  for (let index = from; index < to; index += 1) {
    if (text.charCodeAt(index) === caret) {
      if (fields + 1 >= found.length) found = grow(found);
      found[fields] = index + 1;
      fields += 1;
    }
  }
  found[fields] = to + 1;
  return fields;
}

function grow(full: Int32Array): Int32Array {
  const larger = new Int32Array(full.length * 2);
  larger.set(full);
  bounds = larger;
  return larger;
}

/** Where a field begins, after {@link scanFields}. */
export function fieldStart(field: number): number {
  return bounds[field] ?? 0;
}

/** Where a field ends (one behind its last character). */
export function fieldEnd(field: number): number {
  return (bounds[field + 1] ?? 1) - 1;
}

export function fieldText(text: string, field: number): string {
  return text.slice(fieldStart(field), fieldEnd(field));
}

/** The character code of a field of one character; 0 for any other. */
export function fieldCode(text: string, field: number): number {
  const start = fieldStart(field);
  return fieldEnd(field) - start === 1 ? text.charCodeAt(start) : 0;
}

/** Digits only, 1 to 15 of them, as a number; NaN for anything else. Leading zeros are padding. */
export function readUnsigned(text: string, from: number, to: number): number {
  if (to <= from || to - from > 15) return Number.NaN;
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

export function fieldUnsigned(text: string, field: number): number {
  return readUnsigned(text, fieldStart(field), fieldEnd(field));
}

/** Whole won: digits, with or without a fraction of zeros. NaN for anything else: rounding is not ours to do. */
export function fieldWon(text: string, field: number): number {
  const from = fieldStart(field);
  const to = fieldEnd(field);
  const whole = readUnsigned(text, from, to);
  if (whole === whole) return whole;
  const value = readDecimal(text, from, to);
  return Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}

/** A decimal with an optional sign, up to 15 digits in all; NaN for anything else. */
export function readDecimal(text: string, from: number, to: number): number {
  let index = from;
  const negative = text.charCodeAt(index) === minus;
  if (negative) index += 1;
  const first = index;
  let value = 0;
  let scale = 0;
  for (; index < to; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= zero && code <= nine) {
      value = value * 10 + (code - zero);
      scale *= 10;
    } else if (code === dot && scale === 0 && index > first && index + 1 < to) {
      scale = 1;
    } else {
      return Number.NaN;
    }
  }
  if (index === first || index - first > 16) return Number.NaN;
  if (scale > 1) value /= scale;
  // `-0` would print as a negative nothing.
  return negative && value !== 0 ? -value : value;
}

/** `HHMMSS` as milliseconds since midnight; NaN when it is no time of day. */
export function fieldTimeMs(text: string, field: number): number {
  const start = fieldStart(field);
  if (fieldEnd(field) - start !== 6) return Number.NaN;
  const clock = readUnsigned(text, start, start + 6);
  const seconds = clock % 100;
  const minutes = ((clock - seconds) / 100) % 100;
  const hours = Math.floor(clock / 10_000);
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 3_600 + minutes * 60 + seconds) * 1_000 : Number.NaN;
}
