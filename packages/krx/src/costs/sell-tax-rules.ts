import { type DatedRule } from '../rules/dated-rule.ts';
import { type ListedMarket } from '../rules/product.ts';

/** 증권거래세, 농어촌특별세. */
export const sellTaxNames = ['SECURITIES_TRANSACTION_TAX', 'RURAL_SPECIAL_TAX'] as const;
export type SellTaxName = (typeof sellTaxNames)[number];

/**
 * Taxes on the sale of shares. The law goes by the day of transfer, which is the settlement day: a rate of 1 January
 * holds for trades of the last days of December. `effectiveFrom` here is the first **trading** date.
 */
export interface SellTaxRule extends DatedRule {
  readonly markets: readonly ListedMarket[];
  /** Hundred-thousandths of the sell amount: 150 is 0.15 %. */
  readonly parts: readonly { readonly tax: SellTaxName; readonly rate: number }[];
  readonly source: string;
}

/** Denominator of {@link SellTaxRule.parts} rates. */
export const sellTaxRateDenominator = 100_000;

const kospi = (transaction: number): SellTaxRule['parts'] => [
  { tax: 'SECURITIES_TRANSACTION_TAX', rate: transaction },
  { tax: 'RURAL_SPECIAL_TAX', rate: 150 },
];
const whole = (transaction: number): SellTaxRule['parts'] => [{ tax: 'SECURITIES_TRANSACTION_TAX', rate: transaction }];

interface Period extends DatedRule {
  readonly source: string;
  /** Transaction tax of KOSPI (rural special tax comes on top) and of KOSDAQ. */
  readonly kospi: number;
  readonly kosdaq: number;
}

const periods: readonly Period[] = [
  {
    effectiveFrom: '2025-12-29', // settles 2026-01-02, the first settlement day of the year
    confidence: 'CONFIRMED',
    kospi: 50,
    kosdaq: 200,
    source: 'press on the rates of 2026',
  },
  {
    effectiveFrom: '2024-12-27',
    effectiveTo: '2025-12-28',
    confidence: 'CONFIRMED',
    kospi: 0,
    kosdaq: 150,
    source: 'broker notice of 2024-12-26 (Hanyang) and press: trades from 2024-12-27',
  },
  {
    effectiveFrom: '2023-12-27',
    effectiveTo: '2024-12-26',
    confidence: 'SINGLE_SOURCE',
    kospi: 30,
    kosdaq: 180,
    source: 'rates before the change in the broker notice of 2024-12-26; first day by the settlement rule',
  },
  {
    effectiveFrom: '2022-12-28',
    effectiveTo: '2023-12-26',
    confidence: 'UNCONFIRMED',
    kospi: 50,
    kosdaq: 200,
    source: 'general knowledge; first day by the settlement rule',
  },
  {
    effectiveFrom: '2020-12-29',
    effectiveTo: '2022-12-27',
    confidence: 'CONFIRMED',
    kospi: 80,
    kosdaq: 230,
    source: 'press of 2020-07-22 and 2020-12-29: trades from 2020-12-29',
  },
  {
    effectiveFrom: '2019-05-30',
    effectiveTo: '2020-12-28',
    confidence: 'CONFIRMED',
    kospi: 100,
    kosdaq: 250,
    source: 'press of 2019-05-21 and 2019-05-30: trades from 2019-05-30',
  },
  {
    effectiveFrom: '2016-08-01', // as far back as the sessions are held; the rates are of 1996
    effectiveTo: '2019-05-29',
    confidence: 'CONFIRMED',
    kospi: 150,
    kosdaq: 300,
    source: 'press of 2019-05-21 and 2019-05-30, rates before the change',
  },
];

/** Every sell tax, with its trading dates. */
export const sellTaxRules: readonly SellTaxRule[] = [
  ...periods.flatMap(({ kospi: onKospi, kosdaq, ...dated }): SellTaxRule[] => [
    { ...dated, markets: ['KOSPI'], parts: kospi(onKospi) },
    { ...dated, markets: ['KOSDAQ'], parts: whole(kosdaq) },
  ]),
  {
    markets: ['KONEX'],
    effectiveFrom: '2019-05-30',
    confidence: 'CONFIRMED',
    parts: whole(100),
    source: 'press of 2019-05-21, broker notice of 2024-12-26',
  },
  {
    markets: ['KONEX'],
    effectiveFrom: '2016-08-01',
    effectiveTo: '2019-05-29',
    confidence: 'CONFIRMED',
    parts: whole(300),
    source: 'press of 2019-05-21, rates before the change',
  },
];
