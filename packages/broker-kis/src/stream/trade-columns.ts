import { fieldEnd, fieldStart, fieldText, readDecimal, scanFields, swapBounds } from './frame-scan.ts';
import { type KisTrade } from './quote-events.ts';

/** A number of the wire; NaN when the field is empty or none. */
type Figure = number;

/**
 * Every column of a trade by the broker's own name (`H0STCNT0`, in wire order). Figures as numbers, codes and times as
 * text. `CCLD_DVSN` is named `CNTG_CLS_CODE` on the NXT and consolidated streams.
 */
export interface KisTradeColumns {
  readonly MKSC_SHRN_ISCD: string;
  readonly STCK_CNTG_HOUR: string;
  readonly STCK_PRPR: Figure;
  readonly PRDY_VRSS_SIGN: string;
  readonly PRDY_VRSS: Figure;
  readonly PRDY_CTRT: Figure;
  readonly WGHN_AVRG_STCK_PRC: Figure;
  readonly STCK_OPRC: Figure;
  readonly STCK_HGPR: Figure;
  readonly STCK_LWPR: Figure;
  readonly ASKP1: Figure;
  readonly BIDP1: Figure;
  readonly CNTG_VOL: Figure;
  readonly ACML_VOL: Figure;
  readonly ACML_TR_PBMN: Figure;
  readonly SELN_CNTG_CSNU: Figure;
  readonly SHNU_CNTG_CSNU: Figure;
  readonly NTBY_CNTG_CSNU: Figure;
  readonly CTTR: Figure;
  readonly SELN_CNTG_SMTN: Figure;
  readonly SHNU_CNTG_SMTN: Figure;
  readonly CCLD_DVSN: string;
  readonly SHNU_RATE: Figure;
  readonly PRDY_VOL_VRSS_ACML_VOL_RATE: Figure;
  readonly OPRC_HOUR: string;
  readonly OPRC_VRSS_PRPR_SIGN: string;
  readonly OPRC_VRSS_PRPR: Figure;
  readonly HGPR_HOUR: string;
  readonly HGPR_VRSS_PRPR_SIGN: string;
  readonly HGPR_VRSS_PRPR: Figure;
  readonly LWPR_HOUR: string;
  readonly LWPR_VRSS_PRPR_SIGN: string;
  readonly LWPR_VRSS_PRPR: Figure;
  readonly BSOP_DATE: string;
  readonly NEW_MKOP_CLS_CODE: string;
  readonly TRHT_YN: string;
  readonly ASKP_RSQN1: Figure;
  readonly BIDP_RSQN1: Figure;
  readonly TOTAL_ASKP_RSQN: Figure;
  readonly TOTAL_BIDP_RSQN: Figure;
  readonly VOL_TNRT: Figure;
  readonly PRDY_SMNS_HOUR_ACML_VOL: Figure;
  readonly PRDY_SMNS_HOUR_ACML_VOL_RATE: Figure;
  readonly HOUR_CLS_CODE: string;
  readonly MRKT_TRTM_CLS_CODE: string;
  readonly VI_STND_PRC: Figure;
  /** Since 2026-09-14; empty in records of 46 columns. */
  readonly MARKET_CLS_CODE: string;
  /** Columns behind the known ones, as text: there when the broker has appended some. */
  readonly more: readonly string[];
}

const knownColumns = 47;

/** Reads every column of a trade's record. Walks the record again: for those who want more than the event has. */
export function readKisTradeColumns({ frame, recordStart, recordWidth }: KisTrade): KisTradeColumns {
  swapBounds();
  try {
    scanFields(frame, recordStart, endOfRecord(frame, recordStart, recordWidth));
    const text = (column: number): string => (column < recordWidth ? fieldText(frame, column) : '');
    const figure = (column: number): Figure =>
      column < recordWidth ? readDecimal(frame, fieldStart(column), fieldEnd(column)) : Number.NaN;
    return {
      MKSC_SHRN_ISCD: text(0),
      STCK_CNTG_HOUR: text(1),
      STCK_PRPR: figure(2),
      PRDY_VRSS_SIGN: text(3),
      PRDY_VRSS: figure(4),
      PRDY_CTRT: figure(5),
      WGHN_AVRG_STCK_PRC: figure(6),
      STCK_OPRC: figure(7),
      STCK_HGPR: figure(8),
      STCK_LWPR: figure(9),
      ASKP1: figure(10),
      BIDP1: figure(11),
      CNTG_VOL: figure(12),
      ACML_VOL: figure(13),
      ACML_TR_PBMN: figure(14),
      SELN_CNTG_CSNU: figure(15),
      SHNU_CNTG_CSNU: figure(16),
      NTBY_CNTG_CSNU: figure(17),
      CTTR: figure(18),
      SELN_CNTG_SMTN: figure(19),
      SHNU_CNTG_SMTN: figure(20),
      CCLD_DVSN: text(21),
      SHNU_RATE: figure(22),
      PRDY_VOL_VRSS_ACML_VOL_RATE: figure(23),
      OPRC_HOUR: text(24),
      OPRC_VRSS_PRPR_SIGN: text(25),
      OPRC_VRSS_PRPR: figure(26),
      HGPR_HOUR: text(27),
      HGPR_VRSS_PRPR_SIGN: text(28),
      HGPR_VRSS_PRPR: figure(29),
      LWPR_HOUR: text(30),
      LWPR_VRSS_PRPR_SIGN: text(31),
      LWPR_VRSS_PRPR: figure(32),
      BSOP_DATE: text(33),
      NEW_MKOP_CLS_CODE: text(34),
      TRHT_YN: text(35),
      ASKP_RSQN1: figure(36),
      BIDP_RSQN1: figure(37),
      TOTAL_ASKP_RSQN: figure(38),
      TOTAL_BIDP_RSQN: figure(39),
      VOL_TNRT: figure(40),
      PRDY_SMNS_HOUR_ACML_VOL: figure(41),
      PRDY_SMNS_HOUR_ACML_VOL_RATE: figure(42),
      HOUR_CLS_CODE: text(43),
      MRKT_TRTM_CLS_CODE: text(44),
      VI_STND_PRC: figure(45),
      MARKET_CLS_CODE: text(46),
      more: recordWidth > knownColumns ? moreColumns(frame, recordWidth) : none,
    };
  } finally {
    swapBounds();
  }
}

const none: readonly string[] = [];

function moreColumns(frame: string, width: number): readonly string[] {
  return Array.from({ length: width - knownColumns }, (_, index) => fieldText(frame, knownColumns + index));
}

/** One behind the last character of a record: the last record of a frame needs no walk. */
function endOfRecord(frame: string, start: number, width: number): number {
  let end = start - 1;
  for (let field = 0; field < width; field += 1) {
    end = frame.indexOf('^', end + 1);
    if (end < 0) return frame.length;
  }
  return end;
}
