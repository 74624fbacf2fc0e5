import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The public packages that stand beside ours, in exact versions. Never a dependency of the workspace. */
export const peerVersions = {
  ccxt: '4.5.84',
  'cluefin-openapi': '0.5.0',
  'nodejs-order-book': '10.1.1',
} as const;
export type PeerName = keyof typeof peerVersions;
const peerNames = Object.keys(peerVersions) as PeerName[];

/** Where peers are, and which of them are missing. */
export interface BenchPeers {
  /** The directory that has their `node_modules`. */
  readonly directory: string;
  has(name: PeerName): boolean;
}

/** Installs packages into a directory; answers why it could not. */
export type InstallPackages = (directory: string, specifiers: readonly string[]) => string | undefined;

/** Looks which peers lie in a directory in their exact versions. */
export function findPeers(directory: string): BenchPeers {
  return { directory, has: (name) => versionIn(directory, name) === peerVersions[name] };
}

/**
 * Installs the peers that are missing. When that fails, the benchmarks go on without them.
 *
 * @param tell hears what is done, and what could not be done.
 */
export function ensurePeers(
  directory: string,
  tell: (line: string) => void,
  install: InstallPackages = installByNpm,
): BenchPeers {
  const peers = findPeers(directory);
  if (peerNames.every((name) => peers.has(name))) return peers;
  tell(`installing the packages to compare with into ${directory} (first run only)`);
  mkdirSync(directory, { recursive: true });
  const manifest = join(directory, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const failure = install(
    directory,
    peerNames.map((name) => `${name}@${peerVersions[name]}`),
  );
  if (failure !== undefined) tell(`npm could not install them (${failure})`);
  for (const name of peerNames.filter((each) => !peers.has(each))) {
    tell(`${name} ${peerVersions[name]} is not here: going on without it`);
  }
  return peers;
}

function versionIn(directory: string, name: PeerName): string | undefined {
  try {
    const manifest = readFileSync(join(directory, 'node_modules', name, 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { readonly version?: string }).version;
  } catch {
    return undefined; // Not installed, or cut short: the same to us.
  }
}

/** A registry that does not answer must not hold up the rest. */
const installMsMax = 120_000;

function installByNpm(directory: string, specifiers: readonly string[]): string | undefined {
  const flags = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  const { error, status, signal } = spawnSync(windows ? 'npm.cmd' : 'npm', ['install', ...specifiers, ...flags], {
    ...{ cwd: directory, stdio: ['ignore', 'ignore', 'inherit'], timeout: installMsMax, shell: windows },
  });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : (signal ?? `exit code ${String(status)}`);
}
