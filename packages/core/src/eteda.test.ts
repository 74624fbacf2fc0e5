import { failsafeStages } from '@qts/failsafe-codes';
import { expect, it } from 'vitest';
import { commandOutcomes } from './command-outcome.ts';
import { actStatuses, etedaStages } from './eteda.ts';

it('names the stages as the registry of safety codes does, which adds one that watches the cycle', () => {
  expect([...etedaStages, 'PERFORMANCE']).toEqual(failsafeStages);
});

it('has an act status for every outcome, and two for what never became a command', () => {
  const outcomes = commandOutcomes.map((outcome) => outcome.toLowerCase().replace('_', '-'));
  expect([...outcomes, 'skipped', 'error'].sort()).toEqual([...actStatuses].sort());
});
