import { type BookView, type InstrumentView, type VenuePhase } from '../../../exchange/contracts.ts';
import { type StreamKind } from '../../../faults/stream-acts.ts';
import { type DialectStreams } from '../../../streams/dialect-streams.ts';
import { type VenueAccount, type VenueEnvironment } from '../../../venue-settings.ts';
import { createBookGlance } from '../../book-glance.ts';
import { createMarketFeed, type TradePrint } from '../../market-feed.ts';
import { watchOrders, type OrderEvent } from '../../order-events.ts';
import { type ApprovalDesk } from '../kis-approvals.ts';
import { type KisContext, type OrderOrigin } from '../kis-operation.ts';
import { findInstrument } from '../kis-symbols.ts';
import { noticeRecord } from './kis-notice-records.ts';
import { htsIdOf, KisStreamClient, type KisStreamContext, type Registration } from './kis-stream-client.ts';
import { type KisStreamName } from './kis-stream-columns.ts';
import { noticeFrame, quoteFrame } from './kis-stream-frames.ts';
import {
  bookRecord,
  expectedRecord,
  marketOperationRecord,
  tradeRecord,
  type KisQuoteState,
  type KisStreamRecord,
} from './kis-stream-records.ts';

/** What a stream is about, and where it exists (broker's list of streams). */
const streams: Readonly<
  Record<
    KisStreamName,
    {
      readonly topic: 'TRADES' | 'BOOK' | 'EXPECTED' | 'OPERATION' | 'NOTICES';
      readonly environments: readonly VenueEnvironment[];
    }
  >
> = {
  H0STCNT0: { topic: 'TRADES', environments: ['LIVE', 'PAPER'] },
  H0UNCNT0: { topic: 'TRADES', environments: ['LIVE'] },
  H0NXCNT0: { topic: 'TRADES', environments: ['LIVE'] },
  H0STASP0: { topic: 'BOOK', environments: ['LIVE', 'PAPER'] },
  H0UNASP0: { topic: 'BOOK', environments: ['LIVE'] },
  H0NXASP0: { topic: 'BOOK', environments: ['LIVE'] },
  H0STANC0: { topic: 'EXPECTED', environments: ['LIVE'] },
  H0STMKO0: { topic: 'OPERATION', environments: ['LIVE'] },
  H0STCNI0: { topic: 'NOTICES', environments: ['LIVE'] },
  H0STCNI9: { topic: 'NOTICES', environments: ['PAPER'] },
};

type Topic = (typeof streams)[KisStreamName]['topic'];

/** Records in one message at most: so many were seen. */
const recordsPerFrame = 6;

/** From the cause of a notice to its departure (assumed: nobody has measured it on stocks). */
const noticeLatencyMs = 20;

/** Between two pings (assumed: not published; clients take 90 s of silence for a dead line). */
const pingEveryMs = 30_000;

/** The paths that clients of the broker use: `/tryitout`, the same with a TR id behind it, and the bare root. */
const streamPath = /^\/(tryitout(\/\w+)?)?$/;

