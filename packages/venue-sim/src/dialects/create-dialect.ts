import { type Exchange } from '../exchange/contracts.ts';
import { type VenueDialect } from '../server/venue-exchange.ts';
import { type VenueDialectName, type VenueOptions } from '../venue-settings.ts';
import { createKisDialect } from './kis/kis-dialect.ts';

const factories: Readonly<Record<VenueDialectName, (options: VenueOptions, exchange: Exchange) => VenueDialect>> = {
  kis: createKisDialect,
};

/** Makes the dialect that the options name. */
export function createDialect(options: VenueOptions, exchange: Exchange): VenueDialect {
  return factories[options.dialect](options, exchange);
}
