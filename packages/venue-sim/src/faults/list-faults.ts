import { fault, type FaultParameter, type FaultRow } from './venue-fault.ts';

export const listFaultIds = [
  'R38-page-fails',
  'R38-pages-endless',
  'R38-rows-doubled',
  'R38-rows-missing',
  'R39-list-lags',
  'R40-older-snapshot',
  'R41-stranger-order',
] as const;
export type ListFaultId = (typeof listFaultIds)[number];

const rows: FaultParameter = {
  name: 'rows',
  meaning: 'of the page, counted from its end',
  min: 1,
  max: 100,
  usual: 1,
  drawn: [1, 3],
};

const lists = { acceptance: 'AFTER', appliesTo: ['ORDER_LIST', 'ACCOUNT'], takes: 'BESIDE' } as const;

/** Lists that do not tell the truth, and a row in them that is nobody's of ours. */
export const listFaults: Readonly<Record<ListFaultId, FaultRow>> = {
  'R38-page-fails': fault({
    does: 'a page after the first fails with HTTP 500',
    acceptance: 'BEFORE',
    appliesTo: ['ORDER_LIST', 'ACCOUNT'],
    laterPagesOnly: true,
    answer: 'PLAIN_ERROR',
    status: 500,
    evidence: 'assumed',
    source: 'fault catalogue of the project',
  }),
  'R38-pages-endless': fault({
    ...lists,
    does: 'the last page says that more follows, and the one after it is the first again',
    answer: 'PAGES_ENDLESS',
    evidence: 'assumed',
    source: 'fault catalogue of the project',
  }),
  'R38-rows-doubled': fault({
    ...lists,
    does: 'rows come twice on a page',
    answer: 'ROWS_DOUBLED',
    parameters: [rows],
    evidence: 'published',
    source: 'pages are no snapshot (broker document); that a row comes twice on one page is assumed',
  }),
  'R38-rows-missing': fault({
    ...lists,
    does: 'rows are missing from a page, and nothing says so',
    answer: 'ROWS_MISSING',
    parameters: [rows],
    evidence: 'published',
    source: 'pages are no snapshot (broker document); that a row is missing from one page is assumed',
  }),
  'R39-list-lags': fault({
    ...lists,
    appliesTo: ['ORDER_LIST'],
    does: 'orders appear in the list later than they were entered; the venue’s own delay holds where it is longer',
    parameters: [
      {
        name: 'lagMs',
        meaning: '0: each order has its own, drawn as it was measured (median 2.6 s, 95 % 4.5 s, most 5.3 s)',
        min: 0,
        max: 120_000,
        usual: 0,
        drawn: [0, 0],
      },
    ],
    evidence: 'observed',
    source: 'measured on paper, derivatives, n = 100; the lower half of the distribution is assumed',
  }),
  'R40-older-snapshot': fault({
    ...lists,
    does: 'the list is the one that the same question got before, when it had another answer',
    answer: 'OLDER_SNAPSHOT',
    evidence: 'assumed',
    source: 'fault catalogue of the project: one of several servers is behind',
  }),
  'R41-stranger-order': fault({
    does: 'a person gives the same order by hand: same account, same terms, another channel and address',
    acceptance: 'ANY',
    appliesTo: ['NEW_ORDER'],
    takes: 'BESIDE',
    parameters: [
      {
        name: 'delayMs',
        meaning: 'after the request',
        min: 0,
        max: 600_000,
        usual: 0,
        drawn: [0, 5000],
      },
    ],
    evidence: 'assumed',
    source: 'fault catalogue of the project; how another channel shows in ordr_empno is not recorded',
  }),
};
