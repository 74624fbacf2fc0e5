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

const bytes: Uint8Array<ArrayBuffer> = new Uint8Array(messageBytesMax + 1);
/** Where a message may be written: the byte behind is for its end. */
const room: Uint8Array<ArrayBuffer> = bytes.subarray(0, messageBytesMax);
const text8: Buffer = Buffer.from(bytes.buffer);
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
let scanned = '';
let scannedEntries = -1;

/**
 * Walks a message; answers how many entries a `REAL` message has, -1 for anything else: another message, none that can be
 * read, or too long. What it found holds until the next scan.
 */
export function scanFrame(text: string): number {
  if (text === scanned) return scannedEntries;
  escapes = 0;
  let entries = walk(text);
  if (escapes > 0) {
    // Escapes are allowed in any name and value, and were never seen: without them the walk stays simple.
    const plain = withoutEscapes(text);
    entries = plain === undefined ? -1 : walk(plain);
  }
  scanned = text;
  scannedEntries = entries;
  return entries;
}

/** Whether the present scan is of this message: a listener may have read another in between. */
export function isScanned(text: string): boolean {
  return text === scanned;
}

function withoutEscapes(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function walk(text: string): number {
  if (text.length > messageBytesMax) return -1;
  const { read, written } = encoder.encodeInto(text, room);
  if (read !== text.length) return -1;
  // No byte of JSON is zero outside a string, and none in it: every walk ends here.
  bytes[written] = 0;
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
  return peek() === 0 && at === written && isReal ? entries : -1;
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
  placeStarts.fill(-1, places, places + placeCount);
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

/**
 * Walks `"1071":"63318",` over and over, as Kiwoom writes its values, for as long as a comma follows: the last one, and
 * whatever looks otherwise, is left to the general way. Nearly all of a message is walked here.
 */
function walkPlainFids(base: number): void {
  for (;;) {
    let index = at;
    if (bytes[index] !== quote) return;
    index += 1;
    const first = index;
    let fid = 0;
    let digit = (bytes[index] ?? 0) - zero;
    if (digit === 0) return;
    while (digit >>> 0 < 10) {
      fid = fid * 10 + digit;
      index += 1;
      digit = (bytes[index] ?? 0) - zero;
    }
    const isName = index > first && index - first < 6;
    if (!isName || bytes[index] !== quote || bytes[index + 1] !== colon || bytes[index + 2] !== quote) return;
    index += 3;
    const start = index;
    while (special[bytes[index] ?? 0] === 0) index += 1;
    if (bytes[index] !== quote || bytes[index + 1] !== comma) return;
    const slot = slotOf(fid);
    if (slot >= 0) {
      starts[base + slot] = start;
      ends[base + slot] = index;
    }
    at = index + 2;
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
  const rest = text8.toString('latin1', at, at + 40);
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

/** Texts that came before, by a sum of their bytes: types and items are few, and a new text for each is dear. */
const knownTexts: (string | undefined)[] = Array.from({ length: 1_024 }, () => undefined);
/** A longer text is no code: it is not worth keeping. */
const knownLengthMax = 16;

function placeText(place: number): string {
  const start = placeStarts[place] ?? 0;
  const end = placeEnds[place] ?? 0;
  let sum = 0;
  for (let index = start; index < end; index += 1) sum = (Math.imul(sum, 31) + (bytes[index] ?? 0)) | 0;
  const known = knownTexts[sum & 1_023];
  if (known !== undefined && isText(known, start, end)) return known;
  const text = text8.toString('latin1', start, end);
  if (text.length <= knownLengthMax) knownTexts[sum & 1_023] = text;
  return text;
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
