import { type Exchange } from '../exchange/contracts.ts';
import { type FaultDesk } from '../faults/fault-desk.ts';
import { type StruckFault } from '../faults/fault-swarm.ts';
import { streamEdits, streamRefusals, type StreamAct, type StreamKind } from '../faults/stream-acts.ts';
import { type VenueFaultParameters } from '../faults/venue-fault-control.ts';
import { type VenueFaultId } from '../faults/venue-faults.ts';
import {
  type RecordedStream,
  type VenueFrame,
  type VenueStreamClient,
  type VenueStreamEnd,
  type VenueStreamInfo,
  type VenueStreamSession,
} from '../server/venue-stream.ts';
import { type DeliveryLine } from './delivery-line.ts';
import { type DialectStream, type DialectStreams, type StreamConnection, type StreamFrame } from './dialect-streams.ts';
import { binaryFrame, garbageFrame, hugeFrame } from './stream-noise.ts';

/** What the links of a front share. */
export interface StreamLinkParts {
  readonly streams: DialectStreams;
  readonly desk: FaultDesk;
  readonly exchange: Exchange;
  readonly line: DeliveryLine;
  /** Brings the exchange up to the clock. */
  catchUp(): number;
  /** No connection is taken until then. */
  refuseUntil(atMs: number): void;
}

/** How a connection ends without a close frame. */
const cutEnd: VenueStreamEnd = { code: 1006, reason: '' };
const cleanEnd: VenueStreamEnd = { code: 1000, reason: '' };

/** Pings without an echo before the venue gives a client up (assumed: nobody has published it). */
const unansweredPingsMax = 3;

/** What may wait for a client that does not read, and how many messages may wait for their time (assumed). */
const bufferedBytesMax = 8 * 1024 * 1024;
const waitingFramesMax = 100_000;

const recordedFaultsMax = 1000;
const secondMs = 1000;

/**
 * One stream between a client and a dialect, with whatever goes wrong on it.
 *
 * ```
 * client → receive → faults of requests → dialect
 * dialect → send → faults of messages → waits for its instant → client
 * ```
 */
