import { describe, expect, it } from 'vitest';
import { trade } from './trade-day.ts';

describe('a simulated day that loses answers on purpose', () => {
  it('finds out about every order, sends none twice and ends with equal books', async () => {
    const { report, venue } = await trade({ config: { sim: { lostAnswers: 6 } } });
    expect(report.lostAnswers).toEqual({ lost: 6, found: 3, absent: 3, unresolved: 0 });
    expect(report.orderProof).toEqual({ sent: report.orders.total, duplicates: 0, lost: 0 });
    expect(report.intents.unknown).toBe(6);
    expect(report.books.equal).toBe(true);
    expect(venue.requests('order-cash')).toHaveLength(report.orders.total);
  });

  it('says nothing of lost answers when it loses none', async () => {
    expect((await trade({})).report.lostAnswers).toBeNull();
  });
});
