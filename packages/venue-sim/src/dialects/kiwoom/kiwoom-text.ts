import { kstDate8, kstDateTime, kstTime6 } from '../../kst.ts';

/** Text as the broker writes it: zeros in front, the sign inside the width, direction signs on prices. */

/** Width of an order number. */
const orderNumberWidth = 7;

/** The order number of an order without an original. */
export const noOrderNumber: string = '0'.repeat(orderNumberWidth);

/** `ord_no`: seven digits. */
export function orderNumberText(orderNumber: number | undefined): string {
  return orderNumber === undefined ? noOrderNumber : String(orderNumber).padStart(orderNumberWidth, '0');
}

/** Reads an order number with or without its zeros; `undefined` when it is none. */
export function parseOrderNumber(text: string): number | undefined {
  return /^\d{1,7}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

/** A whole number in `width` places; a minus takes one of them (`-00000000196888` in 15, captured). */
export function padded(value: number, width: number): string {
  const digits = String(Math.abs(value));
  return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}

/** A price with the direction against the previous close: `+74100`, `-258000`, `67300` when equal. */
export function directedPrice(priceKrw: number, previousCloseKrw: number): string {
  if (priceKrw === 0) return '0';
  const sign = priceKrw > previousCloseKrw ? '+' : priceKrw < previousCloseKrw ? '-' : '';
  return `${sign}${priceKrw}`;
}

/** A number whose sign is its value: `+6000`, `-600`, `0`. */
export function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

/** Percent with a sign: `+2.38`, `-39.35`, `0.00`. */
export function signedPercent(part: number, whole: number, decimals = 2): string {
  const text = percent(part, whole, decimals);
  return Number(text) > 0 ? `+${text}` : text;
}

/** Percent without a plus: `46.25`, `-52.71`; 0 when there is nothing to divide by. */
export function percent(part: number, whole: number, decimals = 2): string {
  const text = (whole === 0 ? 0 : (part * 100) / whole).toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text;
}

/** `20241107083713`, Korean time. */
export function kstDateTime14(atMs: number): string {
  return `${kstDate8(atMs)}${kstTime6(atMs)}`;
}

/** `13:05:43`, Korean time. */
export function kstTimeColons(atMs: number): string {
  return kstDateTime(atMs).slice(11);
}
