import { checkFault, checkPlan, checkSwarm, type FaultScope } from './fault-check.ts';
import { createFaultSwarm, type FaultSwarm, type StruckFault } from './fault-swarm.ts';
import { streamKinds } from './stream-acts.ts';
import { type FaultStage, type VenueOperationKind } from './venue-fault.ts';
import { type VenueFaultControl, type VenueFaultParameters } from './venue-fault-control.ts';
import { venueFaults, type VenueFault, type VenueFaultId } from './venue-faults.ts';

/** Parts the draws for streams from those for requests. */
const streamSeedOffset = 0x5eed;

/** What decides whether a fault applies to a request, or to a message of a stream. */
export interface FaultTarget {
  readonly operation: string;
  readonly kind: VenueOperationKind;
  /** It asks for a page after the first. */
  readonly laterPage: boolean;
  /** What has come of it; absent: all of it. */
  readonly stage?: FaultStage;
  /** Its connection has carried another before; absent: not. */
  readonly reused?: boolean;
}

/** Keeps what is planned and says what strikes a request. */
export interface FaultDesk {
  readonly control: VenueFaultControl;
  /** Nothing is planned and no swarm runs: requests need not be shown. */
  readonly idle: boolean;
  /** The faults of a request that has just arrived: at most one that takes it whole, first if there is one. */
  choose(target: FaultTarget, nowMs: number): readonly StruckFault[];
  /** Counts a fault that has struck. */
  count(id: VenueFaultId): void;
}

interface Pending extends StruckFault {
  readonly operation: string | undefined;
  /** Matching requests still to come, this one included; 1 is due. */
  nth: number;
  readonly fromMs: number;
  timesLeft: number;
  /** End of a window; `Infinity` for faults that count requests, `undefined` for a window that has not begun. */
  untilMs: number | undefined;
}

/** Makes a desk with nothing on it. */
export function createFaultDesk(scope: FaultScope): FaultDesk {
  const counts = new Map<VenueFaultId, number>(venueFaults.map(({ id }) => [id, 0]));
  let pending: Pending[] = [];
  let swarm: FaultSwarm | undefined;
  // Of its own, so that what travels on streams does not change which requests are struck.
  let streamSwarm: FaultSwarm | undefined;

  const control: VenueFaultControl = {
    plan(plan) {
      const fault = checkPlan(plan, scope);
      const when = plan.when ?? { nth: 1 };
      const parameters = { ...usualParameters(fault), ...plan.parameters };
      const isWindow = fault.lasts === 'WINDOW';
      pending.push({
        fault,
        parameters,
        operation: plan.operation,
        nth: 'nth' in when ? when.nth : 1,
        fromMs: 'atMs' in when ? when.atMs : -Infinity,
        timesLeft: isWindow ? Infinity : (plan.times ?? 1),
        untilMs: !isWindow ? Infinity : 'atMs' in when ? when.atMs + durationOf(parameters) : undefined,
      });
    },
    seeded(settings) {
      checkSwarm(settings, scope);
      const named = settings.faults?.map((id) => checkFault(id, scope));
      const candidates = venueFaults.filter(
        (fault) => (named?.includes(fault) ?? true) && (scope.hasSocket || !fault.needsSocket),
      );
      swarm = createFaultSwarm(
        settings,
        candidates.filter(({ stream }) => stream === 'NONE'),
      );
      streamSwarm = createFaultSwarm(
        { ...settings, seed: settings.seed + streamSeedOffset },
        candidates.filter(({ stream }) => stream !== 'NONE'),
      );
      return [...swarm.on, ...streamSwarm.on].toSorted((one, other) => (one.fault < other.fault ? -1 : 1));
    },
    clear() {
      pending = [];
      swarm = undefined;
      streamSwarm = undefined;
    },
    counters: () => Object.fromEntries(counts) as Record<VenueFaultId, number>,
  };

  const takePending = (target: FaultTarget, nowMs: number): StruckFault[] => {
    const struck: StruckFault[] = [];
    for (const each of pending) {
      if (nowMs < each.fromMs || !applies(each.fault, target, each.operation)) continue;
      if (each.nth > 1) {
        each.nth -= 1;
        continue;
      }
      if (each.fault.takes === 'WHOLE' && hasWhole(struck)) continue;
      each.untilMs ??= nowMs + durationOf(each.parameters);
      each.timesLeft -= 1;
      struck.push(each);
    }
    pending = pending.filter(({ timesLeft }) => timesLeft > 0);
    return struck;
  };

  return {
    control,
    get idle() {
      return pending.length === 0 && swarm === undefined;
    },
    choose(target, nowMs) {
      pending = pending.filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs);
      const struck = takePending(target, nowMs);
      const drawing = (streamKinds as readonly string[]).includes(target.kind) ? streamSwarm : swarm;
      const drawn = drawing?.strike((fault) => applies(fault, target, undefined)) ?? [];
      for (const each of drawn) {
        if (each.fault.takes === 'WHOLE' ? hasWhole(struck) : struck.some(({ fault }) => fault === each.fault))
          continue;
        if (each.fault.lasts === 'WINDOW') {
          const untilMs = nowMs + durationOf(each.parameters);
          pending.push({ ...each, operation: undefined, nth: 1, fromMs: nowMs, timesLeft: Infinity, untilMs });
        }
        struck.push(each);
      }
      return struck.toSorted((one, other) => rank(one) - rank(other));
    },
    count(id) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    },
  };
}

function rank({ fault }: StruckFault): number {
  return fault.takes === 'WHOLE' ? 0 : 1;
}

function hasWhole(struck: readonly StruckFault[]): boolean {
  return struck.some(({ fault }) => fault.takes === 'WHOLE');
}

function applies(fault: VenueFault, target: FaultTarget, operation: string | undefined): boolean {
  const { stage = 'REQUEST', reused = false } = target;
  if (fault.stage !== stage) return false;
  // A connection has no operation yet.
  if (stage === 'CONNECTION') return true;
  return (
    fault.appliesTo.includes(target.kind) &&
    (operation === undefined || operation === target.operation) &&
    (!fault.laterPagesOnly || target.laterPage) &&
    (!fault.reusedConnectionsOnly || reused)
  );
}

function usualParameters(fault: VenueFault): VenueFaultParameters {
  return Object.fromEntries(fault.parameters.map(({ name, usual }) => [name, usual]));
}

function durationOf({ durationMs = 0 }: VenueFaultParameters): number {
  return durationMs;
}
