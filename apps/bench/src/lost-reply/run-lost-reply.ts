import { type BenchPeers, peerVersions } from '../peers/bench-peers.ts';
import { type ClientStory, isTrue } from './client-story.ts';
import { askCluefin, patienceMs } from './cluefin-client.ts';
import { type Loss, losses } from './losses.ts';
import { startLostReplyVenue, wordOf } from './lost-reply-venue.ts';
import { askOurs } from './our-client.ts';

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

/** A late order lands 20 s after it was sent; the venue is asked when it must be there, ms. */
const landedAfterMs = 25_000;

/**
 * Loses the answer to one order in every way, for every client, each on a venue of its own, all at the same time in real
 * time: a good minute.
 */
export async function runLostReply(peers: BenchPeers, tell: (line: string) => void): Promise<readonly LostReplyRow[]> {
  const clients: readonly (readonly [string, (url: string) => Promise<ClientStory>])[] = [
    ['qts', askOurs],
    ...(peers.has('cluefin-openapi')
      ? [[`cluefin-openapi ${peerVersions['cluefin-openapi']}`, (url: string) => askCluefin(url, peers)] as const]
      : []),
  ];
  const runs = losses.flatMap((loss) => clients.map(([client, ask]) => ({ loss, client, ask })));
  tell(`${runs.length} orders, each on a simulated venue of its own: ${patienceMs / 1_000} s at most`);
  let done = 0;
  return Promise.all(
    runs.map(async ({ loss, client, ask }) => {
      const row = await lose(loss, client, ask);
      done += 1;
      if (done % 5 === 0) tell(`${done} of ${runs.length} told`);
      return row;
    }),
  );
}

/** Puts one order of one client to one loss, on a venue of its own. */
export async function lose(
  { id, what, plan }: Loss,
  client: string,
  ask: (url: string) => Promise<ClientStory>,
): Promise<LostReplyRow> {
  const venue = await startLostReplyVenue();
  try {
    const beganMs = performance.now();
    if (plan !== undefined) venue.faults.plan(plan);
    const story = await ask(venue.url);
    if (id === 'R11') await wait(landedAfterMs - (performance.now() - beganMs));
    const { posts, orders } = wordOf(venue);
    const firstTrue = isTrue(story.first, orders);
    return {
      loss: id,
      what,
      client,
      posts,
      ordersAtVenue: orders,
      firstTrue,
      lastTrue: isTrue(story.last, orders),
      ...story,
    };
  } finally {
    await venue.close();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
