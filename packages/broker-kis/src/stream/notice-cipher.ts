import { createDecipheriv } from 'node:crypto';

/** Key and initialisation vector of a notice stream, from the answer to its registration. Memory only. */
export interface NoticeKeys {
  readonly key: Buffer;
  readonly iv: Buffer;
}

const keyBytes = 32;
const ivBytes = 16;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Keys out of an answer; `undefined` when they are not 32 and 16 bytes of text. */
export function noticeKeys(key: unknown, iv: unknown): NoticeKeys | undefined {
  if (typeof key !== 'string' || typeof iv !== 'string') return undefined;
  const keys = { key: Buffer.from(key, 'utf8'), iv: Buffer.from(iv, 'utf8') };
  return keys.key.length === keyBytes && keys.iv.length === ivBytes ? keys : undefined;
}

/** AES-256-CBC with PKCS#7 over base64. `undefined` when it cannot be decrypted: other keys, or not a whole text. */
export function decryptNotice(body: string, { key, iv }: NoticeKeys): string | undefined {
  if (body.length % 4 !== 0 || !base64.test(body)) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return utf8.decode(Buffer.concat([decipher.update(body, 'base64'), decipher.final()]));
  } catch {
    return undefined; // Bad padding, or no UTF-8: the keys are not those of this text.
  }
}
