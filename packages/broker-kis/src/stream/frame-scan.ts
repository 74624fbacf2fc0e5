import { knownText } from '@qts/broker-kit';

/**
 * Reading of frames in place: `flag|TR_ID|COUNT|fields`, fields joined by `^`, records one after the other. The bytes of a
 * frame are walked once, and only what is asked for becomes a value.
 */

const pipe = 0x7c;
const zero = 0x30;
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

/** Reads the head. `undefined` when the message is no frame. */
export function readFrameHead(message: Uint8Array): FrameHead | undefined {
  const flag = message[0];
  if ((flag !== zero && flag !== zero + 1) || message[1] !== pipe) return undefined;
  let second = 2;
  while (second <= 2 + trIdLengthMax && message[second] !== pipe) second += 1;
  if (second < 3 || second > 2 + trIdLengthMax) return undefined;
  const third = second + 4;
  if (message[third] !== pipe) return undefined;
  let count = 0;
  for (let index = second + 1; index < third; index += 1) {
    const digit = (message[index] ?? 0) - zero;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    count = count * 10 + digit;
  }
  if (count === 0) return undefined;
  return { encrypted: flag === zero + 1, trId: knownText(message, 2, second), count, body: third + 1 };
}

/** Longest frame, bytes: the transport takes no longer message. */
const frameBytesMax = 1_048_576;
/** A frame is walked four bytes at a time; what is behind its end is zeros. */
const step = 4;

/**
 * The frame that was scanned last: its bytes, and the bounds of its fields. Field `i` lies between `bounds[i]` and
 * `bounds[i + 1] - 1`. One copy for all frames: to copy one costs a fiftieth of walking it, and the engine knows where the
 * bytes are and what is behind them. It holds until the next scan.
 */
const bytes: Uint8Array<ArrayBuffer> = new Uint8Array(frameBytesMax + step);
const view: DataView = new DataView(bytes.buffer);
const bounds: Int32Array = new Int32Array(frameBytesMax + 2);
let scanned: Uint8Array | undefined;

const carets = 0x5e5e5e5e;
const lowBits = 0x7f7f7f7f;
const highBits = 0x80808080;

/**
 * Walks the fields of `frame` from `from` to its end; answers how many there are, 0 for a message that is too long to be a
 * frame.
 */
export function scanFields(frame: Uint8Array, from: number): number {
  const length = frame.length;
  scanned = frame;
  if (length > frameBytesMax) return 0;
  bytes.set(frame);
  view.setInt32(length, 0);
  let fields = 1;
  bounds[0] = from;
  for (let index = from; index < length; index += step) {
    const word = view.getInt32(index, true) ^ carets;
    // The high bit of each byte that is a caret, and no other.
    const found = ~(((word & lowBits) + lowBits) | word) & highBits;
    // Stored always, counted only behind a caret: a branch would be mispredicted at every field.
    bounds[fields] = index + 1;
    fields += (found >>> 7) & 1;
    bounds[fields] = index + 2;
    fields += (found >>> 15) & 1;
    bounds[fields] = index + 3;
    fields += (found >>> 23) & 1;
    bounds[fields] = index + step;
    fields += found >>> 31;
  }
  bounds[fields] = length + 1;
  return fields;
}

/** Whether the present scan is of this frame: a listener may have read another in between. */
export function isScanned(frame: Uint8Array): boolean {
  return frame === scanned;
}

/** Where a field begins. */
function fieldStart(field: number): number {
  return bounds[field] ?? 0;
}

/** Where a field ends (one behind its last character). */
function fieldEnd(field: number): number {
  return (bounds[field + 1] ?? 1) - 1;
}

/** A field as text. What is no UTF-8 in it is marked by U+FFFD. */
export function fieldText(field: number): string {
  return knownText(bytes, fieldStart(field), fieldEnd(field));
}

/** The byte of a field of one; 0 for any other. */
export function fieldCode(field: number): number {
  const start = fieldStart(field);
  return fieldEnd(field) - start === 1 ? (bytes[start] ?? 0) : 0;
}

/** Digits that fit 32 bits, whatever they are. */
const smallDigits = 9;
const digitsMax = 15;

