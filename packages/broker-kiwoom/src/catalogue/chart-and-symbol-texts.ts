import { type OperationText } from '@qts/broker-kit';

/** What is written about the operations for charts and symbols. Source: the broker's REST API guide (August 2025) and recorded traffic. */
export const chartAndSymbolTexts: Readonly<Record<string, OperationText>> = {
  ka10080: {
    summary: 'Lists bars of minutes, newest first.',
    request: [
      [
        'stk_cd',
        '종목코드',
        'stock code; one code per venue: 039490 = KRX, 039490_NX = NXT, 039490_AL = SOR/consolidated',
      ],
      ['tic_scope', '틱범위', 'bar size; 1 1분, 3 3분, 5 5분, 10 10분, 15 15분, 30 30분, 45 45분, 60 60분'],
      ['upd_stkpc_tp', '수정주가구분', 'adjusted price switch; 1 = adjusted prices (수정주가), 0 = raw'],
      ['base_dt', '기준일자', 'last day of the window; yyyyMMdd'],
    ],
    answer: [
      ['stk_cd', '종목코드', 'stock code'],
      [
        'stk_min_pole_chart_qry.cur_prc',
        '현재가',
        'current price; sign = direction against the previous close; close of the bar',
      ],
      ['stk_min_pole_chart_qry.trde_qty', '거래량', 'quantity'],
      ['stk_min_pole_chart_qry.cntr_tm', '체결시간', 'fill time; yyyyMMddHHmmss'],
      ['stk_min_pole_chart_qry.open_pric', '시가', 'open'],
      ['stk_min_pole_chart_qry.high_pric', '고가', 'high'],
      ['stk_min_pole_chart_qry.low_pric', '저가', 'low'],
      ['stk_min_pole_chart_qry.pred_pre', '전일대비', 'change against previous close; current minus previous close'],
      [
        'stk_min_pole_chart_qry.pred_pre_sig',
        '전일대비 기호',
        'direction sign; 1 상한가, 2 상승, 3 보합, 4 하한가, 5 하락',
      ],
    ],
  },
  ka10081: {
    summary: 'Lists bars of days, newest first.',
    request: [
      [
        'stk_cd',
        '종목코드',
        'stock code; one code per venue: 039490 = KRX, 039490_NX = NXT, 039490_AL = SOR/consolidated',
      ],
      ['base_dt', '기준일자', 'last day of the window; yyyyMMdd'],
      ['upd_stkpc_tp', '수정주가구분', 'adjusted price switch; 1 = adjusted prices (수정주가), 0 = raw'],
    ],
    answer: [
      ['stk_cd', '종목코드', 'stock code'],
      ['stk_dt_pole_chart_qry.cur_prc', '현재가', 'current price; sign = direction against the previous close'],
      ['stk_dt_pole_chart_qry.trde_qty', '거래량', 'quantity'],
      ['stk_dt_pole_chart_qry.trde_prica', '거래대금', 'turnover'],
      ['stk_dt_pole_chart_qry.dt', '일자', 'date yyyyMMdd'],
      ['stk_dt_pole_chart_qry.open_pric', '시가', 'open'],
      ['stk_dt_pole_chart_qry.high_pric', '고가', 'high'],
      ['stk_dt_pole_chart_qry.low_pric', '저가', 'low'],
      ['stk_dt_pole_chart_qry.pred_pre', '전일대비', 'change against previous close; current minus previous close'],
      [
        'stk_dt_pole_chart_qry.pred_pre_sig',
        '전일대비기호',
        'direction sign; 1 상한가, 2 상승, 3 보합, 4 하한가, 5 하락',
      ],
      ['stk_dt_pole_chart_qry.trde_tern_rt', '거래회전율', 'turnover rate'],
    ],
  },
  ka10099: {
    summary: 'Lists the master records of a market.',
    request: [
      [
        'mrkt_tp',
        '시장구분',
        'market kind; 0 코스피, 10 코스닥, 30 K-OTC, 50 코넥스, 60 ETN, 70 손실제한 ETN, 80 금현물, 90 변동성 ETN, 2 인프라투융자, 3 ELW, 4 뮤추얼펀드, 5 신주인수권, 6 리츠종목, 7 신주인수권증서, 8 ETF, 9 하이일드펀드',
      ],
    ],
    answer: [
      ['list.code', '종목코드', 'stock code; short code'],
      ['list.name', '종목명', 'stock name'],
      ['list.listCount', '상장주식수', 'listed shares; padded to 16'],
      ['list.auditInfo', '감리구분', 'supervision text'],
      ['list.regDay', '상장일', 'listing day yyyyMMdd'],
      ['list.lastPrice', '전일종가', 'previous close; padded to 8'],
      ['list.state', '종목상태', 'state flags joined with |'],
      ['list.marketCode', '시장구분코드', 'market code'],
      ['list.marketName', '시장명', 'market name'],
      ['list.upName', '업종명', 'sector'],
      ['list.upSizeName', '회사크기분류', 'size class'],
      ['list.companyClassName', '회사분류', 'company class (KOSDAQ only)'],
      [
        'list.orderWarning',
        '투자유의종목여부',
        'order warning flag; 0 해당없음, 1 ETF투자주의요망 (ETF only), 2 정리매매, 3 단기과열, 4 투자위험, 5 투자경고 (the guide prints 투자경과)',
      ],
      ['list.nxtEnable', 'NXT가능여부', 'tradable on NXT, Y; Y 가능'],
      ['list.kind', '종류', 'security kind code; on the wire, not in the guide'],
    ],
  },
  ka10100: {
    summary: 'Tells the master record of one issue.',
    request: [['stk_cd', '종목코드', 'stock code']],
    answer: [
      ['code', '종목코드', 'stock code; short code'],
      ['name', '종목명', 'stock name'],
      ['listCount', '상장주식수', 'listed shares; padded to 16'],
      ['auditInfo', '감리구분', 'supervision text'],
      ['regDay', '상장일', 'listing day yyyyMMdd'],
      ['lastPrice', '전일종가', 'previous close; padded to 8'],
      ['state', '종목상태', 'state flags joined with |'],
      ['marketCode', '시장구분코드', 'market code'],
      ['marketName', '시장명', 'market name'],
      ['upName', '업종명', 'sector'],
      ['upSizeName', '회사크기분류', 'size class'],
      ['companyClassName', '회사분류', 'company class (KOSDAQ only); KOSDAQ only'],
      [
        'orderWarning',
        '투자유의종목여부',
        'order warning flag; 0 해당없음, 1 ETF투자주의요망 (ETF only), 2 정리매매, 3 단기과열, 4 투자위험, 5 투자경고 (the guide prints 투자경과)',
      ],
      ['nxtEnable', 'NXT가능여부', 'tradable on NXT, Y; Y 가능'],
    ],
  },
};
