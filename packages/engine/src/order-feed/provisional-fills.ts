import {
  type BrokerOrderId,
  type Krw,
  type OrderNotice,
  type OrderState,
  type Shares,
  type Side,
  type SymbolCode,
  type TradingDate,
} from '@qts/core';
import { type TrackedOrder } from '../orders/tracked-order.ts';
import { type ProvisionalExposure } from './order-feed-contract.ts';

/** What a stream has told of one number. */
interface Claim {
  readonly tradingDate: TradingDate;
  readonly brokerOrderId: BrokerOrderId;
  /** The number that it took over, where it is told. */
  readonly originalBrokerOrderId: BrokerOrderId | undefined;
  readonly symbol: SymbolCode;
  readonly side: Side;
  /** The most that a read of the stream has shown. */
  readonly readQuantity: number;
  /** Noticed beyond the reads, by what was received last. */
  readonly noticedQuantity: number;
  readonly receivedMonotonicMs: number;
  /** Dearest price that was told, won; 0: none was. */
  readonly priceKrw: number;
}

export interface ProvisionalFillsSettings {
  /** The order of ours that has the number. */
  readonly find: (number: {
    readonly tradingDate: TradingDate;
    readonly brokerOrderId: BrokerOrderId;
  }) => TrackedOrder | undefined;
  /** Shares that reads have shown of a number that is not ours. */
  readonly externalQuantity: (number: BrokerOrderId) => number;
  /** A number that may still turn out to be ours: its order counts already. */
  readonly isHeld: (number: BrokerOrderId) => boolean;
}

/** Keeps what notices tell beyond the reads. Repetition, and what comes late, change nothing. */
export interface ProvisionalFills extends ProvisionalExposure {
  hear(event: OrderNotice | OrderState): void;
}

export function createProvisionalFills({ find, externalQuantity, isHeld }: ProvisionalFillsSettings): ProvisionalFills {
  const claims = new Map<string, Claim>();
  /** Keys of claims that may go beyond what is known otherwise: seldom more than a few. */
  const open = new Set<string>();

  /** The order of a claim, by its own number or by the one that it took over. */
  function ownerOf({ tradingDate, brokerOrderId, originalBrokerOrderId }: Claim): TrackedOrder | undefined {
    const own = find({ tradingDate, brokerOrderId });
    if (own !== undefined || originalBrokerOrderId === undefined) return own;
    return find({ tradingDate, brokerOrderId: originalBrokerOrderId });
  }

  /** Shares beyond what is known, with the order of ours that they belong to. */
  function* beyond(): Generator<{ readonly claim: Claim; readonly owner?: TrackedOrder; readonly quantity: number }> {
    const sums = new Map<TrackedOrder, { readonly claim: Claim; told: number }>();
    for (const key of open) {
      const claim = claims.get(key);
      if (claim === undefined) continue;
      const owner = ownerOf(claim);
      if (owner === undefined) {
        if (isHeld(claim.brokerOrderId)) continue;
        const quantity = toldBy(claim) - externalQuantity(claim.brokerOrderId);
        if (quantity > 0) yield { claim, quantity };
        continue;
      }
      const sum = sums.get(owner) ?? { claim, told: toldOf(owner, claim) };
      sums.set(owner, sum);
      // A number that a notice of a replace named before any answer or list did.
      if (!owner.facts.brokerOrderIds.includes(claim.brokerOrderId)) sum.told += toldBy(claim);
    }
    for (const [owner, { claim, told }] of sums) {
      const quantity = told - owner.facts.filledQuantity;
      if (quantity > 0) yield { claim, owner, quantity };
    }
  }

  /** All that the stream has told of an order under the numbers that are known to be its own. */
  function toldOf({ facts }: TrackedOrder, claim: Claim): number {
    let sum = 0;
    for (const brokerOrderId of facts.brokerOrderIds) {
      const own = claims.get(keyOf({ ...claim, brokerOrderId }));
      if (own !== undefined) sum += toldBy(own);
    }
    return sum;
  }

  return {
    hear(event) {
      const next = claimOf(event);
      const key = keyOf(next);
      const claim = joinClaims(claims.get(key), next);
      claims.set(key, claim);
      if (claim.noticedQuantity > 0 || (claim.readQuantity > 0 && ownerOf(claim) === undefined)) open.add(key);
      else open.delete(key);
    },

    quantity(symbol, side) {
      let sum = 0;
      for (const { claim, quantity } of beyond()) if (claim.symbol === symbol && claim.side === side) sum += quantity;
      return sum as Shares;
    },

    openBuyValueKrw(symbol) {
      let sum = 0;
      for (const { claim, owner, quantity } of beyond()) {
        if (claim.side !== 'BUY' || (symbol !== undefined && claim.symbol !== symbol)) continue;
        const uncounted = Math.max(0, quantity - (owner?.leavesQuantity ?? 0));
        sum += uncounted * Math.max(claim.priceKrw, owner?.worstPriceKrw ?? 0);
      }
      return sum;
    },

    openSellQuantity(symbol) {
      let sum = 0;
      for (const { claim, owner, quantity } of beyond()) {
        if (claim.side === 'SELL' && claim.symbol === symbol)
          sum += Math.max(0, quantity - (owner?.leavesQuantity ?? 0));
      }
      return sum;
    },
  };
}

const toldBy = ({ readQuantity, noticedQuantity }: Claim): number => readQuantity + noticedQuantity;

/** Numbers are unique per day and branch; with symbol and side two branches can hardly be taken for one. */
const keyOf = ({ tradingDate, symbol, side, brokerOrderId }: Claim): string =>
  `${tradingDate} ${symbol} ${side} ${brokerOrderId}`;

function claimOf(event: OrderNotice | OrderState): Claim {
  const { receivedMonotonicMs, provisionalQuantity: noticedQuantity } = event;
  if (event.kind === 'order-state') {
    const { reference, originalBrokerOrderId, filledQuantity, limitPriceKrw } = event.snapshot;
    const { tradingDate, brokerOrderId, symbol, side } = reference;
    const number = { tradingDate, brokerOrderId, originalBrokerOrderId, symbol, side };
    return {
      ...number,
      readQuantity: filledQuantity,
      noticedQuantity,
      receivedMonotonicMs,
      priceKrw: limitPriceKrw ?? 0,
    };
  }
  const { tradingDate, brokerOrderId, originalBrokerOrderId, symbol, side, fill, limitPriceKrw } = event;
  const priceKrw: Krw | 0 = fill?.priceKrw ?? limitPriceKrw ?? 0;
  const number = { tradingDate, brokerOrderId, originalBrokerOrderId, symbol, side };
  return { ...number, readQuantity: 0, noticedQuantity, receivedMonotonicMs, priceKrw };
}

/** A later event says what is provisional now; what was received before it is old news. Reads only grow. */
function joinClaims(known: Claim | undefined, next: Claim): Claim {
  if (known === undefined) return next;
  const newest = next.receivedMonotonicMs >= known.receivedMonotonicMs ? next : known;
  return {
    ...newest,
    originalBrokerOrderId: known.originalBrokerOrderId ?? next.originalBrokerOrderId,
    readQuantity: Math.max(known.readQuantity, next.readQuantity),
    priceKrw: Math.max(known.priceKrw, next.priceKrw),
  };
}
