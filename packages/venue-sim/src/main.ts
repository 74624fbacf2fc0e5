#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { kstInstant } from './kst.ts';
import { parseMarketFile } from './program/market-file.ts';
import { modelledInstruments, nearestTradingDate, scheduleModelledFlow } from './program/modelled-market.ts';
import { parseProgramOptions, usage, UsageError, type ProgramOptions } from './program/program-options.ts';
import { createAcceleratedClock } from './system/system-clocks.ts';
import { VenueError } from './venue-error.ts';
import { type VenueAccount } from './venue-settings.ts';
import { createVenueSim } from './venue-sim.ts';
import { type VenueSim } from './venue.ts';

/**
 * The account that the program opens. Key and secret open nothing but this venue. They are 36 and 180 characters long as
 * the broker's are (published), because public clients refuse other lengths before their first request.
 */
const demoAccount: VenueAccount = {
  accountId: 'demo',
  accountNumber: '50001234-01',
  appKey: 'PSSIMULATEDAPPKEYONLYFORQTSVENUE0001',
  appSecret: 'simulated-app-secret-of-qts-venue-'.padEnd(180, '0123456789'),
  cashKrw: 100_000_000,
  // 0.0140527 %, an online rate of the broker.
  terms: { feePartsPerBillion: 140_527 },
};

async function main(): Promise<void> {
  const options = parseProgramOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(usage);
    return;
  }
  const venue = await startVenue(options);
  process.stdout.write(options.json ? `${JSON.stringify(facts(venue, options))}\n` : describe(venue, options));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void venue.close());
}

async function startVenue(options: ProgramOptions): Promise<VenueSim> {
  const own = options.marketFile === undefined ? undefined : parseMarketFile(await readMarket(options.marketFile));
  const { tradingDate, instruments } = own ?? {
    tradingDate: options.date ?? nearestTradingDate(Date.now()),
    instruments: modelledInstruments,
  };
  return createVenueSim({
    dialect: 'kis',
    environment: options.paper ? 'PAPER' : 'LIVE',
    tradingDate,
    instruments,
    accounts: [demoAccount],
    seed: options.seed,
    clock: createAcceleratedClock({ startMs: kstInstant(tradingDate, options.start), speed: options.speed }),
    port: options.port,
    ...(own === undefined
      ? {
          prepare: (exchange) => {
            scheduleModelledFlow(exchange, options.seed);
          },
        }
      : {}),
  });
}

async function readMarket(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The market file ${path} cannot be read. Give a readable JSON file.`, { cause: error });
  }
}

function facts(venue: VenueSim, options: ProgramOptions): Readonly<Record<string, unknown>> {
  return {
    simulated: true,
    url: venue.url,
    environment: options.paper ? 'PAPER' : 'LIVE',
    tradingDate: venue.exchange.tradingDate,
    accountNumber: demoAccount.accountNumber,
    appKey: demoAccount.appKey,
    appSecret: demoAccount.appSecret,
    symbols: venue.exchange.listInstruments().map(({ instrument }) => instrument.symbol),
  };
}

function describe(venue: VenueSim, options: ProgramOptions): string {
  const issues = venue.exchange
    .listInstruments()
    .map(({ instrument, lastPriceKrw }) => `  ${instrument.symbol}  ${instrument.name}  ${lastPriceKrw} won`);
  return `A simulated venue is running. ${
    options.marketFile === undefined ? 'Its market is modelled: names, prices and orders are made up.' : ''
  }

  url            ${venue.url}
  speaks         KIS REST, ${options.paper ? 'paper' : 'live'} flavour
  trading date   ${venue.exchange.tradingDate}, from ${options.start} KST, speed ${options.speed}
  account        ${demoAccount.accountNumber}
  app key        ${demoAccount.appKey}
  app secret     ${demoAccount.appSecret}

${issues.join('\n')}

Ctrl-C stops it.
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
