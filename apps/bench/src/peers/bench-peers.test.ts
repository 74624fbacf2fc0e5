import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PeerName, ensurePeers, findPeers, peerVersions } from './bench-peers.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bench-peers-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function putPackage(name: string, version: string): void {
  const folder = join(directory, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version }));
}
const putAll = (): void => {
  for (const [name, version] of Object.entries(peerVersions)) putPackage(name, version);
};
const missing = (): readonly PeerName[] => {
  const peers = findPeers(directory);
  return (Object.keys(peerVersions) as PeerName[]).filter((name) => !peers.has(name));
};

describe('findPeers', () => {
  it('takes a package in its exact version only', () => {
    expect(missing()).toEqual(['ccxt', 'cluefin-openapi', 'nodejs-order-book']);
    putAll();
    expect(missing()).toEqual([]);
    putPackage('ccxt', '4.0.0');
    expect(missing()).toEqual(['ccxt']);
  });
});

describe('ensurePeers', () => {
  it('installs nothing when everything is here', () => {
    putAll();
    const refuse = (): never => {
      throw new Error('Nothing was to be installed.');
    };
    expect(ensurePeers(directory, refuse, refuse).has('ccxt')).toBe(true);
  });

  it('asks for exact versions and finds what came', () => {
    const lines: string[] = [];
    const peers = ensurePeers(
      directory,
      (line) => lines.push(line),
      (into, specifiers) => {
        expect(into).toBe(directory);
        expect(specifiers).toEqual(['ccxt@4.5.84', 'cluefin-openapi@0.5.0', 'nodejs-order-book@10.1.1']);
        putAll();
        return undefined;
      },
    );
    expect(peers.has('nodejs-order-book')).toBe(true);
    expect(lines).toHaveLength(1);
  });

  it('goes on without peers, and says which and why, when they cannot be installed', () => {
    const lines: string[] = [];
    const peers = ensurePeers(
      directory,
      (line) => lines.push(line),
      () => 'exit code 1',
    );
    expect(peers.has('ccxt')).toBe(false);
    expect(lines.slice(1)).toEqual([
      'npm could not install them (exit code 1)',
      'ccxt 4.5.84 is not here: going on without it',
      'cluefin-openapi 0.5.0 is not here: going on without it',
      'nodejs-order-book 10.1.1 is not here: going on without it',
    ]);
  });
});
