import { ValidationError } from '@qts/core';
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
 * @throws {ValidationError} `OPERATION_NOT_VALID` when the name or the path has the wrong shape, or an order or a cancel
 * was made repeatable by a cast.
 */
export function defineOperation<const Definition extends OperationDefinition>(definition: Definition): Definition {
  const { name, path, lane }: OperationDefinition = definition;
  const repeatable: boolean = definition.repeatable; // Not as narrow as the types have it: a cast may lie.
  const isCommand = lane === 'ORDER' || lane === 'RISK_CANCEL';
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || !/^\/[^?#\s]*$/.test(path) || (isCommand && repeatable)) {
    throw new ValidationError({
      code: 'OPERATION_NOT_VALID',
      summary: 'A wire operation is declared in a wrong way.',
      facts: { name, path, lane, repeatable },
      next: 'The name is kebab-case, the path starts with / and has no query, and no order or cancel is repeatable.',
    });
  }
  return definition;
}
