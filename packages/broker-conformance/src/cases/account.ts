import { krw } from '@qts/core';
import { hynix, order, placed, samsung, sellOrder, tradeAgainst } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';

/** Cash and holdings. */
export const accountCases: readonly ConformanceCase[] = [
  {
    id: 'ACCOUNT-010',
    promise: 'cash is the venue’s cash',
    reason: 'what may be spent is computed from it',
    async run({ broker, settle }) {
      const cash = await settle(broker.account.getCashBalance());
      checkMatches(cash, { depositKrw: 1_000_000_000, settledKrw: 1_000_000_000 }, 'the cash');
    },
  },
  {
    id: 'ACCOUNT-020',
    promise: 'cash after a trade is the venue’s, fees included, by the day it settles',
    reason: 'two days lie between a trade and its money',
    async run(bench) {
      await placed(bench);
      tradeAgainst(bench, order(), 10);
      const cash = await bench.settle(bench.broker.account.getCashBalance());
      checkMatches(cash, { depositKrw: 1_000_000_000, settledKrw: bench.venue.account().settledKrw }, 'the cash');
      checkThat(cash.settledKrw < 1_000_000_000 - 699_000, 'a fee was paid', cash.settledKrw);
    },
  },
  {
    id: 'ACCOUNT-030',
    promise: 'holdings are the venue’s, with what they cost',
    reason: 'a position that is not known is sold twice or never',
    async run({ broker, settle }) {
      checkMatches(
        await settle(broker.account.listPositions()),
        {
          complete: true,
          positions: [{ symbol: '000660', quantity: 100, sellableQuantity: 100, costKrw: 19_000_000 }],
        },
        'the holdings',
      );
    },
  },
  {
    id: 'ACCOUNT-040',
    promise: 'shares under an open sale are not sellable',
    reason: 'the second sale of the same share is a short sale',
    async run(bench) {
      await placed(bench, sellOrder());
      checkMatches(await bench.settle(bench.broker.account.getSellableQuantity(hynix)), 90, 'the sellable quantity');
    },
  },
  {
    id: 'ACCOUNT-050',
    promise: 'nothing of an issue that is not held is sellable',
    reason: 'an absent row is a zero, not an error',
    async run({ broker, settle }) {
      checkMatches(await settle(broker.account.getSellableQuantity(samsung)), 0, 'the sellable quantity');
    },
  },
  {
    id: 'ACCOUNT-060',
    promise: 'buying power is not more than the cash, and not less than it allows',
    reason: 'receivables are debt, and QTS makes none',
    async run({ broker, settle }) {
      const power = await settle(
        broker.account.getBuyingPower({ symbol: samsung, orderType: 'LIMIT', limitPriceKrw: krw(70_000) }),
      );
      checkThat(power.cashKrw > 0 && power.cashKrw <= 1_000_000_000, 'cash within bounds', power);
      checkThat(power.quantity > 14_000 && power.quantity <= 14_285, 'shares within bounds', power);
    },
  },
  {
    id: 'ACCOUNT-070',
    promise: 'a purchase shows in the holdings at once',
    reason: 'the exit of a strategy begins with it',
    async run(bench) {
      await placed(bench);
      tradeAgainst(bench, order(), 10);
      const { positions } = await bench.settle(bench.broker.account.listPositions());
      checkMatches(positions.find(({ symbol }) => symbol === '005930')?.quantity, 10, 'the quantity held');
    },
  },
];
