import { type StreamRefusal } from '../../../faults/stream-acts.ts';
import { type DialectStream, type StreamConnection, type StreamRequest } from '../../../streams/dialect-streams.ts';
import { isObject, parseBody } from '../../json-body.ts';
import { type KiwoomTokenDesk } from '../kiwoom-tokens.ts';
import { controlFrame } from './kiwoom-stream-frames.ts';
import { kiwoomStreamResults, type KiwoomStreamResultName } from './kiwoom-stream-results.ts';

/** What the clients of one front share. */
export interface KiwoomStreamContext {
  readonly tokens: KiwoomTokenDesk;
  readonly nowMs: () => number;
  /** The session of each app key; a later login takes its place. */
  readonly sessions: Map<string, KiwoomStreamClient>;
  changed(client: KiwoomStreamClient): void;
  left(client: KiwoomStreamClient): void;
}

/** A type and an item of a registration: `0B` and `005930_AL`; the item of account types is empty. */
export interface KiwoomRegistration {
  readonly type: string;
  readonly item: string;
}

type Message = Readonly<Record<string, unknown>>;

/** Types that are about the token's account or the market, whatever item is given. */
const itemlessTypes = ['00', '04', '0s'];

/** What a login that another one has replaced is told, and how it ends (captured, mock). */
const replacedMessage = {
  trnm: 'SYSTEM',
  code: 'R10001',
  message: '동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다',
} as const;
const bye = { code: 1000, reason: 'Bye' } as const;

/** One session of the broker's stream server. */
export class KiwoomStreamClient implements DialectStream {
  readonly connection: StreamConnection;
  readonly #context: KiwoomStreamContext;
  readonly #peerAddress: string | undefined;
  /** By group number, then by type and item. */
  readonly #groups = new Map<string, Map<string, KiwoomRegistration>>();
  #appKey: string | undefined;

  constructor(context: KiwoomStreamContext, connection: StreamConnection, peerAddress: string | undefined) {
    this.#context = context;
    this.connection = connection;
    this.#peerAddress = peerAddress;
  }

  /** Whose session it is; `undefined` before the login. */
  get appKey(): string | undefined {
    return this.#appKey;
  }

  requestOf(text: string): StreamRequest {
    const message = readMessage(text);
    const name = textIn(message, 'trnm');
    // PING comes back as it went; some clients send PONG (reported of both that they keep the session).
    if (name === 'PING' || name === 'PONG') return { kind: 'ECHO', operation: name, subscription: '' };
    const [first] = name === 'REG' ? (readRegistrations(message) ?? []) : [];
    return { kind: 'REQUEST', operation: name, subscription: first === undefined ? '' : idOf(first) };
  }

  receive(text: string): void {
    const message = readMessage(text);
    const name = textIn(message, 'trnm');
    if (name === 'LOGIN') this.#login(textIn(message, 'token'));
    else if (this.#appKey === undefined) this.#answer(name, 'NOT_LOGGED_IN');
    else if (name === 'REG' || name === 'REMOVE') this.#change(name, message);
    else this.#answer(name, 'UNKNOWN_MESSAGE');
  }

  refuse(refusal: StreamRefusal, text: string): void {
    const name = textIn(readMessage(text), 'trnm');
    this.#answer(name, refusal === 'LIMIT_REACHED' ? 'TOO_MANY' : 'TOKEN_INVALID');
    if (name === 'LOGIN') this.connection.end(bye);
  }

  ping(): ReturnType<typeof controlFrame> {
    return controlFrame('STREAM_PING', { trnm: 'PING' });
  }

  throwOut(): void {
    this.connection.send(controlFrame('STREAM_ANSWER', replacedMessage));
    this.connection.end(bye);
  }

  subscriptions(): readonly string[] {
    return Array.from(this.registrations(), idOf);
  }

  ended(): void {
    const { sessions } = this.#context;
    if (this.#appKey !== undefined && sessions.get(this.#appKey) === this) sessions.delete(this.#appKey);
    this.#groups.clear();
    this.#context.left(this);
  }

  /** Everything that is registered, once, in whichever group. */
  registrations(): Iterable<KiwoomRegistration> {
    const all = new Map<string, KiwoomRegistration>();
    for (const group of this.#groups.values()) for (const [id, each] of group) all.set(id, each);
    return all.values();
  }

  has(registration: KiwoomRegistration): boolean {
    const id = idOf(registration);
    for (const group of this.#groups.values()) if (group.has(id)) return true;
    return false;
  }

  #login(token: string): void {
    const { tokens, sessions, nowMs } = this.#context;
    const state = tokens.check(token, this.#peerAddress, nowMs());
    if (state.kind !== 'VALID') {
      this.#answer('LOGIN', 'TOKEN_INVALID');
      this.connection.end(bye);
      return;
    }
    const older = sessions.get(state.appKey);
    sessions.set(state.appKey, this);
    this.#appKey = state.appKey;
    if (older !== undefined && older !== this) older.throwOut();
    this.#answer('LOGIN', 'DONE', { sor_yn: 'Y' });
  }

  #change(name: 'REG' | 'REMOVE', message: Message): void {
    const registrations = readRegistrations(message);
    if (registrations === undefined) {
      this.#answer(name, 'MALFORMED');
      return;
    }
    const number = textIn(message, 'grp_no');
    const group = this.#groups.get(number) ?? new Map<string, KiwoomRegistration>();
    this.#groups.set(number, group);
    if (name === 'REG' && message['refresh'] === '0') group.clear();
    for (const each of registrations) {
      if (name === 'REG') group.set(idOf(each), each);
      else group.delete(idOf(each));
    }
    if (group.size === 0) this.#groups.delete(number);
    this.#answer(name, 'DONE');
    this.#context.changed(this);
  }

  #answer(trnm: string, result: KiwoomStreamResultName, more: Message = {}): void {
    const { returnCode, returnMsg } = kiwoomStreamResults[result];
    this.connection.send(
      controlFrame('STREAM_ANSWER', { trnm, return_code: returnCode, return_msg: returnMsg, ...more }),
    );
  }
}

/** `0B 005930`; `00` for types without an item. */
export function idOf({ type, item }: KiwoomRegistration): string {
  return item === '' ? type : `${type} ${item}`;
}

function readMessage(text: string): Message {
  const body = parseBody(Buffer.from(text));
  return body.kind === 'OBJECT' ? body.value : {};
}

function textIn(message: Message, name: string): string {
  const value = message[name];
  return typeof value === 'string' ? value : '';
}

/** Each type with each item of each part; `undefined` where one of them is no list of text. */
function readRegistrations({ data }: Message): readonly KiwoomRegistration[] | undefined {
  if (!Array.isArray(data)) return undefined;
  const registrations: KiwoomRegistration[] = [];
  for (const part of data as readonly unknown[]) {
    if (!isObject(part) || !isTextList(part['item']) || !isTextList(part['type'])) return undefined;
    for (const type of part['type']) {
      const items = itemlessTypes.includes(type) ? [''] : part['item'];
      for (const item of items) registrations.push({ type, item });
    }
  }
  return registrations;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
