import { VenueError } from '../venue-error.ts';
import { type VenueOperationKind } from './venue-fault.ts';
import { type VenueFaultParameters, type VenueFaultPlan, type VenueFaultSwarm } from './venue-fault-control.ts';
import { venueFaults, type VenueFault, type VenueFaultId } from './venue-faults.ts';

/** What a venue can carry. */
export interface FaultScope {
  readonly hasSocket: boolean;
  readonly operations: ReadonlyMap<string, VenueOperationKind>;
  /** What travels on streams, by the broker's own name; absent where there are none. */
  readonly streams?: ReadonlyMap<string, readonly VenueOperationKind[]>;
}

const byId: ReadonlyMap<string, VenueFault> = new Map(venueFaults.map((fault) => [fault.id, fault]));

/** @throws {VenueError} `INVALID_SETTING`. */
export function checkFault(id: VenueFaultId, { hasSocket }: FaultScope): VenueFault {
  const fault = byId.get(id);
  if (fault === undefined) refuse('fault', `"${id}"`, 'an id of venueFaults');
  if (fault.needsSocket && !hasSocket) {
    refuse('fault', `${id} on a venue in memory`, 'a fault with needsSocket: false, or a venue of createVenueSim');
  }
  return fault;
}

/** @throws {VenueError} `INVALID_SETTING`. */
export function checkPlan(plan: VenueFaultPlan, scope: FaultScope): VenueFault {
  const fault = checkFault(plan.fault, scope);
  const { operation, times, when = {} } = plan;
  if (operation !== undefined && fault.stage === 'CONNECTION') {
    refuse('operation', `"${operation}" for ${fault.id}`, 'none: a connection has no operation yet');
  }
  if (operation !== undefined) {
    const possible = operationsFor(fault, scope);
    if (!possible.includes(operation)) {
      refuse('operation', `"${operation}" for ${fault.id}`, `one of ${possible.join(', ')}`);
    }
  }
  if ('nth' in when) requireWhole('when.nth', when.nth, 1, Number.MAX_SAFE_INTEGER);
  if ('atMs' in when) requireWhole('when.atMs', when.atMs, 0, Number.MAX_SAFE_INTEGER);
  if (times !== undefined) {
    if (fault.lasts === 'WINDOW') refuse('times', `${times} for ${fault.id}`, 'parameters.durationMs instead');
    if (times !== Infinity) requireWhole('times', times, 1, Number.MAX_SAFE_INTEGER);
  }
  checkParameters(fault, plan.parameters ?? {});
  return fault;
}

/** The names under which a fault can strike. */
function operationsFor({ appliesTo }: VenueFault, { operations, streams = new Map() }: FaultScope): readonly string[] {
  return [
    ...[...operations].filter(([, kind]) => appliesTo.includes(kind)),
    ...[...streams].filter(([, kinds]) => kinds.some((kind) => appliesTo.includes(kind))),
  ].map(([name]) => name);
}

function checkParameters(fault: VenueFault, given: VenueFaultParameters): void {
  for (const [name, value] of Object.entries(given)) {
    const known = fault.parameters.find((each) => each.name === name);
    if (known === undefined) {
      const names = fault.parameters.map((each) => each.name).join(', ');
      refuse(`parameters.${name}`, `it for ${fault.id}`, names === '' ? 'no parameters' : names);
    }
    requireWhole(`parameters.${name}`, value, known.min, known.max);
  }
}

/** @throws {VenueError} `INVALID_SETTING`. */
export function checkSwarm({ seed, faults = [], rates = {} }: VenueFaultSwarm, scope: FaultScope): void {
  requireWhole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  for (const id of faults) checkFault(id, scope);
  for (const [id, rate] of Object.entries(rates)) {
    checkFault(id as VenueFaultId, scope);
    if (!(rate >= 0 && rate <= 1)) refuse(`rates.${id}`, String(rate), 'a chance from 0 to 1');
  }
}

function requireWhole(field: string, value: unknown, min: number, max: number): void {
  if (!isWhole(value) || value < min || value > max) {
    refuse(field, String(value), `a whole number from ${min} to ${max}`);
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function refuse(field: string, found: string, remedy: string): never {
  throw new VenueError('INVALID_SETTING', `The ${field} of a fault is not usable: found ${found}. Give ${remedy}.`);
}
