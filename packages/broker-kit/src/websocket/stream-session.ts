import { BrokerError, type Clock, type Logger, QtsError, type Timer } from '@qts/core';
import { type RandomSource } from '../time/random-source.ts';
import { createQuietWatch } from './quiet-watch.ts';
import { createReconnectPace } from './reconnect-pace.ts';
import { createRegistrar } from './registrar.ts';
import { type Registration } from './registration-book.ts';
import { nextSessionState, type SessionMove, type SessionState } from './session-states.ts';
import { type ProtocolPort, type StreamProtocol, type StreamRefusal } from './stream-protocol.ts';
import { type WebSocketConnection, type WebSocketHandlers, type WebSocketTransport } from './websocket-transport.ts';

/** From opening a socket to a login that is accepted, ms. */
const openMs = 10_000;
/** How long a clean close may take before the socket is cut, ms. */
const closeMs = 1_000;
/**
 * A session that ended uncleanly may linger at the broker for so long, ms (assumed): one of ours, or one of a run before this
 * that was killed.
 */
const lingerMs = 60_000;
/** Refusals of credentials in a row that fresh ones may follow. */
const credentialRefusalsMax = 2;

/** The end of a connection, and what comes next. */
export interface ConnectionLoss {
  readonly reason: string;
  readonly next: string;
  /** Until the next attempt; absent when there is none. */
  readonly retryInMs?: number;
  readonly alarm: boolean;
  /** When something was last heard, monotonic ms; absent when this attempt never got that far. */
  readonly heardAtMs?: number;
}

/** Hears of a session. Each user of the session has one, and picks what is its own. */
export interface SessionListener {
  /** A registration was confirmed: data may come. */
  confirmed(registration: Registration): void;
  refused(registration: Registration, refusal: StreamRefusal): void;
  /** Every registration has its answer. */
  settled(): void;
  lost(loss: ConnectionLoss): void;
}

export interface StreamSessionSettings {
  readonly protocol: StreamProtocol;
  readonly transport: WebSocketTransport;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger?: Logger;
}

/** One WebSocket session of one key, shared by all streams of that key. */
export interface StreamSession {
  readonly state: SessionState;
  readonly registrationsUsed: number;
  /** Registrations that the broker grants one session. */
  readonly registrationMax: number;
  /** Answers the function that ends the listening. */
  listen(listener: SessionListener): () => void;
  /**
   * Registers, or shares what is registered already; connects when it is the first. Answers the refusal when the session
   * has failed or the budget is spent; otherwise the listeners hear what becomes of it.
   */
  register(registration: Registration): StreamRefusal | undefined;
  release(key: string): void;
  /** Removes and registers anew, for fresh decryption keys or because nothing comes. */
  renew(key: string): void;
  /** Gives the connection up and makes another. */
  reconnect(reason: string): void;
  /** Clean close. No timer and no socket stay. Safe to call twice. */
  close(): Promise<void>;
}

