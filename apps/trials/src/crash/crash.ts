import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kstEpochMs, timeOfDayMs, tradingDate } from '@qts/core';
import { type VenueSim, createAcceleratedClock, createMarket, type VenueFaultId } from '@qts/venue-sim';
import { createDraw } from '../simulate/world/draw.ts';
import {
  type CrashBroker,
  crashAccounts,
  crashBrokers,
  crashDate,
  crashInstruments,
  prepareCrashMarket,
} from './crash-market.ts';
import { type CrashPointId, crashPointIds } from './crash-points.ts';
import { type SeatResult, type SeatSettings, runSeat } from './crash-seat.ts';
import { type CrashFindings, noFindings } from './judge-crash.ts';
import { venueRequestsPerSecond } from './open-broker.ts';
import { type PlantedCrashDefect } from './runner-messages.ts';
import { type RunnerProgram } from './runner-process.ts';

/** Whose dialect is on trial; `mixed`: both, over one market. */
export const crashTrials = ['kis', 'kiwoom', 'mixed'] as const;
export type CrashTrial = (typeof crashTrials)[number];

export interface CrashOptions {
  readonly trial: CrashTrial;
  readonly kills: number;
  readonly seed: number;
  readonly program: RunnerProgram;
  /** Kills at each named point that are wanted at least. Default: 4, or what the kills allow; of fewer kills than points, all. */
  readonly eachPoint?: number;
  readonly defect?: PlantedCrashDefect;
  /** How long a process may take for one life, ms of the machine. Default 60,000. */
  readonly lifeMsMax?: number;
  readonly onKill?: (kills: number, point: CrashPointId | undefined) => void;
}

export interface CrashReport {
  readonly trial: CrashTrial;
  readonly seed: number;
  readonly kills: number;
  readonly randomKills: number;
  readonly pointHits: Readonly<Record<CrashPointId, number>>;
  /** Orders that reached the venue. */
  readonly orders: number;
  readonly filled: number;
  readonly canceled: number;
  readonly starts: number;
  /** Starts that agreed with the broker in orders, positions and cash, and went on. */
  readonly opened: number;
  readonly foldsEqual: number;
  /** Requests that a fault struck. */
  readonly faults: number;
  readonly findings: CrashFindings;
}

/** How much faster than the machine's the time of the trial runs: an unknown order ends within a second or so. */
const speed = 40;
/** Kills of one day: lists stay as short as those of a real one. */
const killsPerDay = 25;
/** Days that run side by side: a process waits for disk, sockets and lost answers more than half of its time. */
const daysAtOnce = 4;

/** Chance per request of each way to lose an answer. */
const faultRates: Readonly<Partial<Record<VenueFaultId, number>>> = {
  'R07-drop-before-accept': 0.004,
  'R08-drop-after-accept': 0.01,
  'R08-reset-after-accept': 0.005,
  'R10-silence-after-accept': 0.002,
  'R13-cut-body-after-accept': 0.005,
  'R19-error-500-after-accept': 0.008,
};

