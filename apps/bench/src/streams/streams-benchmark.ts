import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readKisTradeColumns } from '@qts/broker-kis';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { type BenchPeers, peerVersions } from '../peers/bench-peers.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { asReceived } from './as-received.ts';
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
 * Trade frames of KIS to checked events from their bytes, beside a bare `split('^')` of the same frames, which are given to it
 * as texts: what it costs to make a text of the bytes is not in the floor. A time is that of one frame, the mean of a slice.
 *
 * @throws when a frame is not read, or not rightly.
 */
async function runKisFrames(
  quick: boolean,
  peers: BenchPeers,
  tell: (line: string) => void,
): Promise<readonly Figure[]> {
  const texts = tradeFrames(sliceFrames);
  const frames = asReceived(texts);
  const volumes = texts.reduce((sum, frame) => sum + Number(frame.split('^')[13]), 0);
  const ofText = (name: string, role: Contender['role'], read: (text: string) => number): Contender => ({
    name,
    role,
    run: (count) => timeSlices(count, texts, read, volumes),
  });
  const ours = (name: string, read: (frame: Uint8Array) => number): Contender => ({
    name,
    role: 'ours',
    run: (count) => timeSlices(count, frames, read, volumes),
  });
  const contenders = [
    ofText("bare split('^')", 'floor', (text) => Number(text.split('^')[13])),
    ours(checked, readVolume),
    ours(allFields, readAllFields),
    ...peerContenders(peers, ofText),
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

function readVolume(frame: Uint8Array): number {
  return readKisTrade(frame).accumulatedVolume ?? 0;
}

/** Characters of the text columns of a frame. */
const textsLength = 47;

/** Reads every column, and throws when one is not there: what is not looked at is not read. */
function readAllFields(frame: Uint8Array): number {
  const read = readKisTradeColumns(readKisTrade(frame));
  const texts =
    read.MKSC_SHRN_ISCD.length +
    read.STCK_CNTG_HOUR.length +
    read.PRDY_VRSS_SIGN.length +
    read.CCLD_DVSN.length +
    read.OPRC_HOUR.length +
    read.OPRC_VRSS_PRPR_SIGN.length +
    read.HGPR_HOUR.length +
    read.HGPR_VRSS_PRPR_SIGN.length +
    read.LWPR_HOUR.length +
    read.LWPR_VRSS_PRPR_SIGN.length +
    read.BSOP_DATE.length +
    read.NEW_MKOP_CLS_CODE.length +
    read.TRHT_YN.length +
    read.HOUR_CLS_CODE.length +
    read.MRKT_TRTM_CLS_CODE.length;
  const figures =
    read.STCK_PRPR +
    read.PRDY_VRSS +
    read.PRDY_CTRT +
    read.WGHN_AVRG_STCK_PRC +
    read.STCK_OPRC +
    read.STCK_HGPR +
    read.STCK_LWPR +
    read.ASKP1 +
    read.BIDP1 +
    read.CNTG_VOL +
    read.ACML_VOL +
    read.ACML_TR_PBMN +
    read.SELN_CNTG_CSNU +
    read.SHNU_CNTG_CSNU +
    read.NTBY_CNTG_CSNU +
    read.CTTR +
    read.SELN_CNTG_SMTN +
    read.SHNU_CNTG_SMTN +
    read.SHNU_RATE +
    read.PRDY_VOL_VRSS_ACML_VOL_RATE +
    read.OPRC_VRSS_PRPR +
    read.HGPR_VRSS_PRPR +
    read.LWPR_VRSS_PRPR +
    read.ASKP_RSQN1 +
    read.BIDP_RSQN1 +
    read.TOTAL_ASKP_RSQN +
    read.TOTAL_BIDP_RSQN +
    read.VOL_TNRT +
    read.PRDY_SMNS_HOUR_ACML_VOL +
    read.PRDY_SMNS_HOUR_ACML_VOL_RATE +
    read.VI_STND_PRC;
  if (texts !== textsLength || Number.isNaN(figures)) throw new Error('A column was not read.');
  return read.ACML_VOL;
}

/** `cluefin-openapi`: its own reading of a message, then of the fields. Left out when it is not here. */
function peerContenders(
  peers: BenchPeers,
  contender: (name: string, role: 'peer', read: (text: string) => number) => Contender,
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
