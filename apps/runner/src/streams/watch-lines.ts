import { type OrderEvent, type StreamControl, type SymbolCode, kstDateTime, printable } from '@qts/core';
import { type BrokerDifference, type BrokerPrice, type SymbolQuality } from '@qts/market-data';
import { formatWhole } from '../report/text-table.ts';
import { someOf } from './subscription-names.ts';

/** What is shown of one symbol. Absent: not told yet. */
export interface WatchedQuote {
  readonly symbol: SymbolCode;
  readonly priceKrw?: number;
  readonly volume?: number;
  readonly bidKrw?: number;
  readonly bidQuantity?: number;
  readonly askKrw?: number;
  readonly askQuantity?: number;
}

/** One line of a watch: for people, and for programs. */
export interface WatchLine {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const timeOf = (nowMs: number): string => kstDateTime(nowMs).slice(11, 19);
const amount = (value: number | undefined): string => (value === undefined ? '–' : formatWhole(value));

/** A quote, with what it is worth. */
export function quoteLine(quote: WatchedQuote, { state }: SymbolQuality, nowMs: number): WatchLine {
  const { symbol, priceKrw, volume, bidKrw, bidQuantity, askKrw, askQuantity } = quote;
  return {
    text:
      `${timeOf(nowMs)}  ${symbol}  ${amount(priceKrw).padStart(10)}  bid ${amount(bidKrw)} × ${amount(bidQuantity)}` +
      `  ask ${amount(askKrw)} × ${amount(askQuantity)}  volume ${amount(volume)}  ${state}`,
    json: { atMs: nowMs, kind: 'quote', ...quote, quality: state },
  };
}

/** The price that counts, of several brokers', and whose it is. */
export function mergedLine(price: BrokerPrice, { state }: SymbolQuality, nowMs: number): WatchLine {
  const { brokerId, symbol, priceKrw, accumulatedVolume: volume } = price;
  return {
    text: `${timeOf(nowMs)}  ${symbol}  ${amount(priceKrw).padStart(10)}  volume ${amount(volume)}  by ${brokerId}  ${state}`,
    json: { atMs: nowMs, kind: 'quote', brokerId, symbol, priceKrw, volume, quality: state },
  };
}

/** Two brokers told different things of one moment. */
export function differenceLine(difference: BrokerDifference, nowMs: number): WatchLine {
  const { kind, symbol, brokerIds, facts } = difference;
  const each = Object.entries(facts).map(([brokerId, fact]) =>
    kind === 'PRICE'
      ? `${brokerId} ${formatWhole(fact)}`
      : `${brokerId} lacks for ${(fact / 1_000).toFixed(1)} s what the other tells`,
  );
  return {
    text: `${timeOf(nowMs)}  ! differs ${kind}  ${symbol}  ${each.join(', ')}`,
    json: { atMs: nowMs, kind: 'difference', difference: kind, symbol, brokerIds, facts },
  };
}

const meanings: Readonly<Record<SymbolQuality['state'], string>> = {
  FRESH: 'news comes',
  STALE: 'nothing was heard for a while',
  SILENT: 'nothing was heard yet',
  GAP: 'something was missed and is not read yet',
  CROSSED: 'the best bid is not below the best ask',
  HALTED: 'trading of the issue is halted',
  VI: 'a volatility interruption is on',
};

/** A symbol is worth more, or less, than before. */
export function qualityLine(symbol: SymbolCode, quality: SymbolQuality, nowMs: number): WatchLine {
  const { state, missedQuantity } = quality;
  const missed = missedQuantity > 0 ? `; ${formatWhole(missedQuantity)} shares were traded and not heard` : '';
  return {
    text: `${timeOf(nowMs)}  ${symbol}  is ${state}: ${meanings[state]}${missed}`,
    json: { atMs: nowMs, kind: 'quality', symbol, state, missedQuantity },
  };
}

/** A stream speaks of itself: what happened, to which subscriptions, and what to do. */
export function controlLine(event: StreamControl, nowMs: number): WatchLine {
  const { kind, subscriptions, reason, next, receivedMonotonicMs, receivedAtMs, ...facts } = event;
  const mark = kind === 'connected' || kind === 'backfilled' ? '*' : '!';
  return {
    text: printable(
      `${timeOf(nowMs)}  ${mark} ${kind} ${reason}  [${someOf(subscriptions)}]  ${factsOf(event)}${next}`,
    ),
    json: { atMs: nowMs, kind, reason, subscriptions, ...facts, next, receivedAtMs, receivedMonotonicMs },
  };
}

function factsOf(event: StreamControl): string {
  switch (event.kind) {
    case 'gap':
      return `since ${timeOf(event.sinceMs)}. `;
    case 'backfilled':
      return `since ${timeOf(event.sinceMs)}, ${event.repaired} read${event.complete ? '' : ', NOT COMPLETE'}. `;
    case 'connection-lost':
      return event.retryInMs === undefined
        ? 'No further attempt. '
        : `Again in ${(event.retryInMs / 1_000).toFixed(1)} s. `;
    case 'drift':
      return `${Object.entries(event.facts)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}. `;
    case 'stale':
      return `Quiet for ${(event.quietMs / 1_000).toFixed(0)} s. `;
    case 'slow-consumer':
      return `${event.level}, ${event.lagMs} ms behind. `;
    case 'subscription-refused':
      return event.nativeCode === undefined ? '' : `${event.nativeCode} ${event.nativeMessage ?? ''}. `;
    case 'connected':
      return '';
  }
}

/** News of an own order. */
export function orderLine(event: OrderEvent, nowMs: number): WatchLine {
  if (event.kind === 'order-notice') {
    const { type, brokerOrderId, symbol, side, fill, provisionalQuantity } = event;
    const filled = fill === undefined ? '' : ` ${fill.quantity} at ${formatWhole(fill.priceKrw)}`;
    return {
      text: `${timeOf(nowMs)}  order ${brokerOrderId} ${side} ${symbol}: ${type}${filled} (noticed; a read confirms it)`,
      json: { atMs: nowMs, kind: event.kind, type, brokerOrderId, symbol, side, ...(fill ?? {}), provisionalQuantity },
    };
  }
  const { reference, filledQuantity, leavesQuantity } = event.snapshot;
  const { brokerOrderId, symbol } = reference;
  return {
    text: `${timeOf(nowMs)}  order ${brokerOrderId} ${symbol}: filled ${filledQuantity}, open ${leavesQuantity} (read)`,
    json: { atMs: nowMs, kind: event.kind, brokerOrderId, symbol, filledQuantity, leavesQuantity },
  };
}
