/**
 * Time as the venue sees it. Stepped clocks are owned by a test, running clocks by the machine; the venue cannot tell
 * which it has. All instants are epoch milliseconds.
 */
export interface VenueClock {
  nowMs(): number;
  /**
   * Calls `onTime` whenever time has moved to an instant worth looking at: at each step of a stepped clock, regularly on
   * a running one. Returns a function that stops the calls; a clock without listeners keeps no timer.
   */
  subscribe(onTime: (nowMs: number) => void): () => void;
}

/** A clock that stands still until somebody moves it. */
export interface SteppedClock extends VenueClock {
  /**
   * Moves time to `atMs` and lets the listeners catch up, in the order in which they subscribed.
   *
   * @throws RangeError when `atMs` is not a safe integer or lies in the past: time never runs backwards.
   */
  advanceTo(atMs: number): void;
}
