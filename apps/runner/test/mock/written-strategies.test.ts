import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFolder, startProgram } from './program.ts';

const root = new URL('../../../../', import.meta.url);

/** The first TypeScript example of a page. */
function exampleOf(page: string): string {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readFileSync(new URL(page, root), 'utf8')) ?? [];
  if (example === undefined) throw new Error(`${page} has no example.`);
  return example;
}

let folder: { readonly path: string; remove(): void };
afterEach(() => {
  folder.remove();
});

async function trade(strategy: string): Promise<{ readonly exitCode: number | null; readonly said: string }> {
  folder = makeFolder();
  writeFileSync(join(folder.path, 'my-strategy.ts'), strategy);
  const args = ['--strategy', './my-strategy.ts', '--symbols', '005930', '--quiet'];
  const { exitCode, out, errors } = await startProgram(folder.path, args).ended;
  return { exitCode, said: out + errors };
}

describe('a strategy in a folder of its own', () => {
  it.each(['docs/guides/write-a-strategy.md', 'packages/pipeline/README.md'])(
    'copied from %s trades a day with equal books',
    async (page) => {
      const { exitCode, said } = await trade(exampleOf(page));
      expect(said).toMatch(/Positions +005930 1 /);
      expect(said).toContain('BOOKS EQUAL');
      expect(exitCode).toBe(0);
    },
  );

  it('that leaves an import of types behind is told how to write it', async () => {
    const { exitCode, said } = await trade(
      "import { type Strategy } from '@qts/pipeline';\nexport default () => ({});\n",
    );
    expect(said).toContain('Write `import type { … }` for types');
    expect(exitCode).toBe(2);
  });
});
