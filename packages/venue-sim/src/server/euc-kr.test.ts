import { describe, expect, it } from 'vitest';
import { encodeEucKr } from './euc-kr.ts';

describe('encodeEucKr', () => {
  it('writes what the platform reads back', () => {
    const text = '{"msg1":"매수주문이 완료되었습니다. ABC 123"}';
    expect(new TextDecoder('euc-kr').decode(encodeEucKr(text))).toBe(text);
  });

  it('is not valid UTF-8 for Korean, and the same for ASCII', () => {
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(encodeEucKr('가'))).toThrow();
    expect([...encodeEucKr('A1')]).toEqual([0x41, 0x31]);
  });

  it('writes a question mark for what it does not have', () => {
    expect([...encodeEucKr('😀')]).toEqual([0x3f]);
  });
});
