import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'tsup';
import { type RunnerProgram } from '../../src/crash/runner-process.ts';

/**
 * The programs of this package as one folder of JavaScript. A process that is to be killed after a second should not use
 * half of that to load some five hundred files: bundled, it is ready in a fifth of the time. Made from the sources of this
 * moment, with all that they use; nothing is taken from `dist`.
 */
export async function bundleProgram(): Promise<{ readonly program: RunnerProgram; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'qts-bundle-'));
  await build({
    ...{ config: false, silent: true, dts: false, entry: [join(import.meta.dirname, '../../src/main.ts')] },
    ...{ outDir: folder, format: 'esm', target: 'node22', platform: 'node', splitting: true, noExternal: [/./] },
    removeNodeProtocol: false, // `node:sqlite` has no name without it.
    // CommonJS packages within the bundle ask for built-in modules.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    esbuildOptions(options) {
      options.conditions = ['@qts/source', 'node', 'import', 'module'];
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return {
    program: { file: join(folder, 'main.js'), execArgv: ['--disable-warning=ExperimentalWarning'] },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
