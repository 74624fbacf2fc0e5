import { type StartReport } from '@qts/engine';

/** What a start came to, for people; nothing when there was nothing to take up and all agreed. */
export function startLines({ outcome, why, orders, unknown, cancels, leftOver }: StartReport): readonly string[] {
  const isPlain = outcome === 'OPEN' && orders === 0 && leftOver.length === 0;
  if (isPlain) return [];
  const words = { OPEN: 'agrees with the broker', RESTRICTED: 'RESTRICTED', CLOSED: 'CLOSED: no order leaves' }[
    outcome
  ];
  return [
    `start: ${words}; took up ${orders} orders of today, ${unknown} of them unknown, ${cancels} cancels`,
    ...why.map((each) => `  because ${each}`),
    ...leftOver.map(
      ({ intent, tradingDate }) => `  nobody knows the end of order ${intent.intentId} of ${tradingDate}`,
    ),
  ];
}
