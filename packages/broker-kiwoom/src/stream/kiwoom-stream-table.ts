import { type MarketChannel, type Venue } from '@qts/core';
import { type KiwoomEnvironment } from '../rest/operation.ts';

/** One real-time type (실시간 항목): how it is asked for, and what must be in it. */
export interface KiwoomQuoteStream {
  /** Case matters: `0s` is not `0S`. */
  readonly type: string;
  readonly korean: string;
  readonly channel: MarketChannel;
  /** `SYMBOL`: a code with the suffix of its venue. `NONE`: an empty item, for the market as a whole. */
  readonly item: 'SYMBOL' | 'NONE';
  /** A group for each type, so that what is done to one touches no other. */
  readonly group: string;
  /** FIDs without which there is no event. The others may be missing, and new ones may come: neither is told. */
  readonly needs: readonly number[];
}

/** Types that become market data. */
export const kiwoomQuoteStreams: readonly KiwoomQuoteStream[] = [
  { type: '0B', korean: '주식체결', channel: 'TRADES', item: 'SYMBOL', group: '2', needs: [20, 10, 15, 13] },
  { type: '0D', korean: '주식호가잔량', channel: 'BOOK', item: 'SYMBOL', group: '3', needs: [21, 41, 61, 51, 71] },
  { type: '0H', korean: '주식예상체결', channel: 'EXPECTED_MATCH', item: 'SYMBOL', group: '4', needs: [20, 10, 15] },
  { type: '1h', korean: 'VI발동/해제', channel: 'MARKET_STATUS', item: 'SYMBOL', group: '5', needs: [9001, 1223] },
  { type: '0s', korean: '장시작시간', channel: 'MARKET_STATUS', item: 'NONE', group: '6', needs: [215, 20] },
];

/** The type of own order notices (주문체결). It comes for the account of the token, whatever the item. */
export const kiwoomNoticeStream = { type: '00', korean: '주문체결', group: '1' } as const;

/** Venues whose quotes are offered: the mock environment has KRX alone (guide). */
export const kiwoomQuoteVenues: Readonly<Record<KiwoomEnvironment, readonly Venue[]>> = {
  LIVE: ['KRX', 'NXT', 'SOR'],
  PAPER: ['KRX'],
};

/** What one session is taken to carry. */
export const kiwoomStreamLimits = {
  /** Registrations, one type of one item each. */
  registrationMax: 100,
  source:
    'assumed: client authors use 100 items, the figure of the OCX world; the guide gives `item` a length of 100; no refusal was recorded',
} as const;
