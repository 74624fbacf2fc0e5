import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/**
 * One build recipe for every workspace package: ESM, with declarations for what is published.
 * tsup runs in the package's own folder; a private package (an app) gets no declarations.
 * A package may have up to four entries: the library, its `./testing` half, its `./catalogue` (what people read about a
 * broker's operations, which no order needs), and a program (`main`).
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { private?: boolean };
const isPrivate = manifest.private === true;
const library = ['src/index.ts', 'src/testing/index.ts', 'src/catalogue/index.ts'].filter(existsSync);
const programs = ['src/main.ts'].filter(existsSync);

const config: ReturnType<typeof defineConfig> = defineConfig({
  entry: isPrivate ? programs : [...library, ...programs],
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: isPrivate ? false : { entry: library },
  sourcemap: true,
  clean: true,
  // One copy of every class: the entries of a package share chunks.
  splitting: true,
  // node:sqlite has no name without its protocol.
  removeNodeProtocol: false,
});

export default config;
