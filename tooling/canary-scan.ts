/**
 * Looks for the made-up secrets of all suites in everything that a run of them left behind: what they printed (turbo keeps
 * it), their reports, and folders in the temporary directory. Part of `npm test`; exit code 1 when one is found.
 *
 *   node --conditions=@qts/source tooling/canary-scan.ts [folder or file ...]      (default: what a run leaves behind)
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, stdout } from 'node:process';
import { findCanaries } from './canary-marks.ts';

export interface CanaryScan {
  readonly files: number;
  /** One sentence each, without the secret. */
  readonly hits: readonly string[];
}

/** Reads every file as it lies, of whatever kind. The token file of a program holds a token: that is its purpose. */
export function scanForCanaries(files: readonly string[]): CanaryScan {
  const hits: string[] = [];
  for (const file of files) {
    const found = new Set(
      findCanaries(readFileSync(file, 'latin1')).map(({ kind, encoding }) => `${kind} (${encoding})`),
    );
    for (const each of found) hits.push(`${file} holds a made-up ${each}.`);
  }
  return { files: files.length, hits };
}

/**
 * Files below a folder, or the file itself. Token folders are left out, and sources with the cache of their compiled code
 * (`code`): marks are written there on purpose.
 */
export function filesBelow(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return globSync('**/*', { cwd: path, exclude: (name) => name === 'tokens' || name === 'code' })
    .map((name) => join(path, name))
    .filter((file) => !file.endsWith('.ts') && statSync(file).isFile());
}

function leftBehind(root: string): readonly string[] {
  const ours = globSync(['{packages,apps}/*/{.turbo,reports}', 'tooling/{.turbo,reports}'], { cwd: root });
  const temporary = globSync('qts-*', { cwd: tmpdir() }).map((name) => join(tmpdir(), name));
  return [...ours.map((name) => join(root, name)), ...temporary].flatMap(filesBelow);
}

if (argv[1] === import.meta.filename) {
  const given = argv.slice(2);
  const files =
    given.length > 0 ? given.flatMap((path) => filesBelow(resolve(path))) : leftBehind(join(import.meta.dirname, '..'));
  const { hits } = scanForCanaries(files);
  for (const hit of hits) stdout.write(`${hit}\n`);
  stdout.write(`canary secrets: ${hits.length} hits in ${files.length} files\n`);
  process.exitCode = hits.length === 0 ? 0 : 1;
}
