import {
  type OrderReference,
  type OrderSnapshot,
  type Side,
  type SymbolCode,
  BrokerError,
  krw,
  kstDate,
  kstTimeOfDayMs,
  parseOrderRequest,
  timeOfDayMs,
} from '@qts/core';
import { checkThat } from '../check.ts';
import { issue } from './read-checks.ts';
import { type RealBrokerCheck } from './real-broker-check.ts';
import { type RealBrokerBench } from './real-broker-target.ts';

/** Continuous trading with room at both ends, time of day in Korea. */
const opensAt = timeOfDayMs('09:01');
const closesAt = timeOfDayMs('15:19');
/** How long a list may lag behind an order: KIS paper took up to 5.3 s. */
const lagMsMax = 15_000;
const againMs = 1_000;

/** Paper accounts alone. One share each, at the daily limit where nobody trades. */
export const orderChecks: readonly RealBrokerCheck[] = [
  {
    id: 'REAL-100',
    title: 'a buy far below the market is accepted, listed, replaced, canceled, and leaves nothing behind',
    sendsOrders: true,
    async run(bench) {
      const why = whyNoOrders(bench);
      if (why !== undefined) return why;
      const { lowerLimitKrw, tickKrw, halted } = await bench.broker.quotes.getQuote({ symbol: issue });
      if (halted) return `${issue} is halted`;
      await goThrough(bench, { symbol: issue, side: 'BUY', priceKrw: lowerLimitKrw, nextKrw: lowerLimitKrw + tickKrw });
      return undefined;
    },
  },
  {
    id: 'REAL-110',
    title: 'a sale far above the market is accepted, listed, replaced, canceled, and leaves nothing behind',
    sendsOrders: true,
    async run(bench) {
      const why = whyNoOrders(bench);
      if (why !== undefined) return why;
      const { positions } = await bench.broker.account.listPositions();
      const held = positions.find(({ sellableQuantity }) => sellableQuantity > 0);
      if (held === undefined) return 'the account holds nothing that can be sold';
      const { upperLimitKrw, tickKrw } = await bench.broker.quotes.getQuote({ symbol: held.symbol });
      // Ticks grow with the price: one of the upper limit is at most twice to ten times that of the present price.
      const nextKrw = upperLimitKrw - 10 * tickKrw;
      await goThrough(bench, { symbol: held.symbol, side: 'SELL', priceKrw: upperLimitKrw, nextKrw });
      return undefined;
    },
  },
];

function whyNoOrders({ environment, broker, clock }: RealBrokerBench): string | undefined {
  const { environment: reaches } = broker.orders.capabilities;
  if (environment !== 'PAPER' || reaches === 'LIVE') return 'a live account is only read';
  const nowMs = clock.nowMs();
  const weekday = new Date(Date.parse(`${kstDate(nowMs)}T00:00:00Z`)).getUTCDay();
  const time = kstTimeOfDayMs(nowMs);
  const isOpen = weekday !== 0 && weekday !== 6 && time >= opensAt && time <= closesAt;
  return isOpen ? undefined : 'the market is closed: run it on a trading day between 09:01 and 15:19 in Korea';
}

interface Far {
  readonly symbol: SymbolCode;
  readonly side: Side;
  readonly priceKrw: number;
  /** The price after the replace. */
  readonly nextKrw: number;
}

async function goThrough(bench: RealBrokerBench, { symbol, side, priceKrw, nextKrw }: Far): Promise<void> {
  const { orders } = bench.broker;
  const clientOrderId = `real-broker-${side.toLowerCase()}-${bench.clock.nowMs()}`;
  const terms = { orderType: 'LIMIT', timeInForce: 'DAY', session: 'REGULAR', dryRun: false } as const;
  const request = { clientOrderId, symbol, side, quantity: 1, limitPriceKrw: priceKrw, ...terms };
  const placed = await orders.placeOrder(parseOrderRequest(request));
  checkThat(
    placed.outcome === 'ACCEPTED',
    `the order is accepted (after UNKNOWN look at the broker and cancel by hand: ${side} 1 ${symbol} at ${priceKrw})`,
    placed,
  );
  let last: OrderReference = placed.reference;
  let isGone = false;
  try {
    await listed(bench, last, 'the order is on the list', ({ leavesQuantity }) => leavesQuantity === 1);
    const replaced = await orders.replaceOrder({
      ...{ ...terms, clientOrderId: placed.clientOrderId, target: last, limitPriceKrw: krw(nextKrw) },
    });
    checkThat(replaced.outcome === 'ACCEPTED', 'the replace is accepted', replaced);
    last = replaced.reference;
    await listed(bench, last, 'the replaced order is on the list', ({ leavesQuantity }) => leavesQuantity === 1);
    const canceled = await orders.cancelOrder({ target: last, dryRun: false });
    checkThat(
      canceled.outcome === 'REQUESTED' || canceled.outcome === 'CONFIRMED',
      `the cancel is taken (cancel ${last.brokerOrderId} by hand)`,
      canceled,
    );
    const end = await listed(bench, last, 'the list shows it canceled', ({ leavesQuantity }) => leavesQuantity === 0);
    isGone = true;
    checkThat(end.filledQuantity === 0, 'nothing was filled', end.filledQuantity);
  } finally {
    if (!isGone) await orders.cancelOrder({ target: last, dryRun: false });
  }
}

/** Reads until the list shows the order as wanted; a list may lag behind. */
async function listed(
  { broker, clock }: RealBrokerBench,
  reference: OrderReference,
  what: string,
  isAsWanted: (row: OrderSnapshot) => boolean,
): Promise<OrderSnapshot> {
  const startedAtMs = clock.monotonicMs();
  for (;;) {
    const row = await broker.orders.getOrder(reference).catch((error: unknown) => {
      if (BrokerError.isInstance(error)) return undefined;
      throw error;
    });
    if (row !== undefined && isAsWanted(row)) return row;
    checkThat(
      clock.monotonicMs() - startedAtMs < lagMsMax,
      `${what}, within ${lagMsMax / 1_000} s`,
      row ?? 'not listed',
    );
    await new Promise<void>((resolve) => {
      clock.setTimer(resolve, againMs);
    });
  }
}
