import { printable } from '@qts/failsafe-codes';

/**
 * Errors that speak to a tired person: what happened, the facts, what to do next. A stable `code` for programs, `cause`
 * for the curious, and `isInstance` that survives two installed copies of this package. Texts from outside are made
 * printable: a broker's message cannot forge a line of a log.
 */

/** Facts of an error: names and printable values, never a secret. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export interface QtsErrorDetails {
  /** Stable, `UPPER_SNAKE`. */
  readonly code: string;
  /** One sentence: what happened. */
  readonly summary: string;
  readonly facts?: ErrorFacts;
  /** What to do next. */
  readonly next: string;
  readonly cause?: unknown;
}

const marker = Symbol.for('@qts/core/error');

/** The base of all errors of QTS. */
export class QtsError extends Error {
  override readonly name: string = 'QtsError';
  readonly code: string;
  readonly summary: string;
  readonly facts: ErrorFacts;
  readonly next: string;

  constructor(details: QtsErrorDetails) {
    super(layOut(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.summary = details.summary;
    this.facts = details.facts ?? {};
    this.next = details.next;
    Object.defineProperty(this, marker, { value: lineage(new.target) });
  }

  /** Whether `value` is this kind of error, from any installed copy of the package. */
  static isInstance<Kind extends abstract new (...args: never[]) => QtsError>(
    this: Kind,
    value: unknown,
  ): value is InstanceType<Kind> {
    const kinds: unknown =
      typeof value === 'object' && value !== null ? (value as Record<symbol, unknown>)[marker] : [];
    return Array.isArray(kinds) && kinds.includes(this.name);
  }
}

/** Input that a caller gave is not valid: names the field, what was found, and the remedy. Nothing was done. */
export class ValidationError extends QtsError {
  override readonly name: string = 'ValidationError';
}

/** Configuration, environment or files on disk are not usable. Nothing was started. */
export class ConfigurationError extends QtsError {
  override readonly name: string = 'ConfigurationError';
}

/** What a broker, or the way to it, did. */
export class BrokerError extends QtsError {
  override readonly name: string = 'BrokerError';
}

/** The broker refused the credentials or the token. */
export class AuthenticationError extends BrokerError {
  override readonly name: string = 'AuthenticationError';
}

/** The broker or our own limiter says: too fast. */
export class RateLimitError extends BrokerError {
  override readonly name: string = 'RateLimitError';
}

/**
 * The exchange of bytes failed. `sent` says whether the request may have reached the broker: `NOT_SENT` needs proof
 * (a refused connection, a limiter that was closed); everything else is `MAYBE_SENT`.
 */
export class TransportError extends BrokerError {
  override readonly name: string = 'TransportError';
  readonly sent: 'NOT_SENT' | 'MAYBE_SENT';

  constructor(details: QtsErrorDetails & { readonly sent: 'NOT_SENT' | 'MAYBE_SENT' }) {
    super(details);
    this.sent = details.sent;
  }
}

/** The broker answered, and the answer cannot be understood or does not fit the question. */
export class UnexpectedResponseError extends BrokerError {
  override readonly name: string = 'UnexpectedResponseError';
}

/** The broker answered with an explicit refusal, under its own code. */
export class BrokerRefusalError extends BrokerError {
  override readonly name: string = 'BrokerRefusalError';
  /** The broker's own code, for example `APBK0988`. */
  readonly nativeCode: string;
  readonly nativeMessage: string;

  constructor(details: QtsErrorDetails & { readonly nativeCode: string; readonly nativeMessage: string }) {
    super(details);
    this.nativeCode = printable(details.nativeCode);
    this.nativeMessage = printable(details.nativeMessage);
  }
}

function layOut({ summary, facts = {}, next }: QtsErrorDetails): string {
  const rows = [...Object.entries(facts), ['next', next] as const].filter(([, value]) => value !== undefined);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [summary, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value)}`)]
    .map(printable)
    .join('\n');
}

/** Names of the error's classes, most special first, down to `QtsError`. */
function lineage(kind: { readonly name: string }): readonly string[] {
  const names: string[] = [];
  for (let each: unknown = kind; typeof each === 'function' && each !== Error; each = Object.getPrototypeOf(each)) {
    names.push(each.name);
  }
  return names;
}
