import { entryValues, type KiwoomStreamTrade } from './quote-events.ts';

/**
 * How a FID is read. `PRICE`: a sign is a direction, the magnitude counts. `SIGNED`: a sign is the value's (of a quantity:
 * the aggressor's). `COUNT`: no sign. `TEXT`: codes and times.
 */
export type KiwoomFidKind = 'PRICE' | 'SIGNED' | 'COUNT' | 'TEXT';

/** One field of a trade. */
export interface KiwoomTradeFid {
  readonly fid: string;
  readonly korean: string;
  readonly kind: KiwoomFidKind;
  /** Where it is not won, shares or percent. */
  readonly unit?: string;
}

/** Every FID of `0B`, in the order of the guide. */
export const kiwoomTradeFids: readonly KiwoomTradeFid[] = [
  { fid: '20', korean: '체결시간', kind: 'TEXT' },
  { fid: '10', korean: '현재가', kind: 'PRICE' },
  { fid: '11', korean: '전일대비', kind: 'SIGNED' },
  { fid: '12', korean: '등락율', kind: 'SIGNED' },
  { fid: '27', korean: '(최우선)매도호가', kind: 'PRICE' },
  { fid: '28', korean: '(최우선)매수호가', kind: 'PRICE' },
  { fid: '15', korean: '거래량', kind: 'SIGNED' },
  { fid: '13', korean: '누적거래량', kind: 'COUNT' },
  { fid: '14', korean: '누적거래대금', kind: 'COUNT', unit: 'million KRW' },
  { fid: '16', korean: '시가', kind: 'PRICE' },
  { fid: '17', korean: '고가', kind: 'PRICE' },
  { fid: '18', korean: '저가', kind: 'PRICE' },
  { fid: '25', korean: '전일대비기호', kind: 'TEXT' },
  { fid: '26', korean: '전일거래량대비(계약,주)', kind: 'SIGNED' },
  { fid: '29', korean: '거래대금증감', kind: 'SIGNED', unit: 'KRW' },
  { fid: '30', korean: '전일거래량대비(비율)', kind: 'SIGNED' },
  { fid: '31', korean: '거래회전율', kind: 'SIGNED' },
  { fid: '32', korean: '거래비용', kind: 'COUNT' },
  { fid: '228', korean: '체결강도', kind: 'SIGNED' },
  { fid: '311', korean: '시가총액(억)', kind: 'COUNT', unit: '100 million KRW' },
  { fid: '290', korean: '장구분', kind: 'TEXT' },
  { fid: '691', korean: 'K.O 접근도', kind: 'SIGNED' },
  { fid: '567', korean: '상한가발생시간', kind: 'TEXT' },
  { fid: '568', korean: '하한가발생시간', kind: 'TEXT' },
  { fid: '851', korean: '전일 동시간 거래량 비율', kind: 'SIGNED' },
  { fid: '1890', korean: '시가시간', kind: 'TEXT' },
  { fid: '1891', korean: '고가시간', kind: 'TEXT' },
  { fid: '1892', korean: '저가시간', kind: 'TEXT' },
  { fid: '1030', korean: '매도체결량', kind: 'COUNT' },
  { fid: '1031', korean: '매수체결량', kind: 'COUNT' },
  { fid: '1032', korean: '매수비율', kind: 'SIGNED' },
  { fid: '1071', korean: '매도체결건수', kind: 'COUNT' },
  { fid: '1072', korean: '매수체결건수', kind: 'COUNT' },
  { fid: '1313', korean: '순간거래대금', kind: 'SIGNED', unit: 'thousand KRW, by comparison with price x quantity' },
  { fid: '1315', korean: '매도체결량_단건', kind: 'SIGNED' },
  { fid: '1316', korean: '매수체결량_단건', kind: 'SIGNED' },
  { fid: '1314', korean: '순매수체결량', kind: 'SIGNED' },
  { fid: '1497', korean: 'CFD증거금', kind: 'PRICE' },
  { fid: '1498', korean: '유지증거금', kind: 'PRICE' },
  { fid: '620', korean: '당일거래평균가', kind: 'PRICE' },
  { fid: '732', korean: 'CFD거래비용', kind: 'COUNT' },
  { fid: '852', korean: '대주거래비용', kind: 'COUNT' },
  { fid: '9081', korean: '거래소구분', kind: 'TEXT' },
];

/** The values of a trade by FID: numbers, NaN where there is none to be read; text for codes and times. */
export interface KiwoomTradeColumns {
  readonly values: ReadonlyMap<string, number | string>;
  /** FIDs that are not known: the broker has added some. */
  readonly more: ReadonlyMap<string, string>;
}

const knownFids: ReadonlySet<string> = new Set(kiwoomTradeFids.map(({ fid }) => fid));

/** Reads every FID of a trade. Parses the message: for those who want more than the event has. */
export function readKiwoomTradeColumns(trade: KiwoomStreamTrade): KiwoomTradeColumns {
  // Maps: an object whose names are numbers far apart is slow to make.
  const values = new Map<string, number | string>();
  const more = new Map<string, string>();
  const found = entryValues(trade.frame, trade.entry);
  for (const { fid, kind } of kiwoomTradeFids) {
    const value = found[fid];
    if (typeof value === 'string') values.set(fid, kind === 'TEXT' ? value : readFigure(value, kind));
  }
  const fids = Object.keys(found);
  if (fids.length > values.size) {
    for (const fid of fids) {
      const value = found[fid];
      if (typeof value === 'string' && !knownFids.has(fid)) more.set(fid, value);
    }
  }
  return { values, more };
}

const minus = 0x2d;
const plus = 0x2b;

/** A decimal of up to 15 digits behind a sign and spaces. `Number` alone would take `1e9`, `0x1` and nothing at all. */
function readFigure(text: string, kind: Exclude<KiwoomFidKind, 'TEXT'>): number {
  const bare = text.charCodeAt(0) === 0x20 ? text.trimStart() : text;
  const first = bare.charCodeAt(0);
  const isSigned = first === minus || first === plus;
  const value = figure.test(bare) ? Number(bare) : Number.NaN;
  if (kind === 'COUNT' && isSigned) return Number.NaN;
  // `-0` would print as a negative nothing.
  return value === 0 ? 0 : kind === 'PRICE' ? Math.abs(value) : value;
}

const figure = /^[+-]?[0-9]{1,15}(?:\.[0-9]{1,6})?$/;
