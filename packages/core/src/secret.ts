import { inspect } from 'node:util';

/**
 * A value that must not be seen: prints as `[secret]` however it is logged (string, JSON, inspect, error).
 * The raw value leaves by one greppable method.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The raw value: for the wire layer only. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  static {
    Object.defineProperty(this.prototype, inspect.custom, { value: () => '[secret]' });
  }
}
