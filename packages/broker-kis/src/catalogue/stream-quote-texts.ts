import { type FieldText } from '@qts/broker-kit';

/** Columns of a trade, in wire order (KIS Developers portal, official sample and captured frames). */
export const tradeColumns: readonly FieldText[] = [
  ['MKSC_SHRN_ISCD', '유가증권 단축 종목코드', 'short instrument code'],
  ['STCK_CNTG_HOUR', '주식 체결 시간', 'trade time HHMMSS'],
  ['STCK_PRPR', '주식 현재가', 'current (last trade) price (KRW)'],
  ['PRDY_VRSS_SIGN', '전일 대비 부호', 'change sign: 1 limit up, 2 up, 3 flat, 4 limit down, 5 down'],
  ['PRDY_VRSS', '전일 대비', 'change from previous close (signed) (KRW)'],
  ['PRDY_CTRT', '전일 대비율', 'change percent'],
  ['WGHN_AVRG_STCK_PRC', '가중 평균 주식 가격', 'volume weighted average price (KRW)'],
  ['STCK_OPRC', '주식 시가', 'open price (KRW)'],
  ['STCK_HGPR', '주식 최고가', 'high price (KRW)'],
  ['STCK_LWPR', '주식 최저가', 'low price (KRW)'],
  ['ASKP1', '매도호가1', 'ask level 1 price (KRW)'],
  ['BIDP1', '매수호가1', 'bid level 1 price (KRW)'],
  ['CNTG_VOL', '체결 거래량', 'trade volume of this execution (shares)'],
  ['ACML_VOL', '누적 거래량', 'accumulated volume (shares)'],
  ['ACML_TR_PBMN', '누적 거래 대금', 'accumulated traded value (KRW)'],
  ['SELN_CNTG_CSNU', '매도 체결 건수', 'number of sell executions'],
  ['SHNU_CNTG_CSNU', '매수 체결 건수', 'number of buy executions'],
  ['NTBY_CNTG_CSNU', '순매수 체결 건수', 'net buy executions'],
  ['CTTR', '체결강도', 'execution strength (percent)'],
  ['SELN_CNTG_SMTN', '총 매도 수량', 'total sell volume (shares)'],
  ['SHNU_CNTG_SMTN', '총 매수 수량', 'total buy volume (shares)'],
  [
    'CCLD_DVSN',
    '체결구분',
    'who crossed the book: 1 the buyer, 5 the seller; CNTG_CLS_CODE on the streams of NXT and of both venues',
  ],
  ['SHNU_RATE', '매수비율', 'buy ratio (percent)'],
  ['PRDY_VOL_VRSS_ACML_VOL_RATE', '전일 거래량 대비 등락율', 'accumulated volume vs previous day percent'],
  ['OPRC_HOUR', '시가 시간', 'time of open'],
  ['OPRC_VRSS_PRPR_SIGN', '시가대비구분', 'sign of price vs open'],
  ['OPRC_VRSS_PRPR', '시가대비', 'price vs open (KRW)'],
  ['HGPR_HOUR', '최고가 시간', 'time of high'],
  ['HGPR_VRSS_PRPR_SIGN', '고가대비구분', 'sign of price vs high'],
  ['HGPR_VRSS_PRPR', '고가대비', 'price vs high (KRW)'],
  ['LWPR_HOUR', '최저가 시간', 'time of low'],
  ['LWPR_VRSS_PRPR_SIGN', '저가대비구분', 'sign of price vs low'],
  ['LWPR_VRSS_PRPR', '저가대비', 'price vs low (KRW)'],
  ['BSOP_DATE', '영업 일자', 'business date'],
  [
    'NEW_MKOP_CLS_CODE',
    '신 장운영 구분 코드',
    'market phase code (digit 1: 1 pre-open 2 regular 3 after close 4 after-hours single price 7 buy-in 8 same-day buy-in; digit 2: 0 normal 1 close 2 block 3 basket 7 liquidation 8 buy-in)',
  ],
  ['TRHT_YN', '거래정지 여부', 'trading halted Y/N'],
  ['ASKP_RSQN1', '매도호가 잔량1', 'ask level 1 quantity (shares)'],
  ['BIDP_RSQN1', '매수호가 잔량1', 'bid level 1 quantity (shares)'],
  ['TOTAL_ASKP_RSQN', '총 매도호가 잔량', 'total ask quantity (shares)'],
  ['TOTAL_BIDP_RSQN', '총 매수호가 잔량', 'total bid quantity (shares)'],
  ['VOL_TNRT', '거래량 회전율', 'volume turnover rate (percent)'],
  ['PRDY_SMNS_HOUR_ACML_VOL', '전일 동시간 누적 거래량', 'previous day volume at same time (shares)'],
  ['PRDY_SMNS_HOUR_ACML_VOL_RATE', '전일 동시간 누적 거래량 비율', 'vs previous day same time percent'],
  [
    'HOUR_CLS_CODE',
    '시간 구분 코드',
    '0 regular, A expected after close, B expected before open, C expected after 09:00 or VI, D expected after-hours single price',
  ],
  [
    'MRKT_TRTM_CLS_CODE',
    '임의종료구분코드',
    'random-end class: 1/2 opening auction set/cleared, 3/4 closing auction set/cleared, 5/6 after-hours set/cleared',
  ],
  ['VI_STND_PRC', '정적VI발동기준가', 'static VI reference price (KRW)'],
  [
    'MARKET_CLS_CODE',
    '시장구분코드',
    'market session: 1 pre-market, 2 regular, 3 after-market, 5 closed; since 2026-09-14',
  ],
];

