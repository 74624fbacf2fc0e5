export { createRealClock, createAcceleratedClock } from './system/system-clocks.ts';
export { createSteppedClock } from './clock/stepped-clock.ts';
export type { SteppedClock, VenueClock } from './clock/venue-clock.ts';
export { type KisVenueSettings } from './dialects/kis/kis-settings.ts';
export type * from './exchange/contracts.ts';
export type { RecordedRequest, VenueRequest, VenueResponse } from './server/venue-exchange.ts';
export { VenueError, venueErrorCodes, type VenueErrorCode } from './venue-error.ts';
export {
  venueDialects,
  venueEnvironments,
  type DailyBar,
  type VenueAccount,
  type VenueDialectName,
  type VenueEnvironment,
  type VenueOptions,
  type VenueSimOptions,
} from './venue-settings.ts';
export type { InMemoryVenue, VenueSim } from './venue.ts';
