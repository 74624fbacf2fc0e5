import { type Exchange } from '../exchange/contracts.ts';
import { encodeEucKr } from './euc-kr.ts';
import { answerBytes, type VenueWire } from './http-wire.ts';
import { type VenueBytes, type VenueDelivery, type VenueResponse } from './venue-exchange.ts';

/**
 * Carries a delivery over a socket. Whatever waits, waits on the venue's clock: with a stepped clock a late answer leaves
 * when the clock is stepped, and a big step sends many slow bytes together.
 */
export function sendDelivery(wire: VenueWire, delivery: VenueDelivery, exchange: Exchange): void {
  switch (delivery.kind) {
    case 'SILENT':
      return;
    case 'DROPPED':
      wire.drop(delivery.reset ?? false);
      return;
    case 'ANSWERED': {
      const { response, atMs, bytes } = delivery;
      const send = (): void => {
        if (bytes === undefined) wire.answer(response);
        else sendBytes(wire, response, bytes, exchange);
      };
      if (atMs <= exchange.nowMs) send();
      else exchange.schedule(atMs, send);
    }
  }
}

function sendBytes(wire: VenueWire, response: VenueResponse, bytes: VenueBytes, exchange: Exchange): void {
  const { head, body } = answerBytes(response);
  const end = (): void => {
    wire.drop(false);
  };
  switch (bytes.kind) {
    case 'HUGE_BODY': {
      const size = bytes.megabytes * megabyte;
      wire.write(answerBytes(response, body, { 'content-length': body.length + size, connection: 'close' }).head);
      wire.write(body);
      wire.flood(spaces(megabyte), bytes.megabytes, end);
      return;
    }
    case 'ENDLESS_BODY': {
      const chunk = spaces(megabyte / 16);
      wire.write(answerBytes(response, body, { 'transfer-encoding': 'chunked', connection: 'close' }).head);
      wire.write(chunkOf(body));
      wire.flood(chunkOf(chunk), Infinity, end);
      return;
    }
    case 'TWICE': {
      wire.answer(response);
      const again = answerBytes(response, body, { 'content-length': body.length });
      wire.write(again.head);
      wire.write(again.body);
      return;
    }
    case 'EUC_KR': {
      const coded = answerBytes(response, encodeEucKr(response.body));
      wire.write(coded.head);
      wire.write(coded.body);
      wire.drop(false);
      return;
    }
    case 'CUT_BODY':
      wire.write(head);
      wire.write(body.subarray(0, Math.floor(body.length / 2)));
      wire.drop(false);
      return;
    case 'SLOW_HEAD':
      sendSlowly(wire, head, bytes.byteEveryMs, exchange, () => {
        wire.write(body);
        wire.drop(false);
      });
      return;
    case 'SLOW_BODY':
      wire.write(head);
      sendSlowly(wire, body, bytes.byteEveryMs, exchange, () => {
        wire.drop(false);
      });
  }
}

const megabyte = 1024 * 1024;

/** White space, which JSON may have behind it. */
function spaces(count: number): Uint8Array {
  return Buffer.alloc(count, ' ');
}

/** A chunk of `transfer-encoding: chunked`. */
function chunkOf(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** The first byte now, then one each `everyMs`. */
function sendSlowly(wire: VenueWire, bytes: Uint8Array, everyMs: number, exchange: Exchange, then: () => void): void {
  const sendFrom = (index: number): void => {
    if (index >= bytes.length) {
      then();
      return;
    }
    wire.write(bytes.subarray(index, index + 1));
    exchange.schedule(exchange.nowMs + everyMs, () => {
      sendFrom(index + 1);
    });
  };
  sendFrom(0);
}
