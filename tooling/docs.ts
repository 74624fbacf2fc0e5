/**
 * Prints the pages of docs/reference that come from code, so that they cannot drift from it.
 *
 *   npm run docs              writes them
 *   npm run docs -- --check   exit 1 and a list when a page is not what the code prints
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { format, resolveConfig } from 'prettier';
import { pages } from './docs/pages.ts';

const root = resolve(import.meta.dirname, '..');
const checking = argv.includes('--check');
const stale: string[] = [];

for (const { file, render } of pages) {
  const path = join(root, 'docs/reference', file);
  const text = await format(render(), { ...(await resolveConfig(path)), parser: 'markdown' });
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(file);
  if (!checking) writeFileSync(path, text);
}

if (checking && stale.length > 0) {
  stdout.write(`  not what the code prints: ${stale.join(', ')}; run: npm run docs\n`);
  exit(1);
}
stdout.write(
  stale.length === 0 ? `  ${String(pages.length)} pages are up to date\n` : `  written: ${stale.join(', ')}\n`,
);
