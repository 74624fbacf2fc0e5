/** The package by its place: the trials do not declare it as a dependency yet. */
export * from '../../../../packages/market-data/src/index.ts';
