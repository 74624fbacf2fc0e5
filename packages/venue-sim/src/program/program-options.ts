import { parseArgs } from 'node:util';
import { isCalendarDate } from '@qts/krx';
import { venueDialects, type VenueDialectName } from '../venue-settings.ts';

/** What the command line asks for. */
export interface ProgramOptions {
  /** Protocols to speak, each on a port of its own, all over one market. */
  readonly dialects: readonly VenueDialectName[];
  /** Of the first protocol; the next has the port after it. 0: any free ones. */
  readonly port: number;
  readonly paper: boolean;
  /** Venue seconds per real second. */
  readonly speed: number;
  /** Time of day (Korean) at which the venue's clock starts, `HH:MM`. */
  readonly start: string;
  /** Trading date of the modelled market; absent: the nearest one from today on. */
  readonly date?: string;
  readonly seed: number;
  /** A JSON file with a market of one's own; absent: the modelled one. */
  readonly marketFile?: string;
  readonly json: boolean;
}

/** The command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `qts-venue: a simulated Korean stock venue that speaks the REST and WebSocket
protocols of KIS and Kiwoom on this machine.
Nothing it shows is real: keys, accounts, names, prices and orders are made up.

  qts-venue [options]

  --dialect <name>  kis or kiwoom; default kis. Given twice, both lead to one market, each on a port of its own
  --port <number>   port on 127.0.0.1; default 0, any free one. A second dialect has the port after it
  --paper           speak as the broker's paper trading does (default: as live trading)
  --speed <number>  venue seconds per real second; default 1
  --start <HH:MM>   Korean time of day at which the venue starts; default 09:05
  --date <date>     trading date of the modelled market, such as 2026-11-20; default today in Korea, or the next one
  --seed <number>   seed of everything that is drawn; default 1
  --market <file>   JSON: { "tradingDate", "instruments": [...] } instead of the modelled market, without order flow
  --json            print one line of JSON instead of text
  --help            print this

Ctrl-C stops it. Exit codes: 0 stopped, 1 unexpected error, 2 unusable options, 3 port in use.
`;

/**
 * Reads the command line; `undefined` when help is asked for.
 *
 * @throws UsageError naming the option, what was found and the remedy.
 */
export function parseProgramOptions(args: readonly string[]): ProgramOptions | undefined {
  const values = readArguments(args);
  if (values.help === true) return undefined;
  const start = values.start ?? '09:05';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(start)) throw refuse('start', start, 'a time of day such as 09:05');
  if (values.date !== undefined && !isCalendarDate(values.date)) {
    throw refuse('date', values.date, 'a date such as 2026-11-20');
  }
  if (values.date !== undefined && values.market !== undefined) {
    throw refuse('date', values.date, 'the date as "tradingDate" in the market file');
  }
  return {
    dialects: dialectsOf(values.dialect ?? ['kis']),
    port: wholeNumber('port', values.port ?? '0', 65_535),
    paper: values.paper ?? false,
    speed: positiveNumber('speed', values.speed ?? '1'),
    start,
    seed: wholeNumber('seed', values.seed ?? '1', 2 ** 32 - 1),
    json: values.json ?? false,
    ...(values.date === undefined ? {} : { date: values.date }),
    ...(values.market === undefined ? {} : { marketFile: values.market }),
  };
}

function readArguments(args: readonly string[]): {
  readonly dialect?: string[] | undefined;
  readonly port?: string | undefined;
  readonly paper?: boolean | undefined;
  readonly speed?: string | undefined;
  readonly start?: string | undefined;
  readonly date?: string | undefined;
  readonly seed?: string | undefined;
  readonly market?: string | undefined;
  readonly json?: boolean | undefined;
  readonly help?: boolean | undefined;
} {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        dialect: { type: 'string', multiple: true },
        port: { type: 'string' },
        paper: { type: 'boolean' },
        speed: { type: 'string' },
        start: { type: 'string' },
        date: { type: 'string' },
        seed: { type: 'string' },
        market: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function dialectsOf(names: readonly string[]): readonly VenueDialectName[] {
  const dialects = names.filter((name): name is VenueDialectName =>
    (venueDialects as readonly string[]).includes(name),
  );
  if (dialects.length < names.length || new Set(names).size < names.length) {
    throw refuse('dialect', names.join(', '), `${venueDialects.join(' or ')}, each at most once`);
  }
  return dialects;
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value <= max)) throw refuse(name, text, `a whole number from 0 to ${max}`);
  return value;
}

function positiveNumber(name: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value > 0)) throw refuse(name, text, 'a number above 0');
  return value;
}

function refuse(name: string, found: string, remedy: string): UsageError {
  return new UsageError(`The option --${name} is not usable: found "${found}". Give ${remedy}.`);
}