/** Makes the stream side of a KIS front. */
export function createKisStreams(parts: {
  readonly context: KisContext;
  readonly accounts: readonly VenueAccount[];
  readonly approvals: ApprovalDesk;
  readonly seed: number;
  /** What the lists show of orders that a fault lets a person give. */
  readonly handOrigin: OrderOrigin;
}): DialectStreams {
  const { context, accounts } = parts;
  const { exchange, market, environment, branch } = context;
  const date = exchange.tradingDate;
  const clients = new Set<KisStreamClient>();
  /** Orders that faults have let a person give: their notices have no stranger beside them again. */
  const byHand = new Set<number>();
  const glance = createBookGlance();
  const lastBooks = new Map<string, string>();
  const lastMatches = new Map<string, string>();
  /** Registrations that have not been told a book yet. */
  const unserved = new WeakSet<Registration>();
  let unwatch: (() => void) | undefined;

  const names = (Object.keys(streams) as KisStreamName[]).filter((name) =>
    streams[name].environments.includes(environment),
  );
  const namesOf = (topic: Topic): readonly KisStreamName[] => names.filter((name) => streams[name].topic === topic);
  const tradeNames = namesOf('TRADES');
  const bookNames = namesOf('BOOK');
  const expectedNames = namesOf('EXPECTED');
  const operationNames = namesOf('OPERATION');
  const noticeNames = namesOf('NOTICES');

  const wanted = (topicNames: readonly KisStreamName[]): Set<string> => {
    const symbols = new Set<string>();
    for (const client of clients) {
      for (const { name, key } of client.registrations()) if (topicNames.includes(name)) symbols.add(key);
    }
    return symbols;
  };
  let tradeSymbols = new Set<string>();
  let bookSymbols = new Set<string>();

  /** Sends records to everybody who has registered one of the streams for the code. */
  const tell = (
    topicNames: readonly KisStreamName[],
    code: string,
    records: readonly KisStreamRecord[],
    isFor: (registration: Registration) => boolean = () => true,
  ): void => {
    for (const name of topicNames) {
      for (const client of clients) {
        const registration = client.quoteRegistration(name, code);
        if (registration === undefined || !isFor(registration)) continue;
        for (let from = 0; from < records.length; from += recordsPerFrame) {
          const some = records.slice(from, from + recordsPerFrame);
          client.connection.send(quoteFrame(name, date, `${name} ${code}`, some));
        }
      }
    }
  };

  const stateOf = (code: string): KisQuoteState | undefined => {
    const view = findInstrument(exchange, code);
    return view === undefined ? undefined : { view, book: bookOf(view), atMs: exchange.nowMs };
  };
  const bookOf = ({ instrument: { symbol } }: InstrumentView): BookView =>
    exchange.getBook(symbol) ?? { symbol, asks: [], bids: [], totalAskQuantity: 0, totalBidQuantity: 0 };

  /** ETN go by another code on the wire than on the exchange. */
  const codesOf = (symbol: string, codes: ReadonlySet<string>): readonly string[] =>
    [symbol, `Q${symbol}`].filter((code) => codes.has(code));

  const feed = createMarketFeed(exchange, market, {
    wantsTrades: (symbol) => codesOf(symbol, tradeSymbols).length > 0,
    bookSymbols: () => bookSymbols,
    onTrades(symbol, prints: readonly TradePrint[]) {
      for (const code of codesOf(symbol, tradeSymbols)) {
        const state = stateOf(code);
        if (state === undefined) continue;
        tell(
          tradeNames,
          code,
          prints.map((print) => ({ ...tradeRecord(state, print), MKSC_SHRN_ISCD: code })),
        );
      }
    },
    onBooksDue() {
      for (const code of bookSymbols) {
        if (!glance.isNews(code, exchange.getBook(code) ?? exchange.getBook(code.slice(1)))) continue;
        const state = stateOf(code);
        if (state !== undefined) tellBook(code, state);
      }
    },
    onPhase(phase: VenuePhase, atMs) {
      glance.forget();
      for (const code of wanted(operationNames)) {
        const view = findInstrument(exchange, code);
        const record = view === undefined ? undefined : marketOperationRecord(view, date, phase, atMs);
        if (record !== undefined) tell(operationNames, code, [{ ...record, MKSC_SHRN_ISCD: code }]);
      }
    },
  });

  /** A book that has changed goes to everybody, and any book to who has had none. */
  const tellBook = (code: string, state: KisQuoteState): void => {
    const { symbol } = state.view.instrument;
    const { book } = state;
    const isNew = (last: Map<string, string>, now: string): boolean => {
      const changed = last.get(code) !== now;
      last.set(code, now);
      return changed;
    };
    const serve = (changed: boolean) => (registration: Registration) => unserved.delete(registration) || changed;
    const record = bookRecord(state, market.tally(symbol)?.volume ?? 0);
    const phases = state.view.phases.join();
    tell(
      bookNames,
      code,
      [{ ...record, MKSC_SHRN_ISCD: code }],
      serve(isNew(lastBooks, JSON.stringify([book, phases]))),
    );
    const match = expectedRecord(state, market.tally(symbol));
    if (match === undefined) return;
    const isNewMatch = isNew(lastMatches, `${book.expectedPriceKrw ?? 0} ${book.expectedQuantity ?? 0}`);
    tell(expectedNames, code, [{ ...match, MKSC_SHRN_ISCD: code }], serve(isNewMatch));
  };

  const onOrderEvent = (event: OrderEvent): void => {
    const { order } = event;
    const account = accounts.find(({ accountId }) => accountId === order.accountId);
    const record =
      account === undefined
        ? undefined
        : noticeRecord(event, {
            htsId: htsIdOf(account),
            accountNumber: account.accountNumber,
            branch,
            issueName: exchange.getInstrument(order.symbol)?.instrument.name ?? '',
          });
    if (account === undefined || record === undefined) return;
    const tradeByHand = (): boolean => placeByHand(account, event);
    const more = {
      halves: halvesOf(event, record),
      ...(byHand.has(order.orderNumber) ? {} : { tradeByHand }),
    };
    for (const client of clients) {
      for (const { name, key, keyring } of client.registrations()) {
        if (!noticeNames.includes(name) || key !== record['CUST_ID']) continue;
        client.connection.send(noticeFrame(name, date, keyring, record, more));
      }
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
    context.orderOrigins.set(result.order.orderNumber, parts.handOrigin);
    return true;
  };

  const streamContext: KisStreamContext = {
    accounts,
    approvals: parts.approvals,
    exchange,
    seed: parts.seed,
    streams: new Map(names.map((name) => [name, { isNotice: streams[name].topic === 'NOTICES' }])),
    holders: new Map(),
    findsInstrument: (code) => findInstrument(exchange, code) !== undefined,
    changed(_, registration) {
      tradeSymbols = wanted(tradeNames);
      bookSymbols = wanted([...bookNames, ...expectedNames]);
      if (registration !== undefined) unserved.add(registration);
      glance.forget();
      if (bookSymbols.size > 0) feed.booksWanted();
    },
    left(client) {
      clients.delete(client);
      tradeSymbols = wanted(tradeNames);
      bookSymbols = wanted([...bookNames, ...expectedNames]);
      if (clients.size > 0) return;
      feed.stop();
      unwatch?.();
      unwatch = undefined;
    },
  };

  return {
    operations: new Map<string, readonly StreamKind[]>([
      ...names.map((name): [string, readonly StreamKind[]] => [
        name,
        [streams[name].topic === 'NOTICES' ? 'ORDER_NOTICE' : 'STREAM_QUOTE', 'STREAM_REQUEST'],
      ]),
      ['PINGPONG', ['STREAM_PING']],
      ['ping', ['PROTOCOL_PING']],
    ]),
    paths: ['/tryitout'],
    takesPath: (path) => streamPath.test(path),
    pingEveryMs,
    noticeLatencyMs,
    open(_, connection) {
      const client = new KisStreamClient(streamContext, connection);
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

/** A fill as two equal ones, and what an odd quantity leaves; `undefined` for anything else. */
function halvesOf(event: OrderEvent, record: KisStreamRecord): readonly KisStreamRecord[] | undefined {
  if (event.kind !== 'FILLED' || event.fill.quantity < 2) return undefined;
  const { quantity } = event.fill;
  const half = Math.floor(quantity / 2);
  const parts = [half, half, ...(quantity % 2 === 1 ? [1] : [])];
  return parts.map((part) => ({ ...record, CNTG_QTY: String(part).padStart(10, '0') }));
}
