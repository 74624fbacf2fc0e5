import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError, type JournalRecord } from '@qts/core';
import { type FoldedJournal, applyRecord, emptyFoldedJournal, hashFoldedJournal } from '@qts/engine';
import { exportJournal, verifyJournal } from '@qts/storage';
import { type VenueSim } from '@qts/venue-sim';
import { type CrashBroker, crashAccounts } from './crash-market.ts';
import { quantityOf, symbolOf } from './crash-runner.ts';
import { type ToldBooks } from './runner-messages.ts';

/** What is found wrong, by kind. Every list is empty when all is well. */
export interface CrashFindings {
  /** Orders that left more than once, or that the venue has more than once. */
  readonly duplicates: string[];
  /** Orders that the venue has, or heard of, and the journal does not. */
  readonly lost: string[];
  /** Our books are not the venue's. */
  readonly differences: string[];
  /** The journal does not hold, or does not say again what it said. */
  readonly journal: string[];
}

export function noFindings(): CrashFindings {
  return { duplicates: [], lost: [], differences: [], journal: [] };
}

/** The operations that place, by the brokers' own names. */
const placeOperations: Readonly<Record<CrashBroker, readonly string[]>> = {
  kis: ['order-cash'],
  kiwoom: ['kt10000', 'kt10001'],
};
const symbolFields = ['PDNO', 'stk_cd'];
const quantityFields = ['ORD_QTY', 'ord_qty'];

/** An order as it can be read from the wire: symbol and quantity, which no two orders of a run share. */
type OrderKey = string;

