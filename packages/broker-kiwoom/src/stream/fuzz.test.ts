import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lossyText } from '@qts/broker-kit';
import { describe, expect, it } from 'vitest';
import { readKiwoomControlMessage } from './control-message.ts';
import { decodeNotices } from './decode-notices.ts';
import { decodeQuotes } from './decode-quotes.ts';
import { entryItem, entryType, fidMagnitude, scanFrame } from './frame-scan.ts';

const inputs = 200_000;
const stamp = { receivedMonotonicMs: 1, receivedAtMs: 1_700_000_000_000 };
const folder = join(import.meta.dirname, '../../test/fixtures/ws');

function framesOf(file: string): readonly string[] {
  const { frames } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    readonly frames: readonly { readonly dir: string; readonly frame?: object }[];
  };
  return frames.flatMap(({ dir, frame }) => (dir === 'in' && frame !== undefined ? [JSON.stringify(frame)] : []));
}

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
  ...['"', '\\', '{', '}', '[', ']', ':', ',', '0', '9', '-', '+', '.', ' ', '\n', '\u0000', '\u0001', '가', '\uD800'],
  ...[
    '"":"",',
    '"10":"-1",',
    '"10":5,',
    '"x":[[1]],',
    '"013":"1",',
    '\\u0031',
    '\\n',
    'null',
    '"type":"00",',
    '-0',
    '1e9',
  ],
];

/** Cuts, doubles, swaps and fills in: what a broken wire, or a changed one, may look like. */
function mutate(text: string, random: () => number): string {
  let mutated = text;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const from = Math.floor(random() * (mutated.length + 1));
    const to = Math.min(mutated.length, from + Math.floor(random() * 12));
    const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
    const kind = random();
    if (kind < 0.1) mutated = mutated.slice(0, from);
    else if (kind < 0.4) mutated = mutated.slice(0, from) + mutated.slice(to);
    else if (kind < 0.8) mutated = mutated.slice(0, from) + piece + mutated.slice(to);
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

/** A short message, so that most mutations hit something: the walk does not depend on how many FIDs there are. */
const small =
  '{"data":[{"values":{"20":"115618","10":"-257750","15":"+3","13":"7198927","1071":"63318"},"type":"0B","name":"주식체결","item":"005930"}],"trnm":"REAL"}';

interface Parsed {
  readonly trnm?: unknown;
  readonly data?: readonly {
    readonly type: unknown;
    readonly item: unknown;
    readonly values: Record<string, unknown>;
  }[];
}

function parsed(text: string): Parsed | undefined {
  try {
    return JSON.parse(text) as Parsed;
  } catch {
    return undefined;
  }
}

const figure = /^ *[+-]?[0-9]{1,15}$/;

describe('two hundred thousand broken inputs each', () => {
  it(
    'are walked as JSON.parse reads them: what it refuses is refused, what is kept is the same',
    { timeout: 60_000 },
    () => {
      const random = seeded(1);
      let kept = 0;
      let refused = 0;
      const different: string[] = [];
      for (let input = 0; input < inputs; input += 1) {
        const frame = damage(small, random);
        const entries = scanFrame(frame);
        if (entries < 0) {
          refused += 1;
          continue;
        }
        kept += 1;
        const text = lossyText(frame);
        const message = parsed(text);
        const same =
          message?.trnm === 'REAL' &&
          message.data?.length === entries &&
          message.data.every(
            ({ type, item, values }, entry) =>
              type === entryType(entry) &&
              item === entryItem(entry) &&
              [20, 10, 15, 13].every((fid) => {
                const value = values[String(fid)];
                const read = typeof value === 'string' && figure.test(value) ? Math.abs(Number(value)) : Number.NaN;
                return Object.is(read, fidMagnitude(entry, fid));
              }),
          );
        if (!same) different.push(text);
      }
      expect(different).toEqual([]);
      expect(kept).toBeGreaterThan(10_000);
      expect(refused).toBeGreaterThan(10_000);
    },
  );

  it('leave the decoder of quotes with checked events only', { timeout: 60_000 }, () => {
    const random = seeded(2);
    const samples = ['sample-0H-expected.json', 'sample-0s-session.json'];
    const frames = [
      small,
      small.replace('"0B"', '"0D"').replace('"15"', '"21":"115618","41":"0","51"'),
      ...samples.flatMap(framesOf),
    ];
    let events = 0;
    let faults = 0;
    let bad = 0;
    for (let input = 0; input < inputs; input += 1) {
      const frame = damage(frames[input % frames.length] ?? '', random);
      decodeQuotes(frame, scanFrame(frame), stamp, {
        wants: () => true,
        typeUnknown: () => undefined,
        textUnreadable: () => undefined,
        entryWrong() {
          faults += 1;
        },
        deliver(event) {
          events += 1;
          if (!Number.isSafeInteger(event.receivedAtMs)) bad += 1;
          if (event.kind !== 'trade') return;
          const { priceKrw, quantity, exchangeAtMs } = event;
          const whole =
            Number.isSafeInteger(priceKrw) && priceKrw > 0 && Number.isSafeInteger(quantity) && quantity >= 0;
          if (!whole || !Number.isSafeInteger(exchangeAtMs)) bad += 1;
        },
      });
    }
    expect(bad).toBe(0);
    expect(events).toBeGreaterThan(5_000);
    expect(faults).toBeGreaterThan(5_000);
  });

  it('leave the decoder of notices with notices that add up', { timeout: 120_000 }, () => {
    const random = seeded(3);
    const frames = framesOf('order-buy-accepted-filled.json');
    let notices = 0;
    let faults = 0;
    let bad = 0;
    for (let input = 0; input < inputs; input += 1) {
      const frame = damage(frames[input % frames.length] ?? '', random);
      if (scanFrame(frame) < 0) continue;
      const found = decodeNotices(frame, stamp);
      if ('fault' in found) {
        faults += 1;
        continue;
      }
      notices += found.length;
      for (const { type, fill, totals, orderedQuantity = 0 } of found) {
        const adds = totals === undefined || totals.filledQuantity + totals.leavesQuantity === orderedQuantity;
        if (!adds || (type === 'FILLED' && !((fill?.quantity ?? 0) > 0 && (fill?.priceKrw ?? 0) > 0))) bad += 1;
      }
    }
    expect(bad).toBe(0);
    expect(notices).toBeGreaterThan(1_000);
    expect(faults).toBeGreaterThan(1_000);
  });

  it('leave the reader of control messages with its own kinds', { timeout: 60_000 }, () => {
    const random = seeded(4);
    const texts = [
      ...framesOf('login-ok.json'),
      ...framesOf('second-session.json'),
      '{"trnm":"REG","return_code":105111}',
    ];
    const kinds = new Set<string>();
    for (let input = 0; input < inputs; input += 1) {
      kinds.add(readKiwoomControlMessage(mutate(texts[input % texts.length] ?? '', random)).kind);
    }
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['LOGGED_IN', 'REFUSED', 'UNREADABLE']));
  });
});
