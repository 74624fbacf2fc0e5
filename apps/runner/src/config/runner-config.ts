import { ConfigurationError, type ErrorFacts } from '@qts/core';
import { z } from 'zod';

/** What a run does its orders with: the local venue, the broker's 모의투자, or real money. */
export const runnerModes = ['sim', 'paper', 'live'] as const;
export type RunnerMode = (typeof runnerModes)[number];

/** Brokers that the runner can trade at. */
export const runnerBrokers = ['kis', 'kiwoom'] as const;
export type RunnerBrokerId = (typeof runnerBrokers)[number];

/**
 * The one configuration file of the runner (`qts.yaml`). Everything has a default, so that a simulated day needs no
 * file; secrets are never in it (see env-file.ts).
 */
export interface RunnerConfig {
  readonly mode: RunnerMode;
  /** The variable `QTS_BROKER_ID` names another one. */
  readonly broker: RunnerBrokerId;
  /** Read and checked, but not acted on yet: no order moves to another broker by itself. */
  readonly fallbackBroker: RunnerBrokerId | 'none';
  /** A label for the account that is safe to print. */
  readonly account: string;
  /** Short codes, in the order in which a cycle looks at them. */
  readonly symbols: readonly string[];
  readonly strategy: {
    /** The name of a sample strategy, or the path of a file whose default export makes one. */
    readonly use: string;
    readonly parameters: Readonly<Record<string, string | number | boolean>>;
  };
  readonly loop: {
    /** Time between the starts of two cycles. */
    readonly intervalMs: number;
    /** Pause after a cycle that ended in an error: constant, not growing. */
    readonly errorBackoffMs: number;
    /** The loop stops when more cycles than this end in an error, one after the other. */
    readonly errorBackoffRetriesMax: number;
  };
  readonly trading: {
    readonly enabled: boolean;
    readonly paused: boolean;
    readonly safeMode: boolean;
    readonly killSwitch: boolean;
    /** A resting order older than this is canceled. */
    readonly restingOrderMsMax: number;
    /** An intent that could not leave within this time is stale and is denied. */
    readonly intentLifeMs: number;
  };
  readonly streams: {
    /** Off: quotes and orders are read by REST alone. Wanted while another program has the session of the key. */
    readonly enabled: boolean;
    /** A quote whose last trade, or read, is older is read by REST before a decision. */
    readonly quoteAgeMsMax: number;
  };
  readonly limits: {
    readonly orderQuantityMax: number;
    readonly orderValueKrwMax: number;
    readonly ordersPerDayMax: number;
    /** Value held or being bought, as a share of equity. */
    readonly exposureShareMax: number;
    /** Value of one symbol, as a share of equity. */
    readonly symbolShareMax: number;
  };
  readonly costs: {
    /** The account's fee in parts per billion of the traded amount: 140,527 is 0.0140527 %. An estimate outside of `sim`. */
    readonly feePartsPerBillion: number;
  };
  readonly files: {
    /** Where journals, tokens and stops are: an absolute path, or one below the home folder (`~/…`). */
    readonly folder: string;
  };
  readonly sim: {
    /** A day that `apps/runner/data` has. */
    readonly date: string;
    readonly seed: number;
    readonly cashKrw: number;
    /** Loopback port of the venue; 0 takes a free one. */
    readonly port: number;
    /** Answers to orders that the venue loses on purpose over the day: each order becomes UNKNOWN and is looked for. */
    readonly lostAnswers: number;
    /** Whether streams are cut, stalled, repeated and garbled on purpose over the day: each hole is found and repaired. */
    readonly streamFaults: boolean;
  };
}

const wholeNumber = (minimum: number, maximum: number): z.ZodNumber => z.int().min(minimum).max(maximum);
const share = z.number().gt(0).max(1);
/** KRX short codes are text: without quotes YAML reads 005930 as a number. */
const symbol = z.string().regex(/^(?:[0-9][0-9A-Z]{5}|Q[0-9]{6})$/);

