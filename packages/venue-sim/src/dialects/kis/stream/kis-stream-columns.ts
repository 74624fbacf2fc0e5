/**
 * Columns of the broker's streams in their order, and how many of them a day has: columns are appended without notice.
 * Broker documents of the streams; what was appended comes from captured frames and notices.
 */

interface KisColumns {
  readonly names: readonly string[];
  /** How many of them there are from a day on (`YYYY-MM-DD`); newest first. */
  readonly widths: readonly { readonly since: string; readonly width: number }[];
}

/** The day on which KRX's after-market began; streams told the market session from then on. */
const afterMarketDay = '2026-09-14';

const levels = Array.from({ length: 10 }, (_, index) => index + 1);
const numbered = (name: string): readonly string[] => levels.map((level) => `${name}${level}`);

/** Names of H0STCNT0; other trade streams call column 21 `CNTG_CLS_CODE` and mean the same. */
const tradeNames = [
  ...['MKSC_SHRN_ISCD', 'STCK_CNTG_HOUR', 'STCK_PRPR', 'PRDY_VRSS_SIGN', 'PRDY_VRSS', 'PRDY_CTRT'],
  ...['WGHN_AVRG_STCK_PRC', 'STCK_OPRC', 'STCK_HGPR', 'STCK_LWPR', 'ASKP1', 'BIDP1', 'CNTG_VOL', 'ACML_VOL'],
  ...['ACML_TR_PBMN', 'SELN_CNTG_CSNU', 'SHNU_CNTG_CSNU', 'NTBY_CNTG_CSNU', 'CTTR', 'SELN_CNTG_SMTN'],
  ...['SHNU_CNTG_SMTN', 'CCLD_DVSN', 'SHNU_RATE', 'PRDY_VOL_VRSS_ACML_VOL_RATE', 'OPRC_HOUR'],
  ...['OPRC_VRSS_PRPR_SIGN', 'OPRC_VRSS_PRPR', 'HGPR_HOUR', 'HGPR_VRSS_PRPR_SIGN', 'HGPR_VRSS_PRPR', 'LWPR_HOUR'],
  ...['LWPR_VRSS_PRPR_SIGN', 'LWPR_VRSS_PRPR', 'BSOP_DATE', 'NEW_MKOP_CLS_CODE', 'TRHT_YN', 'ASKP_RSQN1'],
  ...['BIDP_RSQN1', 'TOTAL_ASKP_RSQN', 'TOTAL_BIDP_RSQN', 'VOL_TNRT', 'PRDY_SMNS_HOUR_ACML_VOL'],
  ...['PRDY_SMNS_HOUR_ACML_VOL_RATE', 'HOUR_CLS_CODE', 'MRKT_TRTM_CLS_CODE', 'VI_STND_PRC', 'MARKET_CLS_CODE'],
] as const;

const bookNames = [
  ...['MKSC_SHRN_ISCD', 'BSOP_HOUR', 'HOUR_CLS_CODE'],
  ...numbered('ASKP'),
  ...numbered('BIDP'),
  ...numbered('ASKP_RSQN'),
  ...numbered('BIDP_RSQN'),
  ...['TOTAL_ASKP_RSQN', 'TOTAL_BIDP_RSQN', 'OVTM_TOTAL_ASKP_RSQN', 'OVTM_TOTAL_BIDP_RSQN', 'ANTC_CNPR', 'ANTC_CNQN'],
  ...['ANTC_VOL', 'ANTC_CNTG_VRSS', 'ANTC_CNTG_VRSS_SIGN', 'ANTC_CNTG_PRDY_CTRT', 'ACML_VOL'],
  ...['TOTAL_ASKP_RSQN_ICDC', 'TOTAL_BIDP_RSQN_ICDC', 'OVTM_TOTAL_ASKP_ICDC', 'OVTM_TOTAL_BIDP_ICDC'],
  ...['STCK_DEAL_CLS_CODE', 'KMID_PRC', 'KMID_TOTAL_RSQN', 'KMID_CLS_CODE'],
];
const nxtMidpointNames = ['NMID_PRC', 'NMID_TOTAL_RSQN', 'NMID_CLS_CODE'];

