import { type StreamEdit } from '../../../faults/stream-acts.ts';
import { type StreamFrame } from '../../../streams/dialect-streams.ts';
import { encryptNotice, encryptWithoutPadding, type KisStreamKeys } from './kis-stream-cipher.ts';
import { columnsOn, type KisStreamName } from './kis-stream-columns.ts';
import { type KisStreamRecord } from './kis-stream-records.ts';
import { type KisStreamResult } from './kis-stream-results.ts';

/** The fields of one record, in the order of their columns. */
type Fields = readonly string[];

/** `0|TR_ID|COUNT|` or `1|…`: the count has three digits. */
function head(isEncrypted: boolean, name: string, count: number): string {
  return `${isEncrypted ? 1 : 0}|${name}|${String(count).padStart(3, '0')}|`;
}

function fieldsOf(name: KisStreamName, date: string, record: KisStreamRecord): Fields {
  return columnsOn(name, date).map((column) => record[column] ?? '');
}

/** What a column holds that nobody has documented. */
const unknownColumn = '0';

/** Records with something wrong in them, and by how much their number is told wrongly. */
const recordEdits: Readonly<
  Partial<
    Record<StreamEdit, (records: readonly Fields[]) => { readonly records: readonly Fields[]; readonly more: number }>
  >
> = {
  COLUMN_APPENDED: (records) => ({ records: records.map((fields) => [...fields, unknownColumn]), more: 0 }),
  COLUMN_INSERTED: (records) => ({
    records: records.map((fields) => fields.toSpliced(Math.floor(fields.length / 2), 0, unknownColumn)),
    more: 0,
  }),
  COUNT_WRONG: (records) => ({ records, more: 1 }),
};

function bodyOf(records: readonly Fields[]): string {
  return records.map((fields) => fields.join('^')).join('^');
}

/** Market data: one or several records in one message. */
export function quoteFrame(
  name: KisStreamName,
  date: string,
  subscription: string,
  list: readonly KisStreamRecord[],
): StreamFrame {
  const all = list.map((record) => fieldsOf(name, date, record));
  return {
    kind: 'STREAM_QUOTE',
    operation: name,
    subscription,
    text: head(false, name, all.length) + bodyOf(all),
    edit(edit) {
      const edited = recordEdits[edit]?.(all);
      if (edited === undefined) return undefined;
      return [head(false, name, edited.records.length + edited.more) + bodyOf(edited.records)];
    },
  };
}

/** How the notices of one registration are encrypted; a fault may change it behind the client's back. */
export interface NoticeKeyring {
  keys(): KisStreamKeys;
  change(): void;
}

/** An encrypted notice. `halves`: the same notice as two equal ones and what is left, where it is about a fill. */
export function noticeFrame(
  name: KisStreamName,
  date: string,
  keyring: NoticeKeyring,
  record: KisStreamRecord,
  more: {
    readonly halves: readonly KisStreamRecord[] | undefined;
    readonly tradeByHand?: () => boolean;
  },
): StreamFrame {
  const text = (fields: Fields, count = 1): string =>
    head(true, name, count) + encryptNotice(fields.join('^'), keyring.keys());
  const fields = fieldsOf(name, date, record);
  return {
    kind: 'ORDER_NOTICE',
    operation: name,
    subscription: name,
    text: text(fields),
    edit(edit) {
      if (edit === 'TWO_EQUAL_FILLS') return more.halves?.map((half) => text(fieldsOf(name, date, half)));
      if (edit === 'CIPHER_GARBLED')
        return [head(true, name, 1) + encryptWithoutPadding(fields.join('^'), keyring.keys())];
      if (edit === 'KEY_CHANGED') {
        keyring.change();
        return [text(fields)];
      }
      const edited = recordEdits[edit]?.([fields]);
      return edited === undefined ? undefined : edited.records.map((each) => text(each, 1 + edited.more));
    },
    ...(more.tradeByHand === undefined ? {} : { tradeByHand: more.tradeByHand }),
  };
}

/** An answer to a registration. Successes bring keys, plain streams too (captured). */
export function answerFrame(
  { rtCd, msgCd, msg1, withoutStream }: KisStreamResult,
  { name, key, isEncrypted }: { readonly name: string; readonly key: string; readonly isEncrypted: boolean },
  keys: KisStreamKeys | undefined,
): StreamFrame {
  const header = withoutStream
    ? { tr_id: '(null)', tr_key: '', encrypt: 'N' }
    : { tr_id: name, tr_key: key, encrypt: isEncrypted ? 'Y' : 'N' };
  const output = keys === undefined ? {} : { output: { iv: keys.iv, key: keys.key } };
  return {
    kind: 'STREAM_ANSWER',
    operation: name,
    subscription: '',
    text: JSON.stringify({ header, body: { rt_cd: rtCd, msg_cd: msgCd, msg1, ...output } }),
    edit: () => undefined,
  };
}

/** `PINGPONG`, which the client sends back as it is. */
export function pingFrame(datetime: string): StreamFrame {
  return {
    kind: 'STREAM_PING',
    operation: 'PINGPONG',
    subscription: '',
    text: JSON.stringify({ header: { tr_id: 'PINGPONG', datetime } }),
    edit: () => undefined,
  };
}
