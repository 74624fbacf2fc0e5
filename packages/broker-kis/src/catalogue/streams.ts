import { fieldPages, type FieldText, type StreamPage } from '@qts/broker-kit';
import { type KisEnvironment } from '../rest/operation.ts';
import { kisNoticeStreams, type KisQuoteStream, kisQuoteStreams } from '../stream/kis-stream-table.ts';
import { noticeColumns } from './stream-notice-texts.ts';
import {
  bookColumns,
  consolidatedBookColumns,
  krxBookColumns,
  nxtBookColumns,
  statusColumns,
  tradeColumns,
} from './stream-quote-texts.ts';

const summaries: Readonly<Record<KisQuoteStream['channel'], string>> = {
  TRADES: 'Tells each trade of an issue, with the day’s figures so far.',
  BOOK: 'Tells the whole order book of an issue, ten levels, whenever it changes.',
  EXPECTED_MATCH: 'Tells what an auction would match now.',
  MARKET_STATUS: 'Tells halts and volatility interruptions of an issue, and the phases of the market.',
};

const behindBook: Readonly<Record<KisQuoteStream['venue'], readonly FieldText[]>> = {
  KRX: krxBookColumns,
  NXT: nxtBookColumns,
  SOR: [...nxtBookColumns, ...consolidatedBookColumns],
};

/** An expected match is laid out as a trade is, without the last two columns. */
const expectedMatchColumns = tradeColumns.slice(0, -2);

function columnsOf({ channel, venue }: KisQuoteStream): readonly FieldText[] {
  switch (channel) {
    case 'TRADES':
      return tradeColumns;
    case 'BOOK':
      return [...bookColumns, ...behindBook[venue]];
    case 'EXPECTED_MATCH':
      return expectedMatchColumns;
    case 'MARKET_STATUS':
      return statusColumns;
  }
}

function registration(trId: string, key: string): unknown {
  return {
    header: { approval_key: '<approval key>', custtype: 'P', tr_type: '1', 'content-type': 'utf-8' },
    body: { input: { tr_id: trId, tr_key: key } },
  };
}

const limits =
  '41 registrations in a session, over all its streams; one session for an app key. tr_type 2 gives one back.';

const widthsOf = (widths: readonly number[]): string => `${widths.join(', ')} columns were seen or documented`;

function noticePage(environment: KisEnvironment): StreamPage {
  const trId = kisNoticeStreams[environment];
  return {
    id: trId,
    korean: `국내주식 실시간체결통보 (${environment === 'LIVE' ? '실전' : '모의'})`,
    summary: 'Tells acceptances, fills, confirmations and refusals of own orders, of all accounts of a login.',
    servers: [environment],
    registration: registration(trId, '<HTS id>'),
    record:
      '1|TR id|count|text in base64, AES-256-CBC with the key and the iv of the registration’s answer; columns with ^. 22, 23 and 26 columns are read; another number is not guessed at. Appended columns come without notice.',
    limits,
    fields: fieldPages(noticeColumns),
    source: 'KIS Developers portal, 실시간체결통보; client authors for the older layouts',
  };
}

/** The page of every stream that this package speaks, notices of orders last. */
export const kisStreamCatalogue: readonly StreamPage[] = [
  ...kisQuoteStreams.map((stream) => ({
    id: stream.trId,
    korean: stream.korean,
    summary: summaries[stream.channel],
    servers: stream.environments,
    registration: registration(stream.trId, '005930'),
    record: `0|TR id|count|columns with ^, record after record. ${widthsOf(stream.widths)}; new ones are appended without notice, and read by position all the same.`,
    limits,
    fields: fieldPages(columnsOf(stream)),
    source: 'KIS Developers portal, 실시간시세; the official sample; captured frames of H0STCNT0 and H0STASP0',
  })),
  ...(['LIVE', 'PAPER'] as const).map(noticePage),
];
