/** A JSON object, or why there is none. */
export type ParsedBody =
  | { readonly kind: 'OBJECT'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'EMPTY' }
  | { readonly kind: 'NOT_JSON' };

/** Reads a body as a JSON object. */
export function parseBody(body: Uint8Array): ParsedBody {
  const text = new TextDecoder().decode(body);
  if (text.trim() === '') return { kind: 'EMPTY' };
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { kind: 'OBJECT', value } : { kind: 'NOT_JSON' };
  } catch {
    return { kind: 'NOT_JSON' };
  }
}

/** A JSON object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
