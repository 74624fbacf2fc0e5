import { type CancelOutcome, type ExecutionIntent, type OrderList } from '@qts/core';

/** A place request that left. */
export interface WirePost {
  readonly address: string;
  readonly intentId: string;
  readonly leftAtMs: number;
}

/** What the judge knows of one intent: from its caller, and from the wire. */
export interface JudgedIntent {
  readonly intent: ExecutionIntent;
  readonly terms: string;
  /** Calls that wait for their answer. */
  waiting: number;
  answers: number;
  readonly posts: WirePost[];
  unknownSinceMs: number | undefined;
}

/** A replace that somebody asked for. */
export interface JudgedReplace {
  readonly commandId: string;
  readonly intentId: string;
  readonly symbol: ExecutionIntent['symbol'];
  readonly terms: string;
  /** It can cost no more than the order could. */
  readonly isSmaller: boolean;
  waiting: boolean;
  posts: number;
}

/** What the judge saw, for the checks at the end. */
export interface Evidence {
  readonly intents: ReadonlyMap<string, JudgedIntent>;
  readonly postsByAddress: ReadonlyMap<string, WirePost>;
  readonly lists: readonly OrderList[];
  readonly cancelEnds: ReadonlyMap<CancelOutcome, number>;
  readonly answers: ReadonlyMap<string, number>;
  readonly posts: number;
  /** Orders that were not even offered: no price could be read. */
  readonly withoutPrice: number;
  readonly replaces: readonly JudgedReplace[];
  readonly replaceEnds: ReadonlyMap<string, number>;
  /** Which request the venue was reading when an order entered its book. */
  readonly enteredFrom: ReadonlyMap<number, string>;
  /** Everything that was answered or thrown, as text. */
  readonly said: readonly string[];
  readonly requests: number;
  readonly longestCancelMs: number;
  readonly longestUnknownMs: number;
}
