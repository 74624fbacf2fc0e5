import { type CrashBroker } from './crash-market.ts';
import { type CrashPointId } from './crash-points.ts';

/**
 * Defects that can be planted, to see that the judge finds them: an order that is sent twice, and a journal that calls
 * durable what only waits to be written.
 */
export type PlantedCrashDefect = 'SENDS_TWICE' | 'NO_BARRIER';

/** What the parent tells a process that has loaded its code: the life it is to lead. */
export interface RunnerTask {
  readonly broker: CrashBroker;
  /** Address of the broker's front. */
  readonly url: string;
  /** Folder of journal and token file. */
  readonly folder: string;
  /** Time of the trial: at `realMs` of the machine's clock it is `startMs`, and runs `speed` times as fast. */
  readonly time: { readonly startMs: number; readonly realMs: number; readonly speed: number };
  readonly seed: number;
  /** The first order's number; each is an order of its own, by symbol and quantity. */
  readonly firstOrder: number;
  readonly ordersMax: number;
  /** Where it ends itself; absent: it waits to be killed. */
  readonly death?: { readonly point: CrashPointId; readonly nth: number };
  readonly defect?: PlantedCrashDefect;
  /** No new orders: everything that rests is canceled, and the books are told. */
  readonly isLast: boolean;
}

/** An order as the engine holds it at the end. */
export interface ToldOrder {
  readonly intentId: string;
  readonly number?: string;
  readonly status: string;
  readonly filledQuantity: number;
  readonly filledAmountKrw: number;
  readonly canceledQuantity: number;
  readonly leavesQuantity: number;
}

/** The books at the end of the last life. */
export interface ToldBooks {
  readonly orders: readonly ToldOrder[];
  readonly cashKrw: number;
  readonly positions: Readonly<Record<string, number>>;
  /** Orders whose fate is not known, and what waits for a person. */
  readonly open: readonly string[];
  readonly foldHash: string;
  readonly ordersHash: string;
}

/** What a process tells. Whatever it tells may be the last thing it says. */
export type RunnerMessage =
  | { readonly kind: 'READY' }
  /** The journal was opened and folded, with a snapshot if there was one. */
  | { readonly kind: 'FOLDED'; readonly seq: number; readonly hash: string }
  | { readonly kind: 'OPEN'; readonly outcome: string; readonly why: readonly string[] }
  | { readonly kind: 'ORDERED'; readonly orders: number }
  /** All orders of this life are placed. */
  | { readonly kind: 'IDLE' }
  | { readonly kind: 'BOOKS'; readonly books: ToldBooks }
  | { readonly kind: 'FAILED'; readonly why: string };
