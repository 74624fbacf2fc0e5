import { portion, sellTax } from '@qts/krx';
import { type AccountHolding, type AccountView, type InstrumentView } from '../../exchange/contracts.ts';
import { type KiwoomCall } from './kiwoom-operation.ts';

const billion = 1_000_000_000;

/** A holding at its last price, with what buying it cost and what selling it would. */
export interface ValuedHolding {
  readonly holding: AccountHolding;
  readonly view: InstrumentView;
  readonly priceKrw: number;
  readonly valueKrw: number;
  readonly buyFeeKrw: number;
  readonly sellFeeKrw: number;
  readonly taxKrw: number;
  /** Value less cost, both fees and tax (holds in the guide's sample). */
  readonly profitKrw: number;
}

export interface ValuedAccount {
  readonly view: AccountView;
  readonly holdings: readonly ValuedHolding[];
  readonly valueKrw: number;
  readonly costKrw: number;
  readonly profitKrw: number;
  /** Cash when all has settled, and the holdings. */
  readonly totalKrw: number;
}

/** Values the account. A holding that was sold out is left out (assumed). */
export function valueAccount(call: KiwoomCall): ValuedAccount {
  const { exchange } = call.context;
  const view = exchange.getAccount(call.account.accountId);
  if (view === undefined) throw new Error(`The exchange has lost the account ${call.account.accountId}.`);
  const holdings = view.holdings.filter(({ quantity }) => quantity > 0).map((holding) => valueHolding(call, holding));
  const sum = (of: (each: ValuedHolding) => number): number => holdings.reduce((total, each) => total + of(each), 0);
  const valueKrw = sum((each) => each.valueKrw);
  return {
    view,
    holdings,
    valueKrw,
    costKrw: sum(({ holding }) => holding.costKrw),
    profitKrw: sum((each) => each.profitKrw),
    totalKrw: view.settledKrw + valueKrw,
  };
}

function valueHolding({ context, account }: KiwoomCall, holding: AccountHolding): ValuedHolding {
  const view = context.exchange.getInstrument(holding.symbol);
  if (view === undefined) throw new Error(`${holding.symbol} is held but not listed.`);
  const valueKrw = view.lastPriceKrw * holding.quantity;
  const feeOn = (amountKrw: number): number => portion(amountKrw, account.terms.feePartsPerBillion, billion);
  const { market, productClass } = view.instrument;
  const tax = sellTax({ market, productClass, tradingDate: context.exchange.tradingDate, amountKrw: valueKrw });
  const taxKrw = tax.ok ? tax.taxKrw : 0;
  const buyFeeKrw = feeOn(holding.costKrw);
  const sellFeeKrw = feeOn(valueKrw);
  return {
    holding,
    view,
    priceKrw: view.lastPriceKrw,
    valueKrw,
    buyFeeKrw,
    sellFeeKrw,
    taxKrw,
    profitKrw: valueKrw - holding.costKrw - buyFeeKrw - sellFeeKrw - taxKrw,
  };
}

/** What may be used for a buy; never below 0. */
export function orderableKrw({ context, account }: KiwoomCall): number {
  return Math.max(0, context.exchange.getAccount(account.accountId)?.orderableKrw ?? 0);
}

/** What may be paid out: settled today, and not needed by what has traded or is held back. */
export function withdrawableKrw(view: AccountView): number {
  return Math.max(0, Math.min(view.depositKrw, view.orderableKrw));
}

/** The largest quantity whose amount and fee fit into what may be used. */
export function affordableQuantity(call: KiwoomCall, unitKrw: number): number {
  if (unitKrw === 0) return 0;
  const cashKrw = orderableKrw(call);
  const { feePartsPerBillion } = call.account.terms;
  let quantity = Math.floor((cashKrw * billion) / (unitKrw * (billion + feePartsPerBillion)));
  const costKrw = (shares: number): number => unitKrw * shares + portion(unitKrw * shares, feePartsPerBillion, billion);
  // The division may be a share off either way: fees are cut to the won.
  while (quantity > 0 && costKrw(quantity) > cashKrw) quantity -= 1;
  while (costKrw(quantity + 1) <= cashKrw) quantity += 1;
  return quantity;
}
