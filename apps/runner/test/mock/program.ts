import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** How a run of the real program ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A run of the real program in a folder of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the program has said `text` on stderr. Rejects when it ends without. */
  said(text: string): Promise<void>;
}

/** A working folder that is thrown away afterwards. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'qts-cli-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
}

/** Where Node keeps what it has read and stripped of types: the next start takes half the time. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/node-compile', import.meta.url));

/**
 * Starts `qts` as a process, from its sources. It gets the variables named and no others of ours, and the folder as its
 * home, so that nothing outside is read or written.
 */
export function startProgram(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Program {
  const child = spawn(process.execPath, ['--conditions=@qts/source', main, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, NODE_COMPILE_CACHE: compileCache, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return followProgram(child);
}

/** Collects what a process says until it ends. */
export function followProgram(child: ChildProcessByStdio<null, Readable, Readable>): Program {
  let out = '';
  let errors = '';
  const heard = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    for (const listener of heard) listener();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode, out, errors });
    });
  });
  return {
    child,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (errors.includes(text)) resolve();
        };
        heard.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`The program ended without saying "${text}". It said: ${errors}`));
        });
      }),
  };
}
