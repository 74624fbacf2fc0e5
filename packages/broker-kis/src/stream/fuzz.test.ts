import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKisControlMessage } from './control-message.ts';
import { decodeNotices } from './decode-notices.ts';
import { decodeQuotes } from './decode-quotes.ts';
import { readFrameHead } from './frame-scan.ts';
import { kisQuoteStreams } from './kis-stream-table.ts';
import { decryptNotice, noticeKeys } from './notice-cipher.ts';
import { type KisTrade } from './quote-events.ts';
import { readKisTradeColumns } from './trade-columns.ts';

const inputs = 200_000;
const stamp = { receivedMonotonicMs: 1, receivedAtMs: 1_700_000_000_000 };
const folder = join(import.meta.dirname, '../../test/fixtures/ws');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')[0] ?? '';

/** mulberry32: the same inputs in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pieces = [
  '^',
  '|',
  '0',
  '9',
  '-',
  '.',
  '{',
  '"',
  ':',
  'Y',
  '\u0000',
  '가',
  '\uD800',
  '(null)',
  '^^^^',
  '999',
  '|001|',
];

/** Cuts, doubles, swaps and fills in: what a broken wire, or a changed one, may look like. */
function mutate(text: string, random: () => number): string {
  let mutated = text;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const from = Math.floor(random() * (mutated.length + 1));
    const to = Math.min(mutated.length, from + Math.floor(random() * 12));
    const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
    const kind = random();
    if (kind < 0.25) mutated = mutated.slice(0, from);
    else if (kind < 0.5) mutated = mutated.slice(0, from) + mutated.slice(to);
    else if (kind < 0.75) mutated = mutated.slice(0, from) + piece + mutated.slice(to);
    else mutated = mutated.slice(0, to) + mutated.slice(from, to) + mutated.slice(to);
  }
  return mutated;
}

/** The bytes of a frame: of its text mutated, or as they are but for one or two that may be no text any more. */
function damage(text: string, random: () => number): Uint8Array {
  if (random() < 0.5) return new TextEncoder().encode(mutate(text, random));
  const bytes = new TextEncoder().encode(text);
  for (let times = 1 + Math.floor(random() * 2); times > 0; times -= 1) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return bytes;
}

/** Reads every column; answers how many there are. */
function columnsOf(trade: KisTrade): number {
  return Object.keys(readKisTradeColumns(trade).toJSON()).length;
}

describe('two hundred thousand broken inputs each', () => {
  it('leave the decoder of quotes with checked events only', { timeout: 60_000 }, () => {
    const random = seeded(1);
    const frames = ['H0STCNT0.46.published.txt', 'H0STASP0.62.captured-live.txt', 'H0STMKO0.10.published.txt'].map(
      read,
    );
    let events = 0;
    let faults = 0;
    let bad = 0;
    for (let input = 0; input < inputs; input += 1) {
      const frame = damage(frames[input % frames.length] ?? '', random);
      const head = readFrameHead(frame);
      const stream = kisQuoteStreams.find(({ trId }) => trId === head?.trId);
      if (head === undefined || stream === undefined) continue;
      const fault = (): void => {
        faults += 1;
      };
      decodeQuotes(stream, frame, head, stamp, {
        wants: () => true,
        widthUnknown: () => undefined,
        countWrong: fault,
        recordWrong: fault,
        textUnreadable: () => undefined,
        deliver(event) {
          events += 1;
          if (event.kind !== 'trade') return;
          if (columnsOf(event as KisTrade) !== 48) bad += 1;
          const { priceKrw, quantity, exchangeAtMs } = event;
          const whole =
            Number.isSafeInteger(priceKrw) && priceKrw > 0 && Number.isSafeInteger(quantity) && quantity >= 0;
          if (!whole || !Number.isSafeInteger(exchangeAtMs)) bad += 1;
        },
      });
    }
    expect(bad).toBe(0);
    expect(events).toBeGreaterThan(10_000);
    expect(faults).toBeGreaterThan(10_000);
  });

  it('leave the decoder of notices with checked notices only', { timeout: 60_000 }, () => {
    const random = seeded(2);
    const texts = ['H0STCNI0.23.published.plain.txt', 'H0STCNI0.26.derived.plain.txt'].map(read);
    let notices = 0;
    let faults = 0;
    for (let input = 0; input < inputs; input += 1) {
      const found = decodeNotices(mutate(texts[input % 2] ?? '', random), 1 + (input % 2), '1234567801', stamp);
      if ('fault' in found) faults += 1;
      else notices += found.length;
    }
    expect(notices).toBeGreaterThan(1_000);
    expect(faults).toBeGreaterThan(10_000);
  });

  it('leave the reader of control messages with its own kinds', { timeout: 60_000 }, () => {
    const random = seeded(3);
    const text = read('../ws/H0STCNI0.encrypted.derived.ack.json');
    const whole = JSON.stringify(JSON.parse(readFileSync(join(folder, 'H0STCNI0.encrypted.derived.ack.json'), 'utf8')));
    expect(text).toBe('{');
    const kinds = new Set<string>();
    for (let input = 0; input < inputs; input += 1) kinds.add(readKisControlMessage(mutate(whole, random)).kind);
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['REFUSED', 'REGISTERED', 'UNREADABLE']));
  });

  it('leave the cipher with a text or nothing', { timeout: 60_000 }, () => {
    const random = seeded(4);
    const frame = read('H0STCNI0.encrypted.derived.txt');
    const keys = noticeKeys('k0k1k2k3k4k5k6k7k8k9kAkBkCkDkEkF', 'i0i1i2i3i4i5i6i7');
    if (keys === undefined) throw new Error('no keys');
    const body = frame.slice(15);
    let nothing = 0;
    for (let input = 0; input < inputs; input += 1)
      if (decryptNotice(mutate(body, random), keys) === undefined) nothing += 1;
    expect(nothing).toBeGreaterThan(100_000);
  });
});
