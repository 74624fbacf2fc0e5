/**
 * Every safety code that a source names is in the registry, and may be emitted. The type `FailsafeCode` says so where
 * it is used; this looks at the bytes, so a code in a plain string, a table of JSON or a cast is found as well.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The shapes of safety codes: `FS040`, `GR001`, `AN050`, `G_EXE_…`, `G_SIM_…`. */
const codeShape = /\b(?:(?:FS|GR|AN)\d{3}|G_(?:EXE|SIM)_\w+)\b/g;

/** A code where a source names it. Lines start at 1. */
export interface EmittedCode {
  readonly code: string;
  readonly file: string;
  readonly line: number;
}

/** Codes named inside the sources below `root`, tests and the registry itself left out. */
export function findEmittedCodes(root: string): readonly EmittedCode[] {
  const files = globSync('{packages,apps}/*/src/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('packages/failsafe-codes/') && !/\.test(-d)?\.ts$/.test(file));
  return files.sort().flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((text, at) => [...text.matchAll(codeShape)].map(([code]) => ({ code, file, line: at + 1 }))),
  );
}

/** Problems of the codes named below `root`, one sentence each; empty when `isKnown` accepts all of them. */
export function findUnknownCodes(root: string, isKnown: (code: string) => boolean): readonly string[] {
  return findEmittedCodes(root)
    .filter(({ code }) => !isKnown(code))
    .map(
      ({ code, file, line }) => `${file}:${String(line)} names ${code}, which the registry does not have as active.`,
    );
}
