/** First and last byte of a pair. */
const pairByteMin = 0xa1;
const pairByteMax = 0xfe;

let pairs: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Text in EUC-KR, as older Korean systems send it; what it does not have becomes a question mark. */
export function encodeEucKr(text: string): Uint8Array {
  pairs ??= readPairs();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = pairs.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair === undefined) bytes.push(0x3f);
    else bytes.push(...pair);
  }
  return Uint8Array.from(bytes);
}

/** The platform reads EUC-KR and does not write it: so every pair is read once. */
function readPairs(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('euc-kr');
  const read = new Map<string, readonly [number, number]>();
  for (let lead = pairByteMin; lead <= pairByteMax; lead += 1) {
    for (let trail = pairByteMin; trail <= pairByteMax; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd') read.set(character, [lead, trail]);
    }
  }
  return read;
}
