import { type VenueClock } from './clock/venue-clock.ts';
import { createMarketRecorder, type MarketRecorder } from './dialects/market-recorder.ts';
import { type AccountSetup, type Exchange } from './exchange/contracts.ts';
import { createExchange } from './exchange/exchange.ts';
import { kstInstant } from './kst.ts';
import { createAcceleratedClock } from './system/system-clocks.ts';
import { VenueError } from './venue-error.ts';
import { type DailyBar, type FrontAccount, type MarketOptions, type VenueAccount } from './venue-settings.ts';

/** A running market without a way in: what all fronts of it share. */
export interface MarketCore {
  readonly exchange: Exchange;
  readonly clock: VenueClock;
  readonly recorder: MarketRecorder;
  readonly dailyHistory: Readonly<Record<string, readonly DailyBar[]>>;
  readonly seed: number;
  /** Brings the exchange up to the clock and answers the time. */
  catchUp(): number;
  /**
   * Gives accounts to a front.
   *
   * @throws VenueError `INVALID_SETTING` when the market has no such account, or another front has it.
   */
  claim(accounts: readonly FrontAccount[]): readonly VenueAccount[];
  /** Takes accounts back from a front that has closed. */
  release(accounts: readonly FrontAccount[]): void;
  /** Stops following the clock. Safe to call twice. */
  close(): void;
}

/** Opens the day. The recorder listens before anything is scheduled, so that it has seen every trade. */
export function createMarketCore(options: MarketOptions): MarketCore {
  const { tradingDate, instruments, seed, dailyHistory = {} } = options;
  const clock = options.clock ?? createAcceleratedClock({ startMs: kstInstant(tradingDate, '08:00'), speed: 1 });
  const accounts = options.accounts.map(toSetup);
  const exchange = createExchange({ tradingDate, instruments, accounts, seed });
  const recorder = createMarketRecorder(exchange);
  options.prepare?.(exchange);
  const setups = new Map(accounts.map((account) => [account.accountId, account]));
  const claimed = new Set<string>();
  const follow = (nowMs: number): void => {
    if (nowMs > exchange.nowMs) exchange.advanceTo(nowMs);
  };
  follow(clock.nowMs());
  const unfollow = clock.subscribe(follow);
  return {
    exchange,
    clock,
    recorder,
    dailyHistory,
    seed,
    catchUp() {
      const nowMs = clock.nowMs();
      follow(nowMs);
      return nowMs;
    },
    claim(wanted) {
      const given = wanted.map((account, index) => {
        const setup = setups.get(account.accountId);
        const field = `accounts[${index}].accountId`;
        if (setup === undefined) throw unusable(field, account.accountId, 'the accountId of an account of the market');
        if (claimed.has(account.accountId)) {
          throw unusable(field, account.accountId, 'an account of its own to each front: one broker keeps it');
        }
        return { ...account, ...setup };
      });
      for (const { accountId } of given) claimed.add(accountId);
      return given;
    },
    release(accountsBack) {
      for (const { accountId } of accountsBack) claimed.delete(accountId);
    },
    close() {
      unfollow();
      recorder.close();
    },
  };
}

/** An account of the exchange, without what only a front knows of it. */
function toSetup({ accountId, cashKrw, holdings, terms }: AccountSetup): AccountSetup {
  return { accountId, cashKrw, terms, ...(holdings === undefined ? {} : { holdings }) };
}

function unusable(field: string, found: string, remedy: string): VenueError {
  return new VenueError('INVALID_SETTING', `The setting ${field} is not usable: found "${found}". Give ${remedy}.`);
}
