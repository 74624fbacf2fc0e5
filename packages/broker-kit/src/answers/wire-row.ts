/** One JSON object of an answer, before anybody has looked at its fields. */
export type WireRow = Readonly<Record<string, unknown>>;

export function isWireRow(value: unknown): value is WireRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The shape of a value with its content masked: `'12-ab'` → `'99-aa'`; cut at 24 characters. */
export function shapeOf(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  const shape = value
    .slice(0, 24)
    .replace(/[0-9]/g, '9')
    .replace(/\p{L}/gu, 'a')
    .replace(/[^ -~]/g, '?');
  return `'${shape}'${value.length > 24 ? ` … ${value.length} characters` : ''}`;
}
