import { fieldText, figureRules, isScanned, readFigures, readFrameHead, scanFields } from './frame-scan.ts';
import { type KisTrade } from './quote-events.ts';

/**
 * Every column of a trade by the broker's own name (`H0STCNT0`, in wire order): figures as numbers, NaN when a column is empty
 * or none; codes and times as text. `CCLD_DVSN` is named `CNTG_CLS_CODE` on the NXT and consolidated streams. Each is read
 * when it is asked for, and is no property of its own: copy what you want to keep, or take `toJSON()`.
 */
export interface KisTradeColumns {
  readonly MKSC_SHRN_ISCD: string;
  readonly STCK_CNTG_HOUR: string;
  readonly STCK_PRPR: number;
  readonly PRDY_VRSS_SIGN: string;
  readonly PRDY_VRSS: number;
  readonly PRDY_CTRT: number;
  readonly WGHN_AVRG_STCK_PRC: number;
  readonly STCK_OPRC: number;
  readonly STCK_HGPR: number;
  readonly STCK_LWPR: number;
  readonly ASKP1: number;
  readonly BIDP1: number;
  readonly CNTG_VOL: number;
  readonly ACML_VOL: number;
  readonly ACML_TR_PBMN: number;
  readonly SELN_CNTG_CSNU: number;
  readonly SHNU_CNTG_CSNU: number;
  readonly NTBY_CNTG_CSNU: number;
  readonly CTTR: number;
  readonly SELN_CNTG_SMTN: number;
  readonly SHNU_CNTG_SMTN: number;
  readonly CCLD_DVSN: string;
  readonly SHNU_RATE: number;
  readonly PRDY_VOL_VRSS_ACML_VOL_RATE: number;
  readonly OPRC_HOUR: string;
  readonly OPRC_VRSS_PRPR_SIGN: string;
  readonly OPRC_VRSS_PRPR: number;
  readonly HGPR_HOUR: string;
  readonly HGPR_VRSS_PRPR_SIGN: string;
  readonly HGPR_VRSS_PRPR: number;
  readonly LWPR_HOUR: string;
  readonly LWPR_VRSS_PRPR_SIGN: string;
  readonly LWPR_VRSS_PRPR: number;
  readonly BSOP_DATE: string;
  readonly NEW_MKOP_CLS_CODE: string;
  readonly TRHT_YN: string;
  readonly ASKP_RSQN1: number;
  readonly BIDP_RSQN1: number;
  readonly TOTAL_ASKP_RSQN: number;
  readonly TOTAL_BIDP_RSQN: number;
  readonly VOL_TNRT: number;
  readonly PRDY_SMNS_HOUR_ACML_VOL: number;
  readonly PRDY_SMNS_HOUR_ACML_VOL_RATE: number;
  readonly HOUR_CLS_CODE: string;
  readonly MRKT_TRTM_CLS_CODE: string;
  readonly VI_STND_PRC: number;
  /** Since 2026-09-14; empty in records of 46 columns. */
  readonly MARKET_CLS_CODE: string;
  /** Columns behind the known ones, as text: there when the broker has appended some. */
  readonly more: readonly string[];
  /** All of them, read at once. */
  toJSON(): Readonly<Record<string, unknown>>;
}

type Name = Exclude<keyof KisTradeColumns, 'more' | 'toJSON'>;
/** `TEXT`: codes and times. `FIGURE`: a decimal that may have a sign. `COUNT`: digits alone. */
type Kind = 'TEXT' | 'FIGURE' | 'COUNT';

