import { existsSync } from 'node:fs';
import { type WebSocketTransport } from '@qts/broker-kit';
import { type Clock, ConfigurationError, type Secret } from '@qts/core';
import {
  type RecordedFrame,
  type RecordingHead,
  createFrameRecorder,
  createRecordingFile,
  playRecording,
  readRecordingFile,
  sanitiseWith,
} from '@qts/market-data';

/** A recording that is being written. */
export interface RunningRecording {
  /** The same transport; both ways are recorded. */
  readonly transport: WebSocketTransport;
  readonly frames: () => number;
  close(): void;
}

export interface RecordSettings {
  readonly file: string;
  readonly head: Pick<RecordingHead, 'brokerId' | 'feed' | 'simulated'>;
  readonly transport: WebSocketTransport;
  readonly clock: Clock;
  /** Asked for each frame: a broker is made after its transport. */
  readonly secrets: () => readonly Secret[];
}

/** Words that stand in frames with keys or tokens, and before encrypted notices. */
const secretSigns: readonly string[] = ['approval_key', '"token"'];

/**
 * Records both ways of a transport into a new file that only its owner may read. Left out whole: frames with keys, tokens,
 * an account number or a login id, and encrypted notices; the keys in answers to registrations are blanked.
 *
 * @throws {ConfigurationError} when the file is there already or cannot be made
 */
export function recordFrames({ file, head, transport, clock, secrets }: RecordSettings): RunningRecording {
  const target = createRecordingFile(file);
  const isSecret = (text: string): boolean =>
    text.startsWith('1|') ||
    secretSigns.some((sign) => text.includes(sign)) ||
    secrets().some((secret) => text.includes(secret.reveal()));
  const drop = sanitiseWith([], isSecret);
  const recorder = createFrameRecorder({
    ...{ head, clock, write: target.write },
    sanitise: (text) =>
      drop(
        text.replace(
          /("(?:iv|key)"\s*:\s*")([^"]*)/g,
          (_, name: string, value: string) => name + '0'.repeat(value.length),
        ),
      ),
  });
  let isOpen = true;
  return {
    transport: recorder.listenTo(transport),
    frames: () => recorder.frames,
    close() {
      if (isOpen) target.close();
      isOpen = false;
    },
  };
}

/**
 * Reads a whole recording.
 *
 * @throws {ConfigurationError} when it is not there, is no recording, of a newer layout, or of another broker
 */
export async function readRecording(
  file: string,
  brokerId: string,
): Promise<{ readonly head: RecordingHead; readonly frames: readonly RecordedFrame[] }> {
  if (!existsSync(file)) {
    throw new ConfigurationError({
      code: 'RECORDING_UNREADABLE',
      summary: 'The recording is not there. Nothing was played.',
      facts: { file },
      next: 'Give a file that qts watch --record wrote.',
    });
  }
  const { head, frames } = await playRecording(readRecordingFile(file), { brokerId });
  const all: RecordedFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return { head, frames: all };
}
