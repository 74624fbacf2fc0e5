import { type VenueBehaviour } from '../venue-behaviour.ts';

type Row = readonly [behaviour: string, evidence: VenueBehaviour['evidence'], source: string];

const rows: readonly Row[] = [
  ['Nothing that happened while a client was away is sent to it later.', 'observed', 'reported of both brokers'],
  [
    'Trades leave 1 ms after they happened, those of one instant and issue together.',
    'assumed',
    'nobody has measured it',
  ],
  ['Notices leave 20 ms after their cause.', 'assumed', 'nobody has measured it on stocks'],
  [
    'Books are looked at every 200 ms and sent when they have changed, and once to who has just registered them.',
    'assumed',
    'brokers merge changes; how often is not told',
  ],
  ['A client that leaves three pings without an echo is cut.', 'assumed', 'reported of Kiwoom; the number is ours'],
  [
    'A client that leaves 8 MiB unread, or 100,000 messages waiting, is cut.',
    'assumed',
    'simulated: the venue stays small whatever a client does',
  ],
  ['A message of a client above 64 KiB ends its stream with 1009.', 'assumed', 'requests are far below it'],
];

/** What streams of either broker have in common. */
export const streamBehaviours: readonly VenueBehaviour[] = rows.map(([behaviour, evidence, source]) => ({
  area: 'streams',
  behaviour,
  evidence,
  source,
}));
