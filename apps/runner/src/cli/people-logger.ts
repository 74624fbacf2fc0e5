import { redactText } from '@qts/broker-kit';
import { type LogFields, type Logger, printable } from '@qts/core';

/** What the progress lines tell, in better words. */
const toldElsewhere: ReadonlySet<string> = new Set(['unknown-order-ended']);

/**
 * Warnings and errors as a person reads them in a terminal: `! unknown-order-ended  end ADOPTED, unknownForMs 500`.
 * Everything below a warning is left out; `--verbose` prints all of it, as JSON lines.
 *
 * @param told further events that the command shows in lines of its own
 */
export function createPeopleLogger(say: (line: string) => void, told: readonly string[] = []): Logger {
  const tell =
    (mark: string) =>
    (event: string, fields: LogFields = {}): void => {
      if (toldElsewhere.has(event) || told.includes(event)) return;
      const facts = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name} ${String(value)}`);
      say(printable(redactText(`${mark} ${event}${facts.length === 0 ? '' : `  ${facts.join(', ')}`}`)));
    };
  const silent = (): void => undefined;
  return { debug: silent, info: silent, warn: tell('!'), error: tell('!!') };
}
