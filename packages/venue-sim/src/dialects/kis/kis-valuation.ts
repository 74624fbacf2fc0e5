import { type AccountHolding, type AccountView } from '../../exchange/contracts.ts';
import { type VenueAccount } from '../../venue-settings.ts';
import { type KisContext } from './kis-operation.ts';

/** A holding at a price. */
export interface ValuedHolding {
  readonly holding: AccountHolding;
  readonly name: string;
  readonly priceKrw: number;
  readonly previousCloseKrw: number;
  readonly valueKrw: number;
  readonly profitKrw: number;
  /** What may still be sold. */
  readonly sellableQuantity: number;
}

/** An account with its holdings at market. */
export interface ValuedAccount {
  readonly view: AccountView;
  readonly holdings: readonly ValuedHolding[];
  readonly valueKrw: number;
  readonly costKrw: number;
}

/**
 * Values an account. After-market trades do not move the prices of the balance unless another basis is asked for
 * (published); `withAfterMarket` asks for it.
 */
export function valueAccount(context: KisContext, account: VenueAccount, withAfterMarket = false): ValuedAccount {
  const view = context.exchange.getAccount(account.accountId);
  if (view === undefined) throw new Error(`The exchange has lost the account ${account.accountId}.`);
  const holdings = view.holdings.map((holding) => valueHolding(context, holding, withAfterMarket));
  return {
    view,
    holdings,
    valueKrw: holdings.reduce((sum, { valueKrw }) => sum + valueKrw, 0),
    costKrw: holdings.reduce((sum, { holding }) => sum + holding.costKrw, 0),
  };
}

function valueHolding(context: KisContext, holding: AccountHolding, withAfterMarket: boolean): ValuedHolding {
  const view = context.exchange.getInstrument(holding.symbol);
  const previousCloseKrw = view?.instrument.previousCloseKrw ?? view?.instrument.basePriceKrw ?? 0;
  const regularKrw = context.market.regularPriceKrw(holding.symbol) ?? previousCloseKrw;
  const priceKrw = withAfterMarket ? (view?.lastPriceKrw ?? regularKrw) : regularKrw;
  const valueKrw = priceKrw * holding.quantity;
  return {
    holding,
    name: view?.instrument.name ?? '',
    priceKrw,
    previousCloseKrw,
    valueKrw,
    profitKrw: valueKrw - holding.costKrw,
    sellableQuantity: holding.quantity - holding.reservedQuantity,
  };
}