/** Columns of an order book that every stream of books has. A row stands for its ten levels. */
export const bookColumns: readonly FieldText[] = [
  ['MKSC_SHRN_ISCD', '유가증권 단축 종목코드', 'short instrument code'],
  ['BSOP_HOUR', '영업 시간', 'quote time HHMMSS'],
  [
    'HOUR_CLS_CODE',
    '시간 구분 코드',
    '0 regular, A expected after close, B expected before open, C expected after 09:00 or VI, D expected after-hours single price',
  ],
  ['ASKP1 … ASKP10', '매도호가1 … 10', 'ask of a level: price (KRW)'],
  ['BIDP1 … BIDP10', '매수호가1 … 10', 'bid of a level: price (KRW)'],
  ['ASKP_RSQN1 … ASKP_RSQN10', '매도호가 잔량1 … 10', 'ask of a level: quantity (shares)'],
  ['BIDP_RSQN1 … BIDP_RSQN10', '매수호가 잔량1 … 10', 'bid of a level: quantity (shares)'],
  ['TOTAL_ASKP_RSQN', '총 매도호가 잔량', 'total ask quantity (shares)'],
  ['TOTAL_BIDP_RSQN', '총 매수호가 잔량', 'total bid quantity (shares)'],
  ['OVTM_TOTAL_ASKP_RSQN', '시간외 총 매도호가 잔량', 'after-hours total ask quantity (shares)'],
  ['OVTM_TOTAL_BIDP_RSQN', '시간외 총 매수호가 잔량', 'after-hours total bid quantity (shares)'],
  ['ANTC_CNPR', '예상 체결가', 'expected match price (KRW)'],
  ['ANTC_CNQN', '예상 체결량', 'expected match quantity (shares)'],
  ['ANTC_VOL', '예상 거래량', 'expected volume (shares)'],
  ['ANTC_CNTG_VRSS', '예상 체결 대비', 'expected price change (KRW)'],
  ['ANTC_CNTG_VRSS_SIGN', '예상 체결 대비 부호', 'expected price change sign'],
  ['ANTC_CNTG_PRDY_CTRT', '예상 체결 전일 대비율', 'expected price change percent'],
  ['ACML_VOL', '누적 거래량', 'accumulated volume (shares)'],
  ['TOTAL_ASKP_RSQN_ICDC', '총 매도호가 잔량 증감', 'total ask quantity change (shares)'],
  ['TOTAL_BIDP_RSQN_ICDC', '총 매수호가 잔량 증감', 'total bid quantity change (shares)'],
  ['OVTM_TOTAL_ASKP_ICDC', '시간외 총 매도호가 증감', 'after-hours total ask change (shares)'],
  ['OVTM_TOTAL_BIDP_ICDC', '시간외 총 매수호가 증감', 'after-hours total bid change (shares)'],
  ['STCK_DEAL_CLS_CODE', '주식 매매 구분 코드', 'trading class (obsolete)'],
];

