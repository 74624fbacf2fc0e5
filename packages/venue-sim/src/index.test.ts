import { expect, it } from 'vitest';
import * as venueSim from './index.ts';

it('exports what is listed here', () => {
  expect(Object.keys(venueSim).toSorted()).toMatchInlineSnapshot(`
    [
      "VenueError",
      "barChecks",
      "behaviourEvidence",
      "bookReadings",
      "createAcceleratedClock",
      "createExchange",
      "createInMemoryVenue",
      "createMarket",
      "createRealClock",
      "createSteppedClock",
      "createVenueSim",
      "deriveTapeFlow",
      "describeReplay",
      "replaySources",
      "requestKinds",
      "scheduleBarReplay",
      "scheduleTapeReplay",
      "tapeChecks",
      "tapePhases",
      "tradeReadings",
      "venueBehaviours",
      "venueDialects",
      "venueEnvironments",
      "venueErrorCodes",
      "venueFaults",
      "venueOperationKinds",
      "venueRefusals",
    ]
  `);
});
