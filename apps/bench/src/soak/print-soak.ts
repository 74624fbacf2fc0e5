import { soakLoad, type SoakResult } from './stream-soak.ts';

const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

/** The soak in a few lines. */
export function formatSoak(result: SoakResult): string {
  const { seconds, quotesPerSecond, quotesRead, quotesConflated, noticesSent, noticesRead, noticesWrong } = result;
  return [
    `soak (simulated): ${seconds.toFixed(1)} s, ${soakLoad.symbols} symbols, ${(result.cpuShare * 100).toFixed(0)} % of a core`,
    `quotes:  ${result.quotesSent} sent, ${Math.round(quotesPerSecond)} a second (asked ${soakLoad.quotesPerSecond})`,
    `         ${quotesRead} read, ${quotesConflated} conflated while the reader paused`,
    `notices: ${noticesSent} sent, ${noticesRead} read, ${noticesWrong} wrong or out of order`,
    `heap:    ${mib(result.heapEarlyBytes)} at a quarter of the time, ${mib(result.heapLateBytes)} at the end`,
    result.held ? 'held' : 'not held',
  ].join('\n');
}
