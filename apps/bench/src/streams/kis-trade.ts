import { decodeQuotes, kisQuoteStreams, type KisTrade, readFrameHead } from '@qts/broker-kis';
import { type MarketEvent } from '@qts/core';

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
  textUnreadable: fail,
};

function fail(): never {
  throw new Error('A frame was not read.');
}

/** The trade of a frame of one. @throws when there is none. */
export function readKisTrade(frame: Uint8Array): KisTrade {
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
