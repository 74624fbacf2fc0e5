import { type Instrument } from '../../../exchange/contracts.ts';
import { fieldOf, required, stockPath, succeed, type KiwoomOperation, type KiwoomRow } from '../kiwoom-operation.ts';
import { bareCode, findIssue } from '../kiwoom-symbols.ts';
import { padded } from '../kiwoom-text.ts';

/** `mrkt_tp` of the guide, with the names that rows show where one was seen or can be told. */
const marketNames: Readonly<Record<string, string>> = {
  '0': '거래소',
  '10': '코스닥',
  '50': '코넥스',
  '60': 'ETN',
  '8': 'ETF',
  '3': 'ELW',
};
const marketCodes = ['0', '10', '30', '50', '60', '70', '80', '90', '2', '3', '4', '5', '6', '7', '8', '9'];

const stockMarkets = { KOSPI: '0', KOSDAQ: '10', KONEX: '50' } as const;
const productMarkets = { ETF: '8', ETN: '60', ELW: '3' } as const;

/** 종목정보 리스트: the issues of a market, in one page (assumed). */
export const ka10099: KiwoomOperation = {
  apiId: 'ka10099',
  path: stockPath,
  fields: [required('mrkt_tp', 2, marketCodes)],
  answer(call) {
    const issues = call.context.exchange.listInstruments().map(({ instrument }) => instrument);
    const listed = issues.filter((instrument) => marketCodeOf(instrument) === fieldOf(call, 'mrkt_tp'));
    // `kind` is on the wire and not in the guide; other letters than A are not known.
    return succeed({ list: listed.map((instrument) => ({ ...issueRow(instrument), kind: 'A' })) });
  },
};

/** 종목정보 조회: the same for one issue. */
export const ka10100: KiwoomOperation = {
  apiId: 'ka10100',
  path: stockPath,
  fields: [required('stk_cd', 6)],
  answer(call) {
    const found = findIssue(call, fieldOf(call, 'stk_cd'));
    return found.kind === 'FOUND' ? succeed(issueRow(found.view.instrument)) : found;
  },
};

/** Funds and notes are lists of their own (assumed: they are not in their market's list as well). */
function marketCodeOf({ market, productClass }: Instrument): string {
  return productClass === 'STOCK' ? stockMarkets[market] : productMarkets[productClass];
}

function issueRow(instrument: Instrument): KiwoomRow {
  const { name, listedShares = 0, halted = false, basePriceKrw, previousCloseKrw = basePriceKrw } = instrument;
  const marketCode = marketCodeOf(instrument);
  return {
    code: bareCode(instrument),
    name,
    listCount: padded(listedShares, 16),
    auditInfo: halted ? '거래정지' : '정상',
    regDay: '',
    lastPrice: padded(previousCloseKrw, 8),
    state: halted ? '증거금100%|거래정지' : '증거금100%',
    marketCode,
    marketName: marketNames[marketCode] ?? '',
    upName: '',
    upSizeName: '',
    companyClassName: '',
    orderWarning: '0',
    // The venue has no NXT.
    nxtEnable: 'N',
  };
}
