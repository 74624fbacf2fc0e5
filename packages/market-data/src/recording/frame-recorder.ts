import { type Clock } from '@qts/core';
import { type RecordedFrame, type RecordingHead, recordingVersion } from './recording-format.ts';

/** What a socket tells; the transports of `@qts/broker-kit` fit. */
export interface FrameHandlers {
  onMessage(message: Uint8Array): void;
}

/** As much of a WebSocket transport as has to be heard. */
export interface FrameTransport<Handlers extends FrameHandlers> {
  open(url: string, handlers: Handlers): { send(text: string): void };
}

export interface FrameRecorderSettings {
  readonly head: Omit<RecordingHead, 'format' | 'version' | 'startedAtMs'>;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** Takes a line without its end. */
  readonly write: (line: string) => void;
  /**
   * What may be kept of a frame, or `undefined` for nothing. Runs before anything is written: keys, tokens, account
   * numbers and encrypted notices have to go here. `sanitiseWith` makes one.
   */
  readonly sanitise: (text: string, way: RecordedFrame['way']) => string | undefined;
}

/** Writes sanitised frames, a line each. */
export interface FrameRecorder {
  record(way: RecordedFrame['way'], text: string): void;
  /**
   * The same transport, both ways of which are recorded: as texts. Where a message is no UTF-8 the recording has U+FFFD; the
   * handlers have its bytes as they came.
   */
  listenTo<Handlers extends FrameHandlers, Transport extends FrameTransport<Handlers>>(transport: Transport): Transport;
  readonly frames: number;
}

// A mark at the front is part of the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Makes a recorder; the first line is written at once. */
export function createFrameRecorder({ head, clock, write, sanitise }: FrameRecorderSettings): FrameRecorder {
  const startedMonotonicMs = clock.monotonicMs();
  write(JSON.stringify({ format: 'qts-frames', version: recordingVersion, ...head, startedAtMs: clock.nowMs() }));
  let frames = 0;

  function record(way: RecordedFrame['way'], text: string): void {
    const kept = sanitise(text, way);
    if (kept === undefined) return;
    frames += 1;
    const frame: RecordedFrame = { afterMs: Math.round(clock.monotonicMs() - startedMonotonicMs), way, text: kept };
    write(JSON.stringify(frame));
  }

  return {
    record,
    get frames() {
      return frames;
    },
    listenTo(transport) {
      return {
        ...transport,
        open(url: string, handlers: FrameHandlers) {
          const connection = transport.open(url, {
            ...handlers,
            onMessage(message: Uint8Array) {
              record('IN', decoder.decode(message));
              handlers.onMessage(message);
            },
          } as never);
          return {
            ...connection,
            send(text: string) {
              record('OUT', text);
              connection.send(text);
            },
          };
        },
      };
    },
  };
}

/**
 * A sanitiser that drops every frame in which one of these texts stands (keys, tokens, the account number, the login
 * name), and every frame that `isSecret` names (encrypted notices, answers that carry their keys).
 *
 * @throws {RangeError} when a text is shorter than four characters: it would drop frames by chance
 */
export function sanitiseWith(
  secrets: readonly string[],
  isSecret: (text: string) => boolean = () => false,
): (text: string) => string | undefined {
  if (secrets.some(({ length }) => length < 4)) throw new RangeError('A secret has four characters at least.');
  return (text) => (isSecret(text) || secrets.some((secret) => text.includes(secret)) ? undefined : text);
}
