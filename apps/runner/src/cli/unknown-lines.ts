import { type ExecutionIntent } from '@qts/core';
import { type UnknownNews } from '../trading/unknown-news.ts';

/** Word of a lost order as one line for people. */
export function unknownLine(news: UnknownNews): string {
  const { intent } = news;
  if (news.what === 'LOST') {
    return `UNKNOWN order ${intent.intentId} (${termsOf(intent)}): its answer is lost; it is looked for, never sent again`;
  }
  const after = `after ${(news.afterMs / 1_000).toFixed(1)} s`;
  const { outcome, status, brokerOrderId, message } = news.response;
  if (outcome === 'ACCEPTED') return `  order ${intent.intentId} found as number ${brokerOrderId ?? '?'}, ${after}`;
  if (outcome === 'REJECTED') return `  order ${intent.intentId} was refused, ${after}`;
  if (status === 'ABSENT')
    return `  order ${intent.intentId} absent: the broker never had it, ${after}; watched until midnight`;
  return `  order ${intent.intentId}: A PERSON HAS TO DECIDE, ${after}: ${message}`;
}

function termsOf({ side, quantity, symbol }: ExecutionIntent): string {
  return `${side} ${quantity} ${symbol}`;
}
