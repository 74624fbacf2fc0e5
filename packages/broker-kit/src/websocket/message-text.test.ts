import { describe, expect, it } from 'vitest';
import { knownText, lossyText, strictText } from './message-text.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** 전자 in EUC-KR. */
const eucKr = Uint8Array.of(0xc0, 0xfc, 0xc0, 0xda);
const marked = '\uFFFD'.repeat(4);

describe('the text of a message', () => {
  it('is what came, to the mark at its front', () => {
    for (const text of ['', '체결', '\uFEFF{}', 'a\u0000b']) {
      expect([strictText(bytesOf(text)), lossyText(bytesOf(text))]).toEqual([text, text]);
    }
  });

  it('is none when it has to be UTF-8 and is not, and is marked where it may be read all the same', () => {
    expect(strictText(eucKr)).toBeUndefined();
    expect(lossyText(eucKr)).toBe(marked);
  });
});

describe('a text that comes over and over', () => {
  it('is read at its place, whatever came before with the same sum', () => {
    // Each pair has one sum: 31 · first + second.
    const texts = ['Aa', 'BB', 'AaAa', 'BBBB', 'AaBB', '', '0', '00', '\u0000', '005930', '000660'];
    for (let times = 0; times < 3; times += 1) {
      for (const text of texts) expect(knownText(bytesOf(`<${text}>`), 1, 1 + text.length)).toBe(text);
    }
  });

  it('is not that of a longer one of which it is the beginning, when that ends within a letter', () => {
    // U+00C3 is C3 83 in UTF-8: the code of the letter is its first byte.
    for (let code = 0; code < 20_000; code += 1) {
      const whole = bytesOf(`${code}Ã`);
      knownText(whole, 0, whole.length);
      const cut = whole.length - 1;
      expect(knownText(whole, 0, cut)).toBe(`${code}\uFFFD`);
    }
  });

  it('may be long, or no ASCII, or no UTF-8', () => {
    const long = 'x'.repeat(100);
    for (let times = 0; times < 2; times += 1) {
      expect(knownText(bytesOf(long), 0, 100)).toBe(long);
      expect(knownText(bytesOf('삼성'), 0, 6)).toBe('삼성');
      expect(knownText(eucKr, 0, 4)).toBe(marked);
      expect(knownText(Uint8Array.of(0xe9), 0, 1)).toBe('\uFFFD');
    }
  });
});
