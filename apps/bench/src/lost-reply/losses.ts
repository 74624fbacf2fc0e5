import { type VenueFaultPlan } from '@qts/venue-sim';

/** A way of losing the answer to an order. */
export interface Loss {
  readonly id: string;
  readonly what: string;
  /** Absent: nothing is lost. */
  readonly plan?: VenueFaultPlan;
  /** The venue takes the order long after the connection has ended. */
  readonly landsLate?: boolean;
}

const order = 'order-cash';

/** The ways, with what the venue does behind them. */
export const losses: readonly Loss[] = [
  { id: 'none', what: 'nothing is lost' },
  { id: 'R07', what: 'connection ends, order not taken', plan: { fault: 'R07-drop-before-accept', operation: order } },
  { id: 'R08', what: 'connection ends, order taken', plan: { fault: 'R08-drop-after-accept', operation: order } },
  { id: 'R08r', what: 'connection reset, order taken', plan: { fault: 'R08-reset-after-accept', operation: order } },
  { id: 'R09', what: 'silence, order not taken', plan: { fault: 'R09-silence-before-accept', operation: order } },
  { id: 'R10', what: 'silence, order taken', plan: { fault: 'R10-silence-after-accept', operation: order } },
  {
    id: 'R11',
    what: 'connection ends, order taken 20 s later',
    plan: { fault: 'R11-drop-late-landing', operation: order, parameters: { landsAfterMs: 20_000 } },
    landsLate: true,
  },
  { id: 'R13', what: 'half a JSON, order taken', plan: { fault: 'R13-half-json-after-accept', operation: order } },
  { id: 'R14', what: 'empty 200, order taken', plan: { fault: 'R14-empty-200-after-accept', operation: order } },
  {
    id: 'R15',
    what: 'HTML page with 200, order taken',
    plan: { fault: 'R15-html-page-after-accept', operation: order },
  },
  {
    id: 'R18',
    what: 'success without a number, order taken',
    plan: { fault: 'R18-no-order-number-after-accept', operation: order },
  },
  { id: 'R19', what: 'HTTP 500, order taken', plan: { fault: 'R19-error-500-after-accept', operation: order } },
  { id: 'R20', what: 'HTTP 500, order not taken', plan: { fault: 'R20-error-500-before-accept', operation: order } },
  { id: 'R21', what: 'HTTP 503, order taken', plan: { fault: 'R21-error-503-after-accept', operation: order } },
  {
    id: 'R34',
    what: 'answer 15 s late, order taken',
    plan: { fault: 'R34-answer-late-after-deadline', operation: order, parameters: { delayMs: 15_000 } },
  },
];
