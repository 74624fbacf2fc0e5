import {
  type BilingualText,
  type FailsafeEntry,
  type FailsafeKind,
  type FailsafeSeverity,
  type FailsafeStage,
} from './failsafe-entry.ts';

/** Rows by code, in the order in which they were written. */
export type FailsafeTable<Code extends string> = { readonly [Each in Code]: FailsafeEntry<Each> };

/** What a row of an active code has to say for itself. */
export interface ActiveRow {
  readonly stage: FailsafeStage;
  readonly meaning: BilingualText;
  readonly operatorAction: BilingualText;
  /** Default: `FAIL` for a fail-safe, `WARNING` for the rest. */
  readonly severity?: FailsafeSeverity;
  /** Default: the table's. */
  readonly source?: string;
}

/** What is known of a code that waits for its subsystem. */
export type ReservedRow = Pick<ActiveRow, 'stage' | 'meaning'> & { readonly source?: string };

/** The codes that the initial requirements list as implemented. */
export const initialCoreSet = 'initial requirements, core set';
/** The ranges that the initial requirements keep for later subsystems. */
const initialRanges = 'initial requirements, extended ranges';
/** Codes that this project added: docs/decisions/0001-failsafe-code-additions.md. */
export const additions = 'decision 0001';

const whenReserved: BilingualText = {
  en: 'Nothing emits this code yet. Seeing it means that an event was mislabelled: report it.',
  ko: '아직 발생하지 않는 코드입니다. 보인다면 잘못 표기된 것이니 신고하십시오.',
};

/** A table of codes that may be emitted. */
export function defineActiveCodes<Code extends string>(
  kind: FailsafeKind,
  source: string,
  rows: Readonly<Record<Code, ActiveRow>>,
): FailsafeTable<Code> {
  const severity = kind === 'FAIL_SAFE' ? 'FAIL' : 'WARNING';
  return fromRows(rows, (code, row) => ({ code, kind, severity, source, ...row, status: 'active' }));
}

/** A table of codes that are kept for later. */
export function defineReservedCodes<Code extends string>(
  kind: FailsafeKind,
  rows: Readonly<Record<Code, ReservedRow>>,
): FailsafeTable<Code> {
  const severity = kind === 'FAIL_SAFE' ? 'FAIL' : 'WARNING';
  return fromRows(rows, (code, row) => ({
    code,
    kind,
    severity,
    source: initialRanges,
    ...row,
    operatorAction: whenReserved,
    status: 'reserved',
  }));
}

function fromRows<Code extends string, Row>(
  rows: Readonly<Record<Code, Row>>,
  entryOf: (code: Code, row: Row) => FailsafeEntry<Code>,
): FailsafeTable<Code> {
  const pairs = (Object.entries(rows) as [Code, Row][]).map(([code, row]) => [code, entryOf(code, row)]);
  return Object.fromEntries(pairs) as FailsafeTable<Code>;
}
