import { dailyPriceLimits, tickTable } from '@qts/krx';
import { VenueError } from '../venue-error.ts';
import { type Instrument } from './contracts.ts';

/** What {@link PriceLadder.levelOf} answers for a price that is on the day's range but between two ticks. */
export const offTick = -1;
/** What {@link PriceLadder.levelOf} answers for a price above the upper or below the lower daily limit. */
export const outsideLimits = -2;

/** A stretch of levels with one tick. */
interface LadderBand {
  readonly fromPriceKrw: number;
  readonly tickKrw: number;
  readonly fromLevel: number;
}

/**
 * The valid prices of an issue on a day, numbered 1 to `levelCount` from the lower to the upper daily limit. Ticks and
 * limits are those of `krx` for the date, so a price that has a level is one an order may carry.
 */
export class PriceLadder {
  readonly lowerLimitKrw: number;
  readonly upperLimitKrw: number;
  readonly levelCount: number;
  readonly #bands: readonly LadderBand[];
  readonly #lowestBand: LadderBand;

  private constructor(bands: readonly LadderBand[], levelCount: number, lowerLimitKrw: number, upperLimitKrw: number) {
    const [lowestBand] = bands;
    if (lowestBand === undefined) throw new Error(`No price lies between ${lowerLimitKrw} and ${upperLimitKrw}.`);
    this.#bands = bands;
    this.#lowestBand = lowestBand;
    this.levelCount = levelCount;
    this.lowerLimitKrw = lowerLimitKrw;
    this.upperLimitKrw = upperLimitKrw;
  }

  /**
   * @throws {VenueError} `INVALID_SETTING` for an issue whose daily limits `krx` does not know or that has none (ELW): without limits a
   * market order has no price at which cash could be held for it.
   */
  static of(instrument: Instrument, tradingDate: string): PriceLadder {
    const { productClass, market, basePriceKrw, leverage } = instrument;
    const limits = dailyPriceLimits({
      productClass,
      market,
      tradingDate,
      basePriceKrw,
      ...(leverage === undefined ? {} : { leverage }),
    });
    if (!limits.ok || !limits.limited) {
      const reason = limits.ok ? 'It has no daily price limits, which this venue does not model.' : limits.reason;
      throw new VenueError(
        'INVALID_SETTING',
        `instruments: ${instrument.symbol} cannot be listed on ${tradingDate}. ${reason} Leave it out.`,
      );
    }
    const { lowerLimitKrw, upperLimitKrw } = limits;
    const ticks = tickTable(productClass, market, tradingDate);
    const bands: LadderBand[] = [];
    let level = 1;
    for (const [index, { fromPriceKrw, tickKrw }] of ticks.bands.entries()) {
      const nextFromKrw = ticks.bands[index + 1]?.fromPriceKrw ?? Infinity;
      const firstKrw = Math.max(fromPriceKrw, lowerLimitKrw);
      const endKrw = Math.min(nextFromKrw, upperLimitKrw + tickKrw); // first price that is no longer in the band
      if (firstKrw >= endKrw || firstKrw > upperLimitKrw) continue;
      bands.push({ fromPriceKrw: firstKrw, tickKrw, fromLevel: level });
      level += Math.ceil((endKrw - firstKrw) / tickKrw);
    }
    return new PriceLadder(bands, level - 1, lowerLimitKrw, upperLimitKrw);
  }

  /** The level of a price, or {@link offTick} or {@link outsideLimits}. A price that is no whole number is off tick. */
  levelOf(priceKrw: number): number {
    if (!(priceKrw >= this.lowerLimitKrw && priceKrw <= this.upperLimitKrw)) return outsideLimits;
    const band = this.#bandAt(priceKrw);
    const steps = (priceKrw - band.fromPriceKrw) / band.tickKrw;
    return Number.isInteger(steps) ? band.fromLevel + steps : offTick;
  }

  /** The price of a level from 1 to `levelCount`. */
  priceOf(level: number): number {
    let band = this.#lowestBand;
    for (const each of this.#bands) if (level >= each.fromLevel) band = each;
    return band.fromPriceKrw + (level - band.fromLevel) * band.tickKrw;
  }

  /** The level nearest to a price, the dearer of two that are equally near; the ends for prices outside. */
  nearestLevel(priceKrw: number): number {
    if (priceKrw <= this.lowerLimitKrw) return 1;
    if (priceKrw >= this.upperLimitKrw) return this.levelCount;
    const band = this.#bandAt(priceKrw);
    return band.fromLevel + Math.round((priceKrw - band.fromPriceKrw) / band.tickKrw);
  }

  #bandAt(priceKrw: number): LadderBand {
    let band = this.#lowestBand;
    for (const each of this.#bands) if (priceKrw >= each.fromPriceKrw) band = each;
    return band;
  }
}
