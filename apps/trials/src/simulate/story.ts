import { type LogFields, type Logger } from '@qts/core';
import { createEventHash } from './world/event-hash.ts';

/** What happens in a run, in order: for its hash, its figures and, when asked for, its trace. */
export interface Story {
  note(event: string, detail: string): void;
  count(name: string, by?: number): void;
  /** Keeps what the product logs: for the search for secrets, and as part of the story. */
  readonly logger: Logger;
  readonly counts: Readonly<Record<string, number>>;
  readonly logged: readonly string[];
  readonly lines: readonly string[];
  digest(): string;
  /** The same story, told of one account: its name stands before what is noted. */
  of(name: string): Story;
}

/** @param keepsLines whether every event becomes a line of the trace */
export function createStory(nowMs: () => number, startMs: number, keepsLines: boolean): Story {
  const hash = createEventHash();
  const counts: Record<string, number> = {};
  const logged: string[] = [];
  const lines: string[] = [];

  function note(event: string, detail: string): void {
    const atMs = nowMs();
    hash.addNumber(atMs);
    hash.add(event);
    hash.add(detail);
    if (keepsLines) lines.push(`${((atMs - startMs) / 1_000).toFixed(3).padStart(9)} ${event} ${detail}`);
  }

  function count(name: string, by = 1): void {
    counts[name] = (counts[name] ?? 0) + by;
  }

  function tell(prefix: string): Story {
    const noteOf = (event: string, detail: string): void => {
      note(prefix + event, detail);
    };
    const log = (event: string, fields: LogFields = {}): void => {
      const line = `${event} ${JSON.stringify(fields)}`;
      logged.push(line);
      noteOf('log', line);
    };
    return {
      ...{ note: noteOf, count, counts, logged, lines },
      logger: { debug: log, info: log, warn: log, error: log },
      digest: () => hash.digest(),
      of: (name) => tell(`${name} `),
    };
  }
  return tell('');
}
