import { describe, expect, it } from 'vitest';
import { type DeclaredOperation, describeOperation, type OperationPage, type OperationText } from './operation-page.ts';

const operation: DeclaredOperation = {
  name: 'inquire-book',
  korean: '호가',
  method: 'GET',
  path: '/book',
  operationId: { LIVE: { BUY: 'B1', SELL: 'S1' }, PAPER: null },
  repeatable: true,
  source: 'guide',
  evidence: 'captured',
  request: [{ name: 'code', korean: '종목코드', lengthMax: 12, required: true }],
  response: [
    { name: 'book.ask1 … ask10', korean: '매도호가1 … 10', reading: 'STRICT' },
    { name: 'book.time', korean: '시간', reading: 'TOLERANT' },
    { name: 'best, last', korean: '최우선, 현재가', reading: 'STRICT' },
    { name: 'hidden', korean: '숨은값', reading: 'TOLERANT' },
  ],
};

function pageOf(text: Partial<OperationText>): OperationPage {
  const limits = { LIVE: '1 a second', PAPER: '' };
  return describeOperation(operation, { summary: 'Shows.', request: [], answer: [], ...text }, limits, []);
}

describe('describeOperation', () => {
  it('names the ids of each server, none where the operation is not offered', () => {
    expect(pageOf({}).ids).toEqual({
      LIVE: [
        { id: 'B1', variant: 'BUY' },
        { id: 'S1', variant: 'SELL' },
      ],
      PAPER: [],
    });
  });

  it('keeps the declaration of a request field and adds what it means', () => {
    const { request } = pageOf({ request: [['code', 'another name', 'short code']] });
    expect(request).toEqual([
      { name: 'code', korean: '종목코드', lengthMax: 12, required: true, meaning: 'short code' },
    ]);
    expect(pageOf({}).request[0]?.meaning).toBe('');
  });

  it.each([
    ['book.ask1', 'STRICT'],
    ['book.ask10', 'STRICT'],
    ['book.time', 'TOLERANT'],
    ['best', 'STRICT'],
    ['last', 'STRICT'],
    // The same name in another container, or beside it, is another field.
    ['ask1', undefined],
    ['sum.ask1', undefined],
    ['book.ask', undefined],
    ['book.bid1', undefined],
  ])('says how %s is read: %s', (field, reading) => {
    const [page] = pageOf({ answer: [[field, '이름', 'meaning']] }).answer;
    expect(page?.reading).toBe(reading);
  });

  it('shows the declared Korean name of a field, and of a field in a row its own', () => {
    const { answer } = pageOf({
      answer: [
        ['book.time', 'another name'],
        ['book.ask2', '매도호가2'],
      ],
    });
    expect(answer.slice(0, 2).map(({ korean }) => korean)).toEqual(['시간', '매도호가2']);
  });

  it('shows what is read although nothing is written about it', () => {
    const { answer } = pageOf({ answer: [['book.time', '시간']] });
    expect(answer.map(({ name }) => name)).toContain('hidden');
    expect(answer.filter(({ name }) => name === 'book.time')).toHaveLength(1);
  });
});
