import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '@qts/core';

/** The folder of recorded data of this app: `data` beside its package.json, from the sources and from the build alike. */
export function findDataFolder(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'data');
  }
  throw new ConfigurationError({
    code: 'MARKET_DATA_UNREADABLE',
    summary: 'The folder of recorded market data is not found.',
    facts: { searchedFrom: start },
    next: 'Run QTS from a full checkout of the repository: the data is in apps/runner/data.',
  });
}