/** Digits only, 1 to 15 of them; NaN for anything else. Leading zeros are padding. */
export function fieldUnsigned(field: number): number {
  const from = fieldStart(field);
  const to = fieldEnd(field);
  if (to - from <= smallDigits) return readSmall(from, to);
  if (to - from > digitsMax) return Number.NaN;
  const split = to - smallDigits;
  return readSmall(from, split) * 10 ** smallDigits + readSmall(split, to);
}

/** Up to nine digits; NaN for anything else. No branch but the loop's: whether all were digits is asked once. */
function readSmall(from: number, to: number): number {
  let value = 0;
  // Negative as soon as one is less than 0 or more than 9.
  let wrong = to - from - 1;
  for (let index = from; index < to; index += 1) {
    const digit = (bytes[index] ?? 0) - zero;
    wrong |= digit | (9 - digit);
    value = (Math.imul(value, 10) + digit) | 0;
  }
  return wrong < 0 ? Number.NaN : value;
}

const powers: readonly number[] = Array.from({ length: digitsMax + 1 }, (_, power) => 10 ** power);

/** A decimal with an optional sign, up to 15 digits in all; NaN for anything else. */
export function fieldDecimal(field: number): number {
  const start = fieldStart(field);
  const to = fieldEnd(field);
  const negative = bytes[start] === minus;
  const from = negative ? start + 1 : start;
  if (to - from > smallDigits) return readDecimal(from, to, negative);
  // Nearly all are whole, or have two digits behind the point.
  const point = to - 3;
  if (point > from && bytes[point] === dot) {
    return signed((readSmall(from, point) * 100 + readSmall(point + 1, to)) / 100, negative);
  }
  const whole = readSmall(from, to);
  return Number.isNaN(whole) ? readDecimal(from, to, negative) : signed(whole, negative);
}

/** The same of one that is longer, or has its point at another place. */
function readDecimal(from: number, to: number, negative: boolean): number {
  if (to - from > digitsMax + 1) return Number.NaN;
  let point = to;
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const code = bytes[index] ?? 0;
    if ((code - zero) >>> 0 < 10) value = value * 10 + (code - zero);
    else if (code === dot && point === to) point = index;
    else return Number.NaN;
  }
  // Digits on both sides of a point: `.5` and `5.` are none of KIS's.
  if (point === from || point === to - 1) return Number.NaN;
  if (point < to) return signed(value / (powers[to - point - 1] ?? Number.NaN), negative);
  return to - from > digitsMax ? Number.NaN : signed(value, negative);
}

/** `-0` would print as a negative nothing. */
function signed(value: number, negative: boolean): number {
  return negative && value !== 0 ? -value : value;
}

/** How {@link readFigures} reads a field. */
export const figureRules = { DECIMAL: 0, DIGITS: 1, SKIPPED: 2 } as const;

/**
 * Reads the fields from `first` on, each by its rule; NaN for what is no figure, or skipped.
 */
export function readFigures(first: number, rules: Uint8Array, figures: Float64Array): void {
  for (let column = 0; column < figures.length; column += 1) {
    const rule = rules[column];
    if (rule === figureRules.DECIMAL) figures[column] = fieldDecimal(first + column);
    else figures[column] = rule === figureRules.DIGITS ? fieldUnsigned(first + column) : Number.NaN;
  }
}

/** Whole won: digits, with or without a fraction of zeros. NaN for anything else: rounding is not ours to do. */
export function fieldWon(field: number): number {
  const whole = fieldUnsigned(field);
  if (!Number.isNaN(whole)) return whole;
  const value = fieldDecimal(field);
  return Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}

/** `HHMMSS` as milliseconds since midnight; NaN when it is no time of day. */
export function fieldTimeMs(field: number): number {
  if (fieldEnd(field) - fieldStart(field) !== 6) return Number.NaN;
  const clock = fieldUnsigned(field);
  if (Number.isNaN(clock)) return clock;
  const hours = (clock / 10_000) | 0;
  const minutes = ((clock / 100) | 0) % 100;
  const seconds = clock % 100;
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 3_600 + minutes * 60 + seconds) * 1_000 : Number.NaN;
}
