import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findGraphProblems, importsOf } from '../package-graph.ts';

const root = resolve(import.meta.dirname, '../..');
const made: string[] = [];

/** A tree with one package whose single source is `source`. */
function plant(id: string, source: string, dependencies: Record<string, string> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'qts-graph-'));
  made.push(directory);
  mkdirSync(join(directory, 'packages', id, 'src'), { recursive: true });
  writeFileSync(join(directory, 'packages', id, 'package.json'), JSON.stringify({ name: `@qts/${id}`, dependencies }));
  writeFileSync(join(directory, 'packages', id, 'src/index.ts'), source);
  return directory;
}

afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

describe('the package graph', () => {
  it('is as the design allows', () => {
    expect(findGraphProblems(root)).toEqual([]);
  });

  it('is not fine when the simulator imports a broker', () => {
    const tree = plant('venue-sim', "import { createKisBroker } from '@qts/broker-kis';\n");
    expect(findGraphProblems(tree)).toEqual([
      'packages/venue-sim/src/index.ts imports @qts/broker-kis, which venue-sim may not.',
    ]);
  });

  it('is not fine when a manifest declares what it may not', () => {
    const tree = plant('core', '', { '@qts/krx': 'workspace:^' });
    expect(findGraphProblems(tree)).toEqual(['packages/core/package.json depends on @qts/krx, which it may not.']);
  });

  it('is not fine when an import is not declared', () => {
    const tree = plant('krx', "import { type Side } from '@qts/core';\n");
    expect(findGraphProblems(tree)).toEqual([
      'packages/krx/src/index.ts imports @qts/core, which its package.json does not declare.',
    ]);
  });

  it('is not fine when a source reaches out of its package', () => {
    const tree = plant('krx', "import { tick } from '../../core/src/index.ts';\n");
    expect(findGraphProblems(tree)).toEqual([
      'packages/krx/src/index.ts reaches out of its package: ../../core/src/index.ts.',
    ]);
  });

  it('is fine with a recorded answer of the package itself, and with nothing else of its tests', () => {
    const fixture = (path: string): string => `import x from '${path}' with { type: 'json' };\n`;
    expect(findGraphProblems(plant('krx', fixture('../test/fixtures/rest/x.json')))).toEqual([]);
    for (const path of ['../test/support/x.json', '../test/fixtures/x.ts', '../../core/test/fixtures/x.json']) {
      expect(findGraphProblems(plant('krx', fixture(path)))).toEqual([
        `packages/krx/src/index.ts reaches out of its package: ${path}.`,
      ]);
    }
  });

  it('is not fine when a package has no row', () => {
    const tree = plant('surprise', '');
    expect(findGraphProblems(tree)).toEqual(['packages/surprise has no row in tooling/package-graph.ts.']);
  });

  it('gives every broker the same rule, whatever its id', () => {
    const fine = "import { krw } from '@qts/core';\nimport { z } from 'zod';\n";
    expect(findGraphProblems(plant('broker-demo', fine, { '@qts/core': '*', zod: '*' }))).toEqual([]);
    const greedy = "import { createKisBroker } from '@qts/broker-kis';\n";
    for (const id of ['broker-demo', 'broker-kiwoom']) {
      expect(findGraphProblems(plant(id, greedy))).toEqual([
        `packages/${id}/src/index.ts imports @qts/broker-kis, which ${id} may not.`,
      ]);
    }
  });

  it('does not take a name that is no id for a broker', () => {
    expect(findGraphProblems(plant('broker-Demo', ''))).toEqual([
      'packages/broker-Demo has no row in tooling/package-graph.ts.',
    ]);
  });

  it('does not look at copies of the tree below other folders', () => {
    const tree = plant('core', "import 'zod';\n", { zod: '^4' });
    cpSync(join(tree, 'packages'), join(tree, 'backup/packages'), { recursive: true });
    expect(findGraphProblems(tree)).toEqual([]);
  });
});

describe('importsOf', () => {
  it.each([
    ["import { a } from './a.ts';", './a.ts'],
    ["import {\n  a,\n  b,\n} from 'zod';", 'zod'],
    ["export { a } from '@qts/core';", '@qts/core'],
    ["export * from 'x';", 'x'],
    ["import 'side-effect';", 'side-effect'],
    ["const m = await import('lazy');", 'lazy'],
    ["import { type A, b } from '@qts/core/testing';", '@qts/core/testing'],
  ])('finds the specifier in %j', (source, specifier) => {
    expect(importsOf(source)).toEqual([specifier]);
  });
});
