import { type VenueSim } from '@qts/venue-sim';
import { type BenchPeers, peerVersions } from '../peers/bench-peers.ts';
import { type ClientStory, isTrue, type ReadyClient } from './client-story.ts';
import { patienceMs, readyCluefin } from './cluefin-client.ts';
import { type Loss, losses } from './losses.ts';
import { startLostReplyVenue, type VenueWord, wordOf } from './lost-reply-venue.ts';
import { readyOurs } from './our-client.ts';

/** One client that lost one answer in one way. */
export interface LostReplyRow extends ClientStory {
  readonly loss: string;
  readonly what: string;
  readonly client: string;
  readonly posts: number;
  readonly ordersAtVenue: number;
  /** Whether its first and its last word were what the venue says; `undefined` where it claimed nothing. */
  readonly firstTrue: boolean | undefined;
  readonly lastTrue: boolean | undefined;
}

/** Between one order and the next, ms: what a client says first must not be slowed down by the others. */
const orderGapMs = 400;

/** How long an order that is taken late is waited for at the venue, ms. */
const landingMsMax = 60_000;

type MakeReady = (url: string) => Promise<ReadyClient>;

/**
 * Loses the answer to one order in every way, for every client, each on a venue of its own, in real time. All venues and
 * clients are made ready first, then the orders go out one after the other; their ends are waited for together.
 */
export async function runLostReply(peers: BenchPeers, tell: (line: string) => void): Promise<readonly LostReplyRow[]> {
  const clients: readonly (readonly [string, MakeReady])[] = [
    ['qts', readyOurs],
    ...(peers.has('cluefin-openapi')
      ? [[`cluefin-openapi ${peerVersions['cluefin-openapi']}`, (url: string) => readyCluefin(url, peers)] as const]
      : []),
  ];
  const pairs = losses.flatMap((loss) => clients.map(([client, makeReady]) => ({ loss, client, makeReady })));
  tell(`${pairs.length} venues (simulated) and their clients are made ready`);
  const cases: LostReplyCase[] = [];
  for (const { loss, client, makeReady } of pairs) cases.push(await prepareLoss(loss, client, makeReady));
  tell(`${cases.length} orders, each on a venue of its own: ${patienceMs / 1_000} s at most after the last`);
  let done = 0;
  const rows: Promise<LostReplyRow>[] = [];
  for (const each of cases) {
    rows.push(
      each.lose().then((row) => {
        done += 1;
        if (done % 5 === 0) tell(`${done} of ${cases.length} told`);
        return row;
      }),
    );
    await wait(orderGapMs);
  }
  return Promise.all(rows);
}

/** A client before its order, on a venue that will lose the answer. */
export interface LostReplyCase {
  /** Sends the order, waits for the client's last word, and ends the venue. */
  lose(): Promise<LostReplyRow>;
}

/** Makes a client ready, on a venue of its own that loses the answer to its order in one way. */
export async function prepareLoss(loss: Loss, client: string, makeReady: MakeReady): Promise<LostReplyCase> {
  const venue = await startLostReplyVenue();
  const ready = await makeReady(venue.url);
  if (loss.plan !== undefined) venue.faults.plan(loss.plan);
  return {
    async lose() {
      try {
        const story = await ready.order();
        if (loss.landsLate === true) await landing(venue, loss.id);
        return rowOf(loss, client, story, wordOf(venue));
      } finally {
        await ready.close();
        await venue.close();
      }
    },
  };
}

/**
 * Waits until every order that was sent is on the venue's book.
 *
 * @throws when it is not in time: the row would say what nobody knows.
 */
async function landing(venue: VenueSim, id: string): Promise<void> {
  const beganMs = performance.now();
  for (;;) {
    const { posts, orders } = wordOf(venue);
    if (orders === posts) return;
    if (performance.now() - beganMs > landingMsMax) {
      throw new Error(`${id}: ${orders} of ${posts} orders landed within ${landingMsMax / 1_000} s.`);
    }
    await wait(100);
  }
}

function rowOf({ id, what }: Loss, client: string, story: ClientStory, { posts, orders }: VenueWord): LostReplyRow {
  return {
    ...{ loss: id, what, client, posts, ordersAtVenue: orders },
    firstTrue: isTrue(story.first, orders),
    lastTrue: isTrue(story.last, orders),
    ...story,
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
