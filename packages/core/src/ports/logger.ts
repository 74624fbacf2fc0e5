/** Values that a log line may carry. Secrets are not among them: a `Secret` prints as `[secret]`. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured logging. `event` is a past fact in kebab-case: `token-renewed`, `order-accepted`. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
