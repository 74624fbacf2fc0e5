import { type InstrumentView } from '../../exchange/contracts.ts';
import { signed, signedPercent } from './kiwoom-text.ts';

export function previousCloseKrw({ instrument }: InstrumentView): number {
  return instrument.previousCloseKrw ?? instrument.basePriceKrw;
}

/** Change against the previous close: sign code (1 upper limit, 2 up, 3 flat, 4 lower limit, 5 down), amount, percent. */
export interface PriceChange {
  readonly code: string;
  readonly amount: string;
  readonly percent: string;
}

/** Compares a price with the previous close. */
export function priceChange(view: InstrumentView, priceKrw: number): PriceChange {
  const baseKrw = previousCloseKrw(view);
  const changeKrw = priceKrw - baseKrw;
  return {
    code: changeCode(view, priceKrw, changeKrw),
    amount: signed(changeKrw),
    percent: signedPercent(changeKrw, baseKrw),
  };
}

function changeCode({ upperLimitKrw, lowerLimitKrw }: InstrumentView, priceKrw: number, changeKrw: number): string {
  if (priceKrw === upperLimitKrw) return '1';
  if (priceKrw === lowerLimitKrw) return '4';
  if (changeKrw === 0) return '3';
  return changeKrw > 0 ? '2' : '5';
}
