import { type MarketChannel, type Venue } from '@qts/core';
import { type KisEnvironment } from '../rest/operation.ts';

/** One stream of quotes: how it is asked for, where it is offered, and the widths that records were seen with. */
export interface KisQuoteStream {
  readonly trId: string;
  readonly korean: string;
  readonly channel: MarketChannel;
  readonly venue: Venue;
  readonly environments: readonly KisEnvironment[];
  /** Fields of a record, by the reference: others are read by position, and reported. */
  readonly widths: readonly number[];
  /** Fields that a record must have for the events that we make of it. */
  readonly widthMin: number;
}

const everywhere = ['LIVE', 'PAPER'] as const;
const liveOnly = ['LIVE'] as const;

/** Streams of quotes (실시간시세). Columns are appended without notice: on 2026-09-14 most grew by one. */
export const kisQuoteStreams: readonly KisQuoteStream[] = [
  {
    trId: 'H0STCNT0',
    korean: '국내주식 실시간체결가 (KRX)',
    channel: 'TRADES',
    venue: 'KRX',
    environments: everywhere,
    widths: [46, 47],
    widthMin: 36,
  },
  {
    trId: 'H0NXCNT0',
    korean: '국내주식 실시간체결가 (NXT)',
    channel: 'TRADES',
    venue: 'NXT',
    environments: liveOnly,
    widths: [46, 47],
    widthMin: 36,
  },
  {
    trId: 'H0UNCNT0',
    korean: '국내주식 실시간체결가 (통합)',
    channel: 'TRADES',
    venue: 'SOR',
    environments: liveOnly,
    widths: [46, 47],
    widthMin: 36,
  },
  {
    trId: 'H0STASP0',
    korean: '국내주식 실시간호가 (KRX)',
    channel: 'BOOK',
    venue: 'KRX',
    environments: everywhere,
    widths: [59, 62, 63],
    widthMin: 54,
  },
  {
    trId: 'H0NXASP0',
    korean: '국내주식 실시간호가 (NXT)',
    channel: 'BOOK',
    venue: 'NXT',
    environments: liveOnly,
    widths: [65],
    widthMin: 54,
  },
  {
    trId: 'H0UNASP0',
    korean: '국내주식 실시간호가 (통합)',
    channel: 'BOOK',
    venue: 'SOR',
    environments: liveOnly,
    widths: [65, 66],
    widthMin: 54,
  },
  {
    trId: 'H0STANC0',
    korean: '국내주식 실시간예상체결 (KRX)',
    channel: 'EXPECTED_MATCH',
    venue: 'KRX',
    environments: liveOnly,
    widths: [45],
    widthMin: 34,
  },
  {
    trId: 'H0STMKO0',
    korean: '국내주식 장운영정보 (KRX)',
    channel: 'MARKET_STATUS',
    venue: 'KRX',
    environments: liveOnly,
    widths: [10, 11],
    widthMin: 10,
  },
];

/** The stream of own order notices (실시간체결통보) of each environment; its key is the customer's HTS id. */
export const kisNoticeStreams: Readonly<Record<KisEnvironment, string>> = { LIVE: 'H0STCNI0', PAPER: 'H0STCNI9' };
