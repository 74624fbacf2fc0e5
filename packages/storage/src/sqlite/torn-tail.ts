import { readFileSync } from 'node:fs';

/**
 * Bytes at the end of a write-ahead log that belong to a commit which never became whole: what a power loss left of a
 * write that nobody was told is durable. SQLite cuts them by itself when it opens the file; this counts them first, so
 * that the cut can be told.
 *
 * The format is SQLite's (sqlite.org/fileformat2.html, "WAL File Format"): a header of 32 bytes, then frames of 24 bytes
 * and a page. A frame is of the current run when its salt is the header's; the last frame of a commit says how many pages
 * the database has then. Frames of an earlier run behind the current one are no tail.
 *
 * @param walFile must not be the database file itself: closing that would free the lock of this process (POSIX).
 */
export function countTornBytes(walFile: string): number {
  const wal = readIfPresent(walFile);
  if (wal.length < headerBytes) return wal.length;
  const frameBytes = frameHeaderBytes + wal.readUInt32BE(8);
  const isLittleEndian = (wal.readUInt32BE(0) & 1) === 0;
  const words = new DataView(wal.buffer, wal.byteOffset, wal.length);
  let sums = checksum(words, 0, 24, [0, 0], isLittleEndian);
  if (!isSum(wal, 24, sums)) return 0; // SQLite starts the log anew.
  let wholeEnd = headerBytes;
  let runEnd = headerBytes;
  for (let at = headerBytes; at < wal.length; at += frameBytes) {
    const isOfThisRun = at + 16 <= wal.length && wal.compare(wal, 16, 24, at + 8, at + 16) === 0;
    if (!isOfThisRun && at + 16 <= wal.length) break;
    runEnd = Math.min(at + frameBytes, wal.length);
    if (at + frameBytes > wal.length) break;
    sums = checksum(words, at, 8, sums, isLittleEndian);
    sums = checksum(words, at + frameHeaderBytes, frameBytes - frameHeaderBytes, sums, isLittleEndian);
    if (!isSum(wal, at + 16, sums)) break;
    if (wal.readUInt32BE(at + 4) > 0) wholeEnd = at + frameBytes;
  }
  return runEnd - wholeEnd;
}

const headerBytes = 32;
const frameHeaderBytes = 24;

type Sums = readonly [number, number];

/** SQLite's running checksum over pairs of 32-bit words. */
function checksum(words: DataView, from: number, length: number, [first, second]: Sums, isLittleEndian: boolean): Sums {
  let [s0, s1] = [first | 0, second | 0];
  for (let at = from; at < from + length; at += 8) {
    s0 = (s0 + words.getInt32(at, isLittleEndian) + s1) | 0;
    s1 = (s1 + words.getInt32(at + 4, isLittleEndian) + s0) | 0;
  }
  return [s0 >>> 0, s1 >>> 0];
}

function isSum(bytes: Buffer, at: number, [s0, s1]: Sums): boolean {
  return bytes.readUInt32BE(at) === s0 && bytes.readUInt32BE(at + 4) === s1;
}

function readIfPresent(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
