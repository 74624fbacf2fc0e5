import { type VenueBehaviour } from '../../venue-behaviour.ts';
import { venueEnvironments } from '../../venue-settings.ts';
import { kiwoomGatewayResultNames, kiwoomGatewayResults } from './kiwoom-gateway-results.ts';
import { kiwoomOrderRefusals, kiwoomSpecialRefusals, type KiwoomOrderRefusal } from './kiwoom-order-refusals.ts';

type Row = readonly [behaviour: string, evidence: VenueBehaviour['evidence'], source: string];

function rows(area: string, list: readonly Row[]): readonly VenueBehaviour[] {
  return list.map(([behaviour, evidence, source]) => ({ area, behaviour, evidence, source }));
}

const tokens = rows('kiwoom token', [
  ['A token lives 24 hours from its first issue; expires_dt is Korean local time.', 'observed', 'captured expiries'],
  ['Asking again gives the same token with the same expiry.', 'observed', 'measured, live and mock'],
  [
    'au10001 and au10002 need no api-id, their paths are enough; the answer names it all the same.',
    'published',
    'guide: its sheets and samples of the two send none; what the answer names is assumed',
  ],
  ['After a revocation a new token is given.', 'assumed', 'nothing published'],
  ['The secret is named secretkey; appsecret is refused with 8020 under HTTP 200.', 'observed', 'captured, mock'],
  ['An expired, revoked or unknown token is refused with 8005.', 'observed', 'captured for one of the three'],
  ['A token used from another address than the one that got it is refused with 8010.', 'published', 'table of codes'],
  [
    'A token of the other world is refused with 8031, a key of it with 8030 (keys: setting).',
    'observed',
    'reported; that a token shows its world by itself is simulated',
  ],
  ['token_type is bearer.', 'observed', 'guide sample; Bearer has been seen as well'],
  ['au10001 and au10002 have a quota each, counted by app key.', 'observed', '1700 seen on au10001'],
]);

const gateway = rows('kiwoom gateway', [
  ['Checks run: api-id, path, authorization, token, quota, next-key, fields.', 'assumed', 'nothing published'],
  ['Business failures come with HTTP 200, limits with 429.', 'observed', 'captured'],
  ['Answers carry api-id, cont-yn, next-key and a Date of the venue clock.', 'published', 'guide; Date assumed'],
  ['A body value that is no text is refused with 1517.', 'assumed', 'all values are text; what else does is not told'],
  ['Unknown body fields are ignored.', 'assumed', 'client code sends some and is not refused'],
  ['Any other method than POST is refused with 1504.', 'assumed', 'nothing published'],
  ['return_code and return_msg stand behind the fields.', 'observed', 'in all but one sample'],
]);

const limits = rows('kiwoom limits', [
  ['1 call a second per app key and api-id; settings for all and for single ones.', 'observed', 'captured: 유량=1'],
  [
    'The second is a sliding window; refused calls do not count.',
    'assumed',
    'a burst of about two is reported as well',
  ],
  ['Later pages count.', 'observed', 'reported by client authors'],
]);

const pages = rows('kiwoom paging', [
  ['cont-yn Y with the next-key of the page before asks for the next page.', 'published', 'guide of the broker'],
  ['100 rows a page on lists and trades; setting.', 'assumed', 'nobody has said'],
  ['900 minute bars and 600 daily bars a page.', 'observed', 'measured by a client author'],
  ['ka10099 has one page.', 'assumed', 'nobody has said'],
  ['A next-key of another query is refused with 1512.', 'assumed', 'the nearest code'],
  ['Pages are no snapshot: rows shift when orders come in between.', 'assumed', 'nothing published'],
]);

const orders = rows('kiwoom orders', [
  [
    'Replace and cancel get numbers of their own; base_orig_ord_no is the root of the chain.',
    'published',
    'guide of the broker',
  ],
  ['cncl_qty 0 cancels, mdfy_qty 0 changes all that is open.', 'published', 'guide; mdfy_qty in a newer edition'],
  ['Shares left out of a partial replace stay open under the old number.', 'assumed', 'nothing published'],
  ['A replaced best or priority limit becomes a limit order.', 'assumed', 'the request has no field for the type'],
  ['The mock server takes KRX alone.', 'published', 'guide; RC9000 for the others is assumed'],
  [
    'SOR orders are taken on live and routed to KRX; NXT orders are refused.',
    'assumed',
    'simulated: the venue is KRX alone',
  ],
  ['A SOR order is changed as SOR, a KRX order as KRX.', 'observed', 'reported by client authors'],
  ['An order is changed only with its own stk_cd.', 'assumed', 'nothing published'],
  ['In the KRX after-market 0, 6 and 7 are taken; others are refused with 521790.', 'observed', 'reported'],
  ['The mock server takes nothing outside the regular session: RC4057 before, RC4058 after.', 'observed', 'captured'],
  ['The same body twice makes two orders.', 'published', 'the guide has no client order id'],
  ['Order numbers are shared with the whole venue.', 'assumed', 'simulated: one exchange numbers all orders'],
]);

