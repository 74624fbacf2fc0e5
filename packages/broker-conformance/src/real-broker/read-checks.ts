import { type SymbolCode, kstDate, kstDateTime, krw, symbolCode } from '@qts/core';
import { checkThat } from '../check.ts';
import { type RealBrokerCheck } from './real-broker-check.ts';

/** The issue that is asked for: the most traded one. */
export const issue: SymbolCode = symbolCode('005930');

/** How far clocks may be apart, ms: the header has whole seconds, and beyond it deadlines and tokens lose their meaning. */
const clockAllowanceMs = 2_000;
const dayMs = 86_400_000;

/** Doctor's checks: nothing is bought, sold or canceled. In this order. */
export const readChecks: readonly RealBrokerCheck[] = [
  {
    id: 'REAL-010',
    title: 'the credentials are taken, by the host of their environment, from this address',
    async run({ broker }) {
      const { settledKrw } = await broker.account.getCashBalance();
      checkThat(Number.isSafeInteger(settledKrw), 'cash is a whole number of won');
      return undefined;
    },
  },
  {
    id: 'REAL-020',
    title: 'our clock is within two seconds of the broker’s',
    async run({ broker, serverTimes }) {
      await broker.quotes.getQuote({ symbol: issue });
      const time = serverTimes.at(-1);
      checkThat(time !== undefined, 'the answers of the broker carry a Date header');
      const { serverMs, sentAtMs, answeredAtMs } = time;
      // The header was written between the two, and cut to the second.
      const aheadMs = sentAtMs - (serverMs + 999);
      const behindMs = serverMs - answeredAtMs;
      const ours = `broker ${kstDateTime(serverMs)}, here ${kstDateTime(answeredAtMs)}`;
      checkThat(
        aheadMs <= clockAllowanceMs && behindMs <= clockAllowanceMs,
        `the clock of this machine is off (${ours}): set it by NTP before anything is traded`,
      );
      return undefined;
    },
  },
  {
    id: 'REAL-030',
    title: 'the broker’s calendar says whether today is a trading day (휴장일)',
    async run({ broker, clock }) {
      if (broker.isOpenOn === undefined) return 'the broker offers no calendar in this environment';
      const today = kstDate(clock.nowMs());
      const isOpen = await broker.isOpenOn(today);
      const weekday = new Date(Date.parse(`${today}T00:00:00Z`)).getUTCDay();
      checkThat(!isOpen || (weekday !== 0 && weekday !== 6), `the calendar calls ${today}, a weekend, a trading day`);
      return undefined;
    },
  },
  {
    id: 'REAL-040',
    title: 'the quote of 삼성전자 has a price between its daily limits, and a tick',
    async run({ broker }) {
      const { lastPriceKrw, lowerLimitKrw, upperLimitKrw, tickKrw } = await broker.quotes.getQuote({ symbol: issue });
      const isWithin = lowerLimitKrw <= lastPriceKrw && lastPriceKrw <= upperLimitKrw && lowerLimitKrw > 0;
      checkThat(isWithin && tickKrw > 0, 'the price lies between the limits', {
        lastPriceKrw,
        lowerLimitKrw,
        upperLimitKrw,
        tickKrw,
      });
      return undefined;
    },
  },
  {
    id: 'REAL-041',
    title: 'the book has its best levels first, and does not cross',
    async run({ broker }) {
      const { asks, bids } = await broker.quotes.getOrderBook({ symbol: issue });
      const isSorted = [...asks].every(
        ({ priceKrw }, index) => index === 0 || priceKrw > (asks[index - 1]?.priceKrw ?? 0),
      );
      checkThat(isSorted, 'asks rise', asks);
      const [ask, bid] = [asks[0], bids[0]];
      const expected = ask === undefined || bid === undefined || ask.priceKrw >= bid.priceKrw;
      checkThat(expected, 'the best ask is not below the best bid', { ask, bid });
      return undefined;
    },
  },
  {
    id: 'REAL-042',
    title: 'the daily bars of two weeks are there, oldest first',
    async run({ broker, clock }) {
      const to = kstDate(clock.nowMs());
      const from = kstDate(clock.nowMs() - 14 * dayMs);
      const bars = await broker.quotes.listDailyBars({ symbol: issue, from, to });
      const dates = bars.map((bar) => bar.tradingDate);
      checkThat([...dates].sort().join() === dates.join(), 'they are in order', dates);
      return undefined;
    },
  },
  {
    id: 'REAL-043',
    title: 'the minute bars of today can be read',
    async run({ broker, clock }) {
      const bars = await broker.quotes.listMinuteBars({ symbol: issue, untilMs: clock.nowMs() });
      checkThat(
        bars.every(({ lowKrw, highKrw }) => lowKrw <= highKrw),
        'no bar has its low above its high',
      );
      return undefined;
    },
  },
  {
    id: 'REAL-050',
    title: 'the holdings are listed to the last page, and no more can be sold than is held',
    async run({ broker }) {
      const { positions, complete } = await broker.account.listPositions();
      checkThat(complete, 'the list of holdings is complete');
      const odd = positions.filter(({ quantity, sellableQuantity }) => sellableQuantity > quantity);
      checkThat(
        odd.length === 0,
        'more can be sold than is held',
        odd.map(({ symbol }) => symbol),
      );
      return undefined;
    },
  },
  {
    id: 'REAL-051',
    title: 'the buying power for one issue can be read',
    async run({ broker }) {
      const { lowerLimitKrw } = await broker.quotes.getQuote({ symbol: issue });
      const query = { symbol: issue, orderType: 'LIMIT', limitPriceKrw: krw(lowerLimitKrw) } as const;
      const { cashKrw, quantity } = await broker.account.getBuyingPower(query);
      checkThat(cashKrw >= 0 && quantity >= 0, 'neither is negative', { cashKrw, quantity });
      return undefined;
    },
  },
  {
    id: 'REAL-052',
    title: 'what can be sold of a holding is what the list of holdings says',
    async run({ broker }) {
      const [held] = (await broker.account.listPositions()).positions;
      if (held === undefined) return 'the account holds nothing';
      const found = await broker.account.getSellableQuantity(held.symbol);
      checkThat(found === held.sellableQuantity, `of ${held.symbol}, ${held.sellableQuantity} can be sold`, found);
      return undefined;
    },
  },
  {
    id: 'REAL-060',
    title: 'the orders of today are listed to the last page, the open ones among them',
    async run({ broker, clock }) {
      const today = kstDate(clock.nowMs());
      const all = await broker.orders.listOrders({ tradingDate: today });
      checkThat(all.complete, 'the list of orders is complete');
      const open = await broker.orders.listOrders({ tradingDate: today, state: 'OPEN' });
      checkThat(open.complete, 'the list of open orders is complete');
      const known = new Set(all.orders.map(({ reference }) => reference.brokerOrderId));
      const strange = open.orders.filter(({ reference }) => !known.has(reference.brokerOrderId));
      checkThat(strange.length === 0, 'every open order is an order of today', strange.length);
      return undefined;
    },
  },
];
