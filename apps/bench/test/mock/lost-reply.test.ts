import { describe, expect, it } from 'vitest';
import { losses } from '../../src/lost-reply/losses.ts';
import { readyOurs } from '../../src/lost-reply/our-client.ts';
import { formatLostReply, summarise } from '../../src/lost-reply/print-lost-reply.ts';
import { prepareLoss } from '../../src/lost-reply/run-lost-reply.ts';

/** Losses whose truth is on the list at once; the others take up to a minute of real time. */
const quick = losses.filter(({ id }) => ['none', 'R08', 'R14', 'R19'].includes(id));

describe('an order whose answer is lost', () => {
  it.each(quick)('is sent once, and its truth is found: $what', async (loss) => {
    const row = await (await prepareLoss(loss, 'qts', readyOurs)).lose();
    expect(row).toMatchObject({
      posts: 1,
      ordersAtVenue: 1,
      first: loss.id === 'none' ? 'PLACED' : 'UNKNOWN',
      last: 'PLACED',
      lastTrue: true,
    });
    expect(row.lastMs).toBeLessThan(10_000);
    expect(formatLostReply([row])).toContain('PLACED');
    expect(summarise([row])).toContain('sent more than once 0');
  });
});
