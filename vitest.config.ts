import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** All packages in one process: for watch mode, one file, and coverage. */
const config: ViteUserConfig = defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['packages/*/src/**', 'apps/*/src/**'] },
    projects: globSync('{packages,apps}/*').map((root) => ({
      extends: './tooling/vitest.config.ts',
      root,
      test: { name: basename(root), reporters: [] },
    })),
  },
});

export default config;
