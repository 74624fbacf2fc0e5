import { ConfigurationError, Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { createKisBroker } from './kis-broker.ts';
import { kisCapabilities } from './kis-capabilities.ts';
import { kisLiveCredentials, kisPaperCredentials } from './kis-credentials.ts';
import { assertTrIdOf, kisHosts, originOf } from './kis-environment.ts';
import { kisOperations } from './kis-operations.ts';
import { type KisBrokerSettings, resolveKisSettings } from './kis-settings.ts';
import { kisEnvironmentVariables, readKisCredentials } from './kis-variables.ts';

const input = { appKey: 'PSFAKE', appSecret: 'fake-secret', accountNumber: '87654321-01' };
const live = kisLiveCredentials(input);
const paper = kisPaperCredentials(input);

function errorOf(make: () => unknown): ConfigurationError {
  try {
    make();
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the environment', () => {
  it('fixes the host, and the host alone', () => {
    expect(resolveKisSettings({ credentials: paper }).origin).toBe(kisHosts.PAPER);
    expect(resolveKisSettings({ credentials: live, liveApproval: { brokerId: 'kis' } }).origin).toBe(kisHosts.LIVE);
  });

  it.each([
    'https://openapi.koreainvestment.com:9443',
    'http://192.0.2.1:8080',
    'http://127.0.0.1.example.com',
    'http://user@127.0.0.1:1',
    'http://127.0.0.1:1/path',
    'https://127.0.0.1:1',
    'not a url',
  ])('takes no simulated venue at %s', (url) => {
    expect(errorOf(() => originOf('PAPER', url)).code).toBe('HOST_NOT_ALLOWED');
  });

  it.each(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])('takes one at %s', (url) => {
    expect(originOf('LIVE', url)).toBe(url);
  });

  it('makes no live broker without the approval of the live gate for this broker', () => {
    const unapproved = { credentials: live } as unknown as KisBrokerSettings;
    expect(errorOf(() => createKisBroker(unapproved)).code).toBe('LIVE_NOT_APPROVED');
    const foreign = { credentials: live, liveApproval: { brokerId: 'kiwoom' } };
    expect(errorOf(() => createKisBroker(foreign)).code).toBe('LIVE_NOT_APPROVED');
  });

  it('has no TR id of the other one', () => {
    for (const { name, operationId } of kisOperations) {
      for (const environment of ['LIVE', 'PAPER'] as const) {
        for (const trId of Object.values<string>(
          (operationId[environment] ?? {}) as Readonly<Record<string, string>>,
        )) {
          expect(() => {
            assertTrIdOf(environment, trId);
          }, name).not.toThrow();
        }
      }
    }
    expect(
      errorOf(() => {
        assertTrIdOf('LIVE', 'VTTC0012U');
      }).code,
    ).toBe('WRONG_ENVIRONMENT');
    expect(
      errorOf(() => {
        assertTrIdOf('PAPER', 'TTTC0012U');
      }).code,
    ).toBe('WRONG_ENVIRONMENT');
  });

  it('says in the name of the broker which one it is, and that a simulated one is simulated', async () => {
    const brokers = [
      createKisBroker({ credentials: paper }),
      createKisBroker({ credentials: live, liveApproval: { brokerId: 'kis' } }),
      createKisBroker({ credentials: live, simulatedUrl: 'http://127.0.0.1:9' }),
    ];
    expect(brokers.map(({ orders }) => orders.displayName)).toEqual([
      'KIS 한국투자증권 (paper, 모의투자)',
      'KIS 한국투자증권 (live)',
      'KIS 한국투자증권 (live, simulated)',
    ]);
    await Promise.all(brokers.map((broker) => broker.close()));
  });

  it('is refused on paper for what paper does not offer, before anything is sent', async () => {
    const broker = createKisBroker({ credentials: paper });
    const { inquirePsblSell } = await import('./rest/inquire-psbl-sell.ts');
    const fields = { CANO: '87654321', ACNT_PRDT_CD: '01', PDNO: '005930' };
    await expect(broker.rest.read(inquirePsblSell, 'ONLY', fields)).rejects.toMatchObject({
      code: 'OPERATION_NOT_OFFERED',
    });
    await broker.close();
    await broker.close();
  });
});

