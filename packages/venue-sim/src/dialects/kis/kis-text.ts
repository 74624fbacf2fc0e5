/** Text as the broker writes it: digits without separators, fixed widths, spaces to the end. */

/** Width of `msg1` in answers of the ledger, in bytes of EUC-KR (captured). */
const ledgerMessageBytes = 80;

/** Pads a message to the width of the ledger. A Korean syllable takes two bytes of EUC-KR, ASCII one. */
export function padLedgerMessage(text: string): string {
  let bytes = 0;
  for (const character of text) bytes += (character.codePointAt(0) ?? 0) < 0x80 ? 1 : 2;
  return text + ' '.repeat(Math.max(0, ledgerMessageBytes - bytes));
}

/** `ODNO`: ten digits, zeros in front. */
export function orderNumberText(orderNumber: number): string {
  return String(orderNumber).padStart(10, '0');
}

/** Reads `ODNO` with or without its zeros or spaces; `undefined` when it is not a number. */
export function parseOrderNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return /^\d{1,10}$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** A whole number from digits without separators; `undefined` for anything else. */
export function parseDigits(text: string): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** `numerator / denominator` with a fixed number of decimals; zero when there is nothing to divide by. */
export function ratioText(numerator: number, denominator: number, decimals: number): string {
  return (denominator === 0 ? 0 : numerator / denominator).toFixed(decimals);
}

/** Change against a base in percent, two decimals. */
export function percentText(value: number, base: number): string {
  return ratioText((value - base) * 100, base, 2);
}
