/**
 * Who may import whom (docs/concepts/packages.md). A package that is not listed here, and is no broker, is an error: say in a decision
 * record why it exists, then add its row.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What one package may import: workspace packages, and packages of others. */
interface Allowance {
  readonly ours: readonly string[];
  readonly thirdParties: readonly string[];
}

/**
 * Every broker package, by its name: `broker-` and the broker's id. A new broker needs no row, so it cannot get a wider
 * one; `broker-kit` and `broker-conformance` are no brokers and have rows of their own.
 */
const brokerAllowance: Allowance = { ours: ['broker-kit', 'core', 'failsafe-codes'], thirdParties: ['zod'] };

/** Workspace packages that each package's sources may import, and so declare as dependencies. */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  'failsafe-codes': [],
  core: ['failsafe-codes'],
  krx: ['core'],
  risk: ['core', 'failsafe-codes', 'krx'],
  bridge: ['core', 'failsafe-codes'],
  pipeline: ['core', 'failsafe-codes'],
  storage: ['core', 'failsafe-codes'],
  engine: ['bridge', 'core', 'failsafe-codes', 'krx', 'risk'],
  'broker-kit': ['core', 'failsafe-codes'],
  'broker-conformance': ['core', 'venue-sim'],
  'market-data': ['core'],
  'venue-sim': ['krx'],
};

/** Apps are composition roots: they may import every package, and no package may import them. */
const apps = ['runner', 'bench', 'trials'];

/** Third-party packages that the sources of a package may import. */
export const allowedThirdParties: Readonly<Record<string, readonly string[]>> = {
  'failsafe-codes': [],
  core: ['zod'],
  krx: [],
  risk: [],
  bridge: [],
  pipeline: [],
  storage: [],
  engine: [],
  'broker-kit': ['undici', 'ws'],
  'broker-conformance': [],
  'market-data': [],
  'venue-sim': ['ws'],
};

/** What a package may import; `undefined` when nobody has said. */
function allowanceOf(id: string): Allowance | undefined {
  const ours = allowedImports[id];
  const thirdParties = allowedThirdParties[id];
  if (ours !== undefined && thirdParties !== undefined) return { ours, thirdParties };
  return /^broker-[a-z][a-z0-9]*$/.test(id) ? brokerAllowance : undefined;
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Problems of the package graph below `root`, one sentence each; empty when the graph is as allowed. */
export function findGraphProblems(root: string): readonly string[] {
  const problems: string[] = [];
  for (const file of globSync('packages/*/package.json', { cwd: root })) {
    const directory = dirname(join(root, file));
    const id = basename(directory);
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;
    const allowance = allowanceOf(id);
    if (allowance === undefined) {
      problems.push(`packages/${id} has no row in tooling/package-graph.ts.`);
      continue;
    }
    const { ours: allowed, thirdParties } = allowance;
    if (manifest.name !== `@qts/${id}`) problems.push(`packages/${id} is named ${manifest.name}, not @qts/${id}.`);
    const dependencies = Object.keys(manifest.dependencies ?? {});
    for (const dependency of dependencies) {
      const ours = dependency.startsWith('@qts/') ? dependency.slice('@qts/'.length) : undefined;
      const fine = ours === undefined ? thirdParties.includes(dependency) : allowed.includes(ours);
      if (!fine) problems.push(`packages/${id}/package.json depends on ${dependency}, which it may not.`);
    }
    problems.push(...findImportProblems(directory, id, allowed, thirdParties, new Set(dependencies)));
  }
  return problems;
}

function findImportProblems(
  directory: string,
  id: string,
  allowed: readonly string[],
  thirdParties: readonly string[],
  declared: ReadonlySet<string>,
): readonly string[] {
  const problems: string[] = [];
  for (const source of globSync('src/**/*.ts', { cwd: directory })) {
    if (source.endsWith('.test.ts') || source.endsWith('.test-d.ts')) continue;
    for (const specifier of importsOf(readFileSync(join(directory, source), 'utf8'))) {
      if (specifier.startsWith('node:')) continue;
      const where = `packages/${id}/${source}`;
      if (specifier.startsWith('.')) {
        const path = join(dirname(source), specifier);
        // Recorded answers are data of the package: the build copies what a source shows of them, as an example say.
        const isFixture = path.startsWith('test/fixtures/') && path.endsWith('.json');
        if (!path.startsWith('src') && !isFixture) problems.push(`${where} reaches out of its package: ${specifier}.`);
        continue;
      }
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
      const ours = name.startsWith('@qts/') ? name.slice('@qts/'.length) : undefined;
      if (ours !== undefined && apps.includes(ours)) problems.push(`${where} imports the app ${name}.`);
      else if (!(ours === undefined ? thirdParties : allowed).includes(ours ?? name))
        problems.push(`${where} imports ${specifier}, which ${id} may not.`);
      else if (!declared.has(name))
        problems.push(`${where} imports ${specifier}, which its package.json does not declare.`);
    }
  }
  return problems;
}

/** Module specifiers of static imports, re-exports and dynamic imports with a literal. */
export function importsOf(source: string): readonly string[] {
  const pattern =
    /(?:^|[\n;])\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
