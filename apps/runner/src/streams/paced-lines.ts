import { type Clock, type SymbolCode, type Timer } from '@qts/core';

/** The shortest time between two lines about one symbol, ms: what changes in between is in the second. */
const lineMs = 250;

/** Shows a symbol when it has changed, at most four times a second. */
export interface PacedLines {
  /** Now, or when the last line about the symbol is old enough; whatever else changes until then is in that line. */
  changed(symbol: SymbolCode): void;
  close(): void;
}

/** Makes lines of `show`, which shows a symbol as it is now. */
export function createPacedLines(clock: Clock, show: (symbol: SymbolCode) => void): PacedLines {
  const shownAt = new Map<SymbolCode, number>();
  const waiting = new Map<SymbolCode, Timer>();

  function showNow(symbol: SymbolCode): void {
    shownAt.set(symbol, clock.monotonicMs());
    show(symbol);
  }

  return {
    changed(symbol) {
      if (waiting.has(symbol)) return;
      const leftMs = (shownAt.get(symbol) ?? Number.NEGATIVE_INFINITY) + lineMs - clock.monotonicMs();
      if (leftMs <= 0) {
        showNow(symbol);
        return;
      }
      const timer = clock.setTimer(() => {
        waiting.delete(symbol);
        showNow(symbol);
      }, leftMs);
      waiting.set(symbol, timer);
    },
    close() {
      for (const timer of waiting.values()) timer.cancel();
      waiting.clear();
    },
  };
}
