import { expect, it } from 'vitest';
import { replaceGenerated } from './readme.ts';

const marked = 'before\n<!-- GENERATED figures: npm run bench -- --write -->\nold\n<!-- GENERATED end -->\nafter\n';

it('replaces what stands between the marks and nothing else', () => {
  const page = replaceGenerated(marked, 'new');
  expect(page).toBe(
    'before\n<!-- GENERATED figures: npm run bench -- --write -->\n\nnew\n\n<!-- GENERATED end -->\nafter\n',
  );
  expect(replaceGenerated(page, 'new')).toBe(page);
});

it('refuses a page without marks', () => {
  expect(() => replaceGenerated('a page', 'new')).toThrow(/no marks/);
});
