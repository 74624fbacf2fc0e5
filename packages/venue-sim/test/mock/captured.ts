import { readFileSync } from 'node:fs';

/** An answer of the real broker; see `captured/README.md`. */
export function captured(name: string): Record<string, unknown> {
  const path = new URL(`./captured/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** Frames of a stream as they were recorded or published, one a line. */
export function capturedText(name: string): string {
  return readFileSync(new URL(`./captured/${name}`, import.meta.url), 'utf8').trim();
}
