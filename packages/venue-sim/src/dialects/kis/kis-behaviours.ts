import { type VenueBehaviour } from '../../venue-behaviour.ts';
import { venueRefusals } from '../../exchange/contracts.ts';
import { venueEnvironments } from '../../venue-settings.ts';
import {
  kisOrderRefusals,
  otherDateRefusals,
  otherVenueRefusals,
  paperBeforeOpenRefusal,
  type KisOrderRefusal,
} from './kis-order-refusals.ts';
import { gatewayResults } from './kis-gateway-results.ts';
import { kisSuccesses } from './kis-successes.ts';

type Row = readonly [behaviour: string, evidence: VenueBehaviour['evidence'], source: string];

function rows(area: string, list: readonly Row[]): readonly VenueBehaviour[] {
  return list.map(([behaviour, evidence, source]) => ({ area, behaviour, evidence, source }));
}

const tokens = rows('kis token', [
  ['A token lives 24 hours; its expiry is told in Korean local time.', 'published', 'broker document of tokenP'],
  ['Within six hours of an issue the same token with the same expiry comes back.', 'published', 'notice 2023-04-28'],
  ['One issue a minute and key; earlier is HTTP 403 EGW00133.', 'observed', 'captured, paper, 2026-07-29'],
  [
    'A refused request for a token starts the minute anew.',
    'observed',
    'client authors measured that repeated attempts prolong the refusal; by how much is assumed',
  ],
  ['A new token leaves older ones valid until they expire.', 'assumed', 'nothing published'],
  ['A revoked token is refused like an unknown one.', 'assumed', 'nothing published'],
  ['The text of the token is a JWT in form only.', 'assumed', 'simulated: signs nothing, opens nothing'],
  [
    'Refusals on /oauth2 paths are HTTP 403 with error_code and error_description.',
    'observed',
    'captured for EGW00133',
  ],
  ['One approval key a second; earlier is EGW00201.', 'assumed', 'the limit is published, its code is not'],
  ['HASH is the SHA-256 of the body in hex.', 'assumed', '64 hex characters captured; the digest is not published'],
]);

const limits = rows('kis limits', [
  ['18 calls a second and key, live; 20 before 2026-04-20.', 'published', 'broker notice, effective 2026-04-20'],
  ['1 call a second and key, paper; 2 before 2026-04-20.', 'published', 'broker notice, effective 2026-04-20'],
  [
    'The second is a sliding window in which refused calls do not count.',
    'assumed',
    'the broker counts, nobody knows how',
  ],
  ['inquire-balance has 120 calls a second over all customers; setting.', 'published', 'broker document'],
]);

const pages = rows('kis paging', [
  [
    'Rows per page: daily-ccld 100 live, 15 paper; balance 50, 20; psbl-rvsecncl 50; chk-holiday 24.',
    'published',
    'broker documents and captures',
  ],
  ['tr_cont F or M: more follows; D or E: last page.', 'published', 'broker documents'],
  ['F and D on the first page, M and E on later ones.', 'assumed', 'which letter stands for what is not published'],
  ['ctx_area_fk is filled on the last page, ctx_area_nk is blank.', 'observed', 'captured, live'],
  [
    'Cursors are padded to 100 (20 for chk-holiday) and count only with tr_cont N.',
    'observed',
    'padding captured; the rest assumed',
  ],
  ['Pages are no snapshot: rows shift when orders come in between.', 'published', 'broker document'],
]);

const orders = rows('kis orders', [
  ['The TR id carries the side; the same body twice makes two orders.', 'published', 'broker document and measurement'],
  [
    'Replace and cancel get a number and a row of their own that point at the original.',
    'published',
    'broker document',
  ],
  ['A sell without CNDT_PRIC is refused with IGW00007.', 'observed', 'reported by client authors'],
  ['Any other optional order field may be left out.', 'assumed', 'older clients do so'],
  ['A cancel with an empty branch is taken.', 'observed', 'captured live, published example'],
  [
    'A paper order appears in the list 2,600 ms after its acceptance; setting.',
    'observed',
    'measured on derivatives, n = 100: median 2.6 s, 95 % 4.5 s',
  ],
  ['A live order appears in the list at once; setting.', 'assumed', 'reported as some seconds without a figure'],
  ['orgn_odno of a fresh order is empty on live and 0000000000 on paper.', 'observed', 'captured'],
  [
    'cncl_yn is empty on live and N on paper until a cancel; then Y.',
    'assumed',
    'only the empty live value was captured',
  ],
  ['ord_qty = tot_ccld_qty + rmn_qty + cncl_cfrm_qty + rjct_qty in every row.', 'observed', 'holds in all samples'],
  ['The row of a cancel shows its whole quantity as confirmed.', 'assumed', 'no sample'],
  [
    'A replaced quantity leaves its row through cncl_cfrm_qty.',
    'assumed',
    'a replace moves quantity to a new row; through which field is not told',
  ],
  ['What a session leaves unfilled stays in rmn_qty.', 'assumed', 'nobody saw an expiry message'],
  ['ordr_empno of an API order is OpnAPI.', 'observed', 'captured, live'],
  [
    'ordr_empno of an order by hand is HTS, its inqr_ip_addr 203.0.113.7.',
    'assumed',
    'simulated: no sample of another channel',
  ],
  ['The branch is 03930 in both worlds; setting.', 'assumed', 'captured on live; paper after it'],
  ['SOR and NXT orders are refused.', 'assumed', 'simulated: the venue is KRX alone'],
  ['Less common order types are taken on paper as on live.', 'assumed', 'not documented'],
]);

