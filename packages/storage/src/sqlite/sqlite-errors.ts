/** SQLite's primary result codes that we tell apart (sqlite.org/rescode.html). */
export const sqliteCodes = { BUSY: 5, CORRUPT: 11, CANTOPEN: 14, NOT_A_DATABASE: 26 } as const;

/** Whether SQLite says it; `errcode` may be an extended code. */
export function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** Whether SQLite says exactly this. The lower eight bits are the primary code. */
export function isSqlite(error: unknown, code: keyof typeof sqliteCodes): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === sqliteCodes[code];
}
