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
 * must agree.
 *
 * @throws when a peer trades another quantity, or refuses an order: then the figures would say nothing.
 */
export async function runMatchingBenchmark(options: MatchingBenchmarkOptions = {}): Promise<readonly BenchmarkRow[]> {
  const { restingCounts = [500, 5_000, 50_000], rounds = 9, operationsPerRound = 20_000 } = options;
  const peer = options.peerDirectory === undefined ? undefined : loadPeer(options.peerDirectory);
  const lanes = restingCounts.flatMap((restingCount) => {
    // One slice more than there are rounds: the first one warms up.
    const flow = drawOrderFlow(restingCount, operationsPerRound * (rounds + 1), restingCount);
    if (Math.abs(flow.restingAtEnd - restingCount) > restingCount / 10) {
      throw new Error(`The flow was to hover at ${restingCount} resting orders and ended at ${flow.restingAtEnd}.`);
    }
    const lane = (contender: string, role: Lane['role'], engine: Engine): Lane => {
      engine.run(flow.filling);
      return { contender, role, restingCount, flow, engine, seconds: [] };
    };
    return [
      lane(exchangeName, 'ours', createExchangeEngine()),
      lane(accountsName, 'ours', createExchangeEngine(benchAccountId)),
      ...(peer === undefined ? [] : [lane(peer.name, 'peer', peer.create())]),
    ];
  });

  for (let round = 0; round <= rounds; round += 1) {
    for (let step = 0; step < lanes.length; step += 1) {
      const lane = lanes[(round + step) % lanes.length];
      if (lane === undefined) continue;
      const operations = lane.flow.timed.slice(round * operationsPerRound, (round + 1) * operationsPerRound);
      const began = performance.now();
      lane.engine.run(operations);
      const seconds = (performance.now() - began) / 1_000;
      if (round > 0) lane.seconds.push(seconds);
    }
    refuseUnequalTrades(lanes);
    options.onRound?.(round);
    await Promise.resolve(); // lets a caller's progress print between rounds
  }
  return lanes.flatMap((lane) => rowsOf(lane, lanes, operationsPerRound));
}

const exchangeName = 'exchange, flow of the market';
const accountsName = 'exchange, orders of an account';

function refuseUnequalTrades(lanes: readonly Lane[]): void {
  for (const { contender, restingCount, engine } of lanes) {
    const first = lanes.find((each) => each.restingCount === restingCount);
    if (first === undefined || first.engine.tradedQuantity() === engine.tradedQuantity()) continue;
    throw new Error(
      `${contender} traded ${engine.tradedQuantity()} shares where ${first.contender} traded ${first.engine.tradedQuantity()}.`,
    );
  }
}

/** A lane beside the peer at the same size, and beside itself at the smallest size. */
function rowsOf(lane: Lane, lanes: readonly Lane[], operationsPerRound: number): readonly BenchmarkRow[] {
  const { contender, role, restingCount } = lane;
  const peer = lanes.find((each) => each.role === 'peer' && each.restingCount === restingCount);
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
  const rows: BenchmarkRow[] = [];
  if (peer !== undefined) {
    rows.push(
      row(
        peer.contender,
        lane.seconds.map((seconds, round) => (peer.seconds[round] ?? NaN) / seconds),
      ),
    );
  }
  if (smallest !== undefined && smallest !== lane && role === 'ours') {
    const ratios = lane.seconds.map((seconds, round) => seconds / (smallest.seconds[round] ?? NaN));
    rows.push(row(`time an operation at ${smallest.restingCount.toLocaleString('en-US')} resting`, ratios));
  }
  return rows;
}
