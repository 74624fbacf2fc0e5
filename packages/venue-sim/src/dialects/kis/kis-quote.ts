import { type InstrumentView } from '../../exchange/contracts.ts';
import { fieldOf, required, type KisAnswer, type KisCall, type KisField } from './kis-operation.ts';
import { findInstrument } from './kis-symbols.ts';
import { percentText } from './kis-text.ts';

/** The two fields that name an issue, on every quote operation. `NX` is refused: this venue has no NXT. */
export const quoteFields: readonly KisField[] = [
  required('FID_COND_MRKT_DIV_CODE', 2, ['J', 'UN']),
  required('FID_INPUT_ISCD', 12),
];

/** The issue a quote is asked for, or what the quote server says when there is none. */
export function quotedInstrument(
  call: KisCall,
): { readonly kind: 'FOUND'; readonly view: InstrumentView } | Extract<KisAnswer, { readonly kind: 'GATEWAY' }> {
  const view = findInstrument(call.context.exchange, fieldOf(call, 'FID_INPUT_ISCD'));
  return view === undefined ? { kind: 'GATEWAY', result: 'INSTRUMENT_UNKNOWN' } : { kind: 'FOUND', view };
}

export function previousCloseKrw({ instrument }: InstrumentView): number {
  return instrument.previousCloseKrw ?? instrument.basePriceKrw;
}

/** Change against the previous close: amount, sign code, percent. */
export interface PriceChange {
  readonly amount: string;
  /** 1 upper limit, 2 up, 3 flat, 4 lower limit, 5 down. */
  readonly sign: string;
  readonly percent: string;
}

/** Compares a price with the previous close. Amounts carry a minus (captured). */
export function priceChange(view: InstrumentView, priceKrw: number): PriceChange {
  const baseKrw = previousCloseKrw(view);
  return {
    amount: String(priceKrw - baseKrw),
    sign: changeSign(view, priceKrw, baseKrw),
    percent: percentText(priceKrw, baseKrw),
  };
}

function changeSign({ upperLimitKrw, lowerLimitKrw }: InstrumentView, priceKrw: number, baseKrw: number): string {
  if (priceKrw === upperLimitKrw) return '1';
  if (priceKrw === lowerLimitKrw) return '4';
  if (priceKrw === baseKrw) return '3';
  return priceKrw > baseKrw ? '2' : '5';
}
