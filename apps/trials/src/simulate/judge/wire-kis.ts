import { type OriginRow, type WireSight, replaceText, termsText } from './wire.ts';
import { listDate } from '../world/market.ts';

const buyTrIds: ReadonlySet<string> = new Set(['TTTC0012U', 'VTTC0012U']);
const replaceCode = '01';

/** A cursor into the venue's list, as the broker's pages have it. */
interface Cursor {
  readonly key: string;
  readonly next: string;
}

interface ListAnswer {
  readonly rt_cd: string;
  readonly output1?: readonly { readonly odno: string; readonly inqr_ip_addr: string }[];
  readonly ctx_area_fk100?: string;
  readonly ctx_area_nk100?: string;
}

/** KIS tells in its list from which address an order came. */
export const kisSight: WireSight = {
  isExact: true,
  ruleCodes: new Set(['APBK0955', '40270000', 'APBK0656', 'IGW00007']),
  limitGroup: () => 'key',
  peerAddress: (address) => address,

  readWire({ path, headers, body }) {
    if (path.startsWith('/oauth2/')) return { kind: 'TOKEN' };
    if (typeof body !== 'string') return { kind: 'READ' };
    const fields = JSON.parse(body) as Readonly<Record<string, string>>;
    const { PDNO = '', ORD_QTY, ORD_UNPR, ORGN_ODNO } = fields;
    if (path.endsWith('/order-cash')) {
      const side = buyTrIds.has(headers[headers.indexOf('tr_id') + 1] ?? '') ? 'BUY' : 'SELL';
      return { kind: 'PLACE', terms: termsText(PDNO, side, Number(ORD_QTY), Number(ORD_UNPR)) };
    }
    if (fields['RVSE_CNCL_DVSN_CD'] !== replaceCode) return { kind: 'CANCEL', orderNumber: Number(ORGN_ODNO) };
    const quantity = fields['QTY_ALL_ORD_YN'] === 'Y' ? 0 : Number(ORD_QTY);
    return { kind: 'REPLACE', terms: replaceText(Number(ORGN_ODNO), quantity, Number(ORD_UNPR)) };
  },

  askToken({ venue, account: { appKey, appSecret } }) {
    const body = JSON.stringify({ grant_type: 'client_credentials', appkey: appKey, appsecret: appSecret });
    const answer = venue.handleRequest({
      ...{ method: 'POST', path: '/oauth2/tokenP', query: new URLSearchParams(), headers: {}, body: Buffer.from(body) },
    });
    if (answer.status !== 200) return undefined;
    return (JSON.parse(answer.body) as { readonly access_token?: string }).access_token;
  },

  createOriginReader({ venue, environment, account: { appKey, appSecret, accountNumber } }, accessToken) {
    const [number = '', product = ''] = accountNumber.split('-');
    const rows: OriginRow[] = [];
    let cursor: Cursor = { key: '', next: '' };
    return {
      rows,
      readPage() {
        const { status, headers, body } = venue.handleRequest({
          method: 'GET',
          path: '/uapi/domestic-stock/v1/trading/inquire-daily-ccld',
          query: new URLSearchParams({
            ...{ CANO: number, ACNT_PRDT_CD: product, INQR_STRT_DT: listDate, INQR_END_DT: listDate },
            ...{ SLL_BUY_DVSN_CD: '00', PDNO: '', ORD_GNO_BRNO: '', ODNO: '', CCLD_DVSN: '00' },
            ...{ INQR_DVSN: '01', INQR_DVSN_1: '', INQR_DVSN_3: '00' },
            EXCG_ID_DVSN_CD: environment === 'PAPER' ? 'KRX' : 'ALL',
            ...{ CTX_AREA_FK100: cursor.key, CTX_AREA_NK100: cursor.next },
          }),
          headers: {
            ...{ authorization: `Bearer ${accessToken}`, appkey: appKey, appsecret: appSecret, custtype: 'P' },
            tr_id: environment === 'PAPER' ? 'VTTC0081R' : 'TTTC0081R',
            ...(cursor.next === '' ? {} : { tr_cont: 'N' }),
          },
          body: new Uint8Array(),
        });
        const answer = status === 200 ? (JSON.parse(body) as ListAnswer) : undefined;
        if (answer?.rt_cd !== '0') return 'REFUSED';
        for (const { odno, inqr_ip_addr } of answer.output1 ?? []) {
          rows.push({ orderNumber: Number(odno), address: inqr_ip_addr });
        }
        if (headers['tr_cont'] !== 'M' && headers['tr_cont'] !== 'F') return 'LAST';
        cursor = { key: answer.ctx_area_fk100 ?? '', next: answer.ctx_area_nk100 ?? '' };
        return 'MORE';
      },
    };
  },
};
