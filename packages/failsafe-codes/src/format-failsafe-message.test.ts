import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFailsafeMessage } from './format-failsafe-message.ts';

describe('formatFailsafeMessage', () => {
  it('says the code, what it means, and the facts sorted by key', () => {
    expect(
      formatFailsafeMessage('FS040', { symbol: '005930', broker: 'kis', quantity: 10, retryable: false }),
    ).toMatchInlineSnapshot(
      `"[FS040] Broker execution failed | broker=kis | quantity=10 | retryable=false | symbol=005930"`,
    );
  });

  it('leaves absent facts out, and keeps those that are merely empty', () => {
    expect(formatFailsafeMessage('AN050', { a: undefined, b: null, c: 0, d: '', e: false })).toBe(
      '[AN050] The broker answers slowly | c=0 | d= | e=false',
    );
  });

  it('needs no facts', () => {
    expect(formatFailsafeMessage('GR001')).toBe('[GR001] Total exposure limit exceeded');
  });

  it('speaks Korean', () => {
    expect(formatFailsafeMessage('FS042', { broker: 'kis' }, 'ko')).toBe(
      '[FS042] 주문 응답 불명(지연): 주문이 살아 있을 수 있음 | broker=kis',
    );
  });

  it('still gives a line for a code that nobody knows', () => {
    expect(formatFailsafeMessage('FS999', { stage: 'ACT' })).toBe('[FS999] Unknown safety code | stage=ACT');
    expect(formatFailsafeMessage('FS999', {}, 'ko')).toBe('[FS999] 알 수 없는 안전 코드');
  });

  it('is one line whatever a broker writes', () => {
    expect(formatFailsafeMessage('FS040', { native: 'ok\n[GR001] forged' })).toBe(
      '[FS040] Broker execution failed | native=ok\\n[GR001] forged',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (code, value) => {
        expect(formatFailsafeMessage(code, { value })).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
