/** Boards of KRX: 유가증권시장, 코스닥시장, 코넥스시장. */
export const listedMarkets = ['KOSPI', 'KOSDAQ', 'KONEX'] as const;
export type ListedMarket = (typeof listedMarkets)[number];

/**
 * Classes of product as far as the rules tell them apart. `STOCK` stands for all that trades by the share rules:
 * common and preferred shares, REITs, SPACs, depositary receipts, infrastructure funds.
 */
export const productClasses = ['STOCK', 'ETF', 'ETN', 'ELW'] as const;
export type ProductClass = (typeof productClasses)[number];
