import { type OrderGateway } from '../gateway/order-gateway-contract.ts';
import { type TradingStates } from './trading-state.ts';

export interface RejectRateGuardSettings {
  readonly gateway: Pick<OrderGateway, 'watch'>;
  readonly trading: Pick<TradingStates, 'restrictAs' | 'restrictions'>;
}

/** How many answers are looked at, from how many on, and which part of them may be refusals. */
const limit = { window: 20, atLeast: 10, refusedMaxPercent: 50 } as const;
const source = 'reject-rate-guard';

/**
 * More than half of the last 20 answers of the broker (at least 10 of them) are refusals: `REDUCE_ONLY` until an operator
 * resumes it (execution-safety 12). Only the broker's clear yes and no count; after a resume the count begins anew.
 */
export function createRejectRateGuard({ gateway, trading }: RejectRateGuardSettings): void {
  const restrict = trading.restrictAs(source, 'OPERATOR');
  let refusals: boolean[] = [];
  let hasTripped = false;

  gateway.watch({
    placeAnswered(_, { outcome, dryRun }) {
      if (dryRun === true || (outcome !== 'ACCEPTED' && outcome !== 'REJECTED')) return;
      if (hasTripped && !trading.restrictions().some((each) => each.source === source)) {
        hasTripped = false;
        refusals = [];
      }
      refusals = [...refusals, outcome === 'REJECTED'].slice(-limit.window);
      const refused = refusals.filter(Boolean).length;
      if (refusals.length < limit.atLeast || refused * 100 <= refusals.length * limit.refusedMaxPercent) return;
      hasTripped = true;
      restrict('REDUCE_ONLY', { code: 'FS040', why: `the broker refused ${refused} of ${refusals.length} orders` });
    },
  });
}
