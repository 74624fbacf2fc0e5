import { type FaultParameterName } from './venue-fault.ts';
import { type VenueFaultId } from './venue-faults.ts';

/** Values of a fault's parameters, whole numbers inside the ranges that the catalogue gives. */
export type VenueFaultParameters = Readonly<Partial<Record<FaultParameterName, number>>>;

/** One fault, on purpose. */
export interface VenueFaultPlan {
  readonly fault: VenueFaultId;
  /** The broker's own name, `order-cash`. Default: every operation to which the fault applies. */
  readonly operation?: string;
  /**
   * `nth`: from the n-th such request on, counted from now, 1 being the next. `atMs`: from the first such request at or
   * after this venue time on; a window begins at that time. Default: the next one.
   */
  readonly when?: { readonly nth: number } | { readonly atMs: number };
  /** How many such requests in a row it strikes; `Infinity` until {@link VenueFaultControl.clear}. Default 1. Not for windows. */
  readonly times?: number;
  /** What is left out has its usual value. */
  readonly parameters?: VenueFaultParameters;
}

/** Faults by chance, all of it from one seed. */
export interface VenueFaultSwarm {
  readonly seed: number;
  /** From which the swarm is drawn. Default: every fault that this venue can carry. */
  readonly faults?: readonly VenueFaultId[];
  /**
   * Chance per request to which the fault applies, 0 to 1. With `rates` exactly the faults named in them are on; without,
   * each candidate is on with one chance in two, at a rate of its own from 0.5 % to 20 % (windows: 0.05 % to 2 %).
   */
  readonly rates?: Readonly<Partial<Record<VenueFaultId, number>>>;
}

/** A fault that a swarm has switched on. */
export interface SwarmFault {
  readonly fault: VenueFaultId;
  readonly rate: number;
}

/**
 * The faults of a venue. A request has at most one fault that takes it whole, planned ones before drawn ones, and any
 * number of those beside it; a planned fault that finds its request taken waits for the next. Same calls, same requests,
 * same instants: same faults.
 */
export interface VenueFaultControl {
  /**
   * Sets a fault up.
   *
   * @throws {VenueError} `INVALID_SETTING` naming what cannot be: an unknown fault, an operation to which it does not
   * apply, a parameter it does not have or that is out of range, a fault of sockets on a venue without one.
   */
  plan(plan: VenueFaultPlan): void;
  /**
   * Starts a swarm in the place of the one before. Answers which faults are on, in the order of their names.
   *
   * @throws {VenueError} `INVALID_SETTING` as {@link plan} does.
   */
  seeded(swarm: VenueFaultSwarm): readonly SwarmFault[];
  /** Ends plans, windows and the swarm. What is already under way (a late answer, a held order) goes on; counters stay. */
  clear(): void;
  /** How often each fault has struck, every id. */
  counters(): Readonly<Record<VenueFaultId, number>>;
}
