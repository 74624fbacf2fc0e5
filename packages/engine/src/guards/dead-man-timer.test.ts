import { describe, expect, it } from 'vitest';
import { guardParts } from '../../test/support/guard-parts.ts';
import { createDeadManTimer } from './dead-man-timer.ts';

describe('createDeadManTimer', () => {
  it('restricts after 10 s without a beat of any who is watched, and a later beat ends nothing', async () => {
    const { clock, trading } = guardParts();
    const timer = createDeadManTimer({ clock, trading, watched: ['main-loop', 'strategy'] });
    for (let at = 0; at < 5; at++) {
      await clock.advance(9_999);
      timer.beat('main-loop');
      timer.beat('strategy');
    }
    expect(trading.state()).toBe('ACTIVE');
    await clock.advance(5_000);
    timer.beat('main-loop');
    await clock.advance(5_000);
    expect(trading.restrictions()).toMatchObject([{ source: 'dead-man-timer', code: 'FS060', reset: 'OPERATOR' }]);
    timer.beat('strategy');
    expect(trading.state()).toBe('REDUCE_ONLY');
    timer.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('cancels all after 60 s, once a silence', async () => {
    const { clock, trading } = guardParts();
    const asked: string[] = [];
    const cancelAll = (why: string): void => void asked.push(why);
    const timer = createDeadManTimer({ clock, trading, watched: ['main-loop'], cancelAll });
    await clock.advance(59_999);
    expect(asked).toEqual([]);
    await clock.advance(300_000);
    expect(asked).toEqual(['main-loop was silent for 60000 ms']);
    timer.beat('main-loop');
    await clock.advance(60_000);
    expect(asked).toHaveLength(2);
    timer.close();
  });

  it.each([{ restrictAfterMs: 0 }, { restrictAfterMs: 10, cancelAfterMs: 10 }])('refuses the times %o', (times) => {
    expect(() => createDeadManTimer({ ...guardParts(), watched: [], ...times })).toThrow(/not usable/);
  });
});
