import { type BrokerCapabilities, type EpochMs, type OrderRequest } from '@qts/core';

interface Window {
  /** First instant in, first instant out; epoch ms. */
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
}

const dayMs = 86_400_000;

/**
 * Answers whether a broker can carry an order's type, condition, venue and session at an instant, from what the broker
 * declares. Built once, asked for every order. The bounds of a row are dates in Korea (UTC+9, no daylight saving).
 */
export function createTermsCheck(
  capabilities: BrokerCapabilities,
): (terms: Pick<OrderRequest, 'orderType' | 'timeInForce' | 'venue' | 'session'>, nowMs: EpochMs) => boolean {
  const windows = new Map<string, Window[]>();
  for (const row of capabilities.orderTerms) {
    const window: Window = {
      fromMs: row.effectiveFrom === undefined ? -Infinity : startOfDayMs(row.effectiveFrom),
      untilMs: row.effectiveTo === undefined ? Infinity : startOfDayMs(row.effectiveTo) + dayMs,
    };
    for (const venue of row.venues) {
      for (const session of row.sessions) {
        const key = `${row.orderType} ${row.timeInForce} ${venue} ${session}`;
        const known = windows.get(key);
        if (known === undefined) windows.set(key, [window]);
        else known.push(window);
      }
    }
  }

  return ({ orderType, timeInForce, venue, session }, nowMs) =>
    windows
      .get(`${orderType} ${timeInForce} ${venue} ${session}`)
      ?.some(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs) ?? false;
}

function startOfDayMs(date: string): EpochMs {
  return Date.parse(`${date}T00:00:00+09:00`);
}
