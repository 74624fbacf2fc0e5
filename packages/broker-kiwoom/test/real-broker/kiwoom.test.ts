import { env } from 'node:process';
import { createLineLogger } from '@qts/broker-kit';
import { isTradingDate, kstDate, symbolCode } from '@qts/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createKiwoomBroker,
  type KiwoomBroker,
  kiwoomPaperCredentials,
  readKiwoomCredentials,
} from '../../src/index.ts';

/**
 * Reads a mock account (모의투자) at Kiwoom, like a doctor: nothing is bought, sold or canceled. Runs with `QTS_RUN_REAL_BROKER=1` and
 * the `KIWOOM_VTS_…` variables; fails when something does not answer as this package believes.
 */
const wanted = env['QTS_RUN_REAL_BROKER'] === '1';

describe.skipIf(!wanted)('Kiwoom paper, for real', () => {
  let broker: KiwoomBroker;
  let close = (): Promise<void> => Promise.resolve();
  const samsung = symbolCode('005930');

  beforeAll(() => {
    const { appKey, secretKey } = readKiwoomCredentials('PAPER', env);
    broker = createKiwoomBroker({
      credentials: kiwoomPaperCredentials({ appKey, secretKey }),
      logger: createLineLogger(),
    });
    close = () => broker.close();
  });
  afterAll(() => close());

  it('gives a token and opens the connections', async () => {
    await broker.rest.warm();
  }, 30_000);

  it('knows the price, the limits and the tick of 삼성전자', async () => {
    const quote = await broker.quotes.getQuote({ symbol: samsung });
    expect(quote.lastPriceKrw).toBeGreaterThan(0);
    expect(quote.lowerLimitKrw).toBeLessThan(quote.upperLimitKrw);
    expect(quote.tickKrw).toBeGreaterThan(0);
  }, 30_000);

  it('shows the cash and the holdings of the account', async () => {
    const cash = await broker.account.getCashBalance();
    expect(Number.isSafeInteger(cash.settledKrw)).toBe(true);
    expect((await broker.account.listPositions()).complete).toBe(true);
  }, 60_000);

  it('lists the orders of today to the last page', async () => {
    const today = kstDate(Date.now());
    expect(isTradingDate(today)).toBe(true);
    expect((await broker.orders.listOrders({ tradingDate: today })).complete).toBe(true);
  }, 60_000);
});
