import { describe, expect, it } from 'vitest';
import { isShortCode, parseShortCode } from './symbols.ts';

describe('short codes', () => {
  it.each([
    ['005930', '005930', false], // 삼성전자
    ['0001A0', '0001A0', false], // 덕양에너젠
    ['00104K', '00104K', false], // a preferred share
    ['Q760028', '760028', true], // an ETN
  ])('%s is one', (code, body, isEtn) => {
    expect(parseShortCode(code)).toStrictEqual({ ok: true, code, body, isEtn });
    expect(isShortCode(code)).toBe(true);
  });

  it.each([
    '',
    '5930',
    'A005930',
    '0059300',
    ' 005930',
    '005930 ',
    '0001a0',
    'Q76002',
    'QA60028',
    'F70100030',
    '００５９３０',
  ])('%j is none, and is not repaired', (text) => {
    expect(parseShortCode(text)).toMatchObject({ ok: false });
    expect(isShortCode(text)).toBe(false);
  });
});
