import { type Clock, type Timer } from '@qts/core';
import { type RecordedFrame } from './recording-format.ts';

/** What a socket tells; the handlers of `@qts/broker-kit`'s transports fit. */
export interface ReplayHandlers {
  onOpen(): void;
  onMessage(message: Uint8Array): void;
  onClose(code: number, reason: string): void;
}

/** One played connection, in the form of `@qts/broker-kit`'s connections. */
export interface ReplayConnection {
  send(text: string): void;
  close(): void;
  terminate(): void;
}

export interface ReplaySettings {
  /** Frames of a recording, in order; those that went out are left out. */
  readonly frames: readonly RecordedFrame[];
  readonly clock: Pick<Clock, 'setTimer'>;
  /**
   * How much later than recorded a frame comes, ms, default 100: answers have to come behind the requests of this
   * session, which is paced a little otherwise than the recorded one.
   */
  readonly delayMs?: number;
}

/** A WebSocket transport whose other side is a recording. It opens no socket. */
export interface ReplayTransport {
  /** Frames that were played. */
  readonly played: number;
  /** Texts that were sent into it. Nobody answers them but the recording. */
  readonly sent: readonly string[];
  open(url: string, handlers: ReplayHandlers): ReplayConnection;
}

const encoder = new TextEncoder();

/**
 * Plays a recording into whatever opens a socket, an adapter's streams say. Playing begins when the client first speaks,
 * because a broker says nothing before, and keeps the recorded distances in time. The recording is played once, to the
 * first connection; others are open and silent.
 */
export function createReplayTransport({ frames, clock, delayMs = 100 }: ReplaySettings): ReplayTransport {
  const incoming = frames.filter(({ way }) => way === 'IN');
  const sent: string[] = [];
  let played = 0;
  let isTaken = false;

  function play(handlers: ReplayHandlers, keep: (timer: Timer) => void): void {
    const [first] = incoming;
    if (isTaken || first === undefined) return;
    isTaken = true;
    let next = 0;
    let atMs = first.afterMs - delayMs;
    schedule();

    function schedule(): void {
      const frame = incoming[next];
      if (frame === undefined) return;
      keep(
        clock.setTimer(
          () => {
            atMs = frame.afterMs;
            next += 1;
            played += 1;
            handlers.onMessage(encoder.encode(frame.text));
            schedule();
          },
          Math.max(0, frame.afterMs - atMs),
        ),
      );
    }
  }

  return {
    get played() {
      return played;
    },
    sent,
    open(_url, handlers) {
      let pending: Timer | undefined;
      let isOver = false;
      const later = (work: () => void): void => {
        pending = clock.setTimer(work, 0);
      };
      later(() => {
        handlers.onOpen();
      });

      function end(code: number): void {
        if (isOver) return;
        isOver = true;
        pending?.cancel();
        // Not by the clock: whoever closes may have stopped it.
        queueMicrotask(() => {
          handlers.onClose(code, '');
        });
      }

      return {
        send(text) {
          if (isOver) return;
          sent.push(text);
          play(handlers, (timer) => {
            if (isOver) timer.cancel();
            else pending = timer;
          });
        },
        close() {
          end(1000);
        },
        terminate() {
          end(1006);
        },
      };
    },
  };
}
