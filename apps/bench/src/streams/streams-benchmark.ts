import { createRequire } from 'node:module';
import { join } from 'node:path';
import { decodeQuotes, kisQuoteStreams, type KisTrade, readFrameHead, readKisTradeColumns } from '@qts/broker-kis';
import { type MarketEvent } from '@qts/core';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { type BenchPeers, peerVersions } from '../peers/bench-peers.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { tradeFrames } from './trade-frames.ts';

/** Frames of one timed slice: a frame alone is shorter than what a clock can tell. */
const sliceFrames = 500;

/** The parts of `cluefin-openapi` that read a frame. */
interface CluefinPackage {
  readonly KisSocketClient: {
    readonly prototype: { parseMessage(raw: string): { readonly data?: readonly string[] } };
  };
  readonly DomesticRealtimeQuote: { parseExecutionData(data: readonly string[]): readonly object[] };
}

/**
 * Trade frames of KIS to checked events, beside a bare `split('^')` of the same frames. A time is that of one frame, the
 * mean of a slice.
 *
 * @throws when a frame is not read, or not rightly.
 */
export async function runStreamsBenchmark(
  quick: boolean,
  peers: BenchPeers,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const frames = tradeFrames(sliceFrames);
  const volumes = frames.reduce((sum, frame) => sum + Number(frame.split('^')[13]), 0);
  const contender = (name: string, role: Contender['role'], read: (frame: string) => number): Contender => ({
    name,
    role,
    run: (count) => Promise.resolve(timeSlices(count, frames, read, volumes)),
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
      tell(`streams: round ${round} of ${rounds}`);
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

function timeSlices(
  count: number,
  frames: readonly string[],
  read: (frame: string) => number,
  volumes: number,
): readonly number[] {
  const times: number[] = [];
  for (let slice = 0; slice < count; slice += 1) {
    let sum = 0;
    const began = performance.now();
    for (const frame of frames) sum += read(frame);
    times.push(((performance.now() - began) * 1_000) / frames.length);
    if (sum !== volumes) throw new Error('A frame was not read rightly.');
  }
  return times;
}

const stream = kisQuoteStreams.find(({ trId }) => trId === 'H0STCNT0');
const stamp = { receivedMonotonicMs: 1, receivedAtMs: Date.parse('2023-06-12T09:33:54+09:00') };
const delivered: { last: MarketEvent | undefined } = { last: undefined };
const sink = {
  wants: (symbol: string) => symbol === '005930',
  deliver: (event: MarketEvent) => {
    delivered.last = event;
  },
  widthUnknown: fail,
  countWrong: fail,
  recordWrong: fail,
};

function fail(): never {
  throw new Error('A frame was not read.');
}

function readTrade(frame: string): KisTrade {
  const head = readFrameHead(frame);
  if (head === undefined || stream === undefined) fail();
  delivered.last = undefined;
  decodeQuotes(stream, frame, head, stamp, sink);
  return readBack();
}

/** The event that the sink got. */
function readBack(): KisTrade {
  return (delivered.last ?? fail()) as KisTrade;
}

function readVolume(frame: string): number {
  return readTrade(frame).accumulatedVolume ?? 0;
}

function readAllFields(frame: string): number {
  return readKisTradeColumns(readTrade(frame)).ACML_VOL;
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
