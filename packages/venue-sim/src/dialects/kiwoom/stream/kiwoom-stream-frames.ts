import { type StreamFrame } from '../../../streams/dialect-streams.ts';

/** FIDs and their values; all of them are text. */
export type KiwoomValues = Readonly<Record<string, string>>;

/** One entry of a `REAL` message. */
export interface KiwoomEntry {
  readonly type: string;
  readonly name: string;
  readonly item: string;
  readonly values: KiwoomValues;
}

/** A FID that no document has, and what it holds. */
const unknownFid = 'x900';
const unknownValue = '0';

function realText(entries: readonly KiwoomEntry[]): string {
  // The order of the keys as captured.
  const data = entries.map(({ values, type, name, item }) => ({ values, type, name, item }));
  return JSON.stringify({ data, trnm: 'REAL' });
}

function withValues(
  entry: KiwoomEntry,
  change: (values: readonly (readonly [string, string])[]) => unknown,
): KiwoomEntry {
  const changed = change(Object.entries(entry.values)) as readonly (readonly [string, string])[];
  return { ...entry, values: Object.fromEntries(changed) };
}

/** A `REAL` message. `halves`: a fill told as two equal ones and what is left. */
export function realFrame(
  kind: 'STREAM_QUOTE' | 'ORDER_NOTICE',
  subscription: string,
  entries: readonly KiwoomEntry[],
  more: {
    readonly halves?: readonly KiwoomEntry[] | undefined;
    readonly tradeByHand?: (() => boolean) | undefined;
  } = {},
): StreamFrame {
  return {
    kind,
    operation: entries[0]?.type ?? '',
    subscription,
    text: realText(entries),
    edit(edit) {
      switch (edit) {
        case 'COLUMN_APPENDED':
          return [realText(entries.map((each) => withValues(each, (list) => [...list, [unknownFid, unknownValue]])))];
        case 'COLUMN_INSERTED':
          return [
            realText(
              entries.map((each) =>
                withValues(each, (list) => list.toSpliced(Math.floor(list.length / 2), 0, [unknownFid, unknownValue])),
              ),
            ),
          ];
        case 'TWO_EQUAL_FILLS':
          return more.halves?.map((half) => realText([half]));
        case 'COUNT_WRONG':
        case 'CIPHER_GARBLED':
        case 'KEY_CHANGED':
          return undefined; // messages have no count and are not encrypted
      }
    },
    ...(more.tradeByHand === undefined ? {} : { tradeByHand: more.tradeByHand }),
  };
}

/** Anything else that the server says. */
export function controlFrame(
  kind: 'STREAM_ANSWER' | 'STREAM_PING',
  message: Readonly<Record<string, unknown>>,
): StreamFrame {
  return {
    kind,
    operation: String(message['trnm']),
    subscription: '',
    text: JSON.stringify(message),
    edit: () => undefined,
  };
}
