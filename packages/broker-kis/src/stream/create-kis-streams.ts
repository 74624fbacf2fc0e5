import {
  createMarketStreamHub,
  createOrderStreamHub,
  createStreamSession,
  type MarketRegistration,
  type OrderStreamHub,
  type RandomSource,
  type StreamSession,
  type WebSocketTransport,
} from '@qts/broker-kit';
import {
  type Clock,
  ConfigurationError,
  kstDate,
  type Logger,
  type MarketDataStream,
  type MarketSubscription,
  type OrderAdapter,
  type OrderStream,
  type QuoteReader,
  ValidationError,
} from '@qts/core';
import { type KisCredentials } from '../kis-credentials.ts';
import { type KisRestClient } from '../kis-rest-client.ts';
import { isKisSymbol } from '../kis-symbols.ts';
import { type KisEnvironment } from '../rest/operation.ts';
import { shapeOf } from '../wire-fields.ts';
import { createKisFrameDecoder } from './kis-frame-decoder.ts';
import { createKisStreamProtocol } from './kis-stream-protocol.ts';
import { kisNoticeStreams, kisQuoteStreams } from './kis-stream-table.ts';

/** Live data of one app key. All streams share one session and its 41 registrations. */
export interface KisStreams {
  readonly market: MarketDataStream;
  readonly orders: OrderStream;
  /** The session's state and budget, for reports. */
  readonly session: Pick<StreamSession, 'state' | 'registrationsUsed' | 'registrationMax'>;
}

export interface KisStreamsParts {
  readonly credentials: KisCredentials;
  readonly customerType: 'P' | 'B';
  readonly url: string;
  readonly transport: WebSocketTransport;
  readonly rest: KisRestClient;
  readonly orders: OrderAdapter;
  readonly quotes: QuoteReader;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger | undefined;
}

/** Makes the streams of an account. Nothing is connected before the first is opened. */
export function createKisStreams(parts: KisStreamsParts): KisStreams & { close(): Promise<void> } {
  const { credentials, clock, logger, rest } = parts;
  const { environment } = credentials;
  const base = { brokerId: 'kis', clock, logger };
  const session = createStreamSession({
    clock,
    transport: parts.transport,
    random: parts.random,
    ...(logger === undefined ? {} : { logger }),
    protocol: createKisStreamProtocol({
      url: parts.url,
      customerType: parts.customerType,
      nowMs: () => clock.nowMs(),
      issueApprovalKey: (signal) => rest.issueApprovalKey({ signal }),
      sink: {
        quotes: (frame, head, stamp) => {
          decoder.quotes(frame, head, stamp);
        },
        notices: (frame, head, stamp) => {
          decoder.notices(frame, head, stamp);
        },
        keys: (trId, keys) => {
          decoder.keys(trId, keys);
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
    toRegistration: (subscription) => toKisRegistration(subscription, environment),
    readQuote: (symbol, venue, signal) => parts.quotes.getQuote({ symbol, venue }, { signal }),
  });
  const noticeStream = kisNoticeStreams[environment];
  let notices: OrderStreamHub | undefined;

  /** @throws {ConfigurationError} when the login id was not given: notices are asked for by it. */
  function orderHub(): OrderStreamHub {
    notices ??= createOrderStreamHub({
      ...base,
      session,
      registration: { key: `${noticeStream} ${loginId(credentials)}`, name: `${noticeStream} order notices` },
      listOrders: (signal) => parts.orders.listOrders({ tradingDate: kstDate(clock.nowMs()) }, { signal }),
    });
    return notices;
  }

  const decoder = createKisFrameDecoder({
    market,
    orders: {
      notice: (draft) => notices?.notice(draft),
      unreadable: (reason, facts, renew) => notices?.unreadable(reason, facts, renew),
    },
    account: () => `${credentials.accountNumber.reveal()}${credentials.productCode}`,
  });

  return {
    market: market.stream,
    orders: { brokerId: 'kis', open: (options) => orderHub().stream.open(options) },
    session,
    async close() {
      market.close();
      notices?.close();
      await session.close();
    },
  };
}

function loginId({ htsId, environment }: KisCredentials): string {
  if (htsId !== undefined) return htsId.reveal();
  throw new ConfigurationError({
    code: 'LOGIN_ID_MISSING',
    summary: 'KIS sends order notices by the HTS id, and the credentials have none.',
    facts: { field: 'htsId', environment, found: 'nothing' },
    next: 'Give htsId with the credentials: the id that you log in to HTS with, not the account number.',
  });
}

/**
 * How a subscription is registered.
 *
 * @throws {ValidationError} when KIS does not offer it in this environment, or the symbol has no shape of one.
 */
export function toKisRegistration(subscription: MarketSubscription, environment: KisEnvironment): MarketRegistration {
  const { channel, symbol, venue = 'KRX' } = subscription;
  if (symbol === undefined || !isKisSymbol(symbol)) {
    throw new ValidationError({
      code: 'SYMBOL_NOT_VALID',
      summary: 'A KIS stream wants the short code of an issue.',
      facts: { field: 'symbol', channel, found: shapeOf(symbol) },
      next: 'Give six characters such as 005930, or Q and six for an ETN. Nothing was subscribed.',
    });
  }
  const stream = kisQuoteStreams.find((each) => each.channel === channel && each.venue === venue);
  if (stream?.environments.includes(environment) !== true) {
    throw new ValidationError({
      code: 'STREAM_NOT_OFFERED',
      summary: `KIS has no stream of ${channel} for ${venue} in ${environment}.`,
      facts: { field: 'channel', channel, venue, environment },
      next: 'Choose another channel or venue. Nothing was subscribed.',
    });
  }
  const name = `${stream.trId} ${symbol}`;
  const quoteOf = { symbol, venue };
  return channel === 'TRADES' || channel === 'BOOK' ? { key: name, name, quoteOf } : { key: name, name };
}
