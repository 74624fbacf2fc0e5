import { describe, expect, it } from 'vitest';
import { formatWhole, layOutTable } from './text-table.ts';

describe('layOutTable', () => {
  it('aligns words left and numbers right, and counts Korean letters double', () => {
    const rows = [
      ['삼성전자', '1,000', 'x'],
      ['NAVER', '7', ''],
    ];
    expect(layOutTable(rows, ['left', 'right', 'left'])).toEqual(['삼성전자  1,000  x', 'NAVER         7']);
  });

  it('gives nothing for no rows', () => {
    expect(layOutTable([], ['left'])).toEqual([]);
  });
});

describe('formatWhole', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [-1_234_567, '-1,234,567'],
  ])('writes %d as %s', (value, text) => {
    expect(formatWhole(value)).toBe(text);
  });
});
