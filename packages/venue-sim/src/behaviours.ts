import { kisBehaviours } from './dialects/kis/kis-behaviours.ts';
import { kisStreamBehaviours } from './dialects/kis/stream/kis-stream-behaviours.ts';
import { kiwoomBehaviours } from './dialects/kiwoom/kiwoom-behaviours.ts';
import { kiwoomStreamBehaviours } from './dialects/kiwoom/stream/kiwoom-stream-behaviours.ts';
import { exchangeBehaviours } from './exchange/exchange-behaviours.ts';
import { replayBehaviours } from './replay/replay-behaviours.ts';
import { streamBehaviours } from './streams/stream-behaviours.ts';
import { type VenueBehaviour } from './venue-behaviour.ts';

/** Everything the venue does that a client could come to rely on. Documentation prints this table. */
export const venueBehaviours: readonly VenueBehaviour[] = [
  ...exchangeBehaviours,
  ...kisBehaviours,
  ...kisStreamBehaviours,
  ...kiwoomBehaviours,
  ...kiwoomStreamBehaviours,
  ...streamBehaviours,
  ...replayBehaviours,
];
