import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readKisTradeColumns } from '@qts/broker-kis';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { type BenchPeers, peerVersions } from '../peers/bench-peers.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { readKisTrade } from './kis-trade.ts';
import { runKiwoomFrames } from './kiwoom-benchmark.ts';
import { timeSlices } from './time-slices.ts';
import { tradeFrames } from './trade-frames.ts';
import { runWireBenchmark } from './wire-benchmark.ts';

/** Frames of one timed slice: a frame alone is shorter than what a clock can tell. */
const sliceFrames = 500;

/** The parts of `cluefin-openapi` that read a frame. */
interface CluefinPackage {
  readonly KisSocketClient: {
    readonly prototype: { parseMessage(raw: string): { readonly data?: readonly string[] } };
  };
  readonly DomesticRealtimeQuote: { parseExecutionData(data: readonly string[]): readonly object[] };
}

/** Trade frames of both brokers, decoded and over a socket. */
export async function runStreamsBenchmark(
  quick: boolean,
  peers: BenchPeers,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  return [
    ...(await runKisFrames(quick, peers, tell)),
    ...(await runKiwoomFrames(quick, tell)),
    ...(await runWireBenchmark(quick, tell)),
  ];
}

/**
 * Trade frames of KIS to checked events, beside a bare `split('^')` of the same frames. A time is that of one frame, the
 * mean of a slice.
 *
 * @throws when a frame is not read, or not rightly.
 */
async function runKisFrames(
  quick: boolean,
  peers: BenchPeers,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const frames = tradeFrames(sliceFrames);
  const volumes = frames.reduce((sum, frame) => sum + Number(frame.split('^')[13]), 0);
  const contender = (name: string, role: Contender['role'], read: (frame: string) => number): Contender => ({
    name,
    role,
    run: (count) => timeSlices(count, frames, read, volumes),
  });
  const contenders = [
    contender("bare split('^')", 'floor', (frame) => Number(frame.split('^')[13])),
    contender(checked, 'ours', readVolume),
    contender(allFields, 'ours', readAllFields),
    ...peerContenders(peers, contender),
  ];
  const rounds = quick ? 3 : 15;
  const measured = await measureRatios(contenders, {
    ...{ rounds, countPerRound: quick ? 20 : 100, warmUpCount: quick ? 40 : 200 },
    onRound: (round) => {
      tell(`streams, KIS: round ${round} of ${rounds}`);
    },
  });
  // 2.5 and 1.5 times the speed of the split, as times.
  return figuresOf('streams', 'one H0STCNT0 trade of 46 fields', measured, {
    [checked]: { must: 1 / 2.5, goal: 1 / 4 },
    [allFields]: { must: 1 / 1.5, goal: 1 / 2 },
  });
}

const checked = 'QTS broker-kis to a checked trade event';
const allFields = 'QTS broker-kis, all 46 fields as values';

function readVolume(frame: string): number {
  return readKisTrade(frame).accumulatedVolume ?? 0;
}

function readAllFields(frame: string): number {
  return readKisTradeColumns(readKisTrade(frame)).ACML_VOL;
}

/** `cluefin-openapi`: its own reading of a message, then of the fields. Left out when it is not here. */
function peerContenders(
  peers: BenchPeers,
  contender: (name: string, role: 'peer', read: (frame: string) => number) => Contender,
): readonly Contender[] {
  if (!peers.has('cluefin-openapi')) return [];
  const cluefin = createRequire(join(peers.directory, 'package.json'))('cluefin-openapi') as CluefinPackage;
  const client = Object.create(cluefin.KisSocketClient.prototype) as CluefinPackage['KisSocketClient']['prototype'];
  const read = (frame: string): number => {
    const items = cluefin.DomesticRealtimeQuote.parseExecutionData(client.parseMessage(frame).data ?? []);
    const volume = (items[0] as Readonly<Record<string, string>> | undefined)?.['acmlVol'];
    return Number(volume);
  };
  return [contender(`cluefin-openapi ${peerVersions['cluefin-openapi']}`, 'peer', read)];
}
