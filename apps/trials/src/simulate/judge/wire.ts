import { type HttpRequest } from '@qts/broker-kit';
import { type InMemoryVenue } from '@qts/venue-sim';

/** What a request is, read from its bytes alone: the judge shares no code with the adapters. */
export type WireRequest =
  | { readonly kind: 'PLACE'; readonly terms: string }
  | { readonly kind: 'CHANGE'; readonly orderNumber: number }
  | { readonly kind: 'TOKEN' | 'READ' };

const buyTrIds: ReadonlySet<string> = new Set(['TTTC0012U', 'VTTC0012U']);

/** The terms of an order, in a form in which the judge compares them. */
export function termsText(symbol: string, side: 'BUY' | 'SELL', quantity: number, priceKrw: number): string {
  return `${symbol} ${side} ${quantity} ${priceKrw}`;
}

export function readWire({ path, headers, body }: HttpRequest): WireRequest {
  if (path === '/oauth2/tokenP' || path === '/oauth2/revokeP') return { kind: 'TOKEN' };
  if (typeof body !== 'string') return { kind: 'READ' };
  const fields = JSON.parse(body) as Readonly<Record<string, string>>;
  if (path.endsWith('/order-cash')) {
    const side = buyTrIds.has(headers[headers.indexOf('tr_id') + 1] ?? '') ? 'BUY' : 'SELL';
    const { PDNO = '', ORD_QTY, ORD_UNPR } = fields;
    return { kind: 'PLACE', terms: termsText(PDNO, side, Number(ORD_QTY), Number(ORD_UNPR)) };
  }
  return { kind: 'CHANGE', orderNumber: Number(fields['ORGN_ODNO']) };
}

/** A row of the venue's own list: which order came from which address. */
export interface OriginRow {
  readonly orderNumber: number;
  readonly address: string;
}

/** Who the judge is to the venue. */
export interface JudgeAccess {
  readonly venue: InMemoryVenue;
  readonly environment: 'LIVE' | 'PAPER';
  readonly appKey: string;
  readonly appSecret: string;
  readonly accountNumber: string;
}

/** A cursor into the venue's list, as the broker's pages have it. */
interface Cursor {
  readonly key: string;
  readonly next: string;
}

/** Pages of the venue's list, read one at a time: the limits of the key hold for the judge too. */
export interface OriginReader {
  /** Reads the next page; after a refusal of the venue, the same again. */
  readPage(): 'MORE' | 'LAST' | 'REFUSED';
  readonly rows: readonly OriginRow[];
}

/** Asks the venue for the origin of every order. Only without faults. */
export function createOriginReader(access: JudgeAccess, accessToken: string, date: string): OriginReader {
  const { venue, environment, appKey, appSecret, accountNumber } = access;
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
          ...{ CANO: number, ACNT_PRDT_CD: product, INQR_STRT_DT: date, INQR_END_DT: date, SLL_BUY_DVSN_CD: '00' },
          ...{ PDNO: '', ORD_GNO_BRNO: '', ODNO: '', CCLD_DVSN: '00', INQR_DVSN: '01', INQR_DVSN_1: '' },
          ...{ INQR_DVSN_3: '00', EXCG_ID_DVSN_CD: environment === 'PAPER' ? 'KRX' : 'ALL' },
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
}

interface ListAnswer {
  readonly rt_cd: string;
  readonly output1?: readonly { readonly odno: string; readonly inqr_ip_addr: string }[];
  readonly ctx_area_fk100?: string;
  readonly ctx_area_nk100?: string;
}

/** A token of the judge's own asking; `undefined` when the venue gives none yet. */
export function askToken({ venue, appKey, appSecret }: JudgeAccess): string | undefined {
  const body = JSON.stringify({ grant_type: 'client_credentials', appkey: appKey, appsecret: appSecret });
  const answer = venue.handleRequest({
    ...{ method: 'POST', path: '/oauth2/tokenP', query: new URLSearchParams(), headers: {}, body: Buffer.from(body) },
  });
  if (answer.status !== 200) return undefined;
  return (JSON.parse(answer.body) as { readonly access_token?: string }).access_token;
}
