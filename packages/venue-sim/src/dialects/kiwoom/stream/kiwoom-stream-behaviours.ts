import { type VenueBehaviour } from '../../../venue-behaviour.ts';
import { kiwoomStreamResults } from './kiwoom-stream-results.ts';

type Row = readonly [behaviour: string, evidence: VenueBehaviour['evidence'], source: string];

const rows: readonly Row[] = [
  [
    'Streams are opened on /api/dostk/websocket; LOGIN with the bare token comes first.',
    'published',
    'guide; captured',
  ],
  ['What comes before the login is dropped with 100013.', 'observed', 'captured, mock'],
  [
    'A login with a token that is not valid is answered, and the stream closed.',
    'observed',
    'captured; code 1000 assumed',
  ],
  [
    'A second login throws the first out: SYSTEM R10001, close 1000 Bye.',
    'observed',
    'captured, mock; live differs in one report',
  ],
  ['PING comes every 10 s, before the login too.', 'observed', 'captured'],
  ['An answer PONG keeps a session like an echo.', 'observed', 'a client that does so exists'],
  [
    'Groups keep what they have (refresh 1, the default) or drop it (refresh 0); REMOVE removes what it names.',
    'published',
    'broker’s guide',
  ],
  ['What two groups have comes once.', 'assumed', 'nothing published'],
  [
    'There is no limit of items, and codes or types nobody has are taken and tell nothing.',
    'assumed',
    'no refusal was recorded',
  ],
  [
    'Items of NXT (_NX) tell nothing; _AL tells KRX under its own name.',
    'assumed',
    'simulated: the venue is KRX alone',
  ],
  [
    'Trades of one instant come as entries of one message, at most 6.',
    'observed',
    'two were captured; the most is assumed',
  ],
  [
    '0B has the 43 FIDs of the recorded stream, 0D the 163 of the guide.',
    'observed',
    'captured, mock, 2026-09-11; guide',
  ],
  [
    'Figures of yesterday, CFD and costs in 0B, and changes, LP, NXT and midpoints in 0D are 0.',
    'assumed',
    'not modelled',
  ],
  ['29 is the whole turnover and 26 the whole volume.', 'assumed', 'the venue has no yesterday to subtract'],
  ['00 tells replaces and cancels as 접수 and 확인, without a sign in 905.', 'observed', 'captured in the OCX world'],
  ['00 tells what IOC, FOK or the end of a session took as 취소 with 902 = 0.', 'published', 'guide; fields assumed'],
  [
    '911 is the quantity so far, 915 and 914 this fill, 910 its price.',
    'assumed',
    'reports of 911 and 910 differ; for one share they agree',
  ],
  [
    '909 is the number of the fill; of fills that a fault has made it starts at 9,000,000.',
    'observed',
    'captured; made numbers simulated',
  ],
  [
    '2136 is N until the answer to the order has left, then as it was sent.',
    'assumed',
    'simulated: notices are made before',
  ],
  [
    '00 tells a refusal of the exchange as 거부 with 919 999999:거래소 거부(simulated).',
    'assumed',
    'state and form by the guide; code and text simulated',
  ],
  ['04 comes after each fill; its profits are 0.', 'published', 'guide; profits not modelled'],
  ['0s tells phases; the after-market of 2026-09-14 has no code and is not told.', 'assumed', 'the guide is older'],
  ['1h is taken and tells nothing.', 'assumed', 'simulated: no VI here'],
];

/** All that the streams of Kiwoom do, with its evidence. */
export const kiwoomStreamBehaviours: readonly VenueBehaviour[] = [
  ...rows.map(([behaviour, evidence, source]) => ({ area: 'kiwoom stream', behaviour, evidence, source })),
  ...Object.entries(kiwoomStreamResults).map(([name, { returnCode, returnMsg, evidence, source }]) => ({
    area: 'kiwoom stream code',
    behaviour: `${name}: return_code ${returnCode} ${returnMsg}`.trimEnd(),
    evidence,
    source,
  })),
];
