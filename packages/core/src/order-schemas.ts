import { z } from 'zod';
import { type ExecutionIntent, type ExecutionIntentInput } from './execution-intent.ts';
import { type OrderRequest, type OrderRequestInput } from './order-request.ts';
import { orderTypePrices, orderTypes, sides, timesInForce, tradingSessions, venues } from './order-terms.ts';
import { isPriceName } from './parse-execution-intent.ts';
import { idLengthMax } from './value-constructors.ts';

/*
 * The contracts as zod schemas, for edges where an intent is a part of something larger: a file of a configuration, a
 * message. They accept and give exactly what parseExecutionIntent and parseOrderRequest do; a property test holds the
 * two together.
 */

const id = z
  .string()
  .max(idLengthMax)
  .regex(/^[\x21-\x7e]+$/);
const symbol = z.string().regex(/^(?:[0-9A-Z]{6}|Q[0-9A-Z]{6})$/);
const count = z.number().refine(Number.isSafeInteger).min(0);
const price = count.min(1);

const terms = {
  symbol,
  side: z.enum(sides),
  quantity: count,
  limitPriceKrw: price.optional(),
  stopPriceKrw: price.optional(),
  timeInForce: z.enum(timesInForce).default('DAY'),
  venue: z.enum(venues).default('KRX'),
  session: z.enum(tradingSessions).default('REGULAR'),
};

const metadataValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const intentShape = z
  .strictObject({
    intentId: id,
    ...terms,
    intentType: z.enum([...orderTypes, 'NOOP']),
    createdAtMs: count,
    validUntilMs: count.optional(),
    metadata: z.record(z.string(), metadataValue).default({}),
  })
  .refine(({ intentType, quantity }) => (intentType === 'NOOP' ? quantity === 0 : quantity >= 1), {
    path: ['quantity'],
    error: 'NOOP takes 0 shares, an order 1 or more.',
  })
  .refine(({ createdAtMs, validUntilMs }) => validUntilMs === undefined || validUntilMs >= createdAtMs, {
    path: ['validUntilMs'],
    error: 'An intent cannot be stale before it was made.',
  })
  .refine(({ metadata }) => !Object.keys(metadata).some(isPriceName), {
    path: ['metadata'],
    error: 'A price is a field of the intent: use limitPriceKrw or stopPriceKrw.',
  })
  .refine((intent) => carriesItsPrices(intent.intentType, intent), { error: pricesWanted });

const requestShape = z
  .strictObject({
    clientOrderId: id,
    ...terms,
    quantity: count.min(1),
    orderType: z.enum(orderTypes),
    dryRun: z.boolean().default(true),
  })
  .refine((request) => carriesItsPrices(request.orderType, request), { error: pricesWanted });

/** {@link ExecutionIntent} from plain data. */
export const executionIntentSchema: z.ZodType<ExecutionIntent, ExecutionIntentInput> = intentShape.transform(
  (intent) => withoutAbsent(intent) as unknown as ExecutionIntent,
);

/** {@link OrderRequest} from plain data. */
export const orderRequestSchema: z.ZodType<OrderRequest, OrderRequestInput> = requestShape.transform(
  (request) => withoutAbsent(request) as unknown as OrderRequest,
);

function carriesItsPrices(
  type: (typeof orderTypes)[number] | 'NOOP',
  {
    limitPriceKrw,
    stopPriceKrw,
  }: { readonly limitPriceKrw?: number | undefined; readonly stopPriceKrw?: number | undefined },
): boolean {
  const { limit, stop } = type === 'NOOP' ? { limit: false, stop: false } : orderTypePrices[type];
  return (limitPriceKrw !== undefined) === limit && (stopPriceKrw !== undefined) === stop;
}

function pricesWanted(): string {
  return 'The order type does not carry these prices: see orderTypePrices.';
}

function withoutAbsent(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