/** Orders that arrived at the venue, with how often each did. */
export function postsOf(broker: CrashBroker, venue: VenueSim): ReadonlyMap<OrderKey, number> {
  const posts = new Map<OrderKey, number>();
  for (const operation of placeOperations[broker]) {
    for (const { body = {} } of venue.requests(operation)) {
      const read = (names: readonly string[]): string => String(names.map((name) => body[name]).find(isText));
      const key = `${read(symbolFields)} ${Number(read(quantityFields))}`;
      posts.set(key, (posts.get(key) ?? 0) + 1);
    }
  }
  return posts;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** What the file of a journal says, read by itself. */
export interface ReadJournal {
  readonly folded: FoldedJournal;
  /** Intents whose command was on its way, by order key. */
  readonly sent: ReadonlyMap<OrderKey, string>;
  readonly hashAt: (seq: number) => string | undefined;
}

/** The secrets of the accounts, as they are and in the forms in which they could slip out (I11). */
const secretForms = Object.values(crashAccounts)
  .flatMap(({ appKey, appSecret, accountNumber }) => [appKey, appSecret, accountNumber, accountNumber.slice(0, 8)])
  .flatMap((text) => [
    text,
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    Buffer.from(text).toString('hex'),
    encodeURIComponent(text),
  ]);

/** Reads and verifies a journal that nobody has open. `undefined`, and a finding, when it cannot be read. */
export async function readJournal(
  folder: string,
  findings: CrashFindings,
  seqToHash?: number,
): Promise<ReadJournal | undefined> {
  const folded = emptyFoldedJournal();
  const sending = new Set<string>();
  let hash: string | undefined;
  try {
    const file = join(folder, 'orders.db');
    const { ok, faults } = await verifyJournal(file);
    if (!ok) findings.journal.push(`the chain is broken: ${JSON.stringify(faults[0])}`);
    await exportJournal(file, (line) => {
      if (secretForms.some((form) => line.includes(form)))
        findings.journal.push('a secret stands in the journal (I11)');
      const record = recordOf(line);
      if (record === undefined) return;
      applyRecord(folded, record);
      if (record.type === 'command-sending') sending.add(record.correlationId);
      if (record.seq === seqToHash) hash = hashFoldedJournal(folded);
    });
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    findings.journal.push(`${error.message}; the folder has ${readdirSync(folder).join(' ')}`);
    return undefined;
  }
  const sent = new Map<OrderKey, string>();
  for (const intentId of sending) sent.set(keyOfIntent(intentId), intentId);
  const last = hashFoldedJournal(folded);
  return { folded, sent, hashAt: (seq) => (seq === folded.seq ? last : seq === seqToHash ? hash : undefined) };
}

function recordOf(line: string): JournalRecord | undefined {
  const parsed = JSON.parse(line) as Partial<JournalRecord>;
  return parsed.seq === undefined ? undefined : (parsed as JournalRecord); // Else the first line, or the last.
}

function keyOfIntent(intentId: string): OrderKey {
  const number = Number(intentId.slice(intentId.lastIndexOf('-') + 1));
  return `${symbolOf(number)} ${quantityOf(number)}`;
}

/** What must hold after any kill: nothing twice, nothing forgotten. */
export function judgeOrders(
  broker: CrashBroker,
  venue: VenueSim,
  { sent }: ReadJournal,
  findings: CrashFindings,
): { readonly posts: number } {
  const posts = postsOf(broker, venue);
  for (const [key, count] of posts) {
    if (count > 1) findings.duplicates.push(`${key} was posted ${count} times`);
    if (!sent.has(key)) findings.lost.push(`${key} was posted, and the journal does not say that it was to be sent`);
  }
  const accepted = new Map<OrderKey, number>();
  for (const { kind, symbol, quantity } of venue.exchange.listOrders(crashAccounts[broker].accountId)) {
    if (kind !== 'NEW') continue;
    const key = `${symbol} ${quantity}`;
    const count = (accepted.get(key) ?? 0) + 1;
    accepted.set(key, count);
    if (count > 1) findings.duplicates.push(`${key} is ${count} orders at the venue`);
    if (!sent.has(key)) findings.lost.push(`${key} is at the venue and not in the journal`);
  }
  return { posts: posts.size };
}

/** Our books at the end against the venue's own, order by order. */
export function judgeBooks(
  broker: CrashBroker,
  venue: VenueSim,
  journal: ReadJournal,
  books: ToldBooks,
  findings: CrashFindings,
): void {
  const differ = (what: string, ours: unknown, theirs: unknown): void => {
    if (ours !== theirs) findings.differences.push(`${what}: ours ${String(ours)}, the venue’s ${String(theirs)}`);
  };
  const { accountId } = crashAccounts[broker];
  const byKey = new Map(books.orders.map((order) => [keyOfIntent(order.intentId), order]));
  for (const order of venue.exchange.listOrders(accountId)) {
    if (order.kind !== 'NEW') continue;
    const key = `${order.symbol} ${order.quantity}`;
    const ours = byKey.get(key);
    if (ours === undefined) {
      findings.lost.push(`${key} is at the venue and not in our books`);
      continue;
    }
    const { filledQuantity, filledAmountKrw, canceledQuantity, leavesQuantity } = order;
    differ(`${key} number`, Number(ours.number), order.orderNumber);
    differ(
      key,
      `${ours.filledQuantity} ${ours.filledAmountKrw} ${ours.canceledQuantity} ${ours.leavesQuantity}`,
      `${filledQuantity} ${filledAmountKrw} ${canceledQuantity} ${leavesQuantity}`,
    );
  }
  for (const { intentId, number } of books.orders) {
    if (number !== undefined && venue.exchange.getOrder(Number(number)) === undefined) {
      findings.differences.push(`${intentId} is bound to number ${number}, which the venue does not have`);
    }
  }
  const account = venue.exchange.getAccount(accountId);
  differ('cash', books.cashKrw, account?.settledKrw);
  for (const { symbol, quantity } of account?.holdings ?? []) differ(symbol, books.positions[symbol] ?? 0, quantity);
  findings.differences.push(...books.open);
  if (books.foldHash !== journal.hashAt(journal.folded.seq)) {
    findings.journal.push('the journal folds to something else than what the process held at its end');
  }
}
