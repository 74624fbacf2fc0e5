import { type VenueResponse } from '@qts/venue-sim';
import { listDate } from '../world/market.ts';
import { type JudgeAccess, type OriginRow, type WireSight, replaceText, termsText } from './wire.ts';

const placeSides: Readonly<Record<string, 'BUY' | 'SELL'>> = { kt10000: 'BUY', kt10001: 'SELL' };
/** What the list says of an order that a program sent. */
const programChannel = 'REST API';
/** A token of Kiwoom is good from the address that asked for it, so all of the key comes from one. */
const oneAddress = '10.0.0.1';
/** The class of answers of the back end; for the list of a day it says that there is none. */
const nothingFound = 20;

interface ListAnswer {
  readonly return_code: number;
  readonly acnt_ord_cntr_prps_dtl?: readonly { readonly ord_no: string; readonly comm_ord_tp: string }[];
}

/**
 * Kiwoom tells in its list that an order came from a program, and no more. From which request, the judge saw itself: when
 * the venue read it.
 */
export const kiwoomSight: WireSight = {
  isExact: false,
  ruleCodes: new Set(['571557', 'RC4003', '308003', '571357']),
  limitGroup: ({ headers }) => headers[headers.indexOf('api-id') + 1] ?? '',
  peerAddress: () => oneAddress,

  readWire({ path, headers, body }) {
    if (path.startsWith('/oauth2/')) return { kind: 'TOKEN' };
    const apiId = headers[headers.indexOf('api-id') + 1] ?? '';
    const fields = JSON.parse(typeof body === 'string' ? body : '{}') as Readonly<Record<string, string>>;
    const side = placeSides[apiId];
    if (side !== undefined) {
      const { stk_cd: symbol = '', ord_qty: quantity, ord_uv: price } = fields;
      return { kind: 'PLACE', terms: termsText(symbol, side, Number(quantity), Number(price)) };
    }
    const orderNumber = Number(fields['orig_ord_no']);
    if (apiId === 'kt10003') return { kind: 'CANCEL', orderNumber };
    if (apiId !== 'kt10002') return { kind: 'READ' };
    return { kind: 'REPLACE', terms: replaceText(orderNumber, Number(fields['mdfy_qty']), Number(fields['mdfy_uv'])) };
  },

  askToken(access) {
    const { appKey, appSecret } = access.account;
    const body = { grant_type: 'client_credentials', appkey: appKey, secretkey: appSecret };
    const answer = ask(access, '/oauth2/token', { 'api-id': 'au10001' }, body);
    if (answer.status !== 200) return undefined;
    return (JSON.parse(answer.body) as { readonly token?: string }).token;
  },

  createOriginReader(access, accessToken) {
    const rows: OriginRow[] = [];
    let nextKey = '';
    return {
      rows,
      readPage() {
        const { status, headers, body } = ask(
          access,
          '/api/dostk/acnt',
          {
            ...{ 'api-id': 'kt00007', authorization: `Bearer ${accessToken}` },
            ...(nextKey === '' ? {} : { 'cont-yn': 'Y', 'next-key': nextKey }),
          },
          {
            ...{ ord_dt: listDate, qry_tp: '1', stk_bond_tp: '1', sell_tp: '0', stk_cd: '', fr_ord_no: '' },
            dmst_stex_tp: '%',
          },
        );
        if (status !== 200) return 'REFUSED';
        const answer = JSON.parse(body) as ListAnswer;
        if (answer.return_code === nothingFound && rows.length === 0) return 'LAST';
        if (answer.return_code !== 0) return 'REFUSED';
        for (const { ord_no, comm_ord_tp } of answer.acnt_ord_cntr_prps_dtl ?? []) {
          const orderNumber = Number(ord_no);
          const address = comm_ord_tp === programChannel ? access.enteredFrom.get(orderNumber) : undefined;
          rows.push({ orderNumber, address: address ?? '' });
        }
        nextKey = headers['next-key'] ?? '';
        return headers['cont-yn'] === 'Y' ? 'MORE' : 'LAST';
      },
    };
  },
};

function ask(
  { venue }: JudgeAccess,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Readonly<Record<string, string>>,
): VenueResponse {
  return venue.handleRequest({
    ...{ method: 'POST', path, query: new URLSearchParams(), headers, body: Buffer.from(JSON.stringify(body)) },
    peerAddress: oneAddress,
  });
}
