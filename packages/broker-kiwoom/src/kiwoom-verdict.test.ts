import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findErrorRow, readVerdict } from './kiwoom-verdict.ts';

const plain = (text: string): string => text;

describe('the envelope', () => {
  it.each([
    ['[2000](RC4058:모의투자 장종료)', 'RC4058'],
    [' [2000](571758:해당 계좌의 미체결내역이 없습니다.)', '571758'],
    ['인증에 실패했습니다[8005:Token이 유효하지 않습니다]', '8005'],
    ['허용된 요청 개수를 초과하였습니다[1700:허용된 API 요청 개수를 초과하였습니다. 유량=1, API ID=kt10001]', '1700'],
    ['[8005:a] and again [8005:b]', '8005'],
    ['[8005:a] and [1700:b]', ''],
    ['(855056:not behind its mark)', ''],
    ['[2000]', ''],
    ['plain words 8005', ''],
    ['[80055:five digits]', ''],
  ])('of %j has the code %j', (message, code) => {
    expect(readVerdict({ return_code: 20, return_msg: message }, plain).code).toBe(code);
  });

  it.each([
    [0, 0],
    ['0', 0],
    ['0000', 0],
    [20, 20],
    ['20', 20],
    [' 3 ', 3],
    ['', undefined],
    [null, undefined],
    [1.5, undefined],
    ['zero', undefined],
    [undefined, undefined],
  ])('reads return_code %j as %j', (sent, read) => {
    expect(readVerdict({ return_code: sent, return_msg: '' }, plain).returnCode).toBe(read);
  });

  it('takes a listed code for itself where the class should be, and no other number', () => {
    expect(readVerdict({ return_code: 8005, return_msg: '인증에 실패했습니다' }, plain).code).toBe('8005');
    expect(readVerdict({ return_code: 7777, return_msg: '?' }, plain).code).toBe('');
  });

  it('keeps no text of a success, and none of what was sent', () => {
    const scrub = (text: string): string => text.replaceAll('8765432101', '[account]');
    expect(readVerdict({ return_code: 0, return_msg: '모의투자 매수주문완료' }, scrub).message).toBe('');
    expect(readVerdict({ return_code: 20, return_msg: ' 계좌 8765432101 ' }, scrub).message).toBe('계좌 [account]');
  });

  it('is read without an error whatever comes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('return_code', 'return_msg', 'ord_no'), fc.anything()), (body) => {
        const { code, message } = readVerdict(body, plain);
        expect(code === '' || /^(?:[A-Z0-9]{4,12})$/.test(code)).toBe(true);
        expect(message.length).toBeLessThanOrEqual(120);
      }),
    );
  });
});

describe('findErrorRow', () => {
  it('does not believe a code of the other environment', () => {
    expect(findErrorRow('RC4058', 'PAPER')?.kind).toBe('MARKET_CLOSED');
    expect(findErrorRow('RC4058', 'LIVE')).toBeUndefined();
    expect(findErrorRow('521790', 'PAPER')).toBeUndefined();
    expect(findErrorRow('855056', 'LIVE')?.kind).toBe('INSUFFICIENT_FUNDS');
  });
});
