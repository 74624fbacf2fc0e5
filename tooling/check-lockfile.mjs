/**
 * Two things that go wrong silently in a lockfile: a registry host that got in, and a package
 * whose binaries for other platforms were missing from the registry it was resolved against.
 */
import { globSync, readFileSync } from 'node:fs';

const text = readFileSync('pnpm-lock.yaml', 'utf8');
const problems = [];
for (const [line] of text.matchAll(/^.*(https?:\/\/|tarball:).*$/gm))
  problems.push(`host in the lockfile: ${line.trim()}`);
const locked = new Set([...text.matchAll(/^ {2}'?((?:@[^/\s]+\/)?[^@\s']+)@[^:]*'?:$/gm)].map((match) => match[1]));
const wanted = /(darwin|win32|windows|linux)[-_]?(x64|arm64|64|musl|gnu|msvc)|fsevents/;
const seen = new Set();
for (const file of globSync([
  'node_modules/.pnpm/*/node_modules/*/package.json',
  'node_modules/.pnpm/*/node_modules/@*/*/package.json',
])) {
  const { name, version, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
  if (seen.has(`${name}@${version}`)) continue;
  seen.add(`${name}@${version}`);
  const missing = Object.keys(optionalDependencies).filter((each) => wanted.test(each) && !locked.has(each));
  if (missing.length > 0) problems.push(`${name}@${version}: not in the lockfile: ${missing.join(', ')}`);
}
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? `lockfile ok (${seen.size} packages looked at)` : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
