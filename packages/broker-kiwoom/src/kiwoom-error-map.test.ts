import { describe, expect, it } from 'vitest';
import { type KiwoomErrorRow } from './error-map/rows.ts';
import { kiwoomSuccessCodes } from './error-map/successes.ts';
import { kiwoomCompatibilityCode, kiwoomErrorMap } from './kiwoom-error-map.ts';

const rows = Object.entries(kiwoomErrorMap.rows);
const count = (test: (row: KiwoomErrorRow) => boolean): number => rows.filter(([, row]) => test(row)).length;

/** Every code of the reference's list (October 2026): the gateway, the back end, and what is no failure. */
const listed = {
  gateway:
    '1501 1504 1505 1511 1512 1513 1514 1515 1516 1517 1687 1700 1701 1702 1901 1902 1903 1999 8001 8002 8003 8005 8006 ' +
    '8009 8010 8011 8012 8015 8016 8020 8030 8031 8040 8050 8103 8104 8200',
  backEnd:
    'RC4003 RC4007 RC4025 RC4033 RC4042 RC4085 RC4057 RC4058 RC4091 RC5006 RC9000 800033 855056 571489 521790 509193 ' +
    '509247 508540 571435 506550 571412 571357 571557 407022 308003',
  empty: '571758 501724',
};

describe('the error map', () => {
  it('has every code of the list, one of an older one, and no code twice', () => {
    const failures = `${listed.gateway} ${listed.backEnd} 1634`.split(' ').sort();
    expect(rows.map(([code]) => code).sort()).toEqual(failures);
    expect(Object.keys(kiwoomSuccessCodes).sort()).toEqual(listed.empty.split(' ').sort());
    expect(rows.filter(([code]) => code in kiwoomSuccessCodes)).toEqual([]);
  });

  it.each(rows)('row %s says what it proves and where that is from', (code, row) => {
    expect(code).toMatch(/^(?:[0-9]{4}|[0-9]{6}|RC[0-9]{4})$/);
    expect(row.meaning.length).toBeGreaterThan(5);
    expect(row.source).toMatch(/^Kiwoom: /);
    // UNKNOWN is for what is not proven, so a code that needs no confirming read and is not trouble is a refusal.
    expect(row.outcome === 'REJECTED').toBe(!row.confirmByRead && row.failureClass !== 'GATEWAY_TROUBLE');
    expect(row.confidence === undefined).toBe(['captured', 'official', 'official, new'].includes(row.evidence));
    expect(row.code).toBe(
      { GATEWAY_TROUBLE: 'FS042', CREDENTIALS_REFUSED: 'FS044' }[row.failureClass as string] ?? 'FS040',
    );
  });

  it('rejects on the word of the back end under 20, and on bad input under 1 or 2', () => {
    for (const [code, row] of rows.filter(([, { outcome }]) => outcome === 'REJECTED')) {
      const classes = code.length === 6 ? [20] : code.startsWith('19') ? [undefined] : [1, 2];
      expect(classes, code).toContain(row.returnCode);
      expect(row.failureClass).toBe('REFUSED');
    }
  });

  it('believes a code of the mock server on paper only', () => {
    for (const [, row] of rows.filter(([code]) => code.startsWith('RC') || code === '8104')) {
      expect(row.environments).toEqual(['PAPER']);
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
        "rejected": 31,
        "renewsToken": 6,
        "toConfirm": 31,
        "trouble": 1,
      }
    `);
  });

  it.each(['1598', 'RC0000', '999999', '', 'toString', '__proto__'])('does not know %o', (code) => {
    expect(kiwoomErrorMap.lookup(code)).toBeUndefined();
  });
});

describe('the compatibility codes of the initial design', () => {
  it.each([
    [1, 'FS040'],
    ['2', 'FS040'],
    [-300, 'FS040'],
    ['-301', 'FS040'],
    ['-307', 'FS040'],
    ['-308', 'FS042'],
    [-308, 'FS042'],
    ['-500', 'FS040'],
    ['timeout', 'FS042'],
    ['TIMEOUT', 'FS042'],
    ['855056', 'FS040'],
    ['', 'FS040'],
    [undefined, 'FS040'],
  ] as const)('map %o to %s', (native, code) => {
    expect(kiwoomCompatibilityCode(native)).toBe(code);
  });
});
