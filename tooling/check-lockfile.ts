/**
 * Things that go wrong silently: a registry host that got into a tracked file, and a locked package whose binaries for
 * other platforms were missing from the registry it was resolved against (a clone on macOS would then have no turbo).
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exit, stdout } from 'node:process';

const root = resolve(import.meta.dirname, '..');
const lockfile = readFileSync(resolve(root, 'pnpm-lock.yaml'), 'utf8');
const problems: string[] = [];

for (const [line] of lockfile.matchAll(/^.*(https?:\/\/|tarball:).*$/gm))
  problems.push(`host in the lockfile: ${line.trim()}`);
for (const file of execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')) {
  if (file === '' || !/\.(json|ya?ml|npmrc|mjs|js|ts|sh)$|^\.npmrc$/.test(file)) continue;
  const text = readFileSync(resolve(root, file), 'utf8');
  if (/https?:\/\/[^\s"']*(registry\.|verdaccio|artifactory|\/npm\/)/.test(text))
    problems.push(`registry host in ${file}`);
}

const locked = new Set([...lockfile.matchAll(/^ {2}'?((?:@[^/\s]+\/)?[^@\s']+)@[^:]*'?:$/gm)].map((match) => match[1]));
const platform = /(darwin|win32|windows|linux)[-_]?(x64|arm64|64|musl|gnu|msvc)|fsevents/;
const seen = new Set<string>();
const installed = [
  'node_modules/.pnpm/*/node_modules/*/package.json',
  'node_modules/.pnpm/*/node_modules/@*/*/package.json',
];
for (const file of globSync(installed, { cwd: root })) {
  const { name, version, optionalDependencies } = JSON.parse(readFileSync(resolve(root, file), 'utf8')) as {
    name: string;
    version: string;
    optionalDependencies?: Record<string, string>;
  };
  if (seen.has(`${name}@${version}`)) continue;
  seen.add(`${name}@${version}`);
  const missing = Object.keys(optionalDependencies ?? {}).filter((each) => platform.test(each) && !locked.has(each));
  if (missing.length > 0) problems.push(`${name}@${version}: not in the lockfile: ${missing.join(', ')}`);
}

for (const problem of problems) stdout.write(`  ${problem}\n`);
if (problems.length === 0) stdout.write(`  ${String(seen.size)} packages looked at\n`);
exit(problems.length === 0 ? 0 : 1);
