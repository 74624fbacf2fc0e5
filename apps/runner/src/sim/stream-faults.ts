import { type TradingDate, kstEpochMs, timeOfDayMs } from '@qts/core';
import { type VenueFaultPlan, type VenueSim } from '@qts/venue-sim';
import { type RunnerBroker } from '../brokers/runner-broker.ts';

/** Which stream a fault strikes: notices of own orders, or trades of the market. */
type Struck = 'notices' | 'trades';

/** One fault of the day, from a time of day on. */
interface PlannedFault extends Pick<VenueFaultPlan, 'fault' | 'times' | 'parameters'> {
  readonly time: string;
  readonly on: Struck;
}

/**
 * What a simulated day does to its streams on purpose. What a broker's protocol cannot carry does not strike: Kiwoom
 * encrypts nothing and counts no records.
 */
const disturbances: readonly PlannedFault[] = [
  { time: '09:10', fault: 'W05-duplicate', on: 'notices', times: 3 },
  { time: '09:20', fault: 'W12-column-appended', on: 'trades', times: 20 },
  { time: '09:40', fault: 'W02-cut', on: 'trades', parameters: { lingersMs: 5_000 } },
  { time: '10:00', fault: 'W06-reordered', on: 'notices', times: 2 },
  { time: '10:20', fault: 'W03-half-open', on: 'trades' },
  { time: '10:50', fault: 'W07-delayed', on: 'notices', times: 2, parameters: { delayMs: 3_000 } },
  { time: '11:10', fault: 'W12-column-inserted', on: 'notices' },
  { time: '11:30', fault: 'W17-quotes-frozen', on: 'trades', parameters: { durationMs: 90_000 } },
  { time: '12:00', fault: 'W08-gap-over-reconnect', on: 'trades', parameters: { durationMs: 20_000 } },
  { time: '12:40', fault: 'W10-garbage-frame', on: 'trades' },
  { time: '13:00', fault: 'W02-cut', on: 'notices' },
  { time: '13:30', fault: 'W11-cipher-garbled', on: 'notices' },
  { time: '14:00', fault: 'notice-before-answer', on: 'notices', times: 3 },
];

/** Arranges the disturbances of a day. */
export function disturbStreams(
  { faults }: Pick<VenueSim, 'faults'>,
  { noticeStream, tradeStream }: Pick<RunnerBroker, 'noticeStream' | 'tradeStream'>,
  date: TradingDate,
): void {
  const operations: Readonly<Record<Struck, string>> = { notices: noticeStream, trades: tradeStream };
  for (const { time, on, ...plan } of disturbances) {
    faults.plan({ ...plan, operation: operations[on], when: { atMs: kstEpochMs(date, timeOfDayMs(time)) } });
  }
}

/** How often each disturbance has struck, by the venue's own counters. */
export function countDisturbances({ faults }: Pick<VenueSim, 'faults'>): Readonly<Record<string, number>> {
  const counters = faults.counters();
  const ids = [...new Set(disturbances.map(({ fault }) => fault))];
  return Object.fromEntries(ids.filter((id) => counters[id] > 0).map((id) => [id, counters[id]]));
}
