import { fieldDecimal, fieldText, fieldUnsigned, scanFields, scannedFieldAt } from './frame-scan.ts';
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
export function readKisTradeColumns(trade: KisTrade): KisTradeColumns {
  const { frame, recordStart } = trade;
  const present = scannedFieldAt(frame, recordStart);
  if (present >= 0) return columnsAt(trade, present);
  scanFields(frame, recordStart);
  return columnsAt(trade, 0);
}

function columnsAt({ frame, symbol, priceKrw, quantity, recordWidth }: KisTrade, first: number): KisTradeColumns {
  return {
    MKSC_SHRN_ISCD: symbol,
    STCK_CNTG_HOUR: fieldText(frame, first + 1),
    STCK_PRPR: priceKrw,
    PRDY_VRSS_SIGN: fieldText(frame, first + 3),
    PRDY_VRSS: fieldDecimal(first + 4),
    PRDY_CTRT: fieldDecimal(first + 5),
    WGHN_AVRG_STCK_PRC: fieldDecimal(first + 6),
    STCK_OPRC: fieldDecimal(first + 7),
    STCK_HGPR: fieldDecimal(first + 8),
    STCK_LWPR: fieldDecimal(first + 9),
    ASKP1: fieldDecimal(first + 10),
    BIDP1: fieldDecimal(first + 11),
    CNTG_VOL: quantity,
    ACML_VOL: fieldDecimal(first + 13),
    ACML_TR_PBMN: fieldDecimal(first + 14),
    SELN_CNTG_CSNU: fieldUnsigned(first + 15),
    SHNU_CNTG_CSNU: fieldUnsigned(first + 16),
    NTBY_CNTG_CSNU: fieldDecimal(first + 17),
    CTTR: fieldDecimal(first + 18),
    SELN_CNTG_SMTN: fieldUnsigned(first + 19),
    SHNU_CNTG_SMTN: fieldUnsigned(first + 20),
    CCLD_DVSN: fieldText(frame, first + 21),
    SHNU_RATE: fieldDecimal(first + 22),
    PRDY_VOL_VRSS_ACML_VOL_RATE: fieldDecimal(first + 23),
    OPRC_HOUR: fieldText(frame, first + 24),
    OPRC_VRSS_PRPR_SIGN: fieldText(frame, first + 25),
    OPRC_VRSS_PRPR: fieldDecimal(first + 26),
    HGPR_HOUR: fieldText(frame, first + 27),
    HGPR_VRSS_PRPR_SIGN: fieldText(frame, first + 28),
    HGPR_VRSS_PRPR: fieldDecimal(first + 29),
    LWPR_HOUR: fieldText(frame, first + 30),
    LWPR_VRSS_PRPR_SIGN: fieldText(frame, first + 31),
    LWPR_VRSS_PRPR: fieldDecimal(first + 32),
    BSOP_DATE: fieldText(frame, first + 33),
    NEW_MKOP_CLS_CODE: fieldText(frame, first + 34),
    TRHT_YN: fieldText(frame, first + 35),
    ASKP_RSQN1: recordWidth > 36 ? fieldUnsigned(first + 36) : Number.NaN,
    BIDP_RSQN1: recordWidth > 37 ? fieldUnsigned(first + 37) : Number.NaN,
    TOTAL_ASKP_RSQN: recordWidth > 38 ? fieldUnsigned(first + 38) : Number.NaN,
    TOTAL_BIDP_RSQN: recordWidth > 39 ? fieldUnsigned(first + 39) : Number.NaN,
    VOL_TNRT: recordWidth > 40 ? fieldDecimal(first + 40) : Number.NaN,
    PRDY_SMNS_HOUR_ACML_VOL: recordWidth > 41 ? fieldUnsigned(first + 41) : Number.NaN,
    PRDY_SMNS_HOUR_ACML_VOL_RATE: recordWidth > 42 ? fieldDecimal(first + 42) : Number.NaN,
    HOUR_CLS_CODE: recordWidth > 43 ? fieldText(frame, first + 43) : '',
    MRKT_TRTM_CLS_CODE: recordWidth > 44 ? fieldText(frame, first + 44) : '',
    VI_STND_PRC: recordWidth > 45 ? fieldDecimal(first + 45) : Number.NaN,
    MARKET_CLS_CODE: recordWidth > 46 ? fieldText(frame, first + 46) : '',
    more: recordWidth > knownColumns ? moreColumns(frame, first, recordWidth) : none,
  };
}

const none: readonly string[] = [];

function moreColumns(frame: string, first: number, width: number): readonly string[] {
  return Array.from({ length: width - knownColumns }, (_, index) => fieldText(frame, first + knownColumns + index));
}
