/** A running hash of what happened, in order: two runs of one seed must end with the same. */
export interface EventHash {
  add(text: string): void;
  addNumber(value: number): void;
  /** 16 hexadecimal digits. */
  digest(): string;
}

/** Two 32-bit FNV-1a rows with different starts: fast, and far more than enough to see a difference. */
export function createEventHash(): EventHash {
  let one = 0x811c_9dc5;
  let two = 0x1b87_3593;
  const mix = (code: number): void => {
    one = Math.imul(one ^ code, 0x0100_0193);
    two = Math.imul(two ^ code, 0x0100_01b3) + one;
  };
  return {
    add(text) {
      for (let at = 0; at < text.length; at += 1) mix(text.charCodeAt(at));
      mix(0xff);
    },
    addNumber(value) {
      mix(value | 0);
      mix(Math.floor(value / 0x1_0000_0000) | 0);
    },
    digest: () => hex(one) + hex(two),
  };
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
