import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What a page links to in this repository; addresses with a scheme are the world's business. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target));
}

/** The anchor that a heading gets on the hosts where these pages are read. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function isDead(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
  if (!existsSync(file)) return true;
  if (anchor === undefined) return false;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return !headings.includes(anchor);
}

describe('the pages of the repository', () => {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
  const pages = execFileSync('git', list, { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((page) => page !== '' && existsSync(join(root, page)));

  it('are found', () => {
    expect(pages).toContain('README.md');
  });

  it.each(pages)('%s links to what is there', (page) => {
    const links = linksOf(readFileSync(join(root, page), 'utf8'));
    expect(links.filter((target) => isDead(page, target))).toEqual([]);
  });

  it('are not fine with a link to nothing, or to a heading that is not there', () => {
    const targets = linksOf('[a](LICENSE) [b](no-such-page.md) [c](README.md#packages) [d](README.md#no-such-heading)');
    expect(targets.filter((target) => isDead('README.md', target))).toEqual([
      'no-such-page.md',
      'README.md#no-such-heading',
    ]);
  });
});
