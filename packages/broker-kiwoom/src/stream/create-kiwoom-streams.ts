import {
  createMarketStreamHub,
  createOrderStreamHub,
  createStreamSession,
  type MarketRegistration,
  type RandomSource,
  type StreamSession,
  type WebSocketTransport,
} from '@qts/broker-kit';
import {
  type Clock,
  kstDate,
  type Logger,
  type MarketDataStream,
  type MarketSubscription,
  type OrderAdapter,
  type OrderStream,
  type QuoteReader,
  ValidationError,
} from '@qts/core';
import { type KiwoomRestClient } from '../kiwoom-rest-client.ts';
import { isKiwoomSymbol, quoteCodeOf } from '../kiwoom-symbols.ts';
import { type KiwoomEnvironment } from '../rest/operation.ts';
import { shapeOf } from '../wire-fields.ts';
import { createKiwoomFrameDecoder, keyOf } from './kiwoom-frame-decoder.ts';
import { createKiwoomStreamProtocol } from './kiwoom-stream-protocol.ts';
import { kiwoomNoticeStream, kiwoomQuoteStreams, kiwoomQuoteVenues } from './kiwoom-stream-table.ts';

/** Live data of one app key. All streams share one session and its registrations. */
export interface KiwoomStreams {
  readonly market: MarketDataStream;
  readonly orders: OrderStream;
  /** The session's state and budget, for reports. */
  readonly session: Pick<StreamSession, 'state' | 'registrationsUsed' | 'registrationMax'>;
}

export interface KiwoomStreamsParts {
  readonly environment: KiwoomEnvironment;
  readonly url: string;
  readonly transport: WebSocketTransport;
  readonly rest: KiwoomRestClient;
  readonly orders: OrderAdapter;
  readonly quotes: QuoteReader;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
}

/** Makes the streams of an account. Nothing is connected before the first is opened. */
export function createKiwoomStreams(parts: KiwoomStreamsParts): KiwoomStreams & { close(): Promise<void> } {
  const { environment, clock, logger, rest } = parts;
  const base = { brokerId: 'kiwoom', clock, logger };
  const session = createStreamSession({
    clock,
    transport: parts.transport,
    random: parts.random,
    ...(logger === undefined ? {} : { logger }),
    protocol: createKiwoomStreamProtocol({
      url: parts.url,
      nowMs: () => clock.nowMs(),
      getAccessToken: (signal, refused) =>
        rest.getAccessToken({ signal, ...(refused === undefined ? {} : { refused }) }),
      sink: {
        entries: (message, entries, stamp) => {
          decoder.entries(message, entries, stamp);
        },
        unreadable: () => {
          decoder.unreadable();
        },
      },
    }),
  });
  const market = createMarketStreamHub({
    ...base,
    session,
    toRegistration: (subscription) => toKiwoomRegistration(subscription, environment),
    readQuote: (symbol, venue, signal) => parts.quotes.getQuote({ symbol, venue }, { signal }),
  });
  const notices = createOrderStreamHub({
    ...base,
    session,
    registration: { key: kiwoomNoticeStream.type, name: `${kiwoomNoticeStream.type} order notices` },
    listOrders: (signal) => parts.orders.listOrders({ tradingDate: kstDate(clock.nowMs()) }, { signal }),
  });
  const decoder = createKiwoomFrameDecoder({ market, orders: notices });

  return {
    market: market.stream,
    orders: notices.stream,
    session,
    async close() {
      market.close();
      notices.close();
      await session.close();
    },
  };
}

/**
 * How a subscription is registered.
 *
 * @throws {ValidationError} when Kiwoom does not offer it in this environment, or the symbol has no shape of one.
 */
export function toKiwoomRegistration(
  subscription: MarketSubscription,
  environment: KiwoomEnvironment,
): MarketRegistration {
  const { channel, symbol, venue = 'KRX' } = subscription;
  const item = symbol === undefined && channel === 'MARKET_STATUS' ? 'NONE' : 'SYMBOL';
  const stream = kiwoomQuoteStreams.find((each) => each.channel === channel && each.item === item);
  if (stream === undefined || !kiwoomQuoteVenues[environment].includes(venue)) {
    throw new ValidationError({
      code: 'STREAM_NOT_OFFERED',
      summary: `Kiwoom has no stream of ${channel} for ${venue} in ${environment}.`,
      facts: { field: 'venue', channel, venue, environment },
      next: 'Choose another channel or venue. Nothing was subscribed.',
    });
  }
  if (symbol === undefined && item === 'NONE') return { key: stream.type, name: `${stream.type} ${stream.korean}` };
  if (symbol === undefined || !isKiwoomSymbol(symbol)) {
    throw new ValidationError({
      code: 'SYMBOL_NOT_VALID',
      summary: 'A Kiwoom stream wants the short code of an issue.',
      facts: { field: 'symbol', channel, found: shapeOf(symbol) },
      next: 'Give six characters such as 005930; the venue is a field of its own. Nothing was subscribed.',
    });
  }
  const name = keyOf(stream.type, quoteCodeOf(symbol, venue));
  return channel === 'TRADES' || channel === 'BOOK'
    ? { key: name, name, quoteOf: { symbol, venue } }
    : { key: name, name };
}
