import { type VenueFrame } from '@qts/venue-sim';
import { type SimulatedBroker } from '../simulated-accounts.ts';
import { type StreamWitness } from '../world/stream-network.ts';
import { type VirtualTime } from '../world/virtual-time.ts';
import { type InvariantId } from './invariants.ts';

export interface ConnectionWatchSettings {
  readonly time: VirtualTime;
  readonly broker: SimulatedBroker;
  readonly report: (invariant: InvariantId, message: string) => void;
  /** The connection that the program believed in is over. */
  readonly onEnded: () => void;
}

/** Stands at the program's end of each socket: one on which nothing comes has to be given up (`HALF_OPEN`). */
export interface ConnectionWatch {
  /** Somebody at the program's end of a new connection. */
  witness(): StreamWitness;
  /** The program believes to have a connection. */
  readonly isThere: boolean;
  /** The process is another one. */
  forget(): void;
  /** After every event. */
  look(): void;
  /** The longest silence after which a connection was given up, ms. */
  readonly longestQuietMs: number;
}

interface Connection {
  heardAtMs: number;
  readonly pingsAtMs: number[];
}

/** The longest time between pings of a broker, ms: as documented or assumed in the references. */
const pingPeriodMs: Readonly<Record<SimulatedBroker, number>> = { kis: 45_000, kiwoom: 10_000 };
/** From so many pings on, the period is the longest that was seen, ms; shorter than a second is no promise. */
const pingsNeeded = 3;
const learnedMsMin = 1_000;

export function createConnectionWatch({ time, broker, report, onEnded }: ConnectionWatchSettings): ConnectionWatch {
  let connection: Connection | undefined;
  let longestQuietMs = 0;

  /** Two periods of the pings that came, which the documented one bounds. */
  function quietMsMax({ pingsAtMs }: Connection): number {
    const documentedMs = pingPeriodMs[broker];
    if (pingsAtMs.length < pingsNeeded) return 2 * documentedMs;
    const longestMs = pingsAtMs.slice(1).reduce((most, at, index) => Math.max(most, at - (pingsAtMs[index] ?? at)), 0);
    return 2 * Math.min(documentedMs, Math.max(longestMs, learnedMsMin));
  }

  return {
    witness() {
      const own: Connection = { heardAtMs: 0, pingsAtMs: [] };
      return {
        opened() {
          own.heardAtMs = time.nowMs;
          connection = own;
        },
        heard(frame) {
          own.heardAtMs = time.nowMs;
          if (isPing(frame)) own.pingsAtMs.push(time.nowMs);
        },
        ended() {
          if (connection !== own) return;
          connection = undefined;
          longestQuietMs = Math.max(longestQuietMs, time.nowMs - own.heardAtMs);
          onEnded();
        },
      };
    },
    get isThere() {
      return connection !== undefined;
    },
    forget() {
      connection = undefined;
    },
    look() {
      if (connection === undefined) return;
      const quietMs = time.nowMs - connection.heardAtMs;
      if (quietMs <= quietMsMax(connection)) return;
      report('HALF_OPEN', `nothing was heard for ${quietMs} ms, and the connection is believed in`);
      connection = undefined;
    },
    get longestQuietMs() {
      return longestQuietMs;
    },
  };
}

const pingMark = /"(PINGPONG|PING)"/;

/** The broker's ping, by its bytes; noise may be long, so only its beginning is read. */
const isPing = (frame: VenueFrame): boolean => typeof frame === 'string' && pingMark.test(frame.slice(0, 100));
