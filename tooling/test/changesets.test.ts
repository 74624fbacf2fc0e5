import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.changeset');
const changesets = readdirSync(folder).filter((name) => name.endsWith('.md'));

/** Packages that a release gives a version: `changeset version` stops at any other name. */
const published = new Set(
  readdirSync(join(root, 'packages')).flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly private?: boolean;
    };
    return manifest.private === true ? [] : [manifest.name];
  }),
);

describe('changesets', () => {
  // One test, not one a file: right after a release there are none.
  it('name published packages, one at least, and say what changed', () => {
    const unfit = changesets.filter((name) => {
      const [, names = '', text = ''] = readFileSync(join(folder, name), 'utf8').split(/^---$/m);
      const found = names.match(/(?<=')@qts\/[a-z-]+(?=': (?:patch|minor|major)$)/gm) ?? [];
      const areNamed = found.length === names.trim().split('\n').length && found.every((each) => published.has(each));
      return !areNamed || text.trim() === '';
    });
    expect(unfit).toEqual([]);
  });
});
