import { type BookView, type InstrumentView } from '../../../exchange/contracts.ts';
import { type StreamKind } from '../../../faults/stream-acts.ts';
import { type DialectStreams } from '../../../streams/dialect-streams.ts';
import { type VenueAccount } from '../../../venue-settings.ts';
import { createBookGlance } from '../../book-glance.ts';
import { createMarketFeed } from '../../market-feed.ts';
import { watchOrders, type OrderEvent } from '../../order-events.ts';
import { type KiwoomContext } from '../kiwoom-operation.ts';
import { bareCode } from '../kiwoom-symbols.ts';
import { type KiwoomTokenDesk } from '../kiwoom-tokens.ts';
import { halvedOrderValues, holdingValues, orderValues, type KiwoomNoticeParts } from './kiwoom-account-values.ts';
import { bookValues, sessionValues, tradeValues } from './kiwoom-quote-values.ts';
import { idOf, KiwoomStreamClient, type KiwoomRegistration } from './kiwoom-stream-client.ts';
import { realFrame, type KiwoomEntry, type KiwoomValues } from './kiwoom-stream-frames.ts';

/** Types of the broker that the venue knows, and what a frame calls them. */
const typeNames = {
  '00': '주문체결',
  '04': '현물잔고',
  '0B': '주식체결',
  '0D': '주식호가잔량',
  '0s': '장시작시간',
  '1h': 'VI발동/해제',
} as const;
type KnownType = keyof typeof typeNames;

/** Entries in one message at most (assumed; two were captured). */
const entriesPerFrame = 6;

/** From the cause of a notice to its departure (assumed: in captures accept and fill are a second apart). */
const noticeLatencyMs = 20;

/** Between two pings (captured). */
const pingEveryMs = 10_000;

const path = '/api/dostk/websocket';

