import { type FieldPage, type FieldText } from './operation-page.ts';

/** The page of one stream: enough to register it by hand and to read its records. */
export interface StreamPage {
  /** What a person asks for: the broker's own name of it. */
  readonly id: string;
  readonly korean: string;
  /** What it tells, one sentence. */
  readonly summary: string;
  /** Where it is offered. */
  readonly servers: readonly ('LIVE' | 'PAPER')[];
  /** The message that registers it, with the name of what is secret in the place of it. */
  readonly registration: unknown;
  /** How its records travel. */
  readonly record: string;
  /** How many registrations a session takes, in words. */
  readonly limits: string;
  /** Columns in wire order, or FIDs. One line may stand for a row of ten levels: `ASKP1 … ASKP10`. */
  readonly fields: readonly FieldPage[];
  readonly source: string;
}

/** The fields of a page, of what is written about them. */
export function fieldPages(texts: readonly FieldText[]): readonly FieldPage[] {
  return texts.map(([name, korean, meaning = '']) => ({ name, korean, meaning }));
}
