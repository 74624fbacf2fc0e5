import { type ProtocolPort, type StreamProtocol, strictText } from '@qts/broker-kit';
import { type Secret, type StreamStamp } from '@qts/core';
import { readKisControlMessage } from './control-message.ts';
import { type FrameHead, readFrameHead } from './frame-scan.ts';
import { type NoticeKeys } from './notice-cipher.ts';

/** One session of an app key, over all streams (kis.md 5.1). */
const registrationMax = 41;
/** Registrations are to be paced, tens of milliseconds apart (kis.md 5.1). */
const registrationGapMs = 50;
/**
 * KIS does not publish how often it sends `PINGPONG`. Two of these are the 90 s that clients found workable (assumed);
 * the session learns the period of the server, which may only shorten it.
 */
const pingPeriodMs = 45_000;

/** How a control message begins. */
const openBrace = 0x7b;

/** What the data frames of a session are handed to. */
export interface KisFrameSink {
  quotes(frame: Uint8Array, head: FrameHead, stamp: StreamStamp): void;
  notices(frame: Uint8Array, head: FrameHead, stamp: StreamStamp): void;
  /** Keys of a stream, new with each registration. */
  keys(trId: string, keys: NoticeKeys): void;
  /** A message that is neither a frame nor control. */
  unreadable(): void;
}

export interface KisStreamProtocolParts {
  /** Where sessions are opened. */
  readonly url: string;
  readonly customerType: 'P' | 'B';
  readonly nowMs: () => number;
  readonly issueApprovalKey: (signal: AbortSignal) => Promise<Secret>;
  readonly sink: KisFrameSink;
}

/** The words of KIS's WebSocket. A fresh approval key for each connection; it travels in every registration. */
export function createKisStreamProtocol(parts: KisStreamProtocolParts): StreamProtocol {
  const { sink } = parts;
  let approvalKey: Secret | undefined;

  function request(trType: '1' | '2', key: string): string {
    const space = key.indexOf(' ');
    return JSON.stringify({
      header: {
        approval_key: approvalKey?.reveal() ?? '',
        custtype: parts.customerType,
        tr_type: trType,
        'content-type': 'utf-8',
      },
      body: { input: { tr_id: key.slice(0, space), tr_key: key.slice(space + 1) } },
    });
  }

  function control(text: string, port: ProtocolPort): void {
    const message = readKisControlMessage(text);
    switch (message.kind) {
      case 'PING':
        port.echo(text);
        break;
      case 'REGISTERED':
        if (message.keys !== undefined) sink.keys(message.trId, message.keys);
        port.registered(message.key);
        break;
      case 'REFUSED':
        if (message.ofSession) port.sessionRefused(message.refusal);
        else port.refused(message.refusal, message.key);
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
    brokerId: 'kis',
    registrationMax,
    registrationGapMs,
    pingPeriodMs,
    async prepare(signal) {
      approvalKey = await parts.issueApprovalKey(signal);
      return parts.url;
    },
    registerText: (key) => request('1', key),
    removeText: (key) => request('2', key),
    receive(message, atMs, port) {
      const head = readFrameHead(message);
      if (head === undefined) {
        const text = message[0] === openBrace ? strictText(message) : undefined;
        if (text === undefined) sink.unreadable();
        else control(text, port);
        return;
      }
      const stamp = { receivedMonotonicMs: atMs, receivedAtMs: parts.nowMs() };
      if (head.trId.startsWith('H0STCNI')) sink.notices(message, head, stamp);
      else sink.quotes(message, head, stamp);
    },
  };
}
