import { knownText, lossyText } from '@qts/broker-kit';

/**
 * Reading of `REAL` messages in place. They are JSON whose order of keys differs between types and whose FIDs come and go;
 * `JSON.parse` makes a value of every one of some 40 or 160. Here a message is walked once, as strictly as `JSON.parse`
 * would, and only where the wanted FIDs are is kept.
 */

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const zero = 0x30;
const space = 0x20;
const plus = 0x2b;
const minus = 0x2d;

/** Longest message, bytes: the transport takes no longer one. */
const messageBytesMax = 1_048_576;
/** Entries of one message. Two were seen; one with more than this is not read. */
const entriesMax = 1_024;
/** Objects and lists in one another, beside the ones we read. */
const depthMax = 32;

/** FIDs up to 100 have the slot of their number; these have one behind. */
const expectedPriceFid = 291;
const expectedQuantityFid = 292;
const directMax = 100;
const slotCount = directMax + 3;

/** What the walk found of an entry, beside its FIDs. */
const typePlace = 0;
const itemPlace = 1;
const placeCount = 2;

/** What is behind the end of a message is zeros, as many as a number has bytes: strings are looked through four at a time. */
const behind = 8;

/** One copy for all messages: to copy one costs a thirtieth of walking it, and the engine knows where the bytes are. */
const bytes: Uint8Array<ArrayBuffer> = new Uint8Array(messageBytesMax + behind);
const view: DataView = new DataView(bytes.buffer);
const encoder = new TextEncoder();
/** Bytes that end the quick walk through a string: its end, an escape, what JSON does not allow. */
const special: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < space || byte === quote || byte === backslash ? 1 : 0,
);

/** Bounds of values, by entry and slot; a start of -1 says that the FID is not there, or no text. */
const starts: Int32Array = new Int32Array(entriesMax * slotCount);
const ends: Int32Array = new Int32Array(entriesMax * slotCount);
const placeStarts: Int32Array = new Int32Array(entriesMax * placeCount);
const placeEnds: Int32Array = new Int32Array(entriesMax * placeCount);

/** Where the walk is. */
let at = 0;
/** The string that was read last, without its quotes. */
let stringStart = 0;
let stringEnd = 0;
let escapes = 0;
/** The message of the present scan. */
let scanned: Uint8Array | undefined;

/**
 * Walks a message; answers how many entries a `REAL` message has, -1 for anything else: another message, none that can be
 * read, or too long. What it found holds until the next scan.
 */
export function scanFrame(message: Uint8Array): number {
  scanned = message;
  escapes = 0;
  const entries = walk(message);
  if (escapes === 0) return entries;
  // Escapes are allowed in any name and value, and were never seen: without them the walk stays simple.
  const plain = withoutEscapes(message);
  return plain === undefined ? -1 : walk(plain);
}

/** Whether the present scan is of this message: a listener may have read another in between. */
export function isScanned(message: Uint8Array): boolean {
  return message === scanned;
}

function withoutEscapes(message: Uint8Array): Uint8Array | undefined {
  try {
    return encoder.encode(JSON.stringify(JSON.parse(lossyText(message))));
  } catch {
    return undefined;
  }
}

function walk(message: Uint8Array): number {
  const { length } = message;
  if (length > messageBytesMax) return -1;
  bytes.set(message);
  // No byte of JSON is zero outside a string, and none in it: every walk ends here.
  view.setFloat64(length, 0);
  at = 0;
  let isReal = false;
  let entries = -1;
  if (!take(openBrace)) return -1;
  if (!take(closeBrace)) {
    do {
      if (!readName()) return -1;
      if (isString('trnm')) {
        isReal = peek() === quote && readString() && isString('REAL');
        if (!isReal) return -1;
      } else if (isString('data')) {
        if (peek() !== openBracket) return -1;
        entries = readEntries();
        if (entries < 0) return -1;
      } else if (!skipValue(0)) return -1;
    } while (take(comma));
    if (!take(closeBrace)) return -1;
  }
  return peek() === 0 && at === length && isReal ? entries : -1;
}

function readEntries(): number {
  let entries = 0;
  if (!take(openBracket)) return -1;
  if (take(closeBracket)) return 0;
  do {
    if (entries >= entriesMax || !readEntry(entries)) return -1;
    entries += 1;
  } while (take(comma));
  return take(closeBracket) ? entries : -1;
}

