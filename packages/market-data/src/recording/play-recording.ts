import { type RecordedFrame, type RecordingHead, parseRecordedFrame, parseRecordingHead } from './recording-format.ts';

/** A recording, opened: its head, and its frames in order. */
export interface PlayedRecording {
  readonly head: RecordingHead;
  /** @throws {ConfigurationError} (rejects) at a line that is no frame */
  readonly frames: AsyncIterable<RecordedFrame>;
}

/**
 * Opens a recording from its lines, in order: those of a file, or of a fixture.
 *
 * @throws {ConfigurationError} (rejects) when it is no recording, of a newer layout, or of another broker than `brokerId`
 */
export async function playRecording(
  lines: AsyncIterable<string> | Iterable<string>,
  { brokerId }: { readonly brokerId?: string } = {},
): Promise<PlayedRecording> {
  const iterator = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
  const first = await iterator.next();
  const head = parseRecordingHead(first.done === true ? '' : first.value, brokerId);
  return { head, frames: readFrames(iterator) };
}

async function* readFrames(iterator: AsyncIterator<string> | Iterator<string>): AsyncGenerator<RecordedFrame> {
  for (let number = 2; ; number += 1) {
    const next = await iterator.next();
    if (next.done === true) return;
    if (next.value !== '') yield parseRecordedFrame(next.value, number);
  }
}
