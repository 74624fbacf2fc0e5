import { createCipheriv, createHash } from 'node:crypto';

/** AES-256-CBC, as notices are encrypted: 32 and 16 characters whose UTF-8 bytes are key and iv. */
export interface KisStreamKeys {
  readonly key: string;
  readonly iv: string;
}

const keyCharacters = 32;
const ivCharacters = 16;
const blockBytes = 16;

/** Keys of a registration. Same `origin`, same keys; they hide nothing from anybody who can read this line. */
export function makeStreamKeys(origin: string): KisStreamKeys {
  const hex = createHash('sha256').update(`stream keys ${origin}`).digest('hex');
  return { key: hex.slice(0, keyCharacters), iv: hex.slice(keyCharacters, keyCharacters + ivCharacters) };
}

/** Encrypts with PKCS#7 padding, in base64. */
export function encryptNotice(plain: string, { key, iv }: KisStreamKeys): string {
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

/** As {@link encryptNotice}, filled up with zero bytes: no padding that any reader takes. */
export function encryptWithoutPadding(plain: string, { key, iv }: KisStreamKeys): string {
  const bytes = Buffer.from(plain, 'utf8');
  const filled = Buffer.alloc((Math.floor(bytes.length / blockBytes) + 1) * blockBytes);
  bytes.copy(filled);
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64');
}
