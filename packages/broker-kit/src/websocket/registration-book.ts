/** A registration: the unit that a broker counts. Several streams may share one. */
export interface Registration {
  /** As the protocol knows it, for example `H0STCNT0 005930`. */
  readonly key: string;
  /** What people read. Never a secret: a key may hold a login id, a name may not. */
  readonly name: string;
}

export type RegistrationState = 'QUEUED' | 'SENT' | 'CONFIRMED';

/** One registration with its story. */
export interface BookedRegistration extends Registration {
  users: number;
  state: RegistrationState;
  /** Times it was sent without being confirmed since. */
  attempts: number;
  /** Not to be sent before, monotonic ms. */
  notBeforeMs: number;
}

/** The registrations of one session, in the order in which they are sent. */
export interface RegistrationBook {
  readonly used: number;
  get(key: string): BookedRegistration | undefined;
  add(registration: Registration): BookedRegistration;
  delete(key: string): void;
  /** Puts it behind the others: one that makes trouble does not hold them up. */
  requeue(entry: BookedRegistration, notBeforeMs: number): void;
  all(): readonly BookedRegistration[];
  in(state: RegistrationState): readonly BookedRegistration[];
}

export function createRegistrationBook(): RegistrationBook {
  const entries = new Map<string, BookedRegistration>();
  return {
    get used() {
      return entries.size;
    },
    get: (key) => entries.get(key),
    add({ key, name }) {
      const entry: BookedRegistration = { key, name, users: 1, state: 'QUEUED', attempts: 0, notBeforeMs: 0 };
      entries.set(key, entry);
      return entry;
    },
    delete(key) {
      entries.delete(key);
    },
    requeue(entry, notBeforeMs) {
      entry.state = 'QUEUED';
      entry.notBeforeMs = notBeforeMs;
      if (entries.delete(entry.key)) entries.set(entry.key, entry);
    },
    all: () => [...entries.values()],
    in: (state) => [...entries.values()].filter((entry) => entry.state === state),
  };
}
