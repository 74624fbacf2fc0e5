import { type Clock, type Krw, type SymbolCode, type Venue } from '@qts/core';

/** A price of one symbol as one broker's stream told it. */
export interface BrokerPrice {
  readonly brokerId: string;
  readonly symbol: SymbolCode;
  readonly venue: Venue;
  readonly priceKrw: Krw;
  /** By the monotonic clock that both streams were given. */
  readonly receivedMonotonicMs: number;
  /** When it happened at the exchange, epoch ms, in whole seconds; absent when not told. */
  readonly exchangeAtMs?: number;
  readonly accumulatedVolume?: number;
}

/** Two brokers told different things of one moment. */
export interface BrokerDifference {
  readonly symbol: SymbolCode;
  readonly venue: Venue;
  /**
   * `PRICE`: other last prices at the same volume of the day. `BEHIND`: one broker is silent while the other goes on.
   */
  readonly kind: 'PRICE' | 'BEHIND';
  readonly brokerIds: readonly [string, string];
  readonly facts: Readonly<Record<string, number>>;
}

export interface BrokerMergeSettings {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** How long a broker may lack what the other has told, ms; default 3 s. Looked at when either of them speaks. */
  readonly behindAfterMs?: number;
  readonly onDifference?: (difference: BrokerDifference) => void;
}

/** The same symbols over several brokers: the fresher price wins, and what differs is told. */
export interface BrokerMerge {
  /** Folds a price in; answers whether it is the one that counts now. */
  add(price: BrokerPrice): boolean;
  /** The price that counts: of the greatest volume of the day where both tell it, else the one heard last. */
  latest(symbol: SymbolCode, venue: Venue): BrokerPrice | undefined;
}

/** Makes a merge. A symbol of KRX and the same symbol of NXT are two. */
export function createBrokerMerge({ clock, behindAfterMs = 3_000, onDifference }: BrokerMergeSettings): BrokerMerge {
  const prices = new Map<string, Map<string, BrokerPrice>>();
  const winners = new Map<string, BrokerPrice>();
  /** Differences that were told and go on: each is told once. */
  const told = new Set<string>();
  /** Since when a broker lacks what another has told, by symbol and pair. A quiet market leaves nobody behind. */
  const lacksSince = new Map<string, number>();

  function tell(key: string, holds: boolean, difference: () => BrokerDifference): void {
    if (!holds) told.delete(key);
    else if (!told.has(key)) {
      told.add(key);
      onDifference?.(difference());
    }
  }

  function compare(price: BrokerPrice, other: BrokerPrice): void {
    const { symbol, venue, brokerId } = price;
    const brokerIds = [brokerId, other.brokerId].toSorted() as [string, string];
    const pair = `${symbol} ${venue} ${brokerIds.join(' ')}`;
    const sameMoment = price.accumulatedVolume !== undefined && price.accumulatedVolume === other.accumulatedVolume;
    tell(`PRICE ${pair}`, sameMoment && price.priceKrw !== other.priceKrw, () => ({
      ...{ symbol, venue, kind: 'PRICE', brokerIds },
      facts: { [brokerId]: price.priceKrw, [other.brokerId]: other.priceKrw },
    }));
    const nowMs = clock.monotonicMs();
    const behind = `BEHIND ${pair} ${other.brokerId}`;
    if (!tellsMore(other, price)) lacksSince.delete(`BEHIND ${pair} ${brokerId}`);
    if (!tellsMore(price, other)) lacksSince.delete(behind);
    else if (!lacksSince.has(behind)) lacksSince.set(behind, nowMs);
    const lacksMs = nowMs - (lacksSince.get(behind) ?? nowMs);
    tell(behind, lacksMs > behindAfterMs, () => ({
      ...{ symbol, venue, kind: 'BEHIND', brokerIds },
      facts: { [other.brokerId]: lacksMs },
    }));
  }

  return {
    add(price) {
      const key = `${price.symbol} ${price.venue}`;
      const byBroker = prices.get(key) ?? new Map<string, BrokerPrice>();
      prices.set(key, byBroker);
      byBroker.set(price.brokerId, price);
      for (const [brokerId, other] of byBroker) if (brokerId !== price.brokerId) compare(price, other);
      const winner = winners.get(key);
      const wins = winner === undefined || winner.brokerId === price.brokerId || isFresher(price, winner);
      if (wins) winners.set(key, price);
      return wins;
    },
    latest: (symbol, venue) => winners.get(`${symbol} ${venue}`),
  };
}

/** More of the day is fresher; then the later second of the exchange; then what was heard later. */
function isFresher(price: BrokerPrice, than: BrokerPrice): boolean {
  if (tellsMore(price, than)) return true;
  return !tellsMore(than, price) && price.receivedMonotonicMs > than.receivedMonotonicMs;
}

/** More of the day, or a later second of the exchange. The same that was heard a moment later is no more. */
function tellsMore(price: BrokerPrice, than: BrokerPrice): boolean {
  const { accumulatedVolume: volume, exchangeAtMs: atMs } = price;
  if (volume !== undefined && than.accumulatedVolume !== undefined && volume !== than.accumulatedVolume) {
    return volume > than.accumulatedVolume;
  }
  return atMs !== undefined && than.exchangeAtMs !== undefined && atMs > than.exchangeAtMs;
}
