import { type RateLane } from '../limits/rate-lanes.ts';

interface OperationBase {
  /** The broker's own name of it, kebab-case: `order-cash`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Starts with `/`, without a query. */
  readonly path: string;
  /** The broker's id of the operation per environment: one text, or one per variant (`BUY`, `SELL`). `null`: not offered there. */
  readonly operationId: Readonly<Record<'LIVE' | 'PAPER', string | Readonly<Record<string, string>> | null>>;
  /** The broker's document. */
  readonly source: string;
}

/**
 * A wire operation. What moves on the order lane or on the cancel lane is never repeatable: the types do not allow it,
 * so `retryRead` cannot be handed an order command.
 */
export type OperationDefinition = OperationBase &
  (
    | { readonly lane: Extract<RateLane, 'RISK_CANCEL' | 'ORDER'>; readonly repeatable: false }
    | { readonly lane: Exclude<RateLane, 'RISK_CANCEL' | 'ORDER'>; readonly repeatable: boolean }
  );

/**
 * Declares a wire operation; adapters may add fields of their own.
 * @throws {ValidationError} when the path or the name has the wrong shape.
 */
export function defineOperation<const Definition extends OperationDefinition>(definition: Definition): Definition {
  return definition;
}