/** Makes the stream side of a Kiwoom front. */
export function createKiwoomStreams(parts: {
  readonly context: KiwoomContext;
  readonly accounts: readonly VenueAccount[];
  readonly tokens: KiwoomTokenDesk;
  /** `comm_ord_tp` of orders that a fault lets a person give. */
  readonly handChannel: string;
}): DialectStreams {
  const { context, accounts, tokens, handChannel } = parts;
  const { exchange, market, orderOrigins } = context;
  const clients = new Set<KiwoomStreamClient>();
  const byHand = new Set<number>();
  const glance = createBookGlance();
  const lastBooks = new Map<string, string>();
  /** Books that a client has been told since it registered them. */
  const served = new WeakMap<KiwoomStreamClient, Set<string>>();
  let tradeItems = new Set<string>();
  let bookItems = new Set<string>();
  let unwatch: (() => void) | undefined;

  const itemsOf = (type: KnownType): Set<string> => {
    const items = new Set<string>();
    for (const client of clients) {
      for (const each of client.registrations()) if (each.type === type) items.add(each.item);
    }
    return items;
  };

  const has = (client: KiwoomStreamClient, registration: KiwoomRegistration): boolean => client.has(registration);

  /** The issue of an item; NXT alone (`_NX`) has nothing to show here. */
  const viewOf = (item: string): InstrumentView | undefined => {
    const [code = '', venue] = item.split('_');
    if (venue === 'NX') return undefined;
    return exchange.getInstrument(code) ?? exchange.getInstrument(`Q${code}`);
  };
  const bookOf = ({ instrument: { symbol } }: InstrumentView): BookView =>
    exchange.getBook(symbol) ?? { symbol, asks: [], bids: [], totalAskQuantity: 0, totalBidQuantity: 0 };
  const itemsFor = (symbol: string, items: ReadonlySet<string>): readonly string[] => {
    const code = bareCode({ symbol });
    return [code, `${code}_AL`].filter((item) => items.has(item));
  };

  const tell = (type: KnownType, item: string, list: readonly KiwoomValues[], isFor = has): void => {
    const entries = list.map((values): KiwoomEntry => ({ type, name: typeNames[type], item, values }));
    for (const client of clients) {
      if (!isFor(client, { type, item })) continue;
      for (let from = 0; from < entries.length; from += entriesPerFrame) {
        const some = entries.slice(from, from + entriesPerFrame);
        client.connection.send(realFrame('STREAM_QUOTE', idOf({ type, item }), some));
      }
    }
  };

  const feed = createMarketFeed(exchange, market, {
    wantsTrades: (symbol) => itemsFor(symbol, tradeItems).length > 0,
    bookSymbols: () => bookItems,
    onTrades(symbol, prints) {
      for (const item of itemsFor(symbol, tradeItems)) {
        const view = viewOf(item);
        if (view === undefined) continue;
        const book = bookOf(view);
        tell(
          '0B',
          item,
          prints.map((print) => tradeValues(view, book, print)),
        );
      }
    },
    onBooksDue() {
      for (const item of bookItems) {
        const [code = ''] = item.split('_');
        if (!glance.isNews(item, exchange.getBook(code) ?? exchange.getBook(`Q${code}`))) continue;
        const view = viewOf(item);
        if (view === undefined) continue;
        const book = bookOf(view);
        const now = JSON.stringify([book, view.phases]);
        const changed = lastBooks.get(item) !== now;
        lastBooks.set(item, now);
        const volume = market.tally(view.instrument.symbol)?.volume ?? 0;
        tell('0D', item, [bookValues(view, book, volume, exchange.nowMs)], (client, registration) => {
          if (!has(client, registration)) return false;
          const told = served.get(client) ?? new Set<string>();
          served.set(client, told);
          const isFirst = !told.has(item);
          told.add(item);
          return isFirst || changed;
        });
      }
    },
    onPhase(phase, atMs) {
      glance.forget();
      const values = sessionValues(phase, exchange.tradingDate, atMs);
      if (values !== undefined) tell('0s', '', [values]);
    },
  });

  const onOrderEvent = (event: OrderEvent): void => {
    const { order } = event;
    const account = accounts.find(({ accountId }) => accountId === order.accountId);
    const view = exchange.getInstrument(order.symbol);
    if (account === undefined || view === undefined) return;
    const notice: KiwoomNoticeParts = {
      accountNumber: account.accountNumber,
      view,
      book: bookOf(view),
      isSor: orderOrigins.get(order.orderNumber)?.venue === 'SOR',
    };
    const item = bareCode(view.instrument);
    const entry = (type: '00' | '04', values: KiwoomValues): KiwoomEntry => ({
      type,
      name: typeNames[type],
      item,
      values,
    });
    const more = {
      halves: halvedOrderValues(event, notice)?.map((values) => entry('00', values)),
      tradeByHand: byHand.has(order.orderNumber) ? undefined : () => placeByHand(account, event),
    };
    for (const client of clients) {
      if (client.appKey !== account.appKey) continue;
      if (has(client, { type: '00', item: '' })) {
        client.connection.send(realFrame('ORDER_NOTICE', '00', [entry('00', orderValues(event, notice))], more));
      }
      if (event.kind !== 'FILLED' || !has(client, { type: '04', item: '' })) continue;
      const holding = exchange.getAccount(account.accountId)?.holdings.find(({ symbol }) => symbol === order.symbol);
      client.connection.send(
        realFrame('ORDER_NOTICE', '04', [entry('04', holdingValues(notice, holding, order.side))]),
      );
    }
  };

  /** One share at market, on the same side, as a person would. */
  const placeByHand = ({ accountId }: VenueAccount, { order: { symbol, side } }: OrderEvent): boolean => {
    const result = exchange.placeOrder({
      accountId,
      symbol,
      side,
      quantity: 1,
      orderType: 'MARKET',
      timeInForce: 'DAY',
      session: 'REGULAR',
      limitPriceKrw: 0,
      stopPriceKrw: 0,
    });
    if (!result.ok) return false;
    byHand.add(result.order.orderNumber);
    orderOrigins.set(result.order.orderNumber, { venue: 'KRX', channel: handChannel });
    return true;
  };

  const lookWhoListens = (): void => {
    tradeItems = itemsOf('0B');
    bookItems = itemsOf('0D');
    glance.forget();
    if (bookItems.size > 0) feed.booksWanted();
  };

  const streamContext = {
    tokens,
    nowMs: () => exchange.nowMs,
    sessions: new Map<string, KiwoomStreamClient>(),
    changed(client: KiwoomStreamClient) {
      const told = served.get(client);
      for (const item of told ?? []) if (!client.has({ type: '0D', item })) told?.delete(item);
      lookWhoListens();
    },
    left(client: KiwoomStreamClient) {
      clients.delete(client);
      lookWhoListens();
      if (clients.size > 0) return;
      feed.stop();
      unwatch?.();
      unwatch = undefined;
    },
  };

  return {
    operations: new Map<string, readonly StreamKind[]>([
      ...['00', '04'].map((type): [string, readonly StreamKind[]] => [type, ['ORDER_NOTICE']]),
      ...['0B', '0D', '0s', '1h'].map((type): [string, readonly StreamKind[]] => [type, ['STREAM_QUOTE']]),
      ...['LOGIN', 'REG', 'REMOVE'].map((name): [string, readonly StreamKind[]] => [name, ['STREAM_REQUEST']]),
      ['PING', ['STREAM_PING']],
      ['ping', ['PROTOCOL_PING']],
    ]),
    paths: [path],
    takesPath: (asked) => asked === path,
    pingEveryMs,
    noticeLatencyMs,
    open({ peerAddress }, connection) {
      const client = new KiwoomStreamClient(streamContext, connection, peerAddress);
      clients.add(client);
      feed.start();
      unwatch ??= watchOrders(
        exchange,
        accounts.map(({ accountId }) => accountId),
        onOrderEvent,
      );
      return client;
    },
  };
}
