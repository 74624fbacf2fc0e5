import { readFileSync } from 'node:fs';

/** An answer of the real broker; see `captured/README.md`. */
export function captured(name: string): Record<string, unknown> {
  const path = new URL(`./captured/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}
