import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionIntentSchema, orderRequestSchema } from './order-schemas.ts';
import {
  orderTypePrices,
  type OrderType,
  orderTypes,
  sides,
  timesInForce,
  tradingSessions,
  venues,
} from './order-terms.ts';
import { parseExecutionIntent } from './parse-execution-intent.ts';
import { parseOrderRequest } from './parse-order-request.ts';

/** What a parser makes of an input: its value, or that it refused. */
function outcome(parse: (input: unknown) => unknown, input: unknown): unknown {
  try {
    return { taken: parse(input) };
  } catch {
    return 'refused';
  }
}

/** Mostly what is right, sometimes what is nearly right, so that both verdicts are common. */
const mostly = (right: readonly unknown[], ...wrong: readonly unknown[]) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null, '', ...wrong) },
  );

const terms = {
  symbol: mostly(['005930', '0001A0', 'Q500001'], '5930', '00593a', 5930, 'KR7005930003'),
  side: mostly(sides, 'buy', 'HOLD'),
  quantity: mostly([1, 10, 1], 0, -1, 1.5, '10', 2 ** 53, Number.NaN, 10n),
  limitPriceKrw: mostly([undefined, 70_000, 1], 0, 0.5, '70000'),
  stopPriceKrw: mostly([undefined], 71_000, 0),
  timeInForce: mostly([undefined, ...timesInForce], 'GTC'),
  venue: mostly([undefined, ...venues], 'NYSE'),
  session: mostly([undefined, ...tradingSessions], 'NIGHT'),
};

const intents = fc.record(
  {
    intentId: mostly(['a', 'x'.repeat(64)], 'x'.repeat(65), 'a b', 'é', 7),
    ...terms,
    intentType: mostly([...orderTypes, 'NOOP', 'LIMIT', 'MARKET'], 'limit'),
    createdAtMs: mostly([0, 1_789_344_000_000], -1, 0.5, '0'),
    validUntilMs: mostly([undefined, 1_789_344_000_000, 2_000_000_000_000], 0, 1.5),
    metadata: mostly(
      [undefined, {}, { strategy: 'a', n: 1.5, on: true, none: null }],
      [],
      'text',
      { limit_price: 1 },
      { x: {} },
      { x: Number.NaN },
      { x: undefined },
    ),
    surprise: fc.option(fc.constant(1), { freq: 30, nil: undefined }),
  },
  { requiredKeys: ['intentId', 'symbol', 'side', 'quantity', 'intentType', 'createdAtMs'] },
);
const anything = fc.anything({ withNullPrototype: true });

/** Prices as the type carries them, for most inputs: chance would rarely agree. */
const fitting = (type: unknown): object => {
  const { limit, stop } = orderTypes.includes(type as OrderType)
    ? orderTypePrices[type as OrderType]
    : { limit: false, stop: false };
  return { limitPriceKrw: limit ? 70_000 : undefined, stopPriceKrw: stop ? 71_000 : undefined };
};
const withFittingPrices = fc.tuple(intents, fc.integer({ min: 0, max: 9 })).map(([input, chance]) => {
  const { intentType, quantity } = input;
  if (chance === 0) return input;
  return { ...input, ...fitting(intentType), quantity: intentType === 'NOOP' ? 0 : quantity };
});

const tidy = (input: object) =>
  Object.fromEntries(Object.entries(input).filter(([name, value]) => name !== 'surprise' || value !== undefined));

describe('the schemas and the hand-written parsers', () => {
  it('say the same of an intent', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: withFittingPrices.map(tidy) }, anything), (input) => {
        const byHand = outcome(parseExecutionIntent, input);
        seen[byHand === 'refused' ? 'refused' : 'taken']++;
        expect(outcome((each) => executionIntentSchema.parse(each), input)).toEqual(byHand);
      }),
      { numRuns: 5_000 },
    );
    // The property would say nothing if nearly everything were refused.
    expect(seen.taken).toBeGreaterThan(300);
    expect(seen.refused).toBeGreaterThan(300);
  });

  it('say the same of an order request', () => {
    const requests = fc.record(
      {
        clientOrderId: mostly(['a'], 'a b'),
        ...terms,
        orderType: mostly([...orderTypes, 'LIMIT', 'MARKET'], 'NOOP'),
        dryRun: mostly([undefined, true, false], 'N', 0),
      },
      { requiredKeys: ['clientOrderId', 'symbol', 'side', 'quantity', 'orderType'] },
    );
    let taken = 0;
    fc.assert(
      fc.property(
        requests.map((request) => ({ ...request, ...fitting(request.orderType) })),
        (input) => {
          const byHand = outcome(parseOrderRequest, input);
          if (byHand !== 'refused') taken++;
          expect(outcome((each) => orderRequestSchema.parse(each), input)).toEqual(byHand);
        },
      ),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });
});
