import { describe, expect, it } from 'vitest';
import { ValidationError } from './errors.ts';
import { orderTypePrices, orderTypes } from './order-terms.ts';
import { parseExecutionIntent } from './parse-execution-intent.ts';

const unpriced = {
  intentId: 'intent-1',
  symbol: '005930',
  side: 'BUY',
  quantity: 10,
  intentType: 'LIMIT',
  createdAtMs: 1_789_344_000_000,
};
const limit = { ...unpriced, limitPriceKrw: 70_000 };
const market = { ...unpriced, intentType: 'MARKET' };
const noop = { ...unpriced, intentType: 'NOOP', quantity: 0 };

/** The error that an input gives. */
function refusal(input: unknown): ValidationError {
  try {
    parseExecutionIntent(input);
  } catch (error) {
    if (ValidationError.isInstance(error)) return error;
    throw error;
  }
  return expect.unreachable('the intent was taken');
}

describe('parseExecutionIntent', () => {
  it('fills in what the contract calls a default, and nothing else', () => {
    expect(parseExecutionIntent(limit)).toEqual({
      ...limit,
      timeInForce: 'DAY',
      venue: 'KRX',
      session: 'REGULAR',
      metadata: {},
    });
  });

  it('keeps what was said', () => {
    const full = {
      ...limit,
      intentType: 'STOP_LIMIT',
      stopPriceKrw: 71_000,
      timeInForce: 'IOC',
      venue: 'NXT',
      session: 'AFTER_MARKET',
      validUntilMs: limit.createdAtMs + 5_000,
      metadata: { strategy: 'pullback', confidence: 0.7, dry: false, note: null },
    };
    expect(parseExecutionIntent(full)).toEqual(full);
  });

  it('takes a NOOP for nothing', () => {
    expect(parseExecutionIntent(noop)).toMatchObject({ intentType: 'NOOP', quantity: 0 });
  });

  it('takes its own result', () => {
    const intent = parseExecutionIntent({ ...limit, metadata: { a: 1 } });
    expect(parseExecutionIntent(intent)).toEqual(intent);
  });

  it('gives something that nobody changes, and that does not change with its input', () => {
    const metadata: Record<string, string> = { strategy: 'a' };
    const intent = parseExecutionIntent({ ...limit, metadata });
    metadata['strategy'] = 'b';
    expect(intent.metadata).toEqual({ strategy: 'a' });
    expect(Object.isFrozen(intent)).toBe(true);
    expect(Object.isFrozen(intent.metadata)).toBe(true);
  });

  it.each(orderTypes)('wants exactly the prices that %s carries', (intentType) => {
    const { limit: needsLimit, stop: needsStop } = orderTypePrices[intentType];
    for (const hasLimit of [true, false]) {
      for (const hasStop of [true, false]) {
        const input = {
          ...unpriced,
          intentType,
          ...(hasLimit ? { limitPriceKrw: 70_000 } : {}),
          ...(hasStop ? { stopPriceKrw: 71_000 } : {}),
        };
        if (hasLimit === needsLimit && hasStop === needsStop) {
          expect(parseExecutionIntent(input).intentType).toBe(intentType);
        } else {
          const wrong = [
            ...(hasLimit === needsLimit ? [] : ['limitPriceKrw']),
            ...(hasStop === needsStop ? [] : ['stopPriceKrw']),
          ];
          expect(Object.keys(refusal(input).facts)).toEqual(wrong);
        }
      }
    }
  });

  it.each<[string, unknown, string, string]>([
    ['an unknown side', { ...limit, side: 'HOLD' }, 'side', 'found "HOLD". Use one of BUY, SELL.'],
    ['a side in small letters', { ...limit, side: 'buy' }, 'side', 'found "buy". Use one of BUY, SELL.'],
    ['no side', { ...limit, side: undefined }, 'side', 'found nothing. Use one of BUY, SELL.'],
    ['a null side', { ...limit, side: null }, 'side', 'found null. Use one of BUY, SELL.'],
    [
      'an unknown type',
      { ...limit, intentType: 'limit' },
      'intentType',
      'found "limit". Use one of LIMIT, MARKET, CONDITIONAL_LIMIT, BEST_LIMIT, PRIORITY_LIMIT, MIDPOINT, STOP_LIMIT, CLOSING_PRICE, AFTER_HOURS_SINGLE_PRICE, NOOP.',
    ],
    ['a limit without a price', unpriced, 'limitPriceKrw', 'found nothing. LIMIT needs a price in whole won, above 0.'],
    [
      'a limit at 0',
      { ...limit, limitPriceKrw: 0 },
      'limitPriceKrw',
      'found 0. LIMIT needs a price in whole won, above 0.',
    ],
    [
      'a price in text',
      { ...limit, limitPriceKrw: '70000' },
      'limitPriceKrw',
      'found "70000". LIMIT needs a price in whole won, above 0.',
    ],
    [
      'a price with a fraction',
      { ...limit, limitPriceKrw: 70_000.5 },
      'limitPriceKrw',
      'found 70000.5. LIMIT needs a price in whole won, above 0.',
    ],
    [
      'a price on a market order',
      { ...market, limitPriceKrw: 70_000 },
      'limitPriceKrw',
      'found 70000. MARKET carries no such price: leave it out.',
    ],
    [
      'a null price on a market order',
      { ...market, limitPriceKrw: null },
      'limitPriceKrw',
      'found null. MARKET carries no such price: leave it out.',
    ],
    [
      'a price on a NOOP',
      { ...noop, limitPriceKrw: 1 },
      'limitPriceKrw',
      'found 1. NOOP carries no such price: leave it out.',
    ],
    ['half a share', { ...limit, quantity: 1.5 }, 'quantity', 'found 1.5. Give a whole number of shares, 1 or more.'],
    ['no shares', { ...limit, quantity: 0 }, 'quantity', 'found 0. Give a whole number of shares, 1 or more.'],
    [
      'shares below zero',
      { ...limit, quantity: -10 },
      'quantity',
      'found -10. Give a whole number of shares, 1 or more.',
    ],
    [
      'shares in text',
      { ...limit, quantity: '10' },
      'quantity',
      'found "10". Give a whole number of shares, 1 or more.',
    ],
    [
      'a big number',
      { ...limit, quantity: 2 ** 53 },
      'quantity',
      'found 9007199254740992. Give a whole number of shares, 1 or more.',
    ],
    [
      'not a number',
      { ...limit, quantity: Number.NaN },
      'quantity',
      'found NaN. Give a whole number of shares, 1 or more.',
    ],
    [
      'endless shares',
      { ...limit, quantity: Infinity },
      'quantity',
      'found Infinity. Give a whole number of shares, 1 or more.',
    ],
    ['a bigint', { ...limit, quantity: 10n }, 'quantity', 'found 10n. Give a whole number of shares, 1 or more.'],
    ['a NOOP with shares', { ...noop, quantity: 10 }, 'quantity', 'found 10. NOOP trades nothing: give 0.'],
    [
      'an empty symbol',
      { ...limit, symbol: '' },
      'symbol',
      'found an empty text. Give the short code: six digits or capitals such as 005930, or seven with a leading Q.',
    ],
    [
      'a short symbol',
      { ...limit, symbol: '5930' },
      'symbol',
      'found "5930". Give the short code: six digits or capitals such as 005930, or seven with a leading Q.',
    ],
    [
      'a standard code',
      { ...limit, symbol: 'KR7005930003' },
      'symbol',
      'found a text with 10 digits (not shown). Give the short code: six digits or capitals such as 005930, or seven with a leading Q.',
    ],
    [
      'an id with a space',
      { ...limit, intentId: 'my intent' },
      'intentId',
      'found "my intent". Give 1 to 64 visible ASCII characters, no spaces.',
    ],
    [
      'no id',
      { ...limit, intentId: '' },
      'intentId',
      'found an empty text. Give 1 to 64 visible ASCII characters, no spaces.',
    ],
    [
      'a condition nobody knows',
      { ...limit, timeInForce: 'GTC' },
      'timeInForce',
      'found "GTC". Use one of DAY, IOC, FOK, GTP.',
    ],
    ['a venue nobody knows', { ...limit, venue: 'NYSE' }, 'venue', 'found "NYSE". Use one of KRX, NXT, SOR.'],
    [
      'a null session',
      { ...limit, session: null },
      'session',
      'found null. Use one of PRE_MARKET, PRE_OPEN_CLOSING_PRICE, REGULAR, POST_CLOSE_CLOSING_PRICE, AFTER_HOURS_SINGLE_PRICE, AFTER_MARKET.',
    ],
    [
      'no time',
      { ...limit, createdAtMs: undefined },
      'createdAtMs',
      'found nothing. Give whole milliseconds since 1970, UTC.',
    ],
    [
      'a time in text',
      { ...limit, createdAtMs: '2026-09-14' },
      'createdAtMs',
      'found a text with 8 digits (not shown). Give whole milliseconds since 1970, UTC.',
    ],
    [
      'stale when made',
      { ...limit, validUntilMs: 1 },
      'validUntilMs',
      'found 1. Give an instant that is not before createdAtMs.',
    ],
    [
      'metadata in a list',
      { ...limit, metadata: [1] },
      'metadata',
      'found a list of 1. Give an object of texts, numbers, booleans and nulls, or leave it out.',
    ],
    [
      'a price in metadata',
      { ...limit, metadata: { limit_price: 70_000 } },
      'metadata.limit_price',
      'found 70000. A price is a field of the intent: use limitPriceKrw or stopPriceKrw.',
    ],
    [
      'a price in metadata, spelt otherwise',
      { ...market, metadata: { LimitPrice: 1 } },
      'metadata.LimitPrice',
      'found 1. A price is a field of the intent: use limitPriceKrw or stopPriceKrw.',
    ],
    [
      'an object in metadata',
      { ...limit, metadata: { order: {} } },
      'metadata.order',
      'found an object. Give a text, a finite number, a boolean or null.',
    ],
    [
      'a misspelt field',
      { ...limit, validUntil: 5 },
      '(unknown fields)',
      'found "validUntil". Known are: intentId, symbol, side, quantity, intentType, limitPriceKrw, stopPriceKrw, timeInForce, venue, session, createdAtMs, validUntilMs, metadata.',
    ],
  ])('refuses %s', (_what, input, field, problem) => {
    expect(refusal(input).facts).toEqual({ [field]: problem });
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['intent', '"intent"'],
    [[limit], 'a list of 1'],
    [42, '42'],
  ])('refuses %j, which is no intent at all', (input, found) => {
    expect(refusal(input)).toMatchObject({ code: 'INTENT_INVALID', facts: { found } });
  });

  it('names everything that is wrong at once', () => {
    const error = refusal({
      intentId: '',
      symbol: '삼성전자',
      side: 'LONG',
      quantity: -1,
      intentType: 'LIMIT',
      createdAtMs: 1.5,
      price: 70_000,
    });
    expect(error.message).toMatchInlineSnapshot(`
      "The intent cannot be used: 7 fields are wrong. Nothing was done.
        (unknown fields)  found "price". Known are: intentId, symbol, side, quantity, intentType, limitPriceKrw, stopPriceKrw, timeInForce, venue, session, createdAtMs, validUntilMs, metadata.
        intentId          found an empty text. Give 1 to 64 visible ASCII characters, no spaces.
        symbol            found "삼성전자". Give the short code: six digits or capitals such as 005930, or seven with a leading Q.
        side              found "LONG". Use one of BUY, SELL.
        quantity          found -1. Give a whole number of shares, 1 or more.
        limitPriceKrw     found nothing. LIMIT needs a price in whole won, above 0.
        createdAtMs       found 1.5. Give whole milliseconds since 1970, UTC.
        next              Correct what is named above and give the intent again."
    `);
  });

  it('does not show what may be an account number or a key', () => {
    const { message } = refusal({ ...limit, symbol: '12345678-01', intentId: 'k'.repeat(80), '87654321-01': 1 });
    expect(message).not.toMatch(/12345678|87654321|kkk/);
  });
});
