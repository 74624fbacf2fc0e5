import {
  decodeQuotes,
  type KiwoomStreamTrade,
  type QuoteSink,
  readKiwoomTradeColumns,
  scanFrame,
} from '@qts/broker-kiwoom';
import { type MarketEvent } from '@qts/core';
import { type Contender, measureRatios } from '../measure/ratios.ts';
import { type Figure, figuresOf } from '../report/figure.ts';
import { asReceived } from './as-received.ts';
import { kiwoomTradeFrames } from './kiwoom-frames.ts';
import { timeSlices } from './time-slices.ts';

const sliceFrames = 200;
const stamp = { receivedMonotonicMs: 1, receivedAtMs: Date.parse('2026-09-11T11:56:19+09:00') };
const delivered: { last: MarketEvent | undefined } = { last: undefined };

const sink: QuoteSink = {
  wants: (_type, item) => item === '005930',
  deliver: (event) => {
    delivered.last = event;
  },
  typeUnknown: fail,
  entryWrong: fail,
  textUnreadable: fail,
};

function fail(): never {
  throw new Error('A frame was not read.');
}

/** The trade of a message of one. @throws when there is none. */
export function readKiwoomTrade(frame: Uint8Array): KiwoomStreamTrade {
  delivered.last = undefined;
  decodeQuotes(frame, scanFrame(frame), stamp, sink);
  return (readBack() ?? fail()) as KiwoomStreamTrade;
}

function readBack(): MarketEvent | undefined {
  return delivered.last;
}

interface Message {
  readonly data: readonly { readonly values: Readonly<Record<string, string>> }[];
}

const checked = 'QTS broker-kiwoom to a checked trade event';

/**
 * Trade frames of Kiwoom to checked events from their bytes, beside a bare `JSON.parse` of the same frames, which are given to
 * it as texts: what it costs to make a text of the bytes is not in the floor.
 */
export async function runKiwoomFrames(quick: boolean, tell: (line: string) => void): Promise<readonly Figure[]> {
  const texts = kiwoomTradeFrames(sliceFrames);
  const frames = asReceived(texts);
  const bare = (frame: string): number => Number((JSON.parse(frame) as Message).data[0]?.values['13']);
  const volumes = texts.reduce((sum, frame) => sum + bare(frame), 0);
  const ours = (name: string, read: (frame: Uint8Array) => number): Contender => ({
    name,
    role: 'ours',
    run: (count) => timeSlices(count, frames, read, volumes),
  });
  const rounds = quick ? 3 : 15;
  const measured = await measureRatios(
    [
      { name: 'bare JSON.parse', role: 'floor', run: (count) => timeSlices(count, texts, bare, volumes) },
      ours(checked, (frame) => readKiwoomTrade(frame).accumulatedVolume ?? 0),
      ours('QTS broker-kiwoom, all 43 FIDs as values', (frame) =>
        Number(readKiwoomTradeColumns(readKiwoomTrade(frame)).values.get('13')),
      ),
    ],
    {
      ...{ rounds, countPerRound: quick ? 20 : 100, warmUpCount: quick ? 40 : 200 },
      onRound: (round) => {
        tell(`streams, Kiwoom: round ${round} of ${rounds}`);
      },
    },
  );
  return figuresOf('streams', 'one 0B trade of 43 FIDs', measured, { [checked]: { must: 1.2, goal: 0.8 } });
}