export class StreamLink implements VenueStreamSession, StreamConnection {
  readonly #parts: StreamLinkParts;
  readonly #client: VenueStreamClient;
  readonly #info: VenueStreamInfo;
  readonly #openedAtMs: number;
  readonly #dialect: DialectStream;
  readonly #muted = new Set<string>();
  readonly #held = new Map<StreamFrame['kind'], (() => void)[]>();
  readonly #sent = new Map<string, number>();
  readonly #faults: VenueFaultId[] = [];
  /** What happens to one message and leaves the line as it is. */
  readonly #messageActs: Readonly<
    Partial<Record<StreamAct, (frame: StreamFrame, parameters: VenueFaultParameters) => void>>
  > = {
    WITHHELD: () => undefined,
    DUPLICATE: (frame) => {
      this.#leave(frame);
      this.#leave(frame);
    },
    IN_FRAGMENTS: (frame) => {
      this.#leave(frame, frame.text, true);
    },
    AT_ONCE: (frame) => {
      this.#leaveNow(frame.text, frame.operation);
    },
    DELAY: (frame, { delayMs = 0 }) => {
      this.#wait(this.#parts.exchange.nowMs + delayMs, () => {
        this.#transmit(frame.text, frame.operation, false);
      });
    },
    REORDER: (frame, { delayMs = 0 }) => {
      this.#hold(frame, this.#parts.exchange.nowMs + delayMs);
    },
    FLOOD: (frame, { frames = 0 }) => {
      this.#flood(frame, frames);
    },
  };
  #received = 0;
  #waiting = 0;
  #unansweredPings = 0;
  /** The answer to the request at hand does not leave. */
  #swallowsAnswers = false;
  /** Set once nothing gets through any more although the connection is there. */
  #halfOpenLingersMs: number | undefined;
  #end: RecordedStream['end'];

  constructor(parts: StreamLinkParts, client: VenueStreamClient, info: VenueStreamInfo) {
    this.#parts = parts;
    this.#client = client;
    this.#info = info;
    this.#openedAtMs = parts.exchange.nowMs;
    this.#dialect = parts.streams.open(info, this);
    this.#pingLater();
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  receive(frame: VenueFrame): void {
    if (!this.isOpen) return;
    this.#received += 1;
    if (this.#halfOpenLingersMs !== undefined) return;
    this.#parts.catchUp();
    const text = typeof frame === 'string' ? frame : new TextDecoder().decode(frame);
    const { kind, operation, subscription } = this.#dialect.requestOf(text);
    if (kind === 'ECHO') {
      this.#unansweredPings = 0;
      return;
    }
    const whole = this.#choose('STREAM_REQUEST', operation).find(({ fault }) => fault.takes === 'WHOLE');
    if (whole === undefined) this.#take(text, subscription);
    else this.#takeUnder(whole, text, subscription);
  }

  answersProtocolPing(): boolean {
    if (!this.isOpen || this.#halfOpenLingersMs !== undefined) return false;
    this.#parts.catchUp();
    const [withheld] = this.#choose('PROTOCOL_PING', 'ping');
    if (withheld === undefined) return true;
    this.#count(withheld);
    return false;
  }

  close(clean = true): void {
    if (!this.isOpen) return;
    this.#finish(clean ? cleanEnd : cutEnd, 'CLIENT', this.#halfOpenLingersMs ?? 0);
  }

  send(frame: StreamFrame): void {
    if (!this.isOpen || this.#halfOpenLingersMs !== undefined) return;
    if (frame.kind === 'STREAM_ANSWER') {
      if (!this.#swallowsAnswers) this.#leaveNow(frame.text, frame.operation);
      return;
    }
    if (this.#muted.has(frame.subscription)) return;
    const struck = this.#choose(frame.kind, frame.operation);
    for (const each of struck) if (each.fault.takes === 'BESIDE') this.#strikeBeside(each, frame);
    const whole = struck.find(({ fault }) => fault.takes === 'WHOLE');
    if (whole === undefined) this.#leave(frame);
    else this.#leaveUnder(whole, frame);
  }

  end(end: VenueStreamEnd): void {
    this.#parts.line.now(() => {
      this.#endByVenue(end, 0);
    });
  }

  /** The stream as it went. */
  record(): RecordedStream {
    return {
      path: this.#info.path,
      openedAtMs: this.#openedAtMs,
      framesReceived: this.#received,
      framesSent: Object.fromEntries(this.#sent),
      subscriptions: this.isOpen ? this.#dialect.subscriptions() : [],
      faults: [...this.#faults],
      ...(this.#end === undefined ? {} : { end: this.#end }),
    };
  }

  /** The venue goes away. */
  shutDown(): void {
    this.#endByVenue({ code: 1001, reason: '' }, 0);
  }

  #choose(kind: StreamKind, operation: string): readonly StruckFault[] {
    const { desk, exchange } = this.#parts;
    return desk.idle ? [] : desk.choose({ operation, kind, laterPage: false }, exchange.nowMs);
  }

  #count({ fault }: StruckFault): void {
    this.#parts.desk.count(fault.id);
    if (this.#faults.length < recordedFaultsMax) this.#faults.push(fault.id);
  }

  #take(text: string, subscription: string): void {
    this.#muted.delete(subscription);
    this.#dialect.receive(text);
  }

  #takeUnder(struck: StruckFault, text: string, subscription: string): void {
    const { stream, acceptance } = struck.fault;
    if (stream === 'MUTED' && subscription === '') {
      this.#take(text, subscription); // nothing is registered by it
      return;
    }
    this.#count(struck);
    if (stream === 'ANSWER_LOST') {
      if (acceptance === 'BEFORE') return;
      this.#swallowsAnswers = true;
      this.#take(text, subscription);
      this.#swallowsAnswers = false;
    } else if (stream === 'MUTED') {
      this.#take(text, subscription);
      this.#muted.add(subscription);
    } else if (isOneOf(streamRefusals, stream)) this.#dialect.refuse(stream, text);
    else this.#breakLine(struck);
  }

  #strikeBeside(struck: StruckFault, frame: StreamFrame): void {
    const { stream } = struck.fault;
    if (stream === 'STRANGER') {
      if (frame.tradeByHand?.() === true) this.#count(struck);
      return;
    }
    this.#count(struck);
    if (stream === 'GARBAGE') this.#leaveNow(garbageFrame, noise);
    else if (stream === 'BINARY') this.#leaveNow(binaryFrame, noise);
    else this.#leaveNow(hugeFrame(struck.parameters.kilobytes ?? 1), noise);
  }

  /** A message goes as it should, after what the broker takes to send it. */
  #leave(frame: StreamFrame, text = frame.text, inFragments = false): void {
    const { exchange, streams } = this.#parts;
    const deliver = (): void => {
      if (frame.kind === 'STREAM_PING') this.#unansweredPings += 1;
      this.#transmit(text, frame.operation, inFragments);
      this.#releaseHeld(frame.kind);
    };
    if (frame.kind === 'ORDER_NOTICE') this.#wait(exchange.nowMs + streams.noticeLatencyMs, deliver);
    else this.#parts.line.now(deliver);
  }

  #leaveNow(frame: VenueFrame, operation: string): void {
    this.#parts.line.now(() => {
      this.#transmit(frame, operation, false);
    });
  }

  #leaveUnder(struck: StruckFault, frame: StreamFrame): void {
    const { stream } = struck.fault;
    if (isOneOf(streamEdits, stream)) {
      const texts = frame.edit(stream);
      if (texts === undefined) {
        this.#leave(frame);
        return;
      }
      this.#count(struck);
      for (const text of texts) this.#leave(frame, text);
      return;
    }
    this.#count(struck);
    const act = this.#messageActs[stream];
    if (act === undefined) this.#breakLine(struck);
    else act(frame, struck.parameters);
  }

  /** The message stays until another of its kind has left, or until `atMs`. */
  #hold(frame: StreamFrame, atMs: number): void {
    let left = false;
    const release = (): void => {
      if (left) return;
      left = true;
      this.#transmit(frame.text, frame.operation, false);
    };
    const held = this.#held.get(frame.kind) ?? [];
    this.#held.set(frame.kind, [...held, release]);
    this.#wait(atMs, release);
  }

  #releaseHeld(kind: StreamFrame['kind']): void {
    const held = this.#held.get(kind);
    if (held === undefined) return;
    this.#held.delete(kind);
    for (const release of held) release();
  }

  /** Copies spread over a second, a part of them each hundredth. */
  #flood(frame: StreamFrame, frames: number): void {
    const bursts = 100;
    const { nowMs } = this.#parts.exchange;
    let left = frames;
    for (let burst = 0; burst < bursts && left > 0; burst += 1) {
      const size = Math.min(left, Math.ceil(frames / bursts));
      left -= size;
      this.#wait(nowMs + (burst * secondMs) / bursts, () => {
        for (let each = 0; each < size; each += 1) this.#transmit(frame.text, frame.operation, false);
      });
    }
  }

  /** What takes the connection, and the message with it. */
  #breakLine({ fault, parameters }: StruckFault): void {
    const { lingersMs = 0, durationMs = 0 } = parameters;
    const { stream } = fault;
    if (stream === 'CLOSE') this.end(cleanEnd);
    else if (stream === 'HALF_OPEN') this.#halfOpenLingersMs = lingersMs;
    else if (stream === 'THROWN_OUT') this.#dialect.throwOut();
    else {
      if (stream === 'GAP') this.#parts.refuseUntil(this.#parts.exchange.nowMs + durationMs);
      this.#cut(lingersMs);
    }
  }

  #cut(lingersMs: number): void {
    this.#parts.line.now(() => {
      this.#endByVenue(cutEnd, lingersMs);
    });
  }

  #wait(atMs: number, deliver: () => void): void {
    if (this.#waiting >= waitingFramesMax) {
      this.#cut(0);
      return;
    }
    this.#waiting += 1;
    this.#parts.line.at(atMs, () => {
      this.#waiting -= 1;
      deliver();
    });
  }

  #transmit(frame: VenueFrame, operation: string, inFragments: boolean): void {
    if (!this.isOpen || this.#halfOpenLingersMs !== undefined) return;
    this.#sent.set(operation, (this.#sent.get(operation) ?? 0) + 1);
    this.#client.onFrame(frame, inFragments);
    if ((this.#client.bufferedBytes?.() ?? 0) > bufferedBytesMax) this.#endByVenue(cutEnd, 0);
  }

  #pingLater(): void {
    const { streams, exchange, line } = this.#parts;
    line.at(exchange.nowMs + streams.pingEveryMs, () => {
      if (!this.isOpen) return;
      if (this.#halfOpenLingersMs === undefined && this.#unansweredPings >= unansweredPingsMax) {
        this.#endByVenue(cutEnd, 0);
        return;
      }
      this.send(this.#dialect.ping(exchange.nowMs));
      this.#pingLater();
    });
  }

  #endByVenue(end: VenueStreamEnd, lingersMs: number): void {
    if (!this.isOpen) return;
    this.#finish(end, 'VENUE', lingersMs);
    this.#client.onClose(end);
  }

  #finish(end: VenueStreamEnd, by: 'CLIENT' | 'VENUE', lingersMs: number): void {
    this.#end = { ...end, by, atMs: this.#parts.exchange.nowMs };
    this.#held.clear();
    this.#dialect.ended(lingersMs);
  }
}

/** Under this name go messages that no broker words. */
const noise = 'noise';

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return (names as readonly string[]).includes(name);
}