function readEntry(entry: number): boolean {
  const places = entry * placeCount;
  placeStarts[places + typePlace] = -1;
  placeStarts[places + itemPlace] = -1;
  let hasValues = false;
  if (!take(openBrace) || peek() === closeBrace) return false;
  do {
    if (!readName()) return false;
    if (isString('values')) {
      hasValues = true;
      if (!readValues(entry * slotCount)) return false;
    } else {
      const place = isString('type') ? typePlace : isString('item') ? itemPlace : -1;
      if (place < 0) {
        if (!skipValue(0)) return false;
      } else {
        if (peek() !== quote || !readString()) return false;
        placeStarts[places + place] = stringStart;
        placeEnds[places + place] = stringEnd;
      }
    }
  } while (take(comma));
  const whole = hasValues && (placeStarts[places] ?? -1) >= 0 && (placeStarts[places + itemPlace] ?? -1) >= 0;
  return whole && take(closeBrace);
}

function readValues(base: number): boolean {
  starts.fill(-1, base, base + slotCount);
  if (!take(openBrace)) return false;
  if (take(closeBrace)) return true;
  do {
    walkPlainFids(base);
    if (!readName()) return false;
    const slot = slotOf(fidOf(stringStart, stringEnd));
    if (peek() === quote) {
      if (!readString()) return false;
      if (slot >= 0) {
        starts[base + slot] = stringStart;
        ends[base + slot] = stringEnd;
      }
    } else {
      if (slot >= 0) starts[base + slot] = -1;
      if (!skipValue(0)) return false;
    }
  } while (take(comma));
  return take(closeBrace);
}

/** `":"` between a name and a value, and `",` behind it, as numbers of three and two bytes. */
const nameToValue = quote | (colon << 8) | (quote << 16);
const threeBytes = 0xffffff;
const valueToName = quote | (comma << 8);

/**
 * Walks `"1071":"63318",` over and over, as Kiwoom writes its values, for as long as a comma follows: the last one, and
 * whatever looks otherwise, is left to the general way. Nearly all of a message is walked here.
 */
function walkPlainFids(base: number): void {
  for (;;) {
    if (bytes[at] !== quote) return;
    const name = at + 1;
    const nameEnd = plainStringEnd(name);
    if (nameEnd < 0 || (view.getInt32(nameEnd, true) & threeBytes) !== nameToValue) return;
    const start = nameEnd + 3;
    const end = plainStringEnd(start);
    if (end < 0 || view.getUint16(end, true) !== valueToName) return;
    const slot = slotOf(fidOf(name, nameEnd));
    if (slot >= 0) {
      starts[base + slot] = start;
      ends[base + slot] = end;
    }
    at = end + 2;
  }
}

const quotes = 0x22222222;
const backslashes = 0x5c5c5c5c;
const spaces = 0x20202020;
const ones = 0x01010101;
const highBits = 0x80808080;

/**
 * Where the string that begins at `index` ends, four bytes at a time; -1 when something near is an escape, or not allowed in
 * a string: that is looked at byte by byte.
 */
function plainStringEnd(index: number): number {
  for (let from = index; ; from += 4) {
    const word = view.getInt32(from, true);
    const escape = word ^ backslashes;
    if ((((escape - ones) & ~escape) | ((word - spaces) & ~word)) & highBits) return -1;
    const end = word ^ quotes;
    // The lowest of these bits is that of the first quote; those above it may be wrong.
    const found = (end - ones) & ~end & highBits;
    if (found !== 0) return from + ((31 - Math.clz32(found & -found)) >>> 3);
  }
}

/** The slot of a FID; -1 for one that no event needs. */
function slotOf(fid: number): number {
  if (fid <= directMax) return fid;
  if (fid === expectedPriceFid) return directMax + 1;
  return fid === expectedQuantityFid ? directMax + 2 : -1;
}

/** A name of one to three digits as a number, without leading zeros; -1 for any other. */
function fidOf(start: number, end: number): number {
  const length = end - start;
  if (length === 0 || length > 3 || bytes[start] === zero) return -1;
  let fid = 0;
  for (let index = start; index < end; index += 1) {
    const digit = (bytes[index] ?? 0) - zero;
    if (digit >>> 0 > 9) return -1;
    fid = fid * 10 + digit;
  }
  return fid;
}

/** The next byte that is no white space. */
function peek(): number {
  let byte = bytes[at] ?? 0;
  while (byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09) {
    at += 1;
    byte = bytes[at] ?? 0;
  }
  return byte;
}

function take(byte: number): boolean {
  if (peek() !== byte) return false;
  at += 1;
  return true;
}

function readName(): boolean {
  return peek() === quote && readString() && take(colon);
}

