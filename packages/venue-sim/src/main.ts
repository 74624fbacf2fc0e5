#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { kstInstant } from './kst.ts';
import { demoAccounts } from './program/demo-accounts.ts';
import { exampleRequest } from './program/example-request.ts';
import { parseMarketFile } from './program/market-file.ts';
import { modelledInstruments, nearestTradingDate, scheduleModelledFlow } from './program/modelled-market.ts';
import { parseProgramOptions, usage, UsageError, type ProgramOptions } from './program/program-options.ts';
import { createAcceleratedClock } from './system/system-clocks.ts';
import { VenueError } from './venue-error.ts';
import { type VenueDialectName } from './venue-settings.ts';
import { createMarket } from './venue-sim.ts';
import { type VenueMarket, type VenueSim } from './venue.ts';

async function main(): Promise<void> {
  const options = parseProgramOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(usage);
    return;
  }
  const venue = await startVenue(options);
  process.stdout.write(options.json ? `${JSON.stringify(facts(venue, options))}\n` : describe(venue, options));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void venue.market.close());
}

/** A protocol that is spoken, and where. */
interface Front {
  readonly dialect: VenueDialectName;
  readonly venue: VenueSim;
}

interface Running {
  readonly market: VenueMarket;
  readonly fronts: readonly Front[];
}

async function startVenue(options: ProgramOptions): Promise<Running> {
  const own = options.marketFile === undefined ? undefined : parseMarketFile(await readMarket(options.marketFile));
  const { tradingDate, instruments } = own ?? {
    tradingDate: options.date ?? nearestTradingDate(Date.now()),
    instruments: modelledInstruments,
  };
  const market = createMarket({
    tradingDate,
    instruments,
    accounts: options.dialects.map((dialect) => demoAccounts[dialect]),
    seed: options.seed,
    clock: createAcceleratedClock({ startMs: kstInstant(tradingDate, options.start), speed: options.speed }),
    ...(own === undefined
      ? {
          prepare: (exchange) => {
            scheduleModelledFlow(exchange, options.seed);
          },
        }
      : {}),
  });
  try {
    const fronts: Front[] = [];
    for (const [index, dialect] of options.dialects.entries()) {
      const venue = await market.open({
        dialect,
        environment: environmentOf(options),
        accounts: [demoAccounts[dialect]],
        port: options.port === 0 ? 0 : options.port + index,
      });
      fronts.push({ dialect, venue });
    }
    return { market, fronts };
  } catch (error) {
    await market.close();
    throw error;
  }
}

function environmentOf({ paper }: ProgramOptions): 'PAPER' | 'LIVE' {
  return paper ? 'PAPER' : 'LIVE';
}

async function readMarket(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The market file ${path} cannot be read. Give a readable JSON file.`, { cause: error });
  }
}

/** The first front stands at the top as well: most runs have one. */
function facts({ market, fronts }: Running, options: ProgramOptions): Readonly<Record<string, unknown>> {
  const each = fronts.map(({ dialect, venue }) => {
    const { accountNumber, appKey, appSecret, htsId } = demoAccounts[dialect];
    const account = { accountNumber, appKey, appSecret, ...(htsId === undefined ? {} : { htsId }) };
    return { dialect, url: venue.url, streamUrl: venue.streamUrl, ...account };
  });
  return {
    simulated: true,
    ...each[0],
    environment: environmentOf(options),
    tradingDate: market.exchange.tradingDate,
    symbols: market.exchange.listInstruments().map(({ instrument }) => instrument.symbol),
    fronts: each,
  };
}

const protocolNames: Readonly<Record<VenueDialectName, string>> = { kis: 'KIS', kiwoom: 'Kiwoom' };

function describe({ market, fronts }: Running, options: ProgramOptions): string {
  const instruments = market.exchange.listInstruments();
  const symbol = instruments[0]?.instrument.symbol ?? '';
  const issues = instruments.map(
    ({ instrument, lastPriceKrw }) => `  ${instrument.symbol}  ${instrument.name}  ${lastPriceKrw} won`,
  );
  return `A simulated venue is running. ${
    options.marketFile === undefined ? 'Its market is modelled: names, prices and orders are made up.' : ''
  }

trading date   ${market.exchange.tradingDate}, from ${options.start} KST, speed ${options.speed}

${fronts.map((front) => describeFront(front, symbol, options)).join('\n')}
${issues.join('\n')}

Ctrl-C stops it.
`;
}

function describeFront({ dialect, venue }: Front, symbol: string, options: ProgramOptions): string {
  const { accountNumber, appKey, appSecret, htsId } = demoAccounts[dialect];
  const example = exampleRequest(dialect, { url: venue.url, symbol, account: demoAccounts[dialect] });
  return `  url          ${venue.url}
  streams      ${venue.streamUrl}
  speaks       ${protocolNames[dialect]}, ${options.paper ? 'paper' : 'live'} flavour
  account      ${accountNumber}
  app key      ${appKey}
  app secret   ${appSecret}
${htsId === undefined ? '' : `  HTS id       ${htsId}, the key of its order notices\n`}
Try it, in a shell: a token, then a quote
${example.join('\n')}
`;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return 2;
  if (!(error instanceof VenueError)) return 1;
  switch (error.code) {
    case 'PORT_IN_USE':
      return 3;
    case 'INVALID_SETTING':
      return 2;
    case 'LISTEN_FAILED':
    case 'NO_ANSWER':
      return 1;
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`qts-venue: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodeOf(error);
});