/** How each column is read, in wire order. */
const kinds: { readonly [Each in Name]: KisTradeColumns[Each] extends string ? 'TEXT' : Exclude<Kind, 'TEXT'> } = {
  MKSC_SHRN_ISCD: 'TEXT',
  STCK_CNTG_HOUR: 'TEXT',
  STCK_PRPR: 'FIGURE',
  PRDY_VRSS_SIGN: 'TEXT',
  PRDY_VRSS: 'FIGURE',
  PRDY_CTRT: 'FIGURE',
  WGHN_AVRG_STCK_PRC: 'FIGURE',
  STCK_OPRC: 'FIGURE',
  STCK_HGPR: 'FIGURE',
  STCK_LWPR: 'FIGURE',
  ASKP1: 'FIGURE',
  BIDP1: 'FIGURE',
  CNTG_VOL: 'COUNT',
  ACML_VOL: 'FIGURE',
  ACML_TR_PBMN: 'FIGURE',
  SELN_CNTG_CSNU: 'COUNT',
  SHNU_CNTG_CSNU: 'COUNT',
  NTBY_CNTG_CSNU: 'FIGURE',
  CTTR: 'FIGURE',
  SELN_CNTG_SMTN: 'COUNT',
  SHNU_CNTG_SMTN: 'COUNT',
  CCLD_DVSN: 'TEXT',
  SHNU_RATE: 'FIGURE',
  PRDY_VOL_VRSS_ACML_VOL_RATE: 'FIGURE',
  OPRC_HOUR: 'TEXT',
  OPRC_VRSS_PRPR_SIGN: 'TEXT',
  OPRC_VRSS_PRPR: 'FIGURE',
  HGPR_HOUR: 'TEXT',
  HGPR_VRSS_PRPR_SIGN: 'TEXT',
  HGPR_VRSS_PRPR: 'FIGURE',
  LWPR_HOUR: 'TEXT',
  LWPR_VRSS_PRPR_SIGN: 'TEXT',
  LWPR_VRSS_PRPR: 'FIGURE',
  BSOP_DATE: 'TEXT',
  NEW_MKOP_CLS_CODE: 'TEXT',
  TRHT_YN: 'TEXT',
  ASKP_RSQN1: 'COUNT',
  BIDP_RSQN1: 'COUNT',
  TOTAL_ASKP_RSQN: 'COUNT',
  TOTAL_BIDP_RSQN: 'COUNT',
  VOL_TNRT: 'FIGURE',
  PRDY_SMNS_HOUR_ACML_VOL: 'COUNT',
  PRDY_SMNS_HOUR_ACML_VOL_RATE: 'FIGURE',
  HOUR_CLS_CODE: 'TEXT',
  MRKT_TRTM_CLS_CODE: 'TEXT',
  VI_STND_PRC: 'FIGURE',
  MARKET_CLS_CODE: 'TEXT',
};
const names: readonly Name[] = Object.keys(kinds) as Name[];

/** The columns of a trade, to be read when they are asked for: for those who want more than the event has. */
export function readKisTradeColumns(trade: KisTrade): KisTradeColumns {
  return new Columns(trade) as unknown as KisTradeColumns;
}

/** The figures of the columns that were asked last: all are read in one walk when one of them is asked for. */
const figures: Float64Array = new Float64Array(names.length);
let figuresOf: Columns | undefined;
const ruleOf = { TEXT: figureRules.SKIPPED, FIGURE: figureRules.DECIMAL, COUNT: figureRules.DIGITS } as const;
const rules: Uint8Array = Uint8Array.from(names, (name) => ruleOf[kinds[name]]);

/** Makes the present scan that of these columns: another frame may have been read in between. */
function scan({ frame }: Columns): void {
  if (!isScanned(frame)) scanFields(frame, readFrameHead(frame)?.body ?? 0);
}

function textAt(columns: Columns, column: number): string {
  scan(columns);
  return column < columns.width ? fieldText(columns.first + column) : '';
}

function readAll(columns: Columns): void {
  scan(columns);
  readFigures(columns.first, rules, figures);
  // What stands behind a short record is the next one.
  if (columns.width < figures.length) figures.fill(Number.NaN, columns.width);
  figuresOf = columns;
}

class Columns {
  readonly frame: Uint8Array;
  readonly first: number;
  readonly width: number;

  constructor({ frame, recordFirst, recordWidth }: KisTrade) {
    this.frame = frame;
    this.first = recordFirst;
    this.width = recordWidth;
  }

  get more(): readonly string[] {
    const count = Math.max(0, this.width - names.length);
    return Array.from({ length: count }, (_, index) => textAt(this, names.length + index));
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const columns = this as unknown as KisTradeColumns;
    return { ...Object.fromEntries(names.map((name) => [name, columns[name]])), more: this.more };
  }
}

/** Getters as short as can be: they are made part of whoever reads the column. */
const getters: Readonly<Record<'TEXT' | 'FIGURE', (column: number) => (this: Columns) => string | number>> = {
  TEXT: (column) =>
    function () {
      return textAt(this, column);
    },
  FIGURE: (column) =>
    function () {
      if (figuresOf !== this) readAll(this);
      return figures[column] ?? 0;
    },
};
for (const [column, name] of names.entries()) {
  Object.defineProperty(Columns.prototype, name, { get: getters[kinds[name] === 'TEXT' ? 'TEXT' : 'FIGURE'](column) });
}
