import { type TokenStore } from '@qts/core';

export interface FileTokenStoreSettings {
  /** A folder of its own; made with mode 0700 when absent. Absolute. */
  readonly directory: string;
}

/** Keeps tokens in files that only their owner can read: 0600 in a 0700 folder, replaced atomically. */
export function createFileTokenStore(settings: FileTokenStoreSettings): TokenStore {
  throw new Error(`In the making: ${settings.directory}`);
}