/** Whether a day of this date exists, as `YYYY-MM-DD`. */
function isCalendarDate(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

const defaultSymbols = ['005930', '000660', '035420', '005380', '068270', '035720', '207940'];

const runnerConfigSchema: z.ZodType<RunnerConfig> = z.strictObject({
  mode: z.enum(runnerModes).default('sim'),
  broker: z.enum(runnerBrokers).default('kis'),
  fallbackBroker: z.enum([...runnerBrokers, 'none']).default('none'),
  account: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .default('main'),
  symbols: z.array(symbol).min(1).max(40).default(defaultSymbols),
  strategy: z
    .strictObject({
      use: z.string().min(1).default('reversion'),
      parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
    })
    .prefault({}),
  loop: z
    .strictObject({
      intervalMs: wholeNumber(100, 600_000).default(60_000),
      errorBackoffMs: wholeNumber(500, 60_000).default(5_000),
      errorBackoffRetriesMax: wholeNumber(0, 20).default(3),
    })
    .prefault({}),
  trading: z
    .strictObject({
      enabled: z.boolean().default(true),
      paused: z.boolean().default(false),
      safeMode: z.boolean().default(false),
      killSwitch: z.boolean().default(false),
      restingOrderMsMax: wholeNumber(1_000, 86_400_000).default(900_000),
      intentLifeMs: wholeNumber(1_000, 600_000).default(30_000),
    })
    .prefault({}),
  streams: z
    .strictObject({
      enabled: z.boolean().default(true),
      quoteAgeMsMax: wholeNumber(1_000, 600_000).default(60_000),
    })
    .prefault({}),
  limits: z
    .strictObject({
      orderQuantityMax: wholeNumber(1, 1_000_000).default(10_000),
      orderValueKrwMax: wholeNumber(1, 100_000_000_000).default(20_000_000),
      ordersPerDayMax: wholeNumber(1, 10_000).default(100),
      exposureShareMax: share.default(0.95),
      symbolShareMax: share.default(0.15),
    })
    .prefault({}),
  costs: z.strictObject({ feePartsPerBillion: wholeNumber(0, 10_000_000).default(140_527) }).prefault({}),
  files: z
    .strictObject({
      folder: z
        .string()
        .regex(/^(?:\/|~\/).+/)
        .default('~/.qts'),
    })
    .prefault({}),
  sim: z
    .strictObject({
      date: z.string().refine(isCalendarDate).default('2025-10-17'),
      seed: wholeNumber(0, 2_147_483_647).default(1),
      cashKrw: wholeNumber(1_000_000, 1_000_000_000_000).default(100_000_000),
      port: wholeNumber(0, 65_535).default(0),
      lostAnswers: wholeNumber(0, 10).default(4),
      streamFaults: z.boolean().default(true),
    })
    .prefault({}),
});

/** A setting whose valid form needs words: what to do about a wrong one, by its last name in the path. */
const remedies: Readonly<Record<string, string>> = {
  symbols: 'six characters in quotes, for example "005930" (an ETN: "Q" and six digits)',
  date: 'a day that exists, in quotes, for example "2025-10-20" (--date 2025-10-20 on the command line)',
  seed: 'a whole number from 0 to 2147483647 (--seed 7 on the command line)',
  account: 'a label such as main; never the account number',
  folder: 'an absolute path, or one below the home folder: "~/.qts"',
};

/**
 * Checks a configuration as it was read, and fills in what is absent. Nothing is coerced.
 *
 * @param source where it came from, for the message
 * @throws {ConfigurationError} naming each wrong setting, what was found and what is wanted
 */
export function parseRunnerConfig(input: unknown, source: string): RunnerConfig {
  const result = runnerConfigSchema.safeParse(input ?? {});
  if (result.success) return result.data;
  const facts: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const path = [...issue.path, ...('keys' in issue ? [issue.keys[0] ?? ''] : [])];
    facts[path.join('.') || 'file'] = explain(issue.code, issue.message, path, valueAt(input, path));
  }
  throw new ConfigurationError({
    code: 'INVALID_CONFIGURATION',
    summary: 'The configuration is not valid; nothing was started.',
    facts: { source, ...facts } satisfies ErrorFacts,
    next: 'Mend the settings named above; docs/reference/configuration.md lists all of them with their defaults.',
  });
}

/** Every setting with its default, for the reference page. */
export function defaultRunnerConfig(): RunnerConfig {
  return runnerConfigSchema.parse({});
}

function explain(code: string, message: string, path: readonly PropertyKey[], found: unknown): string {
  if (code === 'unrecognized_keys') return 'there is no such setting';
  if (message.includes('expected object')) {
    return `found ${describe(found)}; settings by name are wanted, a line each: "name: value"`;
  }
  const remedy = path
    .map(String)
    .map((name) => remedies[name])
    .find((each) => each !== undefined);
  return `found ${describe(found)}; ${remedy ?? message}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  return Array.isArray(value) ? `a list of ${value.length}` : 'a group of settings';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
