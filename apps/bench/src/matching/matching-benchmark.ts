import { quantile } from '../measure/ratios.ts';
import { type BenchmarkRow } from './benchmark-row.ts';
import { type Engine, createExchangeEngine, loadPeer } from './engines.ts';
import { benchAccountId } from './exchange-setup.ts';
import { type OrderFlow, drawOrderFlow } from './order-flow.ts';

export interface MatchingBenchmarkOptions {
  /** Where `nodejs-order-book` is installed (the directory that has `node_modules`). Absent: no peer, and only our own rows. */
  readonly peerDirectory?: string;
  /** How many orders rest. Default 500, 5,000 and 50,000. */
  readonly restingCounts?: readonly number[];
  /** Default 9. */
  readonly rounds?: number;
  /** Operations of each engine in each round. Default 20,000. */
  readonly operationsPerRound?: number;
  /** Told after each round, for progress. */
  readonly onRound?: (round: number) => void;
}

/** An engine at one number of resting orders, with the seconds of each round. */
interface Lane {
  readonly contender: string;
  readonly role: BenchmarkRow['role'];
  readonly restingCount: number;
  readonly flow: OrderFlow;
  readonly engine: Engine;
  readonly seconds: number[];
}

/**
 * B6: order operations a second of the venue's exchange, with KRX ticks, limits and terms, string ids and an object for
 * every acknowledgement, trade and cancel, beside a public order book on the same flow in the same process. Every lane
 * goes through its flow in slices; the slices take turns in rotating order, and after each round the traded quantities
 * must agree. A second race sets orders of an account, with cash, holdings, costs and fills kept for the day, beside the
 * flow of the market.
 *
 * @throws when a peer trades another quantity, or refuses an order: then the figures would say nothing.
 */
export async function runMatchingBenchmark(options: MatchingBenchmarkOptions = {}): Promise<readonly BenchmarkRow[]> {
  const { restingCounts = [500, 5_000, 50_000], rounds = 9, operationsPerRound = 20_000 } = options;
  const peer = options.peerDirectory === undefined ? undefined : loadPeer(options.peerDirectory);
  const flows = restingCounts.map((restingCount) =>
    drawFlow(restingCount, operationsPerRound * (rounds + warmUpRounds)),
  );
  const market: Entrant = { contender: exchangeName, role: 'ours', create: () => createExchangeEngine() };
  const races: readonly (readonly Entrant[])[] = [
    [market, ...(peer === undefined ? [] : [{ contender: peer.name, role: 'peer', create: peer.create } as const])],
    [{ contender: accountName, role: 'ours', create: () => createExchangeEngine(benchAccountId) }, market],
  ];
  const rows: BenchmarkRow[] = [];
  for (const entrants of races) {
    const lanes = flows.flatMap((flow) => entrants.map((entrant) => startLane(entrant, flow)));
    for (let round = 0; round < rounds + warmUpRounds; round += 1) {
      for (let step = 0; step < lanes.length; step += 1) {
        const lane = lanes[(round + step) % lanes.length];
        if (lane !== undefined) runSlice(lane, round, operationsPerRound);
      }
      refuseUnequalTrades(lanes);
      options.onRound?.(round);
      await Promise.resolve(); // lets a caller's progress print between rounds
    }
    const [first, second] = entrants;
    const measured = lanes.filter((lane) => lane.contender === first?.contender || lane.role === 'peer');
    rows.push(...measured.flatMap((lane) => rowsOf(lane, lanes, second?.contender, operationsPerRound)));
  }
  return rows;
}

/** Slices that run before the first that counts. */
const warmUpRounds = 2;

interface Entrant {
  readonly contender: string;
  readonly role: BenchmarkRow['role'];
  readonly create: () => Engine;
}

function drawFlow(restingCount: number, operationCount: number): OrderFlow {
  const flow = drawOrderFlow(restingCount, operationCount, restingCount);
  if (Math.abs(flow.restingAtEnd - restingCount) <= restingCount / 10) return flow;
  throw new Error(`The flow was to hover at ${restingCount} resting orders and ended at ${flow.restingAtEnd}.`);
}

function startLane({ contender, role, create }: Entrant, flow: OrderFlow): Lane {
  const engine = create();
  engine.run(flow.filling);
  return { contender, role, restingCount: flow.restingCount, flow, engine, seconds: [] };
}

function runSlice(lane: Lane, round: number, operationsPerRound: number): void {
  const operations = lane.flow.timed.slice(round * operationsPerRound, (round + 1) * operationsPerRound);
  const began = performance.now();
  lane.engine.run(operations);
  const seconds = (performance.now() - began) / 1_000;
  if (round >= warmUpRounds) lane.seconds.push(seconds);
}

const exchangeName = 'exchange, flow of the market';
const accountName = 'exchange, orders of an account';

function refuseUnequalTrades(lanes: readonly Lane[]): void {
  for (const { contender, restingCount, engine } of lanes) {
    const first = lanes.find((each) => each.restingCount === restingCount);
    if (first === undefined || first.engine.tradedQuantity() === engine.tradedQuantity()) continue;
    throw new Error(
      `${contender} traded ${engine.tradedQuantity()} shares where ${first.contender} traded ${first.engine.tradedQuantity()}.`,
    );
  }
}

/** A lane beside another contender at the same size, and beside itself at the smallest size. */
function rowsOf(
  lane: Lane,
  lanes: readonly Lane[],
  otherName: string | undefined,
  operationsPerRound: number,
): readonly BenchmarkRow[] {
  const { contender, role, restingCount } = lane;
  const other = lanes.find((each) => each.contender === otherName && each.restingCount === restingCount);
  const smallest = lanes.find((each) => each.contender === contender);
  const row = (ratioTo: string, ratios: readonly number[]): BenchmarkRow => ({
    id: 'B6',
    contender,
    role,
    workload: `${restingCount.toLocaleString('en-US')} resting`,
    operationsPerSecond: Math.round(operationsPerRound / quantile(lane.seconds, 0.5)),
    ratioTo,
    ratio: quantile(ratios, 0.5),
    ratioP25: quantile(ratios, 0.25),
    ratioP75: quantile(ratios, 0.75),
  });
  const faster = lane.seconds.map((seconds, round) => (other?.seconds[round] ?? NaN) / seconds);
  const rows = [row(other === undefined ? 'nothing: no peer is installed' : other.contender, faster)];
  if (smallest !== undefined && smallest !== lane && role === 'ours') {
    const longer = lane.seconds.map((seconds, round) => seconds / (smallest.seconds[round] ?? NaN));
    rows.push(row(`time an operation at ${smallest.restingCount.toLocaleString('en-US')} resting`, longer));
  }
  return rows;
}
