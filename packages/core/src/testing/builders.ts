import { type ExecutionIntent, type ExecutionIntentInput } from '../execution-intent.ts';
import { kstEpochMs, timeOfDayMs } from '../kst.ts';
import { type OrderRequest, type OrderRequestInput } from '../order-request.ts';
import { orderTypePrices } from '../order-terms.ts';
import { parseExecutionIntent } from '../parse-execution-intent.ts';
import { parseOrderRequest } from '../parse-order-request.ts';
import { tradingDate } from '../value-constructors.ts';

/** A day and a minute at which most markets of the tests are open: Monday 2026-09-14, 10:00 in Korea. */
const createdAtMs = kstEpochMs(tradingDate('2026-09-14'), timeOfDayMs('10:00'));

/** The prices that a type carries, when a test does not care which. */
function pricesOf(type: ExecutionIntent['intentType']): { limitPriceKrw?: number; stopPriceKrw?: number } {
  const { limit, stop } = type === 'NOOP' ? { limit: false, stop: false } : orderTypePrices[type];
  return { ...(limit ? { limitPriceKrw: 70_000 } : {}), ...(stop ? { stopPriceKrw: 71_000 } : {}) };
}

/**
 * A valid intent: buy 10 shares of 005930 at 70,000 won. Prices follow the type: a test that asks for `MARKET` gets none,
 * and `NOOP` gets quantity 0. Every intent has the same id unless the test gives one.
 *
 * @throws {ValidationError} when the overrides make it invalid.
 */
export function buildExecutionIntent(overrides: Partial<ExecutionIntentInput> = {}): ExecutionIntent {
  const { intentType = 'LIMIT' } = overrides;
  return parseExecutionIntent({
    intentId: 'intent-1',
    symbol: '005930',
    side: 'BUY',
    quantity: intentType === 'NOOP' ? 0 : 10,
    intentType,
    ...pricesOf(intentType),
    createdAtMs,
    ...overrides,
  });
}

/**
 * A valid request that may be sent (`dryRun` is false): buy 10 shares of 005930 at 70,000 won. Prices follow the type.
 *
 * @throws {ValidationError} when the overrides make it invalid.
 */
export function buildOrderRequest(overrides: Partial<OrderRequestInput> = {}): OrderRequest {
  const { orderType = 'LIMIT' } = overrides;
  return parseOrderRequest({
    clientOrderId: 'intent-1',
    symbol: '005930',
    side: 'BUY',
    quantity: 10,
    orderType,
    ...pricesOf(orderType),
    dryRun: false,
    ...overrides,
  });
}
