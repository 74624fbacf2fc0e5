import { type VenueDialect } from '../server/venue-exchange.ts';
import { type VenueDialectName } from '../venue-settings.ts';
import { type DialectSetup } from './dialect-setup.ts';
import { createKisDialect } from './kis/kis-dialect.ts';
import { createKiwoomDialect } from './kiwoom/kiwoom-dialect.ts';

const factories: Readonly<Record<VenueDialectName, (setup: DialectSetup) => VenueDialect>> = {
  kis: createKisDialect,
  kiwoom: createKiwoomDialect,
};

/** Makes the dialect of a front. */
export function createDialect(name: VenueDialectName, setup: DialectSetup): VenueDialect {
  return factories[name](setup);
}