/** `crash`: a venue that lives, and programs on it that do not. */
export async function crash(options: CrashOptions): Promise<CrashReport> {
  const { trial, kills, seed, lifeMsMax = 60_000 } = options;
  const findings = noFindings();
  const draw = createDraw(seed);
  const days = Math.max(1, Math.ceil(kills / killsPerDay / (trial === 'mixed' ? 2 : 1)));
  const seats = days * (trial === 'mixed' ? 2 : 1);
  const { eachPoint = Math.max(1, Math.min(4, Math.floor(kills / crashPointIds.length))) } = options;
  const points = crashPointIds.flatMap((point) => Array.from({ length: eachPoint }, () => point));
  let killed = 0;
  const results: SeatResult[] = [];
  let faults = 0;

  async function day(number: number): Promise<void> {
    const brokers: readonly CrashBroker[] = trial === 'mixed' ? crashBrokers : [trial];
    const opened = await openDay(brokers, seed * 1_000 + number, findings);
    try {
      const seatResults = await Promise.all(
        opened.seats.map((seat, index) => {
          const at = number * brokers.length + index;
          return runSeat({
            ...{ ...seat, program: options.program, defect: options.defect, lifeMsMax, draw: draw.fork(at + 1) },
            points: points.filter((_, each) => each % seats === at),
            kills: Math.floor(kills / seats) + (at < kills % seats ? 1 : 0),
            onKill: (point) => {
              killed += 1;
              options.onKill?.(killed, point);
            },
          });
        }),
      );
      results.push(...seatResults);
    } finally {
      faults += await opened.close();
    }
  }

  let started = 0;
  const work = async (): Promise<void> => {
    while (started < days) {
      started += 1;
      await day(started - 1);
    }
  };
  await Promise.all(Array.from({ length: daysAtOnce }, work));
  const hits = results.flatMap(({ pointHits }) => pointHits);
  const sum = (of: (result: SeatResult) => number): number => results.reduce((total, each) => total + of(each), 0);
  return {
    ...{ trial, seed, kills: killed, faults, findings },
    randomKills: sum(({ randomKills }) => randomKills),
    pointHits: Object.fromEntries(
      crashPointIds.map((point) => [point, hits.filter((each) => each === point).length]),
    ) as Record<CrashPointId, number>,
    orders: sum(({ orders }) => orders),
    filled: sum(({ filled }) => filled),
    canceled: sum(({ canceled }) => canceled),
    starts: sum(({ restarts }) => restarts),
    opened: sum(({ opened }) => opened),
    foldsEqual: sum(({ foldsEqual }) => foldsEqual),
  };
}

type DaySeat = Omit<SeatSettings, 'program' | 'defect' | 'lifeMsMax' | 'draw' | 'points' | 'kills' | 'onKill'>;

/** A market with the fronts of the brokers, and a folder for each. */
async function openDay(
  brokers: readonly CrashBroker[],
  seed: number,
  findings: CrashFindings,
): Promise<{ readonly seats: readonly DaySeat[]; readonly close: () => Promise<number> }> {
  const date = tradingDate(crashDate);
  const startMs = kstEpochMs(date, timeOfDayMs('09:30'));
  const realMs = Date.now();
  const time = { startMs, realMs, speed };
  const market = createMarket({
    ...{ tradingDate: crashDate, instruments: crashInstruments, seed },
    accounts: brokers.map((broker) => crashAccounts[broker]),
    clock: createAcceleratedClock({ startMs, speed }),
    prepare: (exchange) => {
      prepareCrashMarket(exchange, createDraw(seed), startMs, kstEpochMs(date, timeOfDayMs('15:20')));
    },
  });
  const root = mkdtempSync(join(tmpdir(), 'qts-crash-'));
  const requestsPerSecond = venueRequestsPerSecond;
  const venues: VenueSim[] = [];
  const seats: DaySeat[] = [];
  for (const broker of brokers) {
    const venue = await market.open({
      ...{ dialect: broker, environment: 'LIVE', accounts: [crashAccounts[broker]] },
      ...(broker === 'kis'
        ? { kis: { requestsPerSecond, ledgerCallsPerSecond: requestsPerSecond } }
        : { kiwoom: { requestsPerSecond } }),
    });
    venue.faults.seeded({ seed, rates: faultRates });
    venues.push(venue);
    const heal = (): void => {
      venue.faults.clear();
    };
    const compileCache = join(root, 'code');
    seats.push({ broker, venue, folder: join(root, broker), compileCache, time, seed, findings, heal });
  }
  return {
    seats,
    async close() {
      const struck = venues.flatMap(({ faults }) => Object.values(faults.counters()));
      await market.close();
      rmSync(root, { recursive: true, force: true });
      return struck.reduce((total, each) => total + each, 0);
    },
  };
}
