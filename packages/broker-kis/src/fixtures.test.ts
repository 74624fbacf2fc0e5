import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HttpExchange } from '@qts/broker-kit';
import { describe, expect, it } from 'vitest';
import { readKisAnswer, type KisAnswer } from './kis-answer.ts';
import { classifyCommandAnswer } from './kis-command-outcome.ts';
import { toOrderSnapshots } from './kis-order-snapshots.ts';
import { chkHoliday } from './rest/chk-holiday.ts';
import { inquireBalance } from './rest/inquire-balance.ts';
import { inquireDailyCcld } from './rest/inquire-daily-ccld.ts';
import { inquirePrice } from './rest/inquire-price.ts';
import { inquirePsblOrder } from './rest/inquire-psbl-order.ts';
import { orderCash } from './rest/order-cash.ts';
import { orderRvsecncl } from './rest/order-rvsecncl.ts';

const folder = join(import.meta.dirname, '../test/fixtures/rest');

interface IndexRow {
  readonly file: string;
  readonly env: 'live' | 'paper';
  readonly httpStatus: number;
  readonly trId?: string;
}
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly IndexRow[];

function answerOf(file: string): KisAnswer {
  const row = index.find((each) => each.file === file);
  if (row === undefined) throw new Error(`${file} is not in the index`);
  const exchange: HttpExchange = {
    status: row.httpStatus,
    header: (name) => ({ 'content-type': 'application/json', tr_id: row.trId })[name],
    body: readFileSync(join(folder, file), 'utf8'),
  };
  return readKisAnswer(exchange, {
    operation: file,
    environment: row.env === 'live' ? 'LIVE' : 'PAPER',
    trId: row.trId,
    scrub: (text) => text.replaceAll('12345678', '[account]'),
  });
}

function bodyOf(file: string): NonNullable<KisAnswer['body']> {
  const { body, fault } = answerOf(file);
  expect(fault).toBeUndefined();
  if (body === undefined) throw new Error('no body');
  return body;
}

/** What production reads out of each file. */
const readings: Readonly<Record<string, () => unknown>> = {
  'chk-holiday.live.page.json': () => chkHoliday.parse(bodyOf('chk-holiday.live.page.json')),
  'error.EGW00133.http403.json': () => answerOf('error.EGW00133.http403.json').row?.kind,
  'error.EGW00201.http500.json': () => judge('error.EGW00201.http500.json'),
  'error.IGW00007.http500.json': () => judge('error.IGW00007.http500.json'),
  'error.OPSQ2001.json': () => judge('error.OPSQ2001.json'),
  'inquire-balance.live.empty.json': () => inquireBalance.parse(bodyOf('inquire-balance.live.empty.json')),
  'inquire-daily-ccld.live.one-fill.json': () =>
    toOrderSnapshots([inquireDailyCcld.parse(bodyOf('inquire-daily-ccld.live.one-fill.json'))], 'LIVE'),
  'inquire-price.live.005930.json': () => inquirePrice.parse(bodyOf('inquire-price.live.005930.json')),
  'inquire-psbl-order.published.json': () => inquirePsblOrder.parse(bodyOf('inquire-psbl-order.published.json')),
  'order-cash.live.sor.accepted.json': () => judge('order-cash.live.sor.accepted.json'),
  'order-rvsecncl.published.json': () => judge('order-rvsecncl.published.json'),
};

function judge(file: string): unknown {
  const operation = file.startsWith('order-rvsecncl') ? orderRvsecncl : orderCash;
  const judged = classifyCommandAnswer(answerOf(file), operation.parse, {
    operation: operation.name,
    environment: 'PAPER',
  });
  return judged.outcome === 'ACCEPTED'
    ? judged
    : { outcome: judged.outcome, code: judged.cause.code, native: judged.native };
}

describe('what KIS really sent', () => {
  it('is read to the last file', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json');
    expect(files.sort()).toEqual(Object.keys(readings).sort());
    expect(index.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it.each(Object.entries(readings))('reads as ever: %s', (_file, read) => {
    expect(read()).toMatchSnapshot();
  });

  it('carries no account number into what is read', () => {
    expect(JSON.stringify(Object.values(readings).map((read) => read()))).not.toContain('12345678');
  });
});