/** Old layout of notices, live until about March 2025 and in every captured paper frame. */
const oldNoticeNames = [
  ...['CUST_ID', 'ACNT_NO', 'ODER_NO', 'OODER_NO', 'SELN_BYOV_CLS', 'RCTF_CLS', 'ODER_KIND', 'ODER_COND'],
  ...['STCK_SHRN_ISCD', 'CNTG_QTY', 'CNTG_UNPR', 'STCK_CNTG_HOUR', 'RFUS_YN', 'CNTG_YN', 'ACPT_YN', 'BRNC_NO'],
  ...['ODER_QTY', 'ACNT_NAME', 'CNTG_ISNM', 'CRDT_CLS', 'CRDT_LOAN_DATE', 'CNTG_ISNM40', 'ODER_PRC'],
];
const noticeNames = [
  ...oldNoticeNames.slice(0, 18),
  ...['ORD_COND_PRC', 'ORD_EXG_GB', 'POPUP_YN', 'FILLER'],
  ...oldNoticeNames.slice(19),
];

const always = (width: number): KisColumns['widths'] => [{ since: '', width }];

const trades: KisColumns = {
  names: tradeNames,
  widths: [
    { since: afterMarketDay, width: 47 },
    { since: '', width: 46 },
  ],
};

/** Every stream that the venue plays. */
export type KisStreamName =
  | 'H0STCNT0'
  | 'H0UNCNT0'
  | 'H0NXCNT0'
  | 'H0STANC0'
  | 'H0STASP0'
  | 'H0UNASP0'
  | 'H0NXASP0'
  | 'H0STMKO0'
  | 'H0STCNI0'
  | 'H0STCNI9';

const kisColumns: Readonly<Record<KisStreamName, KisColumns>> = {
  H0STCNT0: trades,
  H0UNCNT0: trades,
  H0NXCNT0: trades,
  H0STANC0: { names: tradeNames, widths: always(45) },
  H0STASP0: {
    names: [...bookNames, 'MARKET_CLS_CODE'],
    widths: [
      { since: afterMarketDay, width: 63 },
      // Captured on 2026-06-29; on which day the three columns came is not known.
      { since: '2026-06-01', width: 62 },
      { since: '', width: 59 },
    ],
  },
  H0UNASP0: {
    names: [...bookNames, ...nxtMidpointNames, 'ANTC_EXCH_CLS_CODE'],
    widths: [
      { since: afterMarketDay, width: 66 },
      { since: '', width: 65 },
    ],
  },
  H0NXASP0: { names: [...bookNames, ...nxtMidpointNames], widths: always(65) },
  H0STMKO0: {
    // EXCH_CLS_CODE is documented behind these, and absent from the published frame and from captures of a sister stream.
    names: [
      ...['MKSC_SHRN_ISCD', 'TRHT_YN', 'TR_SUSP_REAS_CNTT', 'MKOP_CLS_CODE', 'ANTC_MKOP_CLS_CODE'],
      ...['MRKT_TRTM_CLS_CODE', 'DIVI_APP_CLS_CODE', 'ISCD_STAT_CLS_CODE', 'VI_CLS_CODE', 'OVTM_VI_CLS_CODE'],
    ],
    widths: always(10),
  },
  H0STCNI0: { names: noticeNames, widths: always(26) },
  H0STCNI9: { names: oldNoticeNames, widths: always(23) },
};

/** What {@link columnsOn} has answered: a day of a venue asks the same thing for every message. */
const answered = new Map<string, readonly string[]>();

/** The columns that a stream has on a day, in order. */
export function columnsOn(name: KisStreamName, date: string): readonly string[] {
  const key = `${name} ${date}`;
  const known = answered.get(key);
  if (known !== undefined) return known;
  const { names, widths } = kisColumns[name];
  const columns = names.slice(0, widths.find(({ since }) => since <= date)?.width);
  answered.set(key, columns);
  return columns;
}
