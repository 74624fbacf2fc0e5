import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createExchange } from '@qts/venue-sim';
import { type benchAccountId, benchSetup, continuousAtMs, flowOrder } from './exchange-setup.ts';
import { type Operation } from './order-flow.ts';

/** An engine with a book of its own, somewhere in the middle of a flow. Order ids are strings at its outside. */
export interface Engine {
  /** Does the next operations of its flow. */
  run(operations: readonly Operation[]): void;
  /** Shares traded so far: equal in all engines, or the race is void. */
  tradedQuantity(): number;
  /** Objects it has handed out so far: acknowledgements, trades, cancels. */
  eventCount(): number;
}

/** The venue's exchange with all KRX rules. Ids are its numbers as text. */
export function createExchangeEngine(accountId?: typeof benchAccountId): Engine {
  const exchange = createExchange(benchSetup);
  exchange.advanceTo(continuousAtMs);
  const ids: string[] = [];
  let traded = 0;
  let events = 0;
  exchange.subscribe({
    onTrade(trade) {
      traded += trade.quantity;
      events += 1;
    },
  });
  return {
    run(operations) {
      for (const operation of operations) {
        if (operation.kind === 'PLACE') {
          const { side, priceKrw, quantity } = operation;
          const result = exchange.placeOrder(flowOrder(side, priceKrw, quantity, accountId));
          if (!result.ok) throw new Error(`The exchange refused: ${result.detail}`);
          ids.push(String(result.order.orderNumber));
        } else {
          const orderNumber = Number(ids[operation.orderIndex]);
          const result = exchange.cancelOrder(accountId === undefined ? { orderNumber } : { accountId, orderNumber });
          if (!result.ok) throw new Error(`The exchange refused: ${result.detail}`);
        }
        events += 1;
      }
    },
    tradedQuantity: () => traded,
    eventCount: () => events,
  };
}

/** The part of `nodejs-order-book` that is used. */
interface PeerBook {
  limit(options: { side: string; id: string; size: number; price: number }): {
    readonly err: Error | null;
    readonly quantityLeft: number;
  };
  cancel(id: string): unknown;
}

/**
 * `nodejs-order-book`, from a directory of its own.
 *
 * @throws when the package is not there.
 */
export function loadPeer(peerDirectory: string): { readonly name: string; readonly create: () => Engine } {
  const load = createRequire(join(peerDirectory, 'package.json'));
  const { version } = load('nodejs-order-book/package.json') as { version: string };
  const { OrderBook } = load('nodejs-order-book') as { OrderBook: new () => PeerBook };
  return { name: `nodejs-order-book ${version}`, create: () => createPeerEngine(new OrderBook()) };
}

function createPeerEngine(book: PeerBook): Engine {
  const ids: string[] = [];
  let traded = 0;
  let events = 0;
  return {
    run(operations) {
      for (const operation of operations) {
        if (operation.kind === 'PLACE') {
          const id = String(ids.length + 1);
          ids.push(id);
          const side = operation.side === 'BUY' ? 'buy' : 'sell';
          const result = book.limit({ side, id, size: operation.quantity, price: operation.priceKrw });
          if (result.err !== null) throw new Error(`The peer refused: ${result.err.message}`);
          traded += operation.quantity - result.quantityLeft;
        } else if (book.cancel(ids[operation.orderIndex] ?? '') === undefined) {
          throw new Error('The peer does not know an order that should rest.');
        }
        events += 1;
      }
    },
    tradedQuantity: () => traded,
    eventCount: () => events,
  };
}
