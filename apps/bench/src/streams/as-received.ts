/** Bytes before the text of a frame: its head, with a length of two bytes. */
const headBytes = 4;

/** Frames as a socket hands them on: views of the bytes that came in one read, in front of each its head. */
export function asReceived(texts: readonly string[]): readonly Uint8Array[] {
  const payloads = texts.map((text) => Buffer.from(text, 'utf8'));
  const read = Buffer.concat(payloads.flatMap((payload) => [Buffer.alloc(headBytes), payload]));
  let end = 0;
  return payloads.map(({ length }) => {
    end += headBytes + length;
    return read.subarray(end - length, end);
  });
}