const lists = rows('kiwoom lists', [
  ['A list of open orders without any is 571758 on live and an empty list on mock.', 'observed', 'captured, both'],
  [
    'kt00007 and kt00009 without rows are 501724.',
    'observed',
    'reported for queries without data; which ones is assumed',
  ],
  ['ka10076, kt00018, kt00004 and kt00005 without rows are empty lists.', 'assumed', 'nothing published'],
  ['ka10076 has a row for each fill; setting for one an order.', 'assumed', 'not settled'],
  ['The price of an order filled in parts is its average, cut down to the won.', 'assumed', 'nothing published'],
  ['ka10075 and ka10076 list the newest first, kt00009 the oldest.', 'assumed', 'ka10076 as in its sample'],
  ['fr_ord_no is the first number of the list, in its order.', 'assumed', 'nothing published'],
  ['ord_stt of open orders is 접수, 체결 with fills, 확인 for a replace.', 'assumed', 'only 접수 is in samples'],
  ['cnfm_qty of a replace or cancel is its quantity, acpt_tp 확인.', 'assumed', 'no sample'],
  ['A rejected order has acpt_tp 거부 and nothing left.', 'assumed', 'no sample'],
  ['What a session leaves unfilled stays in ord_remnq.', 'assumed', 'nobody saw an expiry'],
  ['comm_ord_tp is REST API for programs, 영웅문4 for an order by hand.', 'observed', 'guide samples'],
  ['SOR rows show 0, SOR, Y; KRX rows 1, KRX, N.', 'observed', 'guide samples'],
  ['New orders are in the lists at once; setting.', 'assumed', 'an order filled at once may be missing for a moment'],
]);

const accounts = rows('kiwoom account', [
  ['evltv_prft is value less cost, both fees and tax; rates are of the cost.', 'observed', 'holds in the guide sample'],
  ['evlt_amt of kt00004 and kt00005 is cost plus profit.', 'observed', 'holds in the guide sample'],
  ['Holdings sold out today are left out.', 'assumed', 'nothing published'],
  ['Prices of balances follow the after-market.', 'assumed', 'nothing published'],
  ['Every margin rate allows the same amount.', 'assumed', 'simulated: cash accounts'],
  ['Cash of today settles on D+2; D+1 equals today.', 'assumed', 'the venue has no yesterday'],
  ['Loans, collateral, currencies and results over days are 0.', 'assumed', 'not modelled'],
]);

const quotes = rows('kiwoom quotes', [
  ['Prices carry the direction against the previous close; daily bars do not.', 'observed', 'captured'],
  ['Company, investor and year figures are empty.', 'assumed', 'not modelled; vendor figures often are empty'],
  ['_AL shows KRX; _NX is refused with 1903.', 'assumed', 'simulated: the venue is KRX alone'],
  ['Minutes without a trade are left out; a bar has the time at which it begins.', 'assumed', 'nothing published'],
  ['Best prices in ka10003 are those of now; cntr_str is 0.', 'assumed', 'simulated: the venue keeps no past books'],
  ['Funds and notes are lists of their own in ka10099.', 'assumed', 'nothing published'],
]);

const gatewayCodes: readonly VenueBehaviour[] = kiwoomGatewayResultNames.map((name) => {
  const { status, returnCode, head, code, text, evidence, source } = kiwoomGatewayResults[name];
  return {
    area: 'kiwoom gateway code',
    behaviour: `${name}: HTTP ${status}, return_code ${returnCode}, ${head}[${code}:${text}]`,
    evidence,
    source,
  };
});

function refusalRow(name: string, { code, text, evidence, source }: KiwoomOrderRefusal): VenueBehaviour {
  return { area: 'kiwoom order refusal', behaviour: `${name}: [2000](${code}:${text})`, evidence, source };
}

const refusalCodes: readonly VenueBehaviour[] = [
  ...Object.entries(kiwoomOrderRefusals).flatMap(([name, byEnvironment]) =>
    venueEnvironments.map((environment) => refusalRow(`${name} ${environment}`, byEnvironment[environment])),
  ),
  ...Object.entries(kiwoomSpecialRefusals).map(([name, refusal]) => refusalRow(name, refusal)),
];

/** All that the Kiwoom dialect does, with its evidence: the behaviours that are not codes, and the tables of codes. */
export const kiwoomBehaviours: readonly VenueBehaviour[] = [
  ...gateway,
  ...tokens,
  ...limits,
  ...pages,
  ...orders,
  ...lists,
  ...accounts,
  ...quotes,
  ...gatewayCodes,
  ...refusalCodes,
];
