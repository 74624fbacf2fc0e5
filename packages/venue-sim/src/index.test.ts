import { expect, it } from 'vitest';
import * as venueSim from './index.ts';

it('exports what is listed here', () => {
  expect(Object.keys(venueSim).toSorted()).toMatchInlineSnapshot(`
    [
      "VenueError",
      "behaviourEvidence",
      "bookReadings",
      "createAcceleratedClock",
      "createExchange",
      "createInMemoryVenue",
      "createRealClock",
      "createSteppedClock",
      "createVenueSim",
      "deriveTapeFlow",
      "scheduleTapeReplay",
      "tapeChecks",
      "tapePhases",
      "tradeReadings",
      "venueBehaviours",
      "venueDialects",
      "venueEnvironments",
      "venueErrorCodes",
      "venueRefusals",
    ]
  `);
});
