import { type VenueFaultId } from '@qts/venue-sim';
import { type SimulatedBroker } from './simulated-accounts.ts';
import { type DiskFaultId } from './world/disk.ts';
import { type NetworkFaultId } from './world/network.ts';

/** A fault that is on in this run, and how often it strikes (chance per request, connection or write). */
export type DrawnFault =
  | { readonly layer: 'VENUE'; readonly fault: VenueFaultId; readonly rate: number }
  | { readonly layer: 'NETWORK'; readonly fault: NetworkFaultId; readonly rate: number }
  | { readonly layer: 'DISK'; readonly fault: DiskFaultId; readonly rate: number };

/** What somebody does at a time, ms after the run began. */
export type Action = {
  readonly atMs: number;
  /** Whose program: the account's place among those of the run; where there is one, it is meant. */
  readonly seat: number;
} & (
  | {
      readonly kind: 'PLACE';
      readonly symbol: number;
      readonly side: 'BUY' | 'SELL';
      readonly quantity: number;
      /** Ticks from the last price that the strategy read; a buy below zero rests. `MARKET` takes none. */
      readonly ticks: number;
      readonly type: 'LIMIT' | 'MARKET';
      /** How long the intent is good for, ms; 0: without an end. */
      readonly lifeMs: number;
      /** An offer that breaks a rule of the market or of the contract: ours to deny. */
      readonly wrong?: 'OFF_TICK' | 'TOO_FAR' | 'TOO_MANY' | 'STALE';
    }
  /** The same order as the latest intent: under a new id, under its own id, or under its id with other content. */
  | { readonly kind: 'AGAIN'; readonly as: 'TWIN' | 'REPEAT' | 'CONFLICT' }
  /** Cancels one of the orders that rest, by turn; one that is gone already when `late`. */
  | { readonly kind: 'CANCEL'; readonly which: number; readonly late: boolean }
  /** Changes the price of one of the limit orders that rest, by turn: all that remains of it, or one share. */
  | { readonly kind: 'REPLACE'; readonly which: number; readonly ticks: number; readonly isPart: boolean }
  /** Somebody pulls the kill switch, in the program or from a second terminal. It outlives the process. */
  | { readonly kind: 'STOP' }
  | { readonly kind: 'STOP_ELSEWHERE' }
  /** The latch of the kill switch cannot be read for a while. */
  | { readonly kind: 'SPOIL_STOP'; readonly forMs: number }
  /** The operator approves that trading goes on after a fail-safe. */
  | { readonly kind: 'RECOVER' }
  /**
   * The process ends, in the middle of its next write to the journal or at once, and another begins after `downMs`. A
   * kill leaves what was handed to the disk; without power only the first `keep` records of that stay.
   */
  | {
      readonly kind: 'KILL' | 'POWER_CUT';
      readonly downMs: number;
      readonly keep: number;
      readonly within: 'EVENT' | 'WRITE';
    }
);

/** One account of a run, and the broker that keeps it. */
export interface AccountSettings {
  readonly broker: SimulatedBroker;
  readonly environment: 'LIVE' | 'PAPER';
  /** What the venue takes a second, and what the program keeps to: of the key at KIS, of each api-id at Kiwoom. */
  readonly requestsPerSecond: number;
  readonly orderVisibilityDelayMs: number;
  /** Orders that were placed by others before the run, so that lists have pages. */
  readonly otherOrders: number;
  /** Won that somebody else's order holds back: what is left may be too little for ours. */
  readonly heldByOthersKrw: number;
  readonly tidyEveryMs: number;
  /** Whether order notices come by stream: then lists are read for repair and comparison alone. */
  readonly streams: boolean;
}

/** What one program is told. */
export type SeatSettings = WorldSettings & AccountSettings;

/** Sizes and settings of one run, drawn so that rare paths are walked often (buggify). */
export interface WorldSettings {
  readonly accounts: readonly [AccountSettings, ...AccountSettings[]];
  /** Time of day at which the run begins, ms since midnight in Korea. */
  readonly startsAtMs: number;
  /** When the faults end and the healing begins, ms after the start. */
  readonly activeMs: number;
  /** One way of a message, ms: from, and how much more at most. */
  readonly latencyMs: readonly [number, number];
  /** Whether faults strike before the first program has agreed with its broker. */
  readonly startsInTrouble: boolean;
  /** Whether what rests is canceled at the end; else the end of the session takes it. */
  readonly cancelsAtEnd: boolean;
  /** After how long somebody approves that trading goes on, ms; 0: nobody does. */
  readonly operatorPatienceMs: number;
  readonly lockdownThreshold: number;
  readonly failuresMax: number;
  readonly openOrdersPerSideMax: number;
  readonly restingMsMax: number;
  /** Whether the reconciliation runs beside the trading. */
  readonly reconciles: boolean;
  /** Whether unknown orders in a row restrict trading. */
  readonly guardsUnknown: boolean;
  /** A stop cannot be released earlier, ms. */
  readonly minimumStopMs: number;
  readonly watchIntervalMs: number;
  readonly onLateLanding: 'CANCEL' | 'KEEP' | 'CANCEL_IF_STALE';
}

/** Everything that a run does not find out by itself. A schedule with parts left out is a schedule, too. */
export interface Schedule {
  readonly seed: number;
  readonly settings: WorldSettings;
  readonly faults: readonly DrawnFault[];
  readonly actions: readonly Action[];
}
