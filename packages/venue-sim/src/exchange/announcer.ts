import {
  type ExchangeListener,
  type VenueFill,
  type VenueOrder,
  type VenuePhase,
  type VenueTrade,
} from './contracts.ts';

type News =
  | { readonly kind: 'TRADE'; readonly trade: VenueTrade }
  | { readonly kind: 'FILL'; readonly fill: VenueFill }
  | { readonly kind: 'ORDER'; readonly order: VenueOrder }
  | { readonly kind: 'PHASE'; readonly phase: VenuePhase; readonly atMs: number };

/**
 * Tells listeners what happened once a command is complete, so that none of them sees a book or an account half way
 * through, and so that a listener may give commands itself. Nothing is built for listeners that are not there.
 */
export class Announcer {
  readonly #listeners = new Set<ExchangeListener>();
  readonly #waiting: News[] = [];
  #telling = false;
  hearsTrades = false;
  hearsFills = false;
  hearsOrders = false;
  hearsPhases = false;

  subscribe(listener: ExchangeListener): () => void {
    this.#listeners.add(listener);
    this.#lookWhoHears();
    return () => {
      this.#listeners.delete(listener);
      this.#lookWhoHears();
    };
  }

  trade(trade: VenueTrade): void {
    this.#waiting.push({ kind: 'TRADE', trade });
  }

  fill(fill: VenueFill): void {
    this.#waiting.push({ kind: 'FILL', fill });
  }

  order(order: VenueOrder): void {
    this.#waiting.push({ kind: 'ORDER', order });
  }

  phase(phase: VenuePhase, atMs: number): void {
    this.#waiting.push({ kind: 'PHASE', phase, atMs });
  }

  /** Tells what waits, in order. Does nothing while something is being told: the rest follows by itself. */
  tell(): void {
    if (this.#waiting.length === 0 || this.#telling) return;
    this.#telling = true;
    let told = 0;
    try {
      for (const news of this.#waiting) {
        told += 1; // an error ends the telling, and its news is not told again
        this.#tellOne(news);
      }
    } finally {
      this.#telling = false;
      if (told === this.#waiting.length) this.#waiting.length = 0;
      else this.#waiting.splice(0, told);
    }
  }

  #tellOne(news: News): void {
    for (const listener of this.#listeners) {
      switch (news.kind) {
        case 'TRADE':
          listener.onTrade?.(news.trade);
          break;
        case 'FILL':
          listener.onFill?.(news.fill);
          break;
        case 'ORDER':
          listener.onOrder?.(news.order);
          break;
        case 'PHASE':
          listener.onPhase?.(news.phase, news.atMs);
          break;
        default:
          news satisfies never;
      }
    }
  }

  #lookWhoHears(): void {
    const listeners = [...this.#listeners];
    this.hearsTrades = listeners.some((listener) => listener.onTrade !== undefined);
    this.hearsFills = listeners.some((listener) => listener.onFill !== undefined);
    this.hearsOrders = listeners.some((listener) => listener.onOrder !== undefined);
    this.hearsPhases = listeners.some((listener) => listener.onPhase !== undefined);
  }
}
