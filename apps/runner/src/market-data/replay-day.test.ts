import { ConfigurationError, symbolCode } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { loadInstruments } from './instruments.ts';
import { defaultReplayDate, loadReplayDay } from './replay-day.ts';

describe('loadReplayDay', () => {
  it('lists an issue at its previous close and gives the bars of the day', () => {
    const day = loadReplayDay({ date: '2025-10-17', symbols: ['005930'] });
    expect(day.instruments).toEqual([
      {
        symbol: '005930',
        name: '삼성전자',
        market: 'KOSPI',
        productClass: 'STOCK',
        basePriceKrw: 97_700,
        previousCloseKrw: 97_700,
      },
    ]);
    expect(day.bars.get('005930')).toHaveLength(72);
    expect(day.dailies.get('005930')).toMatchObject({ closeKrw: 97_900, volume: 22_730_809 });
    expect(day.history.get('005930')?.map(({ tradingDate }) => tradingDate)).toEqual([
      '2025-10-10',
      '2025-10-13',
      '2025-10-14',
      '2025-10-15',
      '2025-10-16',
    ]);
  });

  it('names the origin of every file it read', () => {
    const { origins } = loadReplayDay({ date: defaultReplayDate, symbols: ['005930', '000660'] });
    expect(origins.map(({ file }) => file).sort()).toEqual([
      'bars-5m/000660.csv',
      'bars-5m/005930.csv',
      'daily/000660.csv',
      'daily/005930.csv',
      'master/symbols.csv',
    ]);
    for (const origin of origins) expect(origin.originCommit).toMatch(/^[0-9a-f]{12}$/);
  });

  it('says what is recorded and what is modelled', () => {
    expect(loadReplayDay({ date: '2025-10-16', symbols: ['005930'] }).provenance).toMatchInlineSnapshot(`
      {
        "modelled": [
          "The path inside each bar, how its volume splits into prints, who took, and every order and level of the book.",
          "The opening auction: its price is the recorded open, its volume an assumed part of the first bar.",
          "The volume of 1 bar that the source leaves at zero.",
          "23 of 288 recorded prices are mid-point prints off the tick grid; they are replayed at the next tick inside their bar.",
          "All trading from 15:00 to the closing auction, for which there are no bars: the path leads to the recorded close.",
          "The volume of the closing auction: what is left of the day's recorded volume.",
        ],
        "real": [
          "Open, high, low and close of 72 5-minute bars of 1 issue, and the volume of 71 of them.",
          "The close and the volume of the day of 1 issue.",
          "One file from greatbps/kiwoom_trading at 7d796e228740, a public repository without a data licence.",
          "One file from alicia-eunsil/Stock_Market_Diary at d3b10364cb57, a public repository without a data licence.",
          "One file from pride167100-pixel/quant-project at 5b869284f56c, a public repository without a data licence.",
        ],
      }
    `);
  });

  it.each([
    ['no symbol', { date: '2025-10-17', symbols: [] }],
    ['an unknown symbol', { date: '2025-10-17', symbols: ['999999'] }],
    ['a symbol without bars', { date: '2025-10-17', symbols: ['257370'] }],
    ['a day that is not recorded', { date: '2025-10-15', symbols: ['005930'] }],
  ])('refuses %s', (_, query) => {
    const attempt = () => loadReplayDay(query);
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'MARKET_DATA_ABSENT' }) as Error);
  });
});

describe('loadInstruments', () => {
  it('takes market and class from the master', () => {
    expect(loadInstruments([symbolCode('257370')])).toEqual([
      { symbol: '257370', market: 'KOSDAQ', productClass: 'STOCK', conditions: [] },
    ]);
  });

  it('refuses a symbol that the master does not have', () => {
    expect(() => loadInstruments([symbolCode('999999')])).toThrow(ConfigurationError);
  });
});