const accounts = rows('kis account', [
  [
    'A holding sold out today stays in the balance with quantity 0.',
    'published',
    'broker document; beyond the day not modelled',
  ],
  [
    'Prices of the balance ignore the after-market unless AFHR_FLPR_YN is Y.',
    'published',
    'broker document, 2026-09-14',
  ],
  ['AFHR_FLPR_YN X shows KRX prices.', 'assumed', 'simulated: the venue has no NXT'],
  ['Cash of today settles on D+2; D+1 equals D+0.', 'assumed', 'the venue has no yesterday'],
  ['Yesterday, loans, CMA, collateral and overseas fields are 0 or empty.', 'assumed', 'not modelled'],
  ['Amounts with and without receivables are the same.', 'assumed', 'simulated: cash accounts'],
]);

const quotes = rows('kis quotes', [
  [
    'inquire-price lacks new_hgpr_lwpr_cls_code and apprch_rate.',
    'observed',
    'documented, absent from a capture of 2025-07-25',
  ],
  ['Company, investor and 52-week fields are 0 or empty.', 'assumed', 'not modelled'],
  ['Market division UN answers like J; NX is refused.', 'assumed', 'simulated: the venue is KRX alone'],
  ['The after-market has phase code 40.', 'assumed', 'no code published'],
  [
    'Minute rows: quiet minutes repeat the price, future ones are made up, the running one shows the volume before it.',
    'published',
    'broker document',
  ],
  ['A bar of weeks, months or years has the date of its first day.', 'assumed', 'no sample'],
  ['tr_day_yn is Y on Saturdays, N on Sundays and holidays.', 'assumed', 'Saturday captured, the rest not'],
]);

const gateway = rows('kis gateway', [
  ['Checks run: key, token, calls per second, custtype, TR id, fields, account.', 'assumed', 'nothing published'],
  [
    'Queries go through without custtype, orders do not.',
    'observed',
    'python-kis and mojito send none with queries; a refusal is reported, that it is for orders is assumed',
  ],
  ['msg1 of ledger queries and refusals is padded to 80 bytes of EUC-KR.', 'observed', 'captured; on refusals assumed'],
  [
    'Answers carry tr_id, tr_cont, gt_uid and a Date of the venue clock.',
    'published',
    'broker document; a wrong Date is a fault of its own',
  ],
]);

const gatewayCodes: readonly VenueBehaviour[] = Object.entries(gatewayResults).map(([name, result]) => ({
  area: 'kis gateway code',
  behaviour: `${name}: HTTP ${result.status}, rt_cd ${result.rtCd}, ${result.msgCd} ${result.msg1}`,
  evidence: result.evidence,
  source: result.source,
}));

const successCodes: readonly VenueBehaviour[] = Object.entries(kisSuccesses).flatMap(([name, byEnvironment]) =>
  venueEnvironments.map((environment) => {
    const { msgCd, msg1, evidence, source } = byEnvironment[environment];
    return { area: 'kis success code', behaviour: `${name} ${environment}: ${msgCd} ${msg1}`, evidence, source };
  }),
);

function refusalRow(name: string, { status, rtCd, msgCd, msg1, evidence, source }: KisOrderRefusal): VenueBehaviour {
  return {
    area: 'kis order refusal',
    behaviour: `${name}: HTTP ${status}, rt_cd ${rtCd}, ${msgCd} ${msg1}`,
    evidence,
    source,
  };
}

const refusalCodes: readonly VenueBehaviour[] = [
  ...venueEnvironments.flatMap((environment) => [
    ...venueRefusals.map((name) => refusalRow(`${name} ${environment}`, kisOrderRefusals[name][environment])),
    refusalRow(`other date ${environment}`, otherDateRefusals[environment]),
    refusalRow(`other venue ${environment}`, otherVenueRefusals[environment]),
  ]),
  refusalRow('MARKET_CLOSED before the open PAPER', paperBeforeOpenRefusal),
];

/** All that the KIS dialect does, with its evidence: the tables of codes and the behaviours that are not codes. */
export const kisBehaviours: readonly VenueBehaviour[] = [
  ...gateway,
  ...tokens,
  ...limits,
  ...pages,
  ...orders,
  ...accounts,
  ...quotes,
  ...gatewayCodes,
  ...successCodes,
  ...refusalCodes,
];
