import { type ExecutionIntent } from './execution-intent.ts';
import { type ExecutionResponse } from './execution-response.ts';
import { type CallOptions } from './order-adapter.ts';
import { type CancelRequest, type ReplaceRequest } from './order-request.ts';
import { type CancelResponse, type ReplaceResponse } from './order-response.ts';

/**
 * Anything that takes an intent and says what became of it. It never throws for what a broker or a network did: it
 * answers. Cancels are never blocked by what blocks orders.
 */
export interface BrokerEngine {
  /** `kis`, `kiwoom`, `noop-broker`, `mock-broker`. */
  readonly name: string;
  submitIntent(intent: ExecutionIntent, options?: CallOptions): Promise<ExecutionResponse>;
  /** Changes what remains of an order. An order command like a place: one attempt, never repeated. */
  replaceOrder(request: ReplaceRequest, options?: CallOptions): Promise<ReplaceResponse>;
  cancelOrder(request: CancelRequest, options?: CallOptions): Promise<CancelResponse>;
}
