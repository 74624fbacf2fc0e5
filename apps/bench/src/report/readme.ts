import { readFileSync, writeFileSync } from 'node:fs';

const begin = '<!-- GENERATED figures: npm run bench -- --write -->';
const end = '<!-- GENERATED end -->';

/**
 * Puts text between the marks of a page.
 *
 * @throws when the page has no marks.
 */
export function replaceGenerated(page: string, text: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no marks: ${begin} … ${end}.`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/** Writes a run's figures into the README. */
export function writeFigures(readmePath: string, heading: string, tables: string): void {
  const text = `${heading}\n\n\`\`\`text\n${tables}\n\`\`\``;
  writeFileSync(readmePath, replaceGenerated(readFileSync(readmePath, 'utf8'), text));
}
