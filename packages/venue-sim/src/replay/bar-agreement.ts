import { type VenueTrade } from '../exchange/contracts.ts';
import { type BarPlan, type PlannedBar } from './bar-plan.ts';
import { type FlowRefusal, type RestingFlow } from './resting-flow.ts';

/** What a bar of the exchange is compared in. */
export const barChecks = ['openKrw', 'highKrw', 'lowKrw', 'closeKrw', 'volume'] as const;
export type BarCheck = (typeof barChecks)[number];

/** A bar whose trades differ from what was planned. */
export interface BarDifference {
  readonly startMs: number;
  readonly check: BarCheck;
  readonly planned: number;
  readonly traded: number | undefined;
}

/** How the bars that an exchange has traded compare with the plan, which is the recording on the grid. */
export interface BarAgreement {
  /** Recorded bars, and those of them equal in all four prices and the volume. The modelled end is not counted. */
  readonly recordedBars: number;
  readonly agreeing: number;
  readonly differences: readonly BarDifference[];
  /** Recorded prices that are half a tick off the grid, out of four per bar, and were moved to it. */
  readonly movedPrices: number;
  /** Recorded bars whose volume is modelled, because the source has none. */
  readonly modelledVolumes: number;
  /** Price and quantity of the closing auction, planned and traded; absent when none was planned. */
  readonly closing?: {
    readonly planned: { readonly priceKrw: number; readonly quantity: number };
    readonly traded: { readonly priceKrw: number; readonly quantity: number } | undefined;
  };
  readonly dayVolume: { readonly planned: number; readonly traded: number };
  readonly refusalCount: number;
  readonly refusals: readonly FlowRefusal[];
}

type TradedBar = Record<BarCheck, number>;

/** Adds up prints by planned bar. */
export class BarCounter {
  readonly #plan: BarPlan;
  readonly #flow: RestingFlow;
  readonly #traded = new Map<PlannedBar, TradedBar>();
  #closing: { priceKrw: number; quantity: number } | undefined;
  #volume = 0;
  /** Prints come in order of time, so the bar of one is that of the last or a later one. */
  #at = 0;

  constructor(plan: BarPlan, flow: RestingFlow) {
    this.#plan = plan;
    this.#flow = flow;
  }

  add({ atMs, priceKrw, quantity, auction }: VenueTrade): void {
    this.#volume += quantity;
    const { bars } = this.#plan;
    while (this.#at < bars.length && atMs >= (bars[this.#at]?.endMs ?? Infinity)) this.#at += 1;
    const bar = bars[this.#at];
    if (bar === undefined) {
      if (auction) this.#closing = { priceKrw, quantity: (this.#closing?.quantity ?? 0) + quantity };
      return;
    }
    const traded = this.#traded.get(bar);
    if (traded === undefined) {
      this.#traded.set(bar, {
        openKrw: priceKrw,
        highKrw: priceKrw,
        lowKrw: priceKrw,
        closeKrw: priceKrw,
        volume: quantity,
      });
      return;
    }
    traded.highKrw = Math.max(traded.highKrw, priceKrw);
    traded.lowKrw = Math.min(traded.lowKrw, priceKrw);
    traded.closeKrw = priceKrw;
    traded.volume += quantity;
  }

  result(): BarAgreement {
    const recorded = this.#plan.bars.filter(({ prices }) => prices === 'RECORDED');
    const differences = recorded.flatMap((bar) => this.#differencesOf(bar));
    const { closing } = this.#plan;
    const planned = this.#plan.bars.reduce((sum, { volume }) => sum + volume, closing?.quantity ?? 0);
    return {
      recordedBars: recorded.length,
      agreeing: recorded.length - new Set(differences.map(({ startMs }) => startMs)).size,
      differences,
      movedPrices: recorded.reduce((sum, { movedPrices }) => sum + movedPrices, 0),
      modelledVolumes: recorded.filter(({ volumes }) => volumes === 'MODELLED').length,
      ...(closing === undefined ? {} : { closing: { planned: closing, traded: this.#closing } }),
      dayVolume: { planned, traded: this.#volume },
      refusalCount: this.#flow.refusalCount,
      refusals: this.#flow.refusals,
    };
  }

  #differencesOf(bar: PlannedBar): BarDifference[] {
    const traded = this.#traded.get(bar);
    return barChecks
      .filter((check) => traded?.[check] !== bar[check])
      .map((check) => ({ startMs: bar.startMs, check, planned: bar[check], traded: traded?.[check] }));
  }
}
