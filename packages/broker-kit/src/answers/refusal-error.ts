import { AuthenticationError, BrokerError, BrokerRefusalError, type NativeReason, RateLimitError } from '@qts/core';
import { type RefusalRow } from '../operations/refusal-row.ts';

/** The facts of an error about a refusal. */
export interface RefusalContext {
  readonly operation: string;
  readonly environment: 'LIVE' | 'PAPER';
}

/** What a broker says differently. */
export interface RefusalWording {
  /** As errors name the broker: `KIS`. */
  readonly brokerName: string;
  /** What may not fit when credentials are refused, and what to check: each broker ties keys to something else. */
  readonly credentials: { readonly summary: string; readonly next: string };
}

/** Makes the error of a refusal: what it is called follows from the row, or from there being none. */
export type RefusalErrorMaker = (
  verdict: NativeReason,
  row: RefusalRow | undefined,
  status: number,
  context: RefusalContext,
) => BrokerError;

export function createRefusalError({ brokerName, credentials }: RefusalWording): RefusalErrorMaker {
  /** Wording of the errors, by what refused. */
  const texts = {
    REFUSED: {
      code: 'ORDER_REFUSED',
      summary: `${brokerName} refused the request.`,
      next: 'Correct the cause that the broker names.',
    },
    GATEWAY_REFUSED: {
      code: 'REQUEST_REFUSED',
      summary: `The ${brokerName} gateway refused the form of the request.`,
      next: 'For an order: read the order list first. Then report it; the request should not have been made like this.',
    },
    RATE_LIMITED: {
      code: 'RATE_LIMITED',
      summary: `${brokerName} refused the request for its rate.`,
      next: 'The limiter slows down by itself. For an order: read the order list before deciding again.',
    },
    TOKEN_REFUSED: {
      code: 'TOKEN_REFUSED',
      summary: `${brokerName} refused the access token.`,
      next: 'A new one is asked for. If this repeats, the app key may belong to the other environment.',
    },
    CREDENTIALS_REFUSED: { code: 'CREDENTIALS_REFUSED', ...credentials },
    GATEWAY_TROUBLE: {
      code: 'GATEWAY_TROUBLE',
      summary: `${brokerName} is in trouble and does not say what became of the request.`,
      next: 'For an order: it may be live. Read the order list before doing anything.',
    },
    UNLISTED: {
      code: 'REFUSAL_UNLISTED',
      summary: `${brokerName} refused with a code that is not in the table.`,
      next: 'Read the order list before believing the refusal, then add the code to the error map.',
    },
  } as const;

  return (verdict, row, status, { environment, operation }) => {
    const refusal = row?.failureClass ?? 'UNLISTED';
    const native = `${verdict.code === '' ? 'no code' : verdict.code} ${verdict.message}`.trim();
    const confirmByRead = row === undefined || row.confirmByRead;
    const facts = { environment, operation, status, native, meaning: row?.meaning, confirmByRead };
    const details = { ...texts[refusal], facts };
    switch (refusal) {
      case 'REFUSED':
      case 'GATEWAY_REFUSED':
      case 'UNLISTED':
        return new BrokerRefusalError({ ...details, nativeCode: verdict.code, nativeMessage: verdict.message });
      case 'RATE_LIMITED':
        return new RateLimitError(details);
      case 'TOKEN_REFUSED':
      case 'CREDENTIALS_REFUSED':
        return new AuthenticationError(details);
      case 'GATEWAY_TROUBLE':
        return new BrokerError(details);
    }
  };
}
