/**
 * Reading of frames in place: `flag|TR_ID|COUNT|fields`, fields joined by `^`, records one after the other. A frame is
 * walked once, and only what is asked for becomes a value.
 */

const caret = 0x5e;
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

/** Longest frame, characters: the transport takes no longer message. */
const frameLengthMax = 1_048_576;

/**
 * The frame that was scanned last: its characters as bytes, and the bounds of its fields. Field `i` lies between
 * `bounds[i]` and `bounds[i + 1] - 1`. One pair for all frames, so that nothing is allocated and the engine knows where
 * they are: it holds until the next scan.
 */
const bytes: Uint8Array = new Uint8Array(frameLengthMax);
const bounds: Int32Array = new Int32Array(frameLengthMax + 2);

const encoder = new TextEncoder();
/** Stands for a character outside ASCII: no digit, no separator. */
const foreign = 0xff;

/** The frame of the present scan: who asks for the same again finds it done. */
let scanned = '';
let scannedFrom = 0;
let scannedFields = 0;

/**
 * Walks the fields of `text` from `from` to its end; answers how many there are, 0 for a text that is too long to be a
 * frame. Bytes are walked faster than the characters of a text; most frames are ASCII, and one call makes bytes of them.
 */
export function scanFields(text: string, from: number): number {
  const length = text.length;
  if (length > frameLengthMax) return 0;
  if (encoder.encodeInto(text, bytes).written !== length) copyCharacters(text, from);
  let fields = 1;
  bounds[0] = from;
  for (let index = from; index < length; index += 1) {
    // Stored always, counted only behind a separator: a branch would be mispredicted at every field.
    bounds[fields] = index + 1;
    fields += (((bytes[index] ?? 0) ^ caret) - 1) >>> 31;
  }
  bounds[fields] = length + 1;
  scanned = text;
  scannedFrom = from;
  scannedFields = fields;
  return fields;
}

/** Whether the present scan is of this frame: a listener may have read another in between. */
export function isScanned(text: string, from: number): boolean {
  return text === scanned && from === scannedFrom;
}

/** The field that begins at `start`, when `text` is the frame of the present scan; -1 otherwise. */
export function scannedFieldAt(text: string, start: number): number {
  if (text !== scanned || start < scannedFrom) return -1;
  if (start === scannedFrom) return 0;
  let low = 0;
  let high = scannedFields - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = fieldStart(middle);
    if (at === start) return middle;
    if (at < start) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function copyCharacters(text: string, from: number): void {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    bytes[index] = code < 0x80 ? code : foreign;
  }
}

/** Where a field begins, after {@link scanFields}. */
export function fieldStart(field: number): number {
  return bounds[field] ?? 0;
}

/** Where a field ends (one behind its last character). */
function fieldEnd(field: number): number {
  return (bounds[field + 1] ?? 1) - 1;
}

/** Codes of one character come often: they are looked up, not cut out. */
const letters: readonly string[] = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code));

/** A field as text. `text` is the frame that was scanned. */
export function fieldText(text: string, field: number): string {
  const start = fieldStart(field);
  const end = fieldEnd(field);
  if (end === start) return '';
  const letter = end - start === 1 ? letters[bytes[start] ?? foreign] : undefined;
  return letter ?? text.slice(start, end);
}

/** The character code of a field of one character; 0 for any other. */
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
  if (to <= from || to - from > digitsMax) return Number.NaN;
  let small = 0;
  const split = Math.min(to, from + smallDigits);
  let index = from;
  for (; index < split; index += 1) {
    const digit = (bytes[index] ?? 0) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    small = (Math.imul(small, 10) + digit) | 0;
  }
  if (index === to) return small;
  let large = small;
  for (; index < to; index += 1) {
    const digit = (bytes[index] ?? 0) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    large = large * 10 + digit;
  }
  return large;
}

const powers: readonly number[] = Array.from({ length: digitsMax + 1 }, (_, power) => 10 ** power);

/** A decimal with an optional sign, up to 15 digits in all; NaN for anything else. */
export function fieldDecimal(field: number): number {
  const start = fieldStart(field);
  const to = fieldEnd(field);
  const negative = bytes[start] === minus;
  const from = negative ? start + 1 : start;
  if (to <= from || to - from > digitsMax + 1) return Number.NaN;
  let point = -1;
  let small = 0;
  let index = from;
  const split = Math.min(to, from + smallDigits);
  for (; index < split; index += 1) {
    const code = bytes[index] ?? 0;
    if ((code - zero) >>> 0 < 10) small = (Math.imul(small, 10) + (code - zero)) | 0;
    else if (code === dot && point < 0) point = index;
    else return Number.NaN;
  }
  let value = small;
  for (; index < to; index += 1) {
    const code = bytes[index] ?? 0;
    if ((code - zero) >>> 0 < 10) value = value * 10 + (code - zero);
    else if (code === dot && point < 0) point = index;
    else return Number.NaN;
  }
  if (point >= 0) {
    // Digits on both sides of the point: `.5` and `5.` are none of KIS's.
    if (point === from || point === to - 1) return Number.NaN;
    value /= powers[to - point - 1] ?? Number.NaN;
  } else if (to - from > digitsMax) return Number.NaN;
  // `-0` would print as a negative nothing.
  return negative && value !== 0 ? -value : value;
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

/** Digits of a text between two places, 1 to 15 of them; NaN for anything else. */
export function readUnsigned(text: string, from: number, to: number): number {
  if (to <= from || to - from > digitsMax) return Number.NaN;
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
