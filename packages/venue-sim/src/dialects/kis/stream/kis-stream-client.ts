import { type Exchange } from '../../../exchange/contracts.ts';
import { type StreamRefusal } from '../../../faults/stream-acts.ts';
import { kstDate8, kstTime6 } from '../../../kst.ts';
import { type DialectStream, type StreamConnection, type StreamRequest } from '../../../streams/dialect-streams.ts';
import { type VenueAccount } from '../../../venue-settings.ts';
import { type ApprovalDesk } from '../kis-approvals.ts';
import { makeStreamKeys, type KisStreamKeys } from './kis-stream-cipher.ts';
import { type KisStreamName } from './kis-stream-columns.ts';
import { answerFrame, pingFrame, type NoticeKeyring } from './kis-stream-frames.ts';
import { readStreamMessage, type KisRegistration } from './kis-stream-request.ts';
import { kisStreamResults, type KisStreamResultName } from './kis-stream-results.ts';

/** Registrations of one session, notices included (broker notice, measured twice). */
const registrationsMax = 41;

/** What the clients of one front share. */
export interface KisStreamContext {
  readonly accounts: readonly VenueAccount[];
  readonly approvals: ApprovalDesk;
  readonly exchange: Exchange;
  readonly seed: number;
  /** Streams of this environment, and whether they are notices. */
  readonly streams: ReadonlyMap<string, { readonly isNotice: boolean }>;
  /** Which session an app key is in use by. */
  readonly holders: Map<string, KisStreamClient>;
  findsInstrument(code: string): boolean;
  /** A client has come by a registration, or has gone. */
  changed(client: KisStreamClient, registration?: Registration): void;
  left(client: KisStreamClient): void;
}

/** What a client has registered. */
export interface Registration {
  readonly name: KisStreamName;
  /** Issue code or HTS id. */
  readonly key: string;
  readonly keyring: NoticeKeyring;
}

/** One session of the broker's stream server. */
export class KisStreamClient implements DialectStream {
  readonly connection: StreamConnection;
  readonly #context: KisStreamContext;
  readonly #registrations = new Map<string, Registration>();
  readonly #appKeys = new Set<string>();
  #keysMade = 0;

  constructor(context: KisStreamContext, connection: StreamConnection) {
    this.#context = context;
    this.connection = connection;
  }

  requestOf(text: string): StreamRequest {
    const message = readStreamMessage(text);
    if (message.kind === 'PONG') return { kind: 'ECHO', operation: 'PINGPONG', subscription: '' };
    if (message.kind === 'REFUSED') return { kind: 'REQUEST', operation: '', subscription: '' };
    const subscription = message.isRemoval ? '' : this.#subscriptionOf(message.name, message.key);
    return { kind: 'REQUEST', operation: message.name, subscription };
  }

  receive(text: string): void {
    const message = readStreamMessage(text);
    if (message.kind === 'PONG') return;
    if (message.kind === 'REFUSED') this.#answer(message.result, noRegistration);
    else if (message.isRemoval) this.#remove(message);
    else this.#register(message);
  }

  refuse(refusal: StreamRefusal, text: string): void {
    const message = readStreamMessage(text);
    const registration = message.kind === 'REGISTRATION' ? message : noRegistration;
    this.#answer(refusal === 'LIMIT_REACHED' ? 'TOO_MANY' : 'APPROVAL_INVALID', registration);
  }

  ping(nowMs: number): ReturnType<typeof pingFrame> {
    return pingFrame(kstDate8(nowMs) + kstTime6(nowMs));
  }

  throwOut(): void {
    this.#answer('ALREADY_IN_USE', noRegistration);
    this.connection.end({ code: 1000, reason: '' });
  }