/** Reads the string that begins here. */
function readString(): boolean {
  let index = at + 1;
  stringStart = index;
  for (;;) {
    while (special[bytes[index] ?? 0] === 0) index += 1;
    if (bytes[index] !== backslash) break;
    escapes += 1;
    // What may stand behind it is judged when the message is read again without escapes.
    index += bytes[index + 1] === 0 ? 1 : 2;
  }
  stringEnd = index;
  at = index + 1;
  return bytes[index] === quote;
}

/** Whether the string that was read last is this. */
function isString(name: string): boolean {
  return isText(name, stringStart, stringEnd);
}

function isText(text: string, start: number, end: number): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

const wordEnd = /[^-+.0-9A-Za-z]/g;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
const words: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** Skips a value of any kind. */
function skipValue(depth: number): boolean {
  const byte = peek();
  if (byte === quote) return readString();
  if (byte !== openBrace && byte !== openBracket) return skipWord();
  if (depth >= depthMax) return false;
  const close = byte === openBrace ? closeBrace : closeBracket;
  at += 1;
  if (take(close)) return true;
  do {
    if (byte === openBrace && !readName()) return false;
    if (!skipValue(depth + 1)) return false;
  } while (take(comma));
  return take(close);
}

/** A number, `true`, `false` or `null`. Rare: no message of Kiwoom's was seen to have one in its data. */
function skipWord(): boolean {
  const rest = lossyText(bytes.subarray(at, at + 40));
  wordEnd.lastIndex = 0;
  const length = wordEnd.exec(rest)?.index ?? rest.length;
  const word = rest.slice(0, length);
  at += length;
  return number.test(word) || words.has(word);
}

/** The type of an entry. */
export function entryType(entry: number): string {
  return placeText(entry * placeCount + typePlace);
}

/** The item of an entry: a code with the suffix of its venue, or nothing. */
export function entryItem(entry: number): string {
  return placeText(entry * placeCount + itemPlace);
}

function placeText(place: number): string {
  const text = knownText(bytes, placeStarts[place] ?? 0, placeEnds[place] ?? 0);
  // Some escapes have to be: a quote, a line's end. The message was walked, so that this is a string.
  return escapes === 0 ? text : (JSON.parse(`"${text}"`) as string);
}

const digitsMax = 15;

/** Whether an entry has a text for a FID. */
export function hasFid(entry: number, fid: number): boolean {
  return (starts[entry * slotCount + slotOf(fid)] ?? -1) >= 0;
}

/**
 * Whole numbers: 1 to 15 digits behind an optional sign, which is a direction for most FIDs, and a space in front, which
 * was seen. Answers the magnitude; NaN for anything else, and for a FID that is not there.
 */
export function fidMagnitude(entry: number, fid: number): number {
  const place = entry * slotCount + slotOf(fid);
  let from = starts[place] ?? -1;
  if (from < 0) return Number.NaN;
  const to = ends[place] ?? 0;
  while (bytes[from] === space) from += 1;
  if (bytes[from] === plus || bytes[from] === minus) from += 1;
  if (to <= from || to - from > digitsMax) return Number.NaN;
  let value = 0;
  for (let index = from; index < to; index += 1) {
    const digit = (bytes[index] ?? 0) - zero;
    if (digit >>> 0 > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** The same without a sign: volumes and quantities of a book have none. */
export function fidUnsigned(entry: number, fid: number): number {
  return fidSign(entry, fid) === 0 ? fidMagnitude(entry, fid) : Number.NaN;
}

/** 1 behind a plus, -1 behind a minus, 0 without a sign. */
export function fidSign(entry: number, fid: number): number {
  const place = entry * slotCount + slotOf(fid);
  let from = starts[place] ?? -1;
  if (from < 0) return 0;
  while (bytes[from] === space) from += 1;
  return bytes[from] === plus ? 1 : bytes[from] === minus ? -1 : 0;
}

/** `HHmmss` as milliseconds since midnight; NaN when it is no time of day. */
export function fidTimeMs(entry: number, fid: number): number {
  const place = entry * slotCount + slotOf(fid);
  const from = starts[place] ?? -1;
  const clock = from < 0 || (ends[place] ?? 0) - from !== 6 ? Number.NaN : fidUnsigned(entry, fid);
  if (Number.isNaN(clock) || bytes[from] === space) return Number.NaN;
  const hours = (clock / 10_000) | 0;
  const minutes = ((clock / 100) | 0) % 100;
  const seconds = clock % 100;
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 3_600 + minutes * 60 + seconds) * 1_000 : Number.NaN;
}
