import { describe, expect, it } from 'vitest';
import { kisStreamCodes } from './error-map/stream.ts';
import { kisSuccessCodes } from './error-map/successes.ts';
import { type KisErrorRow } from './error-map/rows.ts';
import { kisCompatibilityCode, kisErrorMap } from './kis-error-map.ts';

const rows = Object.entries(kisErrorMap.rows);
const count = (test: (row: KisErrorRow) => boolean): number => rows.filter(([, row]) => test(row)).length;

describe('the error map', () => {
  it('has every code of the list, and no code twice', () => {
    expect([rows.length, Object.keys(kisSuccessCodes).length, Object.keys(kisStreamCodes).length]).toEqual([
      106, 13, 28,
    ]);
    const both = rows.filter(([code]) => code in kisSuccessCodes || code in kisStreamCodes);
    expect(both).toEqual([]);
  });

  it.each(rows)('row %s says what it proves and where that is from', (code, row) => {
    expect(code).toMatch(
      /^(?:EGW[0-9]{5}|IGW[0-9]{5}|OPSQ[0-9]{4}(?:-OPSQ[0-9]{4})?|AP[A-Z]{2}[0-9]{4}|MCA[0-9]{5}|[0-9]{4}0000)$/,
    );
    expect(row.meaning.length).toBeGreaterThan(5);
    expect(row.source).toMatch(/^KIS: /);
    // UNKNOWN is for what is not proven, so a code that needs no confirming read and is not trouble is a refusal.
    expect(row.outcome === 'REJECTED').toBe(!row.confirmByRead && row.failureClass !== 'GATEWAY_TROUBLE');
    expect(row.confidence === undefined).toBe(row.evidence === 'captured' || row.evidence === 'official');
    expect(row.code).toBe(
      { GATEWAY_TROUBLE: 'FS042', CREDENTIALS_REFUSED: 'FS044' }[row.failureClass as string] ?? 'FS040',
    );
  });

  it('rejects only on the word of the order back end', () => {
    for (const [code, row] of rows.filter(([, { outcome }]) => outcome === 'REJECTED')) {
      expect(code).toMatch(/^(?:APBK|APAC|APMP|MCA|[0-9])/);
      expect(row.failureClass).toBe('REFUSED');
    }
  });

  it('believes a code of the paper engine on paper only, and every other one in both environments', () => {
    for (const [code, row] of rows) {
      expect(row.environments).toEqual(/^[0-9]/.test(code) ? ['PAPER'] : ['LIVE', 'PAPER']);
    }
  });

  it('believes no live refusal with one witness or none', () => {
    for (const code of ['APBK1234', 'APBK1680']) {
      expect(kisErrorMap.lookup(code)).toMatchObject({ outcome: 'UNKNOWN', confirmByRead: true });
    }
  });

  it('counts its rows by what they prove', () => {
    expect({
      rejected: count(({ outcome }) => outcome === 'REJECTED'),
      toConfirm: count(({ confirmByRead }) => confirmByRead),
      trouble: count(({ failureClass }) => failureClass === 'GATEWAY_TROUBLE'),
      renewsToken: count(({ renewsToken }) => renewsToken === true),
    }).toMatchInlineSnapshot(`
      {
        "rejected": 26,
        "renewsToken": 3,
        "toConfirm": 63,
        "trouble": 17,
      }
    `);
  });

  it.each(['OPSQ0003', 'OPSQ0006', 'OPSQ0009'])('knows %s by its range', (code) => {
    expect(kisErrorMap.lookup(code)).toMatchObject({ outcome: 'UNKNOWN', failureClass: 'GATEWAY_TROUBLE' });
  });

  it.each(['EGW00999', 'OPSQ0012', 'OPSQ00035', 'APBK0001', '', 'toString', '__proto__'])(
    'does not know %o',
    (code) => {
      expect(kisErrorMap.lookup(code)).toBeUndefined();
    },
  );

  it('lists every stream code with credentials under FS044', () => {
    const ours = Object.entries(kisStreamCodes).filter(([, { code }]) => code === 'FS044');
    expect(ours.map(([code]) => code)).toEqual(['OPSP0011', 'OPSP9994', 'OPSP9996']);
  });
});

describe('the compatibility codes of the initial design', () => {
  it.each([
    ['1001', 'FS040'],
    [1001, 'FS040'],
    ['3005', 'FS041'],
    [3005, 'FS041'],
    ['timeout', 'FS042'],
    ['TIMEOUT', 'FS042'],
    ['EGW00201', 'FS040'],
    ['', 'FS040'],
    [undefined, 'FS040'],
  ] as const)('map %o to %s', (native, code) => {
    expect(kisCompatibilityCode(native)).toBe(code);
  });
});
