import { describe, expect, expectTypeOf, it } from 'vitest';
import { actGuardCodes } from './act-guards.ts';
import { anomalyCodes } from './anomalies.ts';
import { failSafeCodes } from './fail-safes.ts';
import { type FailsafeCode, failsafeCodes, getFailsafeCode, isFailsafeCode, lookUp } from './failsafe-codes.ts';
import { failsafeKinds, failsafeSeverities, failsafeStages } from './failsafe-entry.ts';
import { guardrailCodes } from './guardrails.ts';
import { reservedFailSafeCodes, reservedGuardrailCodes } from './reserved-codes.ts';

const lists = {
  failSafeCodes,
  guardrailCodes,
  actGuardCodes,
  anomalyCodes,
  reservedFailSafeCodes,
  reservedGuardrailCodes,
};
const all: readonly string[] = Object.values(lists).flat();
const rows = Object.values(failsafeCodes);

const kindByPrefix = { FS: 'FAIL_SAFE', GR: 'GUARDRAIL', G_: 'GUARDRAIL', AN: 'ANOMALY' } as const;

describe('the registry', () => {
  it('has no code twice, and a row for every code and nothing else', () => {
    expect(new Set(all).size).toBe(all.length);
    expect(Object.keys(failsafeCodes).sort()).toEqual([...all].sort());
  });

  it('gives every row a meaning of its own, in each language', () => {
    for (const language of ['en', 'ko'] as const) {
      const meanings = rows.map((row) => row.meaning[language]);
      expect(meanings.filter((meaning, at) => meanings.indexOf(meaning) !== at)).toEqual([]);
    }
  });

  it.each(rows.map((row) => [row.code, row] as const))('%s is complete', (code, row) => {
    expect(failsafeCodes[row.code]).toBe(row);
    expect(code).toMatch(/^(?:(?:FS|GR|AN)\d{3}|G_(?:EXE|SIM)_[A-Z_]+)$/);
    expect(row.kind).toBe(kindByPrefix[code.slice(0, 2) as keyof typeof kindByPrefix]);
    expect(failsafeKinds).toContain(row.kind);
    expect(failsafeStages).toContain(row.stage);
    expect(failsafeSeverities).toContain(row.severity);
    expect(row.severity === 'FAIL').toBe(row.kind === 'FAIL_SAFE');
    expect(row.source).not.toBe('');
    for (const text of [row.meaning, row.operatorAction]) {
      expect(text.en).toMatch(/^[\x20-\x7e]{4,}$/);
      expect(text.ko).toMatch(/\p{Script=Hangul}/u);
    }
    // A meaning is a phrase inside a line; an action is a sentence or two.
    expect(row.meaning.en).not.toMatch(/[.|]$/);
    expect(row.operatorAction.en).toMatch(/\.$/);
    expect(row.operatorAction.ko).toMatch(/\.$/);
  });

  it.each([
    ['FS001', 'EXTRACT'],
    ['FS010', 'EXTRACT'],
    ['FS020', 'TRANSFORM'],
    ['FS030', 'EVALUATE'],
    ['FS040', 'ACT'],
    ['FS041', 'ACT'],
    ['FS042', 'ACT'],
    ['FS043', 'ACT'],
    ['FS044', 'ACT'],
    ['FS045', 'ACT'],
    ['FS050', 'TRANSFORM'],
    ['FS060', 'PERFORMANCE'],
    ['FS070', 'TRANSFORM'],
    ['FS080', 'PERFORMANCE'],
    ['GR001', 'EVALUATE'],
    ['GR010', 'EVALUATE'],
    ['GR020', 'EVALUATE'],
    ['GR030', 'DECIDE'],
    ['GR040', 'DECIDE'],
    ['AN001', 'EXTRACT'],
    ['AN010', 'EXTRACT'],
    ['AN020', 'PERFORMANCE'],
    ['AN030', 'TRANSFORM'],
    ['AN040', 'PERFORMANCE'],
    ['AN050', 'ACT'],
  ] as const)('has %s, active, at stage %s, as the initial requirements place it', (code, stage) => {
    expect(failsafeCodes[code]).toMatchObject({ stage, status: 'active' });
  });

  it('keeps FS080 for memory and gives total capital a number of its own', () => {
    expect(failsafeCodes.FS080.meaning.en).toBe('Memory is short');
    expect(failsafeCodes.FS086).toMatchObject({
      meaning: { en: 'Total capital is zero or negative' },
      status: 'reserved',
    });
  });
});

describe('getFailsafeCode', () => {
  it.each(all)('finds %s', (code) => {
    expect(getFailsafeCode(code)?.code).toBe(code);
  });

  it.each(['FS999', 'fs040', '', 'toString', '__proto__', 'constructor'])('does not know %j', (code) => {
    expect(getFailsafeCode(code)).toBeUndefined();
  });

  it('takes the first table that has the code', () => {
    const [first, second] = [failsafeCodes.FS001, failsafeCodes.GR001];
    expect(lookUp([{}, { X: first }, { X: second }], 'X')).toBe(first);
    expect(lookUp([{ X: second }, { X: first }], 'X')).toBe(second);
  });
});

describe('isFailsafeCode', () => {
  it('is true for active codes only', () => {
    expect(all.filter(isFailsafeCode)).toEqual(rows.filter((row) => row.status === 'active').map((row) => row.code));
    expect(isFailsafeCode('FS100')).toBe(false);
    expect(isFailsafeCode('FS999')).toBe(false);
  });

  it('is what keeps reserved codes from being emitted, in types as well', () => {
    expectTypeOf<'FS042'>().toExtend<FailsafeCode>();
    expectTypeOf<'FS100'>().not.toExtend<FailsafeCode>();
    expectTypeOf(getFailsafeCode('FS042')).not.toBeNullable();
    expectTypeOf(getFailsafeCode('' as string)).toBeNullable();
  });
});
