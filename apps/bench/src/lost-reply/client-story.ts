/** What a client believes of its order. `NOTHING`: it has not come back. */
export type Belief = 'PLACED' | 'FAILED' | 'UNKNOWN' | 'NOTHING';

/** What one client went through. Times are ms since it was asked. */
export interface ClientStory {
  /** When it first said something, and what; `undefined` when it never came back. */
  readonly firstMs?: number;
  readonly first: Belief;
  /** When its last word came, and what it was. */
  readonly lastMs?: number;
  readonly last: Belief;
  /** In its own words, short. */
  readonly words: string;
}

/** A client that is ready: connected, its token taken. What it does from here on is measured. */
export interface ReadyClient {
  /** Places the order once, and tells what the client knew and when. Called once. */
  order(): Promise<ClientStory>;
  close(): Promise<void>;
}

/** Whether a belief is what the venue says; a client that says "unknown", or nothing, has said nothing false. */
export function isTrue(belief: Belief, orders: number): boolean | undefined {
  if (belief === 'PLACED') return orders === 1;
  if (belief === 'FAILED') return orders === 0;
  return undefined;
}