describe('credentials', () => {
  it('keep everything secret but the product code', () => {
    expect(JSON.stringify(live)).toBe(
      '{"environment":"LIVE","appKey":"[secret]","appSecret":"[secret]","accountNumber":"[secret]","productCode":"01"}',
    );
  });

  it.each(['87654321-22', '8765432122', '87654321'])('read the account number %s', (accountNumber) => {
    const { accountNumber: cano, productCode } = kisPaperCredentials({ ...input, accountNumber });
    expect([cano.reveal(), productCode]).toEqual(['87654321', accountNumber.length > 8 ? '22' : '01']);
  });

  it('name the field and mask what was found', () => {
    const error = errorOf(() => kisPaperCredentials({ ...input, accountNumber: new Secret('8765-4321') }));
    expect(error.message).toMatchInlineSnapshot(`
      "The KIS PAPER credentials are not usable.
        field     accountNumber
        expected  eight digits, optionally with two more
        found     '9999-9999'
        next      Copy the value from the KIS Developers portal. Live and paper have keys and accounts of their own."
    `);
  });

  it('come from the variables of their environment', () => {
    const variables = {
      KIS_VTS_APP_KEY: 'k',
      KIS_VTS_APP_SECRET: 's',
      KIS_VTS_ACCOUNT_NO: '87654321',
      KIS_VTS_ACNT_PRDT_CD: '03',
    };
    expect(readKisCredentials('PAPER', variables)).toMatchObject({ environment: 'PAPER', productCode: '03' });
    expect(errorOf(() => readKisCredentials('LIVE', variables)).message).toMatchInlineSnapshot(`
      "KIS LIVE credentials are not complete.
        field  KIS_REAL_APP_KEY, KIS_REAL_APP_SECRET, KIS_REAL_ACCOUNT_NO
        found  nothing
        next   Set the variables, or choose a mode that needs no credentials."
    `);
    const elsewhere = { ...variables, KIS_VTS_BASE_URL: kisHosts.LIVE };
    expect(errorOf(() => readKisCredentials('PAPER', elsewhere)).code).toBe('HOST_NOT_ALLOWED');
    expect(kisEnvironmentVariables.LIVE.every(({ name }) => name.startsWith('KIS_REAL_'))).toBe(true);
  });
});

describe('a variable that is not valid', () => {
  it('is named as it was typed, and its value is not shown', () => {
    const error = errorOf(() =>
      readKisCredentials('PAPER', {
        KIS_VTS_APP_KEY: 'two words',
        KIS_VTS_APP_SECRET: 's',
        KIS_VTS_ACCOUNT_NO: '87654321',
      }),
    );
    expect(error.facts['field']).toBe('KIS_VTS_APP_KEY');
    expect(error.message).not.toContain('two words');
  });
});

describe('settings', () => {
  it('are refused by name', () => {
    const settings = { credentials: paper, customerType: 'X' } as unknown as KisBrokerSettings;
    expect(errorOf(() => resolveKisSettings(settings)).facts['field']).toBe('customerType');
  });
});

describe('capabilities', () => {
  it('offer paper KRX alone, and say which queries each server has', () => {
    const venues = new Set(kisCapabilities.PAPER.orderTerms.flatMap((terms) => terms.venues));
    expect([...venues]).toEqual(['KRX']);
    const missing = Object.entries(kisCapabilities.PAPER.queries).filter(([, offered]) => !offered);
    expect(missing.map(([name]) => name).sort()).toEqual([
      'chk-holiday',
      'inquire-account-balance',
      'inquire-psbl-rvsecncl',
      'inquire-psbl-sell',
      'search-stock-info',
    ]);
    expect(Object.values(kisCapabilities.LIVE.queries).every(Boolean)).toBe(true);
  });
});
