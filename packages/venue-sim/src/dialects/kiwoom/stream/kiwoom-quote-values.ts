import { type BookLevel, type BookView, type InstrumentView, type VenuePhase } from '../../../exchange/contracts.ts';
import { kstInstant, kstTime6 } from '../../../kst.ts';
import { type TradePrint } from '../../market-feed.ts';
import { previousCloseKrw, priceChange } from '../kiwoom-quote.ts';
import { directedPrice, percent, signed, signedPercent } from '../kiwoom-text.ts';
import { type KiwoomValues } from './kiwoom-stream-frames.ts';

const million = 1_000_000;
const thousand = 1000;
const hundredMillion = 100_000_000;
const levels = 10;

/** 0B 주식체결. Figures of yesterday, of CFD and of costs are not modelled. */
export function tradeValues(view: InstrumentView, book: BookView, { trade, tally }: TradePrint): KiwoomValues {
  const closeKrw = previousCloseKrw(view);
  const directed = (priceKrw: number): string => directedPrice(priceKrw, closeKrw);
  const { priceKrw, quantity, aggressor, atMs } = trade;
  const change = priceChange(view, priceKrw);
  const { BUY, SELL } = tally.takenBy;
  const signedQuantity = aggressor === 'SELL' ? -quantity : quantity;
  const capitalKrw = (view.instrument.listedShares ?? 0) * priceKrw;
  return {
    '20': kstTime6(atMs),
    '10': directed(priceKrw),
    '11': change.amount,
    '12': change.percent,
    '27': directed(book.asks[0]?.priceKrw ?? 0),
    '28': directed(book.bids[0]?.priceKrw ?? 0),
    '15': signed(signedQuantity),
    '13': String(tally.volume),
    '14': String(Math.floor(tally.turnoverKrw / million)),
    '16': directed(tally.openKrw),
    '17': directed(tally.highKrw),
    '18': directed(tally.lowKrw),
    '25': change.code,
    '26': signed(tally.volume),
    '29': signed(tally.turnoverKrw),
    '30': '0.00',
    '31': percent(tally.volume, view.instrument.listedShares ?? 0),
    '32': '0',
    '228': percent(BUY.volume, SELL.volume),
    '311': String(Math.floor(capitalKrw / hundredMillion)),
    '290': '2',
    '691': '0',
    '567': '000000',
    '568': '000000',
    '851': '0',
    '1890': kstTime6(tally.openAtMs),
    '1891': kstTime6(tally.highAtMs),
    '1892': kstTime6(tally.lowAtMs),
    '1030': String(SELL.volume),
    '1031': String(BUY.volume),
    '1032': signedPercent(BUY.volume, tally.volume),
    '1071': String(SELL.count),
    '1072': String(BUY.count),
    '1313': signed(Math.trunc((signedQuantity * priceKrw) / thousand)),
    // A zero has a space in front (captured).
    '1315': aggressor === 'SELL' ? signed(-quantity) : ' 0',
    '1316': aggressor === 'SELL' ? ' 0' : signed(quantity),
    '1314': signed(signedQuantity),
    '1497': '0',
    '1498': '0',
    '620': String(Math.floor(tally.turnoverKrw / tally.volume)),
    '732': '0',
    '852': '0',
    '9081': 'KRX',
  };
}

/** 0D 주식호가잔량. Changes of quantities, providers of liquidity, NXT and midpoints are not modelled. */
export function bookValues(view: InstrumentView, book: BookView, volume: number, atMs: number): KiwoomValues {
  const closeKrw = previousCloseKrw(view);
  const directed = (priceKrw: number): string => directedPrice(priceKrw, closeKrw);
  const { totalAskQuantity: asks, totalBidQuantity: bids, expectedPriceKrw = 0, expectedQuantity = 0 } = book;
  const expected =
    expectedPriceKrw === 0 ? { code: '3', amount: '0', percent: '0.00' } : priceChange(view, expectedPriceKrw);
  return {
    '21': kstTime6(atMs),
    ...eachLevel((index) => ({
      [41 + index]: directed(priceAt(book.asks, index)),
      [61 + index]: String(quantityAt(book.asks, index)),
      [81 + index]: '0',
      [51 + index]: directed(priceAt(book.bids, index)),
      [71 + index]: String(quantityAt(book.bids, index)),
      [91 + index]: '0',
    })),
    '121': String(asks),
    '122': '0',
    '125': String(bids),
    '126': '0',
    '23': directed(expectedPriceKrw),
    '24': String(expectedQuantity),
    '128': signed(bids - asks),
    '129': percent(bids, asks),
    '138': signed(asks - bids),
    '139': percent(asks, bids),
    '200': expected.amount,
    '201': expected.percent,
    '238': expected.code,
    '291': directed(expectedPriceKrw),
    '292': String(expectedQuantity),
    '293': expected.code,
    '294': expected.amount,
    '295': expected.percent,
    ...eachLevel((index) => ({ [621 + index]: '0', [631 + index]: '0' })),
    '13': String(volume),
    '299': '0.00',
    '215': '',
    '216': '',
    ...eachLevel((index) => ({
      [6044 + index]: String(quantityAt(book.asks, index)),
      [6054 + index]: String(quantityAt(book.bids, index)),
      [6066 + index]: '0',
      [6076 + index]: '0',
    })),
    '6064': String(asks),
    '6065': String(bids),
    '6086': '0',
    '6087': '0',
    ...Object.fromEntries(Array.from({ length: 16 }, (_, index) => [6100 + index, '0'])),
  };
}

function eachLevel(of: (index: number) => Readonly<Record<number, string>>): KiwoomValues {
  return Object.assign({}, ...Array.from({ length: levels }, (_, index) => of(index))) as KiwoomValues;
}

function priceAt(rows: readonly BookLevel[], index: number): number {
  return rows[index]?.priceKrw ?? 0;
}

function quantityAt(rows: readonly BookLevel[], index: number): number {
  return rows[index]?.quantity ?? 0;
}

/** FID 215 by phase (guide). The after-market of 2026-09-14 has no code, so nothing is told of its beginning. */
const sessionCodes: Readonly<Partial<Record<VenuePhase, string>>> = {
  OPENING_AUCTION: '0',
  CONTINUOUS: '3',
  CLOSING_AUCTION: '2',
  POST_CLOSE_CLOSING_PRICE: 'a',
  CLOSED: '4',
};
const dayOver = '9';

/** 0s 장시작시간; `undefined` when no code is known for the phase. */
export function sessionValues(phase: VenuePhase, tradingDate: string, atMs: number): KiwoomValues | undefined {
  const isDayOver = phase === 'CLOSED' && atMs >= kstInstant(tradingDate, '16:00');
  const code = isDayOver ? dayOver : sessionCodes[phase];
  return code === undefined ? undefined : { '215': code, '20': kstTime6(atMs), '214': '000000' };
}
