import { fieldPages, type FieldText, type StreamPage } from '@qts/broker-kit';
import { kiwoomNoticeStream, kiwoomQuoteStreams, kiwoomStreamLimits } from '../stream/kiwoom-stream-table.ts';
import { kiwoomTradeFids } from '../stream/trade-columns.ts';
import { noticeFids } from './stream-notice-texts.ts';
import { bookFids, expectedMatchFids, interruptionFids, sessionFids } from './stream-quote-texts.ts';
import { tradeMeanings } from './stream-trade-texts.ts';

interface StreamText {
  readonly summary: string;
  readonly fids: readonly FieldText[];
}

const tradeFids = kiwoomTradeFids.map(({ fid, korean, unit }): FieldText => {
  const meaning = tradeMeanings[fid] ?? '';
  return [fid, korean, unit === undefined ? meaning : `${meaning} (${unit})`];
});

const texts: Readonly<Record<string, StreamText>> = {
  '0B': {
    summary: 'Tells the trades of an issue, several as one under load, with the day’s figures so far.',
    fids: tradeFids,
  },
  '0D': { summary: 'Tells the whole order book of an issue, ten levels, whenever it changes.', fids: bookFids },
  '0H': { summary: 'Tells what an auction would match now.', fids: expectedMatchFids },
  '1h': {
    summary: 'Tells the beginning and the end of a volatility interruption of an issue.',
    fids: interruptionFids,
  },
  '0s': { summary: 'Tells the phases of the market as a whole, of both venues.', fids: sessionFids },
};
const nothingWritten: StreamText = { summary: '', fids: [] };

const { registrationMax, source } = kiwoomStreamLimits;
const limits = `${registrationMax} registrations in a session, one type of one item each (${source}). REMOVE gives one back.`;
const servers = ['LIVE', 'PAPER'] as const;
const record =
  '{"trnm":"REAL","data":[{"type","name","item","values"}]}, several entries in a message, values by FID; all are texts. A FID may be missing, and new ones come without notice.';
const guide = 'the guide of Kiwoom’s REST API, 실시간시세; captured frames of 0B, 0D and 00';

function registration(group: string, type: string, item: string): unknown {
  return { trnm: 'REG', grp_no: group, refresh: '1', data: [{ item: [item], type: [type] }] };
}

/** The page of every real-time type that this package speaks, notices of orders last. */
export const kiwoomStreamCatalogue: readonly StreamPage[] = [
  ...kiwoomQuoteStreams.map(({ type, korean, item, group }) => {
    const { summary, fids } = texts[type] ?? nothingWritten;
    return {
      id: type,
      korean,
      summary,
      servers,
      registration: registration(group, type, item === 'NONE' ? '' : '005930'),
      record: item === 'NONE' ? record : `${record} item: 005930 at KRX, 005930_NX, 005930_AL for both (live alone).`,
      limits,
      fields: fieldPages(fids),
      source: guide,
    };
  }),
  {
    id: kiwoomNoticeStream.type,
    korean: kiwoomNoticeStream.korean,
    summary: 'Tells acceptances, fills, confirmations and refusals of own orders, of the account of the token.',
    servers,
    registration: registration(kiwoomNoticeStream.group, kiwoomNoticeStream.type, ''),
    record,
    limits,
    fields: fieldPages(noticeFids),
    source: guide,
  },
];
