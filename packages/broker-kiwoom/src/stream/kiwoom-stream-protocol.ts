import { type ProtocolPort, type StreamProtocol, strictText } from '@qts/broker-kit';
import { type Secret, type StreamStamp } from '@qts/core';
import { readKiwoomControlMessage } from './control-message.ts';
import { scanFrame } from './frame-scan.ts';
import { kiwoomNoticeStream, kiwoomQuoteStreams, kiwoomStreamLimits } from './kiwoom-stream-table.ts';

/** Between two registrations, ms. An answer takes about 10 (captured); nothing is published, so this is assumed. */
const registrationGapMs = 50;
/** `PING` comes about every 10 s (captured). */
const pingPeriodMs = 10_000;

/** What the data messages of a session are handed to. */
export interface KiwoomFrameSink {
  /** A `REAL` message with so many entries. It was scanned just now. */
  entries(message: Uint8Array, entries: number, stamp: StreamStamp): void;
  /** A message that is neither data nor control. */
  unreadable(): void;
}

export interface KiwoomStreamProtocolParts {
  /** Where sessions are opened. */
  readonly url: string;
  readonly nowMs: () => number;
  /** The access token; a fresh one when the server has just refused one. */
  readonly getAccessToken: (signal: AbortSignal, refused: Secret | undefined) => Promise<Secret>;
  readonly sink: KiwoomFrameSink;
}

const groups: ReadonlyMap<string, string> = new Map(
  [kiwoomNoticeStream, ...kiwoomQuoteStreams].map(({ type, group }) => [type, group]),
);

/** The words of Kiwoom's WebSocket. `LOGIN` with the bare access token, and nothing before its answer. */
export function createKiwoomStreamProtocol(parts: KiwoomStreamProtocolParts): StreamProtocol {
  const { sink } = parts;
  let token: Secret | undefined;
  let refused: Secret | undefined;

  function registration(trnm: 'REG' | 'REMOVE', key: string): string {
    const [type = '', item = ''] = key.split(' ');
    return JSON.stringify({
      trnm,
      grp_no: groups.get(type) ?? '9',
      // `0` would drop what the group has. A removal has no such field.
      ...(trnm === 'REG' ? { refresh: '1' } : {}),
      data: [{ item: [item], type: [type] }],
    });
  }

  function control(text: string, port: ProtocolPort): void {
    const message = readKiwoomControlMessage(text);
    switch (message.kind) {
      case 'PING':
        port.echo(text);
        break;
      case 'LOGGED_IN':
        port.loggedIn();
        break;
      case 'REGISTERED':
        port.registered();
        break;
      case 'REFUSED':
        if (message.refusal.retry === 'NEW_CREDENTIALS') refused = token;
        if (message.ofSession) port.sessionRefused(message.refusal);
        else port.refused(message.refusal);
        break;
      case 'REMOVED':
        break;
      case 'UNREADABLE':
        sink.unreadable();
        break;
      default:
        message satisfies never;
    }
  }

  return {
    brokerId: 'kiwoom',
    registrationMax: kiwoomStreamLimits.registrationMax,
    registrationGapMs,
    pingPeriodMs,
    async prepare(signal) {
      token = await parts.getAccessToken(signal, refused);
      refused = undefined;
      return parts.url;
    },
    loginText: () => JSON.stringify({ trnm: 'LOGIN', token: token?.reveal() ?? '' }),
    registerText: (key) => registration('REG', key),
    removeText: (key) => registration('REMOVE', key),
    receive(message, atMs, port) {
      const entries = scanFrame(message);
      if (entries >= 0) {
        sink.entries(message, entries, { receivedMonotonicMs: atMs, receivedAtMs: parts.nowMs() });
        return;
      }
      const text = strictText(message);
      if (text === undefined) sink.unreadable();
      else control(text, port);
    },
  };
}
