import { type Side, type TickTable } from '@qts/krx';
import { type SeededRandom } from '../exchange/seeded-random.ts';
import { type RestingFlow } from './resting-flow.ts';

export interface QuotedBookSetup {
  readonly flow: RestingFlow;
  readonly ticks: TickTable;
  readonly lowerLimitKrw: number;
  readonly upperLimitKrw: number;
  /** A level holds about this much, give or take half, more the deeper it is. */
  readonly levelQuantity: number;
  readonly random: SeededRandom;
}

/** Levels kept a side: what the market shows. */
const quotedLevels = 10;

/**
 * A modelled book: ten levels a side next to each other, one tick apart, inside the daily limits. Quotes follow the
 * price by being canceled in front of it and placed behind it; what lies deeper stays.
 */
export class QuotedBook {
  readonly #setup: QuotedBookSetup;

  constructor(setup: QuotedBookSetup) {
    this.#setup = setup;
  }

  /** Quotes around a price at which nobody waits, as before an auction: bids from below, asks from above. */
  quoteAround(priceKrw: number): void {
    const { ticks } = this.#setup;
    this.#quote(ticks.nextDown(priceKrw), ticks.nextUp(priceKrw));
  }

  /** Quotes so that `aggressor` can take `quantity` at exactly this price. */
  quoteFor(aggressor: Side, priceKrw: number, quantity: number): void {
    const { ticks, flow } = this.#setup;
    const resting: Side = aggressor === 'BUY' ? 'SELL' : 'BUY';
    if (aggressor === 'BUY') this.#quote(ticks.nextDown(priceKrw), priceKrw);
    else this.#quote(priceKrw, ticks.nextUp(priceKrw));
    const lacking = quantity - flow.quantityAt(resting, priceKrw);
    // More than is taken, so that the level is still quoted afterwards.
    if (lacking >= 0) flow.add(resting, priceKrw, lacking + this.#draw(0));
  }

  /** Removes quotes that would trade in an auction at this price at another price's expense. */
  makeRoomAt(priceKrw: number): void {
    this.#clearInFront(priceKrw, priceKrw);
  }

  #quote(bestBidKrw: number, bestAskKrw: number): void {
    const { ticks, lowerLimitKrw, upperLimitKrw } = this.#setup;
    this.#clearInFront(bestBidKrw, bestAskKrw);
    let bidKrw = bestBidKrw;
    let askKrw = bestAskKrw;
    for (let depth = 0; depth < quotedLevels; depth += 1) {
      if (bidKrw >= lowerLimitKrw) this.#fill('BUY', bidKrw, depth);
      if (askKrw <= upperLimitKrw) this.#fill('SELL', askKrw, depth);
      bidKrw = ticks.nextDown(bidKrw);
      askKrw = ticks.nextUp(askKrw);
    }
  }

  #clearInFront(bestBidKrw: number, bestAskKrw: number): void {
    const { flow } = this.#setup;
    for (const priceKrw of flow.pricesOf('BUY')) if (priceKrw > bestBidKrw) flow.clear('BUY', priceKrw);
    for (const priceKrw of flow.pricesOf('SELL')) if (priceKrw < bestAskKrw) flow.clear('SELL', priceKrw);
  }

  #fill(side: Side, priceKrw: number, depth: number): void {
    const { flow } = this.#setup;
    if (flow.quantityAt(side, priceKrw) === 0) flow.add(side, priceKrw, this.#draw(depth));
  }

  /** Between one half and one and a half of the usual level, up to twice that ten levels deep. */
  #draw(depth: number): number {
    const { levelQuantity, random } = this.#setup;
    const percentOfUsual = (50 + random.wholeUpTo(100)) * (1 + depth / quotedLevels);
    return Math.max(1, Math.round((levelQuantity * percentOfUsual) / 100));
  }
}
