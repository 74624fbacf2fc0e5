import { type Clock, type Timer } from '@qts/core';
import { type BookedRegistration, createRegistrationBook, type Registration } from './registration-book.ts';
import { type StreamProtocol, type StreamRefusal } from './stream-protocol.ts';

/** How long a confirmation may take, ms (execution-safety 15). */
const confirmMs = 5_000;
/** Times a registration is sent before it is given up: once, once more, and once on a new connection. */
const attemptsMax = 3;
/** First wait before one that was refused for now is sent again, ms; doubled each time. */
const laterMs = 1_000;

/** What becomes of registrations. */
export interface RegistrarListener {
  confirmed(registration: Registration): void;
  refused(registration: Registration, refusal: StreamRefusal): void;
  /** Nothing waits for an answer any more. */
  settled(): void;
  /** Registrations go unanswered: the socket is suspect. */
  unanswered(): void;
}

/** Sends registrations one by one, each confirmed or refused before the next leaves. */
export interface Registrar {
  readonly used: number;
  readonly registrations: readonly Registration[];
  /** One more user of a registration. Answers why not, when the budget is spent. */
  add(registration: Registration): StreamRefusal | undefined;
  /** One user less; the last one's going removes it at the broker. */
  release(key: string): void;
  /** Registers anew on this connection: for fresh keys, or when nothing comes. */
  renew(key: string): void;
  confirmed(key?: string): void;
  refused(refusal: StreamRefusal, key?: string): void;
  /** The connection takes registrations from now on. */
  live(): void;
  /**
   * The connection is gone, and with it every registration. `isOfSession`: the broker refused the session itself, which
   * says nothing against the registration that was under way.
   */
  lost(isOfSession: boolean): void;
  stop(): void;
}

export function createRegistrar(
  protocol: StreamProtocol,
  clock: Clock,
  send: (text: string) => void,
  listener: RegistrarListener,
): Registrar {
  const book = createRegistrationBook();
  let isLive = false;
  let pending: BookedRegistration | undefined;
  let timer: Timer | undefined;
  let nextSendMs = 0;
  /** Whether this connection has answered something since a registration was last sent for the first time. */
  let answersCome = false;

  function wake(ms: number, then: () => void): void {
    timer?.cancel();
    timer = clock.setTimer(() => {
      timer = undefined;
      then();
    }, ms);
  }

  function pump(): void {
    if (!isLive || pending !== undefined) return;
    const queued = book.in('QUEUED');
    const now = clock.monotonicMs();
    const due = queued.find(({ notBeforeMs }) => notBeforeMs <= now);
    if (due === undefined) {
      const soonest = Math.min(...queued.map(({ notBeforeMs }) => notBeforeMs));
      if (queued.length > 0) wake(soonest - now, pump);
      else listener.settled();
    } else if (now < nextSendMs) {
      wake(nextSendMs - now, pump);
    } else {
      pending = due;
      due.state = 'SENT';
      due.attempts += 1;
      if (due.attempts === 1) answersCome = false;
      nextSendMs = now + protocol.registrationGapMs;
      send(protocol.registerText(due.key));
      wake(confirmMs, () => {
        overdue(due);
      });
    }
  }

  function overdue(entry: BookedRegistration): void {
    pending = undefined;
    if (entry.attempts >= attemptsMax) {
      drop(entry, unanswered);
    } else {
      book.requeue(entry, 0);
      // A second silence on a connection that answers nobody: the connection is the trouble.
      if (entry.attempts === attemptsMax - 1 && !answersCome) {
        listener.unanswered();
        return;
      }
    }
    pump();
  }

  function drop(entry: BookedRegistration, refusal: StreamRefusal): void {
    book.delete(entry.key);
    listener.refused(entry, refusal);
  }

  /** The one that an answer speaks of; the one that waits when the answer does not say. */
  function answered(key: string | undefined): BookedRegistration | undefined {
    const entry = key === undefined ? pending : book.get(key);
    if (entry !== undefined && entry === pending) {
      pending = undefined;
      timer?.cancel();
    }
    return entry;
  }

  return {
    get used() {
      return book.used;
    },
    get registrations() {
      return book.all();
    },
    add(registration) {
      const known = book.get(registration.key);
      if (known !== undefined) {
        known.users += 1;
        if (known.state === 'CONFIRMED') listener.confirmed(known);
        pump();
        return undefined;
      }
      if (book.used >= protocol.registrationMax) return budgetSpent(protocol.registrationMax);
      book.add(registration);
      pump();
      return undefined;
    },
    release(key) {
      const entry = book.get(key);
      if (entry === undefined) return;
      entry.users -= 1;
      if (entry.users > 0) return;
      book.delete(key);
      if (isLive && entry.state !== 'QUEUED') send(protocol.removeText(key));
      if (pending === entry) {
        pending = undefined;
        timer?.cancel();
        pump();
      }
    },
    renew(key) {
      const entry = book.get(key);
      if (entry?.state !== 'CONFIRMED') return;
      entry.attempts = 0;
      book.requeue(entry, 0);
      // Registered twice, a broker may leave the keys out of its answer: first out, then in.
      send(protocol.removeText(key));
      pump();
    },
    confirmed(key) {
      const entry = answered(key);
      if (entry !== undefined && entry.state !== 'CONFIRMED') {
        answersCome = true;
        entry.attempts = 0;
        entry.state = 'CONFIRMED';
        listener.confirmed(entry);
      }
      pump();
    },
    refused(refusal, key) {
      const entry = answered(key);
      if (entry !== undefined) {
        answersCome = true;
        if (refusal.retry === 'NEVER' || entry.attempts >= attemptsMax) drop(entry, refusal);
        else book.requeue(entry, clock.monotonicMs() + laterMs * 2 ** (entry.attempts - 1));
      }
      pump();
    },
    live() {
      isLive = true;
      answersCome = false;
      pump();
    },
    lost(isOfSession) {
      isLive = false;
      timer?.cancel();
      const waiting = pending;
      pending = undefined;
      for (const entry of book.in('CONFIRMED')) entry.state = 'QUEUED';
      if (waiting === undefined) return;
      if (isOfSession) waiting.attempts -= 1;
      // A registration that ends connections must not end those of the others for ever.
      if (waiting.attempts >= attemptsMax) drop(waiting, endsConnections);
      else book.requeue(waiting, 0);
    },
    stop() {
      isLive = false;
      pending = undefined;
      timer?.cancel();
    },
  };
}

const unanswered: StreamRefusal = {
  reason: 'NOT_CONFIRMED',
  retry: 'LATER',
  next: 'The broker answered none of three registrations. Read by REST, and subscribe again later.',
};

const endsConnections: StreamRefusal = {
  reason: 'CONNECTION_ENDS_WHEN_REGISTERED',
  retry: 'NEVER',
  next: 'Three connections ended while this was being registered. Check its symbol or login id (HTS id).',
};

function budgetSpent(registrationMax: number): StreamRefusal {
  return {
    reason: 'REGISTRATION_LIMIT',
    retry: 'LATER', // Streams close.
    next: `One session has ${registrationMax} registrations, all in use. Close a stream, then subscribe again.`,
  };
}
