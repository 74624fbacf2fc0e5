import { type ExecutionIntent } from './execution-intent.ts';
import { type ExecutionResponse } from './execution-response.ts';
import { type CallOptions } from './order-adapter.ts';
import { type CancelRequest } from './order-request.ts';
import { type CancelResponse } from './order-response.ts';

/**
 * Anything that takes an intent and says what became of it. `submitIntent` never throws for what a broker or a network
 * did: it answers. Cancels are never blocked by what blocks orders.
 */
export interface BrokerEngine {
  /** `kis`, `kiwoom`, `noop-broker`, `mock-broker`. */
  readonly name: string;
  submitIntent(intent: ExecutionIntent, options?: CallOptions): Promise<ExecutionResponse>;
  cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse>;
}