/** Makes a session. Nothing is connected before the first registration. */
export function createStreamSession(settings: StreamSessionSettings): StreamSession {
  const { protocol, transport, clock, logger } = settings;
  const listeners = new Set<SessionListener>();
  const pace = createReconnectPace(clock, settings.random);
  const quiet = createQuietWatch(clock, protocol.pingPeriodMs, (quietMs) => {
    lose('HALF_OPEN', `Nothing was heard for ${Math.round(quietMs)} ms, two ping periods.`);
  });
  let state: SessionState = 'IDLE';
  let connection: WebSocketConnection | undefined;
  let timer: Timer | undefined;
  let preparing: AbortController | undefined;
  let liveSinceMs: number | undefined;
  /** Since when the broker may hold a session that nobody has any more. */
  let lingersSinceMs = Number.NEGATIVE_INFINITY;
  let credentialRefusals = 0;
  let failure: StreamRefusal | undefined;
  let closed: (() => void) | undefined;

  const registrar = createRegistrar(protocol, clock, (text) => connection?.send(text), {
    confirmed(registration) {
      credentialRefusals = 0;
      // The session is ours: if the key is taken from here on, it was not by one that lingers.
      lingersSinceMs = Number.NEGATIVE_INFINITY;
      for (const each of listeners) each.confirmed(registration);
    },
    refused(registration, refusal) {
      logger?.warn('subscription-refused', { broker: protocol.brokerId, reason: refusal.reason });
      for (const each of listeners) each.refused(registration, refusal);
    },
    settled() {
      for (const each of listeners) each.settled();
    },
    unanswered() {
      lose('REGISTRATIONS_UNANSWERED', 'Registrations get no answer on this connection.');
    },
  });

  const port: ProtocolPort = {
    echo(text) {
      connection?.send(text);
      quiet.pinged(quiet.heardAtMs);
    },
    loggedIn() {
      if (!move('LOGGED_IN')) return;
      timer?.cancel();
      liveSinceMs = clock.monotonicMs();
      registrar.live();
    },
    registered(key) {
      registrar.confirmed(key);
    },
    refused(refusal, key) {
      if (refusal.retry === 'NEW_CREDENTIALS') refuseCredentials(refusal);
      else registrar.refused(refusal, key);
    },
    sessionRefused(refusal) {
      const mayLinger = clock.monotonicMs() - lingersSinceMs <= lingerMs;
      const isElsewhere = refusal.reason === keyInUseElsewhere;
      if (refusal.retry === 'LATER' && !isElsewhere)
        lose(refusal.reason, 'The broker did not take the session for now.', true);
      else if (refusal.retry === 'LATER' && mayLinger) waitForLingering(refusal);
      else if (refusal.retry === 'NEW_CREDENTIALS') refuseCredentials(refusal);
      else fail(refusal);
    },
  };

  /** Moves by the table; a move that is none of this state changes nothing. */
  function move(on: SessionMove): boolean {
    const to = nextSessionState(state, on);
    if (to === undefined) return false;
    logger?.info('stream-session', { broker: protocol.brokerId, from: state, to });
    state = to;
    return true;
  }

  function prepare(): void {
    const controller = new AbortController();
    preparing = controller;
    pace.began();
    protocol.prepare(controller.signal).then(
      (url) => {
        if (!controller.signal.aborted && move('PREPARED')) connect(url);
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        lose(
          'KEY_NOT_ISSUED',
          `No key for the connection: ${BrokerError.isInstance(error) ? error.code : 'UNEXPECTED'}.`,
        );
      },
    );
  }

  function connect(url: string): void {
    timer = clock.setTimer(() => {
      lose('OPEN_TIMEOUT', `No usable connection within ${openMs} ms.`);
    }, openMs);
    const current = (): boolean => connection === mine;
    const handlers: WebSocketHandlers = {
      onOpen() {
        if (!current() || !move('OPENED')) return;
        quiet.start();
        if (protocol.loginText === undefined) port.loggedIn();
        else connection?.send(protocol.loginText());
      },
      onMessage(message) {
        if (!current()) return;
        const atMs = clock.monotonicMs();
        quiet.heard(atMs);
        protocol.receive(message, atMs, port);
      },
      onPing() {
        if (current()) quiet.heard(clock.monotonicMs());
      },
      onClose(code) {
        if (!current()) return;
        if (state === 'CLOSED') closed?.();
        else lose('CONNECTION_CLOSED', `The connection was closed with code ${code}.`);
      },
    };
    const mine = openSafely(url, handlers);
    connection = mine;
  }

  function openSafely(url: string, handlers: WebSocketHandlers): WebSocketConnection | undefined {
    try {
      return transport.open(url, handlers);
    } catch (error) {
      const next = QtsError.isInstance(error) ? error.next : 'Report this: the transport should not throw.';
      fail({ reason: QtsError.isInstance(error) ? error.code : 'UNEXPECTED', retry: 'NEVER', next });
      return undefined;
    }
  }

  /** Gives up what there is of a connection. Answers when it was last heard, if it ever was. */
  function drop(): number | undefined {
    preparing?.abort();
    timer?.cancel();
    quiet.stop();
    const cut = connection;
    connection = undefined;
    cut?.terminate();
    const heardAtMs = liveSinceMs === undefined ? undefined : quiet.heardAtMs;
    if (liveSinceMs !== undefined) {
      pace.ended(clock.monotonicMs() - liveSinceMs);
      lingersSinceMs = clock.monotonicMs();
    }
    liveSinceMs = undefined;
    return heardAtMs;
  }

  function tell(loss: ConnectionLoss, heardAtMs: number | undefined): void {
    logger?.warn('stream-lost', { broker: protocol.brokerId, reason: loss.reason, alarm: loss.alarm });
    for (const each of listeners) each.lost({ ...loss, ...(heardAtMs === undefined ? {} : { heardAtMs }) });
  }

  function lose(reason: string, what: string, isOfSession = false): void {
    if (!move('LOST')) return;
    const heardAtMs = drop();
    const { waitMs, alarm } = pace.next();
    timer = clock.setTimer(() => {
      if (move('WAITED')) prepare();
    }, waitMs);
    const next = alarm
      ? 'Ten attempts in ten minutes: look at the network and at the broker’s notices. Reads by REST go on.'
      : 'Nothing to do: it connects again, and reads what was missed.';
    tell({ reason, next: `${what} ${next}`, retryInMs: waitMs, alarm }, heardAtMs);
    registrar.lost(isOfSession);
  }

  function waitForLingering({ reason }: StreamRefusal): void {
    const sinceMs = lingersSinceMs;
    lose(reason, 'The broker may still hold a session that was cut off, of this run or of the one before.', true);
    // This connection left no session behind: its end does not begin the minute anew.
    lingersSinceMs = sinceMs;
  }

  function fail(refusal: StreamRefusal): void {
    if (!move('REFUSED_FOR_GOOD')) return;
    failure = refusal;
    const heardAtMs = drop();
    registrar.stop();
    tell({ reason: refusal.reason, next: refusal.next, alarm: true }, heardAtMs);
    for (const registration of registrar.registrations) {
      for (const each of listeners) each.refused(registration, refusal);
    }
  }

  function refuseCredentials(refusal: StreamRefusal): void {
    credentialRefusals += 1;
    if (credentialRefusals > credentialRefusalsMax) fail(refusal);
    else lose(refusal.reason, 'The broker did not accept the key of this connection.');
  }

  return {
    get state() {
      return state;
    },
    registrationMax: protocol.registrationMax,
    get registrationsUsed() {
      return registrar.used;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    register(registration) {
      if (state === 'FAILED') return failure;
      if (state === 'CLOSED') return closedSession;
      const refusal = registrar.add(registration);
      if (refusal === undefined && move('WANTED')) {
        lingersSinceMs = clock.monotonicMs();
        prepare();
      }
      return refusal;
    },
    release(key) {
      registrar.release(key);
    },
    renew(key) {
      registrar.renew(key);
    },
    reconnect(reason) {
      lose(reason, 'The connection is suspect.');
    },
    async close() {
      const wasLive = state === 'LIVE';
      if (!move('CLOSE')) return;
      listeners.clear();
      registrar.stop();
      quiet.stop();
      timer?.cancel();
      if (wasLive) {
        // A clean close frees the key at the broker; the socket is cut when no answer comes.
        await new Promise<void>((resolve) => {
          closed = resolve;
          timer = clock.setTimer(resolve, closeMs);
          connection?.close();
        });
      }
      drop();
    },
  };
}

/** What both brokers' protocols call a key that another program uses: taking it back would be a fight without end. */
const keyInUseElsewhere = 'KEY_IN_USE_ELSEWHERE';

const closedSession: StreamRefusal = {
  reason: 'SESSION_CLOSED',
  retry: 'NEVER',
  next: 'The broker was closed. Make a new one.',
};
