import { type VenueBehaviour } from '../venue-behaviour.ts';

const tape = 'recorded tape of 257370 on 2018-11-19 (trades and ten-level book with one event number)';

/** What a replay puts into the book, and on what evidence. */
export const replayBehaviours: readonly VenueBehaviour[] = [
  {
    area: 'tape replay',
    behaviour: 'What one order takes at one price is one trade, however many orders it met',
    evidence: 'observed',
    source: `${tape}: whole levels trade in one message`,
  },
  {
    area: 'tape replay',
    behaviour: 'A level up is a new order, a level down without a trade is a cancel, a trade is an order that takes',
    evidence: 'observed',
    source: `${tape}: nearly every message is explained by one event`,
  },
  {
    area: 'tape replay',
    behaviour:
      'A level of the taker’s side that falls by exactly what it traded and left was that order, its price changed',
    evidence: 'assumed',
    source: 'fits 130 of 1,641 books after trades; two orders of one size would look the same',
  },
  {
    area: 'tape replay',
    behaviour: 'A cancel takes an order of exactly that size, else the youngest orders of the level',
    evidence: 'assumed',
    source: 'a book does not tell whose order went',
  },
  {
    area: 'tape replay',
    behaviour: 'A level outside the ten changes while it is out of sight, to what it shows when it comes back',
    evidence: 'assumed',
    source: 'nothing outside of the ten is recorded',
  },
  {
    area: 'bar replay',
    behaviour:
      'Path, prints, sides and the ten levels inside a bar are drawn from the seed; the levels stand one tick apart',
    evidence: 'assumed',
    source: 'bars tell four prices and a volume',
  },
  {
    area: 'bar replay',
    behaviour:
      'The opening auction trades 25 % of the first bar; of the volume that the bars lack a zero first bar gets 45 %, and 45 % of the rest is traded before the closing auction',
    evidence: 'assumed',
    source: 'no source tells the split; the recorded totals hold whatever it is',
  },
  {
    area: 'bar replay',
    behaviour: 'Prices half a tick off the grid are replayed at the next tick inside their bar',
    evidence: 'assumed',
    source: 'mid-point prints exist since 2025-03-04, and no limit order can repeat them',
  },
];
