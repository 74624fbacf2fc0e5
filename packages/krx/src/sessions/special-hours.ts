import { type Venue } from '@qts/core';
import { type SpecialHoursKind } from '../calendar/calendar-types.ts';
import { type Confidence } from '../rules/confidence.ts';
import { type WindowKind } from './session-rules.ts';

/** How some windows of a venue run on a day of special hours. */
export interface SpecialHoursRule {
  readonly kind: SpecialHoursKind;
  readonly venue: Venue;
  readonly windows: readonly WindowKind[];
  /** Minutes by which the starts and the ends move, or why the window is left out. */
  readonly change:
    | { readonly kind: 'SHIFT'; readonly startMinutes: number; readonly endMinutes: number }
    | { readonly kind: 'WITHHELD'; readonly reason: string };
  readonly confidence: Confidence;
  readonly source: string;
}

const unchanged = { kind: 'SHIFT', startMinutes: 0, endMinutes: 0 } as const;
const startsLater = { kind: 'SHIFT', startMinutes: 60, endMinutes: 0 } as const;
const anHourLater = { kind: 'SHIFT', startMinutes: 60, endMinutes: 60 } as const;
const doesNotRun = { kind: 'WITHHELD', reason: 'does not run on this day' } as const;

/** On a day of special hours a window without a row here is left out: its hours are not known. */
export const specialHoursRules: readonly SpecialHoursRule[] = [
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'KRX',
    windows: ['PRE_OPEN_CLOSING_PRICE', 'OPENING_AUCTION'],
    change: anHourLater,
    confidence: 'CONFIRMED',
    source: 'press of 2007-12-20, 2021-01-04 (09:30 to 09:40) and 2022-01-03',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'KRX',
    windows: ['CONTINUOUS'],
    change: startsLater,
    confidence: 'CONFIRMED',
    source: 'press of 2021-01-04, 2022-01-03 and 2026-01-02',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'KRX',
    windows: ['CLOSING_AUCTION', 'POST_CLOSE_CLOSING_PRICE', 'AFTER_HOURS_SINGLE_PRICE'],
    change: unchanged,
    confidence: 'CONFIRMED',
    source: 'press of 2021-01-04 and 2022-01-03',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'KRX',
    windows: ['AFTER_MARKET'],
    change: unchanged,
    confidence: 'UNCONFIRMED',
    source: 'inference: the close does not move; there was no such day yet',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'NXT',
    windows: ['PRE_MARKET'],
    change: doesNotRun,
    confidence: 'CONFIRMED',
    source: 'press of 2025-12-31 and 2026-01-02',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'NXT',
    windows: ['CONTINUOUS'],
    change: startsLater,
    confidence: 'CONFIRMED',
    source: 'press of 2025-12-31 and 2026-01-02 (10:00:30)',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'NXT',
    windows: ['POST_CLOSE_CLOSING_PRICE', 'AFTER_MARKET'],
    change: unchanged,
    confidence: 'SINGLE_SOURCE',
    source: 'press of 2026-01-02: ends as usual',
  },
  {
    kind: 'FIRST_TRADING_DAY',
    venue: 'SOR',
    windows: ['CONTINUOUS'],
    change: startsLater,
    confidence: 'UNCONFIRMED',
    source: 'inference from both venues',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'KRX',
    windows: ['PRE_OPEN_CLOSING_PRICE', 'OPENING_AUCTION', 'CONTINUOUS', 'CLOSING_AUCTION'],
    change: anHourLater,
    confidence: 'CONFIRMED',
    source: 'press of 2018-11-05, 2018-11-14 and 2024-10-31',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'KRX',
    windows: ['POST_CLOSE_CLOSING_PRICE'],
    change: anHourLater,
    confidence: 'UNCONFIRMED',
    source: 'press of 2018-11-14: off-hours trading starts at 16:40; that this part of it lasts to 17:00 is inference',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'KRX',
    windows: ['AFTER_HOURS_SINGLE_PRICE'],
    change: startsLater,
    confidence: 'UNCONFIRMED',
    source: 'press of 2018-11-05: the end stays 18:00; the start after the closing-price session is inference',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'KRX',
    windows: ['AFTER_MARKET'],
    change: { kind: 'WITHHELD', reason: 'has no known hours on this day' },
    confidence: 'UNCONFIRMED',
    source: 'no notice was found that says how the after-market of 2026 shifts',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'NXT',
    windows: ['PRE_MARKET'],
    change: doesNotRun,
    confidence: 'CONFIRMED',
    source: 'notices for 2025-11-13',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'NXT',
    windows: ['CONTINUOUS'],
    change: anHourLater,
    confidence: 'CONFIRMED',
    source: 'notices for 2025-11-13: 10:00 to 16:20; the 30 seconds of other days are kept, the later start is safe',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'NXT',
    windows: ['AFTER_MARKET'],
    change: startsLater,
    confidence: 'CONFIRMED',
    source: 'notices for 2025-11-13: starts at 16:30, still ends at 20:00',
  },
  {
    kind: 'CSAT_DAY',
    venue: 'SOR',
    windows: ['CONTINUOUS'],
    change: anHourLater,
    confidence: 'UNCONFIRMED',
    source: 'inference from both venues',
  },
];
