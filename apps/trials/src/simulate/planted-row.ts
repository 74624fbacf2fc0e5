import { type InvariantId } from './judge/invariants.ts';
import { type AccountSettings, type DrawnFault, type Schedule } from './schedule.ts';
import { type PlantedDefect } from './trader.ts';

/** A mistake that others have made, and the invariants of which one must say so. */
export interface PlantedRow {
  readonly does: string;
  readonly plant: PlantedDefect;
  readonly foundBy: readonly InvariantId[];
  /** Faults under which it shows, where those of most seeds do not bring it out. */
  readonly faults?: readonly DrawnFault[];
  /** It shows only where notices come by stream. */
  readonly onStreams?: boolean;
}

/** A schedule in which a planted defect may show. */
export function scheduleFor({ faults, onStreams = false }: PlantedRow, drawn: Schedule): Schedule {
  const [first, ...others] = drawn.settings.accounts;
  const settings: Schedule['settings'] = onStreams
    ? { ...drawn.settings, accounts: [toStreams(first), ...others.map(toStreams)] }
    : drawn.settings;
  return { ...drawn, settings, faults: faults ?? drawn.faults };
}

const toStreams = (account: AccountSettings): AccountSettings => ({ ...account, streams: true });
