import { type Announcer } from './announcer.ts';
import { type VenueTime } from './bookkeeping.ts';
import { type VenuePhase } from './contracts.ts';
import { type DaySchedule, type IssueWindow } from './day-schedule.ts';
import { type EventQueue } from './event-queue.ts';
import { type Issue, isFixedPrice } from './issue.ts';
import { type Matching } from './matching.ts';
import { type SeededRandom } from './seeded-random.ts';

/**
 * Opens and closes the windows of each issue through the day.
 *
 *     08:30                09:00 + r            15:20             15:30 + r'          16:00    20:00
 *       │ opening auction ───┤ continuous ────────┤ closing auction ──┤ closing price ────┤ after-market
 *       │ closing price (08:40)                     conditional →       rest of the day's
 *                                                   market              orders expires
 *
 * `r` and `r'` are drawn per issue; what follows an auction begins when the auction of that issue has really ended.
 */
export class DayPhases {
  readonly #time: VenueTime;
  readonly #events: EventQueue;
  readonly #matching: Matching;
  readonly #announcer: Announcer;
  /** How many issues are in each phase. */
  readonly #issuesIn = new Map<VenuePhase, number>();

  constructor(parts: {
    readonly time: VenueTime;
    readonly events: EventQueue;
    readonly matching: Matching;
    readonly announcer: Announcer;
  }) {
    this.#time = parts.time;
    this.#events = parts.events;
    this.#matching = parts.matching;
    this.#announcer = parts.announcer;
  }

  get current(): readonly VenuePhase[] {
    return this.#issuesIn.size === 0 ? ['CLOSED'] : [...this.#issuesIn.keys()];
  }

  /** Puts the day of an issue on the agenda. Draws the end of each of its auctions. */
  plan(issue: Issue, schedule: DaySchedule, random: SeededRandom): void {
    let auctionEndMs = -Infinity;
    for (const window of schedule.windowsOf(issue.instrument)) {
      const opensAtMs = Math.max(window.acceptFromMs, auctionEndMs);
      const closesAtMs = window.acceptUntilMs + random.wholeUpTo(window.randomEndMsMax);
      if (window.randomEndMsMax > 0) auctionEndMs = closesAtMs;
      this.#events.add(opensAtMs, () => {
        this.#open(issue, window);
      });
      if (isFixedPrice(window.session) && window.matchFromMs > opensAtMs) {
        this.#events.add(window.matchFromMs, () => {
          this.#matching.crossFixedPrice(issue, window.session);
        });
      }
      this.#events.add(closesAtMs, () => {
        this.#close(issue, window);
      });
    }
  }

  #open(issue: Issue, window: IssueWindow): void {
    issue.open[window.session] = window;
    if (window.phase === 'CLOSING_AUCTION') this.#matching.turnIntoMarketOrders(issue);
    const issues = this.#issuesIn.get(window.phase) ?? 0;
    this.#issuesIn.set(window.phase, issues + 1);
    if (issues === 0) this.#announce(window.phase);
  }

  #close(issue: Issue, window: IssueWindow): void {
    switch (window.phase) {
      case 'OPENING_AUCTION':
        this.#matching.uncross(issue);
        this.#matching.restMarketOrders(issue);
        break;
      case 'CLOSING_AUCTION':
        this.#matching.uncross(issue);
        issue.recordClose();
        this.#matching.expire(issue, window.session);
        break;
      case 'PRE_OPEN_CLOSING_PRICE':
      case 'POST_CLOSE_CLOSING_PRICE':
      case 'AFTER_MARKET':
        this.#matching.expire(issue, window.session);
        break;
      case 'CONTINUOUS':
        break; // its orders stay for the closing auction
      default:
        window.phase satisfies never;
    }
    issue.open[window.session] = undefined;
    const issues = (this.#issuesIn.get(window.phase) ?? 1) - 1;
    if (issues > 0) this.#issuesIn.set(window.phase, issues);
    else this.#issuesIn.delete(window.phase);
    if (this.#issuesIn.size > 0) return;
    // What opens at this very instant is still to come; only then is it known whether the day has stopped.
    this.#events.add(this.#time.nowMs, () => {
      if (this.#issuesIn.size === 0) this.#announce('CLOSED');
    });
  }

  #announce(phase: VenuePhase): void {
    if (this.#announcer.hearsPhases) this.#announcer.phase(phase, this.#time.nowMs);
  }
}
