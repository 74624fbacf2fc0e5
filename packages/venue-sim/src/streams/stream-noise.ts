import { type VenueFrame } from '../server/venue-stream.ts';

/** Messages that no broker sends. All of it is made up here. */

const kilobyte = 1024;
const byteValues = 256;

/** Text that is neither JSON nor a record. */
export const garbageFrame: VenueFrame = '\u0000\uFFFD{"header":|^|0|H0ST';

/** Every value that a byte can have, once. */
export const binaryFrame: VenueFrame = Uint8Array.from({ length: byteValues }, (_, value) => value);

/** One letter, many times. */
export function hugeFrame(kilobytes: number): VenueFrame {
  return 'x'.repeat(kilobytes * kilobyte);
}