/** What the book of KRX has behind them. */
export const krxBookColumns: readonly FieldText[] = [
  ['KMID_PRC', 'KRX 중간가', 'KRX midpoint price (KRW); since by 2026-06 (exact date unknown)'],
  ['KMID_TOTAL_RSQN', 'KRX 중간가잔량합계수량', 'KRX midpoint total quantity (shares); since by 2026-06'],
  [
    'KMID_CLS_CODE',
    'KRX 중간가 매수매도 구분',
    'KRX midpoint side (values undocumented; 0 and 2 observed); since by 2026-06',
  ],
  [
    'MARKET_CLS_CODE',
    '시장구분코드',
    'market session: 1 pre-market, 2 regular, 3 after-market, 5 closed; since 2026-09-14',
  ],
];

/** What the books of NXT and of both venues have behind them. */
export const nxtBookColumns: readonly FieldText[] = [
  ['KMID_PRC', 'KRX 중간가', 'KRX midpoint price (KRW)'],
  ['KMID_TOTAL_RSQN', 'KRX 중간가잔량합계수량', 'KRX midpoint total quantity (shares)'],
  ['KMID_CLS_CODE', 'KRX 중간가 매수매도 구분', 'KRX midpoint side (values undocumented; 0 and 2 observed)'],
  ['NMID_PRC', 'NXT 중간가', 'NXT midpoint price (KRW)'],
  ['NMID_TOTAL_RSQN', 'NXT 중간가잔량합계수량', 'NXT midpoint total quantity (shares)'],
  ['NMID_CLS_CODE', 'NXT 중간가 매수매도 구분', 'NXT midpoint side (values undocumented)'],
];

/** What the book of both venues has behind those. */
export const consolidatedBookColumns: readonly FieldText[] = [
  [
    'ANTC_EXCH_CLS_CODE',
    '예상체결 거래소구분코드',
    'exchange that supplies the expected price: 1 KRX, 2 NXT; since 2026-09-14',
  ],
];

/** Columns of the news of trading itself. */
export const statusColumns: readonly FieldText[] = [
  ['MKSC_SHRN_ISCD', '유가증권단축종목코드', 'short instrument code'],
  ['TRHT_YN', '거래정지여부', 'trading halted Y/N'],
  ['TR_SUSP_REAS_CNTT', '거래정지사유내용', 'trading suspension reason text, (null) when none'],
  ['MKOP_CLS_CODE', '장운영구분코드', 'market operation code'],
  ['ANTC_MKOP_CLS_CODE', '예상장운영구분코드', 'expected-price phase code'],
  [
    'MRKT_TRTM_CLS_CODE',
    '임의연장구분코드',
    'random-end class: 1/2 opening auction set/cleared, 3/4 closing auction set/cleared, 5/6 after-hours set/cleared',
  ],
  ['DIVI_APP_CLS_CODE', '동시호가배분처리구분코드', 'auction allocation class'],
  [
    'ISCD_STAT_CLS_CODE',
    '종목상태구분코드',
    'instrument status: 51 administrative, 52 investment risk, 53 warning, 54 caution, 55 credit allowed, 57 100% margin, 58 halted, 59 short-term overheated, 00 other',
  ],
  ['VI_CLS_CODE', 'VI적용구분코드', 'volatility interruption applied Y/N'],
  ['OVTM_VI_CLS_CODE', '시간외단일가VI적용구분코드', 'after-hours single-price VI applied Y/N'],
  ['EXCH_CLS_CODE', '거래소구분코드', 'exchange class'],
];
