import { kisBehaviours } from './dialects/kis/kis-behaviours.ts';
import { kiwoomBehaviours } from './dialects/kiwoom/kiwoom-behaviours.ts';
import { exchangeBehaviours } from './exchange/exchange-behaviours.ts';
import { replayBehaviours } from './replay/replay-behaviours.ts';
import { type VenueBehaviour } from './venue-behaviour.ts';

/** Everything the venue does that a client could come to rely on. Documentation prints this table. */
export const venueBehaviours: readonly VenueBehaviour[] = [
  ...exchangeBehaviours,
  ...kisBehaviours,
  ...kiwoomBehaviours,
  ...replayBehaviours,
];
