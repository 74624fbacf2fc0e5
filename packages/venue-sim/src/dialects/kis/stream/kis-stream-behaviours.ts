import { type VenueBehaviour } from '../../../venue-behaviour.ts';
import { kisStreamResults } from './kis-stream-results.ts';

type Row = readonly [behaviour: string, evidence: VenueBehaviour['evidence'], source: string];

const rows: readonly Row[] = [
  ['Streams are opened on /tryitout, /tryitout/<tr id> or the bare root.', 'observed', 'broker samples and clients'],
  ['An approval key is taken for 24 hours; a newer one leaves it valid.', 'assumed', 'only the 24 hours are published'],
  [
    'One session per app key: the second one is refused and stays connected.',
    'observed',
    'captured; that it stays is assumed',
  ],
  [
    'The first registration binds a connection to its app key; the key is free again when the connection is gone.',
    'assumed',
    'a session can linger after an unclean drop: a parameter of the faults that cut',
  ],
  ['41 registrations per session, notices included.', 'observed', 'notice, measured by two projects'],
  [
    'A success brings iv (16) and key (32), plain streams too; other answers bring none.',
    'observed',
    'captured; the rest assumed',
  ],
  [
    'Every registration of a notice stream has keys of its own.',
    'assumed',
    'keys by tr_id are reported; whether they change is not',
  ],
  ['tr_type 2 removes; 0 is refused.', 'observed', 'the broker’s samples say 0 and are wrong'],
  [
    'Checks run: JSON, header, key, custtype, tr_type, body, input, session, stream, code, limit.',
    'assumed',
    'nothing published',
  ],
  ['PINGPONG comes every 30 s.', 'assumed', 'not published; clients take 90 s of silence for a dead line'],
  [
    'Trades have 47 columns from 2026-09-14, 46 before; books 63, 62 from 2026-06-01, 59 before; unified books 66 and 65.',
    'observed',
    'captured frames and notices; the day in June is assumed',
  ],
  ['H0STANC0 has 45 columns, H0NXASP0 65.', 'published', 'broker document'],
  ['H0STMKO0 has 10 columns, without EXCH_CLS_CODE.', 'observed', 'published frame; the document has 11'],
  [
    'Live notices have 26 columns and paper notices 23, on every date.',
    'observed',
    'document and report for live since 2025-03; captured for paper',
  ],
  ['A message has at most 6 records.', 'observed', 'so many were seen'],
  [
    'A replace or cancel is told twice: taken (ACPT_YN 1), done (ACPT_YN 2).',
    'published',
    'broker document of the notice stream; that both always come is assumed',
  ],
  [
    'What IOC and FOK leave is told with ACPT_YN 3 and the canceled quantity.',
    'published',
    'broker document; quantity assumed',
  ],
  ['The end of a session brings no notice.', 'assumed', 'nobody saw one'],
  [
    'An order that the exchange refuses after it has its number is told with RFUS_YN 1, CNTG_YN 1 and ACPT_YN 2.',
    'published',
    'broker document; ACPT_YN is assumed',
  ],
  ['The execution of a market order has ODER_KIND 00.', 'observed', 'captured'],
  ['CNTG_QTY has ten digits, ODER_QTY and prices nine.', 'observed', 'published example'],
  [
    'ODER_PRC is empty on notices of orders without a price, zeros on their executions.',
    'observed',
    'published example',
  ],
  ['ACNT_NAME is 시뮬레이션.', 'assumed', 'simulated'],
  ['H0UN… and H0NX… tell what H0ST… tells.', 'assumed', 'simulated: the venue is KRX alone'],
  [
    'H0STMKO0 tells phases to every registered issue; VI and the after-market are not told.',
    'assumed',
    'simulated: no VI here',
  ],
  ['VI_STND_PRC is the opening price; yesterday’s volume is 0.', 'assumed', 'the venue has no yesterday'],
  ['Midpoints and changes of quantities in books are 0.', 'assumed', 'not modelled'],
  ['HOUR_CLS_CODE of the closing auction is C.', 'assumed', 'C is published for after 09:00'],
];

/** All that the streams of KIS do, with its evidence. */
export const kisStreamBehaviours: readonly VenueBehaviour[] = [
  ...rows.map(([behaviour, evidence, source]) => ({ area: 'kis stream', behaviour, evidence, source })),
  ...Object.entries(kisStreamResults).map(([name, { rtCd, msgCd, msg1, evidence, source }]) => ({
    area: 'kis stream code',
    behaviour: `${name}: rt_cd ${rtCd}, ${msgCd} ${msg1}`,
    evidence,
    source,
  })),
];
