import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ordersOf } from '@qts/engine';
import { verifyJournal } from '@qts/storage';
import { type VenueSim, createAcceleratedClock, createVenueSim } from '@qts/venue-sim';
import { afterEach, describe, expect, it } from 'vitest';
import { runnerBrokersById } from '../../src/brokers/runner-brokers.ts';
import { foldJournalFile } from '../../src/commands/read-journal.ts';
import { loadReplayDay } from '../../src/market-data/replay-day.ts';
import { type DayReport } from '../../src/report/day-report.ts';
import { venueBooks } from '../../src/sim/sim-books.ts';
import { type Program, followProgram, makeFolder } from './program.ts';

/*
 * A day as paper trading runs it, in a process of its own against a venue in this one, in tenfold time. The process dies by
 * SIGKILL with an order on its way; the next one takes up what the journal says.
 */

const date = '2025-10-17';
const at = (time: string): number => Date.parse(`${date}T${time}+09:00`);
const speed = 10;
const day = { opensAtMs: at('10:00:00'), closesAtMs: at('10:03:20'), endsAtMs: at('10:03:30') };
const symbols = ['005930', '000660', '035420'];
const venueDay = fileURLToPath(new URL('../support/venue-day.ts', import.meta.url));

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A venue in this process, and how to start a day against it in another one. */
async function open(broker: 'kis' | 'kiwoom') {
  const machineMs = Date.now();
  const venueMs = at('09:59:40');
  const replay = loadReplayDay({ date, symbols });
  const venue = await createVenueSim({
    dialect: broker,
    environment: 'LIVE',
    tradingDate: date,
    instruments: replay.instruments,
    accounts: [
      {
        ...runnerBrokersById[broker].demoAccount,
        ...{ accountId: 'main', cashKrw: 100_000_000, terms: { feePartsPerBillion: 140_527 } },
      },
    ],
    seed: 1,
    clock: createAcceleratedClock({ startMs: venueMs, speed }),
    prepare: (exchange) => {
      replay.schedule(exchange, 1);
    },
  });
  const folder = makeFolder();
  closing.push(async () => {
    await venue.close();
    folder.remove();
  });
  function start(limits: object = {}): Program {
    const config = {
      ...{ mode: 'paper', broker, symbols, files: { folder: join(folder.path, 'qts') } },
      loop: { intervalMs: 2_000 },
      limits: { ordersPerDayMax: 1_000, ...limits },
      trading: { restingOrderMsMax: 8_000 },
    };
    const settings = JSON.stringify({ url: venue.url, config, began: { machineMs, venueMs, speed }, day });
    const child = spawn(process.execPath, ['--conditions=@qts/source', venueDay, settings], {
      ...{ cwd: folder.path, env: { PATH: process.env['PATH'], HOME: folder.path } },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    closing.unshift(() => void child.kill('SIGKILL'));
    return followProgram(child);
  }
  return { venue, start, journal: join(folder.path, 'qts', 'journals', `paper-${broker}-main.sqlite`) };
}

const placed = (venue: VenueSim, broker: 'kis' | 'kiwoom'): number =>
  runnerBrokersById[broker].placeOperations.reduce((sum, operation) => sum + venue.requests(operation).length, 0);

describe.each(['kis', 'kiwoom'] as const)('a day at %s that is killed while an order is on its way', (broker) => {
  it('is taken up by the next start: nothing doubled, nothing lost, the books equal', async () => {
    const { venue, start, journal } = await open(broker);
    const first = start();
    await first.said('cycle, orders');
    // The venue takes the order, and nobody will ever read its answer.
    const [operation = ''] = runnerBrokersById[broker].placeOperations;
    venue.faults.plan({ fault: 'R08-drop-after-accept', operation, when: { nth: 5 } });
    await first.said('UNKNOWN order');
    first.child.kill('SIGKILL');
    await first.ended;
    const sentBefore = placed(venue, broker);
    expect(venue.exchange.listOrders('main').some(({ leavesQuantity }) => leavesQuantity > 0)).toBe(true);

    // Open orders were judged by the limits of their start.
    const refused = await start({ orderQuantityMax: 5 }).ended;
    expect(refused.errors).toMatch(/LIMITS_CHANGED/);
    expect(refused.errors).toMatch(/limits\.orderQuantityMax +5; was 10000/);
    expect(refused.exitCode).toBe(1);

    const second = start();
    const { out, errors, exitCode } = await second.ended;
    // Restricted until half a minute after the unknown order ended, when the kill came after its record.
    expect(errors).toMatch(
      /start: (agrees with the broker|RESTRICTED); took up \d+ orders of today, 1 of them unknown/,
    );
    expect(exitCode).toBe(0);

    const report = JSON.parse(out) as DayReport;
    expect(report.end).toMatchObject({ reason: 'done', leftOpen: [] });
    expect(report.books.lines.filter(({ equal }) => !equal)).toEqual([]);
    // The same figures of streams as a simulated day has.
    expect(report.streams?.frames).toBeGreaterThan(report.streams?.trades ?? Number.POSITIVE_INFINITY);
    expect(report.streams?.books).toBeGreaterThan(0);
    const books = venueBooks(venue.exchange, 'main');
    expect(report.cash.closingKrw).toBe(books.settledCashKrw);
    expect(report.fills).toMatchObject({ boughtKrw: books.boughtKrw, soldKrw: books.soldKrw });

    // One request for each order that left, in both lives, and every order of the venue in the journal, once.
    expect((await verifyJournal(journal)).ok).toBe(true);
    const orders = ordersOf(await foldJournalFile(journal));
    const sent = orders.filter(({ last }) => last !== 'intent-denied' && last !== 'intent-recorded');
    expect(placed(venue, broker)).toBe(sent.length);
    // On a busy machine an answer can be lost by itself before the planned one is.
    expect(sentBefore).toBeGreaterThan(0);
    const numbers = orders.flatMap(({ reference }) =>
      reference === undefined ? [] : [Number(reference.brokerOrderId)],
    );
    expect(numbers.map(String).sort()).toEqual([...books.orders.keys()].sort());
    expect(orders.every((order) => order.isClosed)).toBe(true);
  }, 90_000);
});
