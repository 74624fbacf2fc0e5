import { symbolCode } from '@qts/core';
import { expect, it } from 'vitest';
import { createMarketDay } from './market-day.ts';
import { type InstrumentFacts } from './risk-view.ts';

const samsung: InstrumentFacts = {
  symbol: symbolCode('005930'),
  market: 'KOSPI',
  productClass: 'STOCK',
  conditions: [],
};
const settings = { tradingDate: '2026-09-14', instruments: [samsung], quote: () => undefined };

it('looks a rule up once and keeps the answer', () => {
  const market = createMarketDay(settings);
  expect(market.sessionDay('KRX')).toBe(market.sessionDay('KRX'));
  expect(market.ticks(samsung)).toBe(market.ticks(samsung));
});

it('keeps a denial, too', () => {
  const market = createMarketDay({ ...settings, tradingDate: '2026-09-12' });
  expect(market.sessionDay('KRX')).toMatchObject({ ok: false, code: 'MARKET_CLOSED' });
});

it('refuses an instrument that is given twice', () => {
  expect(() => createMarketDay({ ...settings, instruments: [samsung, samsung] })).toThrow(
    expect.objectContaining({ code: 'INSTRUMENT_TWICE' }),
  );
});
