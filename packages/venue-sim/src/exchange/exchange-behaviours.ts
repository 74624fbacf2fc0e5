import { type VenueBehaviour } from '../venue-behaviour.ts';

/**
 * How the exchange behaves where the rules of `krx` do not say it all. Ticks, limits, sessions, terms of orders, sizes,
 * taxes and settlement are theirs, with their own marks.
 */
export const exchangeBehaviours: readonly VenueBehaviour[] = [
  {
    area: 'exchange matching',
    behaviour: 'Continuous trading goes by price, then time; trades print at the price that waits.',
    evidence: 'published',
    source:
      'exchange pages on order types; 1,789 recorded trades of 2018-11-19 are at the best opposite price or deeper',
  },
  {
    area: 'exchange matching',
    behaviour: 'A part cancel keeps the place in the queue. A replace loses it, also at the same price.',
    evidence: 'assumed',
    source: 'one source says so of cancels and of price changes; a replace at the same price is inference',
  },
  {
    area: 'exchange matching',
    behaviour: 'Orders of one account may trade with each other.',
    evidence: 'published',
    source: 'self-match prevention exists for registered high-speed traders only',
  },
  {
    area: 'exchange auction',
    behaviour: 'All dearer bids and all cheaper asks trade in full at the single price: a price of greatest volume.',
    evidence: 'published',
    source: 'exchange auction rules',
  },
  {
    area: 'exchange auction',
    behaviour:
      'Of several such prices the one nearest to the last regular price, before the first trade the base price.',
    evidence: 'assumed',
    source: 'no text was found that settles it',
  },
  {
    area: 'exchange auction',
    behaviour:
      'A market order counts as one tick better than the best limit price of either side, inside the daily limits.',
    evidence: 'assumed',
    source: 'one source says "of its own side"; by the letter it could then miss orders it is there to meet',
  },
  {
    area: 'exchange auction',
    behaviour: 'At a daily limit market orders rank with the limit orders there, by order number.',
    evidence: 'assumed',
    source: 'one source says that they rank equal',
  },
  {
    area: 'exchange auction',
    behaviour:
      'An opening price at a daily limit is shared: 100 shares each, half of the rest, the rest; larger orders first.',
    evidence: 'published',
    source: 'exchange rules since early 2023; that an odd half is rounded up is taken from the older rule',
  },
  {
    area: 'exchange auction',
    behaviour: 'After such an opening what is left queues by time; the shared treatment does not go on.',
    evidence: 'assumed',
    source: 'not described in the sources',
  },
  {
    area: 'exchange auction',
    behaviour: 'The end is 0 to 30 seconds late, drawn evenly, per issue; until then orders are taken.',
    evidence: 'observed',
    source:
      'opening prints of 2018-11-19 (+6.2 s) and 2019-10-17 (+12.7 s, close +28.9 s); the distribution is inference',
  },
  {
    area: 'exchange auction',
    behaviour: 'The market prints one trade without a side. Each order gets one fill, whoever it met.',
    evidence: 'observed',
    source: 'prints of 2018-11-19 and 2019-10-17; that an order gets a single fill is inference',
  },
  {
    area: 'exchange auction',
    behaviour:
      'While orders are collected the book shows the expected match and three levels of what would be left around it.',
    evidence: 'observed',
    source: 'book of 2018-11-19 08:59:59.952; that the totals count what would be left is inference',
  },
  {
    area: 'exchange auction',
    behaviour: 'When nothing crosses there is no print, and continuous trading starts.',
    evidence: 'published',
    source: 'exchange rules since early 2023',
  },
  {
    area: 'exchange order types',
    behaviour:
      'What a market order cannot trade waits one tick better than its own side, else at the last price, and stays there.',
    evidence: 'assumed',
    source: 'that it stays and ranks first is published; the exchange lets it follow the book, this venue does not',
  },
  {
    area: 'exchange order types',
    behaviour: 'A conditional limit joins the closing auction as a market order at 15:20, in its old place among them.',
    evidence: 'published',
    source: 'exchange pages on order types; the place is inference',
  },
  {
    area: 'exchange order types',
    behaviour:
      'A best limit takes the best opposite price at entry; with none, one tick better than its own side; else the last price.',
    evidence: 'published',
    source: 'exchange pages on order types; the fallbacks in one place only',
  },
  {
    area: 'exchange order types',
    behaviour: 'A priority limit is refused when its own side is empty.',
    evidence: 'assumed',
    source: 'general knowledge',
  },
  {
    area: 'exchange order types',
    behaviour: 'A fill-or-kill that cannot fill is taken and canceled at once; it is not refused.',
    evidence: 'assumed',
    source: 'as for the rest of an immediate-or-cancel',
  },
  {
    area: 'exchange order types',
    behaviour: 'Mid-point and stop-limit orders are refused as NOT_SUPPORTED.',
    evidence: 'assumed',
    source: 'not modelled: how they are shown and triggered is not published in the sources',
  },
  {
    area: 'exchange sessions',
    behaviour: 'What is left of regular orders expires when the closing auction of the issue has ended.',
    evidence: 'published',
    source: 'broker notices of 2026-09: nothing rolls into the after-market',
  },
  {
    area: 'exchange sessions',
    behaviour:
      'The closing-price session takes orders as soon as the issue has its close, and trades them from 15:40 by time.',
    evidence: 'observed',
    source: 'first print of 2019-10-17 at 15:40:00.292; that entry waits for the close is inference',
  },
  {
    area: 'exchange sessions',
    behaviour: 'Without a trade all day the closing-price session trades at the base price.',
    evidence: 'assumed',
    source: 'not described in the sources',
  },
  {
    area: 'exchange sessions',
    behaviour: 'The after-market trades inside the daily limits of the day, in a book of its own.',
    evidence: 'assumed',
    source: 'notices say 30 % of the previous regular close without saying of which day',
  },
  {
    area: 'exchange sessions',
    behaviour: 'The single-price session after hours (until 2026-09-11) is refused as NOT_SUPPORTED.',
    evidence: 'assumed',
    source: 'not modelled',
  },
  {
    area: 'exchange halts',
    behaviour:
      'There are no volatility interruptions, circuit breakers or sidecars; an issue is halted all day or not at all.',
    evidence: 'assumed',
    source: 'not modelled',
  },
  {
    area: 'exchange accounts',
    behaviour: 'A buy holds back its price with the fee; market and conditional buys the upper limit.',
    evidence: 'assumed',
    source: 'for market orders as the validator of the market rules has it; margin rates below 100 % are not modelled',
  },
  {
    area: 'exchange accounts',
    behaviour: 'Fee and taxes are cut to the won on the cumulative amount of an order; taxes each on their own.',
    evidence: 'assumed',
    source: 'rounding is broker-specific',
  },
  {
    area: 'exchange accounts',
    behaviour: 'Proceeds of a sell pay for buys at once, and shares bought today can be sold today.',
    evidence: 'observed',
    source: 'reported of Korean brokers in one place',
  },
  {
    area: 'exchange accounts',
    behaviour: 'An account opens with nothing unsettled, and trades of the day settle on D+2.',
    evidence: 'assumed',
    source: 'T+2 is published; that nothing is pending is a simplification',
  },
  {
    area: 'exchange accounts',
    behaviour: 'The flow of the market itself has no account, no cash and no size limit.',
    evidence: 'assumed',
    source: 'one order of it may stand for many',
  },
];