  subscriptions(): readonly string[] {
    return [...this.#registrations.keys()];
  }

  ended(lingersMs: number): void {
    const { exchange, holders } = this.#context;
    const letGo = (): void => {
      for (const appKey of this.#appKeys) if (holders.get(appKey) === this) holders.delete(appKey);
    };
    if (lingersMs === 0) letGo();
    else exchange.schedule(exchange.nowMs + lingersMs, letGo);
    this.#registrations.clear();
    this.#context.left(this);
  }

  /** The registration of a market data stream, if there is one. */
  quoteRegistration(name: KisStreamName, symbol: string): Registration | undefined {
    return this.#registrations.get(`${name} ${symbol}`);
  }

  registrations(): Iterable<Registration> {
    return this.#registrations.values();
  }

  #register({ approvalKey, name, key }: KisRegistration): void {
    const registration = { name, key };
    const refusal = this.#refusalOf(approvalKey, name, key);
    if (refusal !== undefined) {
      this.#answer(refusal, registration);
      return;
    }
    const id = this.#subscriptionOf(name, key);
    const keys = { now: this.#makeKeys(name) };
    const keyring: NoticeKeyring = {
      keys: () => keys.now,
      change: () => {
        keys.now = this.#makeKeys(name);
      },
    };
    const registered: Registration = { name: name as KisStreamName, key, keyring };
    this.#registrations.set(id, registered);
    this.#answer('SUBSCRIBED', registration, keys.now);
    this.#context.changed(this, registered);
  }

  /** What speaks against a registration. A repeated one leaves the first as it is: so do its keys. */
  #refusalOf(approvalKey: string, name: string, key: string): KisStreamResultName | undefined {
    const { approvals, exchange, streams, accounts } = this.#context;
    const appKey = approvals.appKeyOf(approvalKey, exchange.nowMs);
    if (appKey === undefined) return 'APPROVAL_INVALID';
    if (!this.#claims(appKey)) return 'ALREADY_IN_USE';
    const stream = streams.get(name);
    if (stream === undefined) return 'STREAM_INVALID';
    if (key === '') return 'KEY_MISSING';
    if (stream.isNotice) {
      const account = accounts.find((each) => each.appKey === appKey);
      if (account === undefined || htsIdOf(account) !== key) return 'HTS_ID_INVALID';
    } else if (!this.#context.findsInstrument(key)) return 'KEY_INVALID';
    if (this.#registrations.has(this.#subscriptionOf(name, key))) return 'ALREADY_SUBSCRIBED';
    return this.#registrations.size >= registrationsMax ? 'TOO_MANY' : undefined;
  }

  #remove({ approvalKey, name, key }: KisRegistration): void {
    const { approvals, exchange } = this.#context;
    const appKey = approvals.appKeyOf(approvalKey, exchange.nowMs);
    if (appKey === undefined) this.#answer('APPROVAL_INVALID', { name, key });
    else if (!this.#claims(appKey)) this.#answer('ALREADY_IN_USE', { name, key });
    else if (this.#registrations.delete(this.#subscriptionOf(name, key))) {
      this.#answer('UNSUBSCRIBED', { name, key });
      this.#context.changed(this);
    } else this.#answer('NOT_SUBSCRIBED', { name, key });
  }

  /** One session per app key: the second one is refused (captured). */
  #claims(appKey: string): boolean {
    const { holders } = this.#context;
    const holder = holders.get(appKey);
    if (holder !== undefined && holder !== this) return false;
    holders.set(appKey, this);
    this.#appKeys.add(appKey);
    return true;
  }

  /** Notice streams go without their key, which is a name of the customer. */
  #subscriptionOf(name: string, key: string): string {
    return this.#context.streams.get(name)?.isNotice === true ? name : `${name} ${key}`;
  }

  #makeKeys(name: string): KisStreamKeys {
    this.#keysMade += 1;
    const { seed, exchange } = this.#context;
    return makeStreamKeys(`${seed} ${name} ${exchange.nowMs} ${this.#keysMade}`);
  }

  #answer(
    result: KisStreamResultName,
    { name, key }: { readonly name: string; readonly key: string },
    keys?: KisStreamKeys,
  ): void {
    const isEncrypted = this.#context.streams.get(name)?.isNotice ?? false;
    this.connection.send(answerFrame(kisStreamResults[result], { name, key, isEncrypted }, keys));
  }
}

const noRegistration = { name: '', key: '' } as const;

/** The HTS id of an account's owner. */
export function htsIdOf({ htsId, accountId }: VenueAccount): string {
  return htsId ?? accountId;
}
