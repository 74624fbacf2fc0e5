import { expect, it } from 'vitest';
import * as pipeline from './index.ts';

it('exports what it says', () => {
  expect(Object.keys(pipeline).sort()).toEqual(['actGates', 'closedGate', 'createPipeline', 'pause', 'runLoop']);
});
