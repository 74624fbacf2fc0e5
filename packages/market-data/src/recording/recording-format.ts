import { ConfigurationError, describeFound } from '@qts/core';

/** First line of a recording. One JSON document a line follows: a {@link RecordedFrame}. */
export interface RecordingHead {
  readonly format: 'qts-frames';
  /** Of this layout; a newer one is refused. */
  readonly version: number;
  readonly brokerId: string;
  /** Label of the feed, without keys: `wss://ops.koreainvestment.com:21000`. */
  readonly feed: string;
  readonly startedAtMs: number;
  /** True when the frames came from a simulated venue. */
  readonly simulated: boolean;
}

/** One text frame, sanitised. */
export interface RecordedFrame {
  /** Ms since the head's `startedAtMs`. */
  readonly afterMs: number;
  /** `IN` from the broker, `OUT` to it. */
  readonly way: 'IN' | 'OUT';
  readonly text: string;
}

export const recordingVersion = 1;

/**
 * Reads the first line.
 *
 * @throws {ConfigurationError} when it is no recording, one of a newer layout, or one of another broker than is wanted
 */
export function parseRecordingHead(line: string, wantedBrokerId?: string): RecordingHead {
  const head = parseLine(line) as Partial<RecordingHead> | undefined;
  if (head?.format !== 'qts-frames' || typeof head.version !== 'number' || typeof head.brokerId !== 'string') {
    throw new ConfigurationError({
      code: 'RECORDING_UNREADABLE',
      summary: 'This file is no recording of frames. Nothing was played.',
      facts: { line: 1, found: describeFound(head) },
      next: 'Give a file that `createFrameRecorder` wrote: its first line is {"format":"qts-frames", …}.',
    });
  }
  if (head.version > recordingVersion) {
    throw new ConfigurationError({
      code: 'RECORDING_TOO_NEW',
      summary: 'The recording has a newer layout than this version reads. Nothing was played.',
      facts: { version: head.version, readable: recordingVersion },
      next: 'Use the version of @qts/market-data that wrote it, or a newer one.',
    });
  }
  if (wantedBrokerId !== undefined && head.brokerId !== wantedBrokerId) {
    throw new ConfigurationError({
      code: 'RECORDING_OF_ANOTHER_BROKER',
      summary: 'The recording is of another broker. Nothing was played.',
      facts: { recorded: head.brokerId, wanted: wantedBrokerId },
      next: `Play it into the codecs of ${head.brokerId}.`,
    });
  }
  return { feed: '', startedAtMs: 0, simulated: false, ...head } as RecordingHead;
}

/**
 * Reads a frame.
 *
 * @throws {ConfigurationError} naming the line and what was found
 */
export function parseRecordedFrame(line: string, number: number): RecordedFrame {
  const frame = parseLine(line) as Partial<RecordedFrame> | undefined;
  const { afterMs, way, text } = frame ?? {};
  if (typeof afterMs === 'number' && afterMs >= 0 && (way === 'IN' || way === 'OUT') && typeof text === 'string') {
    return { afterMs, way, text };
  }
  throw new ConfigurationError({
    code: 'RECORDING_UNREADABLE',
    summary: 'A line of the recording is no frame. What came before it was played.',
    facts: { line: number, found: describeFound(frame) },
    next: 'A line that was cut at the end of the file can be deleted; anything else is damage.',
  });
}

function parseLine(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
