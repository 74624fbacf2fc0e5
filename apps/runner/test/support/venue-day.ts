/*
 * The day of an account as paper trading runs it, in a process of its own that can be killed: the program's own wiring, with
 * a venue on loopback in the place of the broker and the venue's time in the place of the machine's. Takes one argument, a
 * JSON of VenueDay; prints the report as JSON, and everything else on stderr.
 */
import { createFileTokenStore, createLineLogger, systemIds } from '@qts/broker-kit';
import { type Clock, type Krw, type Shares } from '@qts/core';
import { type Strategy } from '@qts/pipeline';
import { runnerBrokersById } from '../../src/brokers/runner-brokers.ts';
import { startLines } from '../../src/cli/start-line.ts';
import { explainFailure } from '../../src/cli/failure.ts';
import { unknownLine } from '../../src/cli/unknown-lines.ts';
import { parseRunnerConfig } from '../../src/config/runner-config.ts';
import { runAccountDay } from '../../src/trading/account-day.ts';
import { tokenFolder } from '../../src/trading/runner-files.ts';

interface VenueDay {
  readonly url: string;
  readonly config: object;
  /** Both clocks began at this time of the machine, at this time of the venue, and run so much faster. */
  readonly began: { readonly machineMs: number; readonly venueMs: number; readonly speed: number };
  readonly day: { readonly opensAtMs: number; readonly closesAtMs: number; readonly endsAtMs: number };
}

const { url, config: input, began, day } = JSON.parse(process.argv[2] ?? '') as VenueDay;
const config = parseRunnerConfig(input, 'test');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const nowMs = (): number => Math.floor(began.venueMs + (Date.now() - began.machineMs) * began.speed);
const clock: Clock = {
  nowMs,
  monotonicMs: nowMs,
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs / began.speed, 2 ** 31 - 1));
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};

const [quick] = config.symbols;

/** Buys one share whenever it may: of the first symbol at the market, of the others a little below it. */
const patient: Strategy = {
  name: 'patient',
  evaluate: ({ market: { symbol, lastPriceKrw, tickKrw } }) => ({
    ...{ action: 'BUY', symbol, quantity: 1 as Shares, reason: 'always' },
    ...(symbol === quick ? {} : { limitPriceKrw: (lastPriceKrw - 3 * tickKrw) as Krw }),
  }),
};

try {
  const report = await runAccountDay({
    ...{ config, strategy: patient, clock, ids: systemIds, day, signal: new AbortController().signal },
    logger: createLineLogger({ write: (line) => void process.stderr.write(line), level: 'warn' }),
    connect: (parts) => ({
      broker: runnerBrokersById[config.broker].connectSimulated(url, {
        ...{ ...parts, clock },
        // As paper does: a start right behind another one gets no new token.
        tokenStore: createFileTokenStore({ directory: tokenFolder(config) }),
      }),
    }),
    onStart: (started) => {
      for (const line of startLines(started)) say(line);
      say('started');
    },
    onUnknown: (news) => {
      say(unknownLine(news));
    },
    onCycle: (_, { tracker }) => {
      say(`cycle, orders ${tracker.list().length}`);
    },
  });
  process.stdout.write(`${JSON.stringify(report)}\n`);
} catch (error) {
  const { code, message } = explainFailure(error);
  say(`${code}\n${message}`);
  process.exitCode = 1;
}
