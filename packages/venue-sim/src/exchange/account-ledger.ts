import { portion, type Side } from '@qts/krx';
import { type AccountHolding, type AccountSetup, type AccountView, type VenueRefusal } from './contracts.ts';
import { type OrderCosts, type OrderRecord } from './order-record.ts';

const billion = 1_000_000_000;

/** A holding as the ledger writes it. */
class Holding implements AccountHolding {
  readonly symbol: string;
  quantity = 0;
  reservedQuantity = 0;
  costKrw = 0;
  boughtTodayQuantity = 0;
  soldTodayQuantity = 0;

  constructor(symbol: string) {
    this.symbol = symbol;
  }

  view(): AccountHolding {
    const { symbol, quantity, reservedQuantity, costKrw, boughtTodayQuantity, soldTodayQuantity } = this;
    return { symbol, quantity, reservedQuantity, costKrw, boughtTodayQuantity, soldTodayQuantity };
  }
}

/** What an order asks an account to hold back. */
export interface Reservation {
  readonly side: Side;
  readonly symbol: string;
  readonly quantity: number;
  /** The dearest price at which a buy can trade; 0 for sells, which hold shares and no cash. */
  readonly reservePriceKrw: number;
}

/** Costs that a fill added. */
export interface FillCosts {
  readonly feeKrw: number;
  readonly taxKrw: number;
}

/**
 * The books of one account: cash, what open orders hold back, holdings, costs. All whole won and shares.
 *
 *     orderable = settled − reserved        sellable = held − reserved
 *
 * A buy holds back its remainder at the dearest price it can trade at, and the fee up to there; as it fills, ends or
 * shrinks, what is no longer needed comes free. Proceeds of a sell can be used at once, shares bought today can be
 * sold today.
 */
export class AccountLedger {
  readonly accountId: string;
  readonly #depositKrw: number;
  readonly #feePartsPerBillion: number;
  readonly #holdings = new Map<string, Holding>();
  #settledKrw: number;
  #reservedKrw = 0;
  #feesKrw = 0;
  #taxesKrw = 0;
  #boughtKrw = 0;
  #soldKrw = 0;

  constructor(setup: AccountSetup) {
    this.accountId = setup.accountId;
    this.#depositKrw = setup.cashKrw;
    this.#settledKrw = setup.cashKrw;
    this.#feePartsPerBillion = setup.terms.feePartsPerBillion;
    for (const { symbol, quantity, costKrw } of setup.holdings ?? []) {
      const holding = this.#holdingOf(symbol);
      holding.quantity += quantity;
      holding.costKrw += costKrw;
    }
  }

  /** Why the account cannot carry an order, or nothing. `replaced` gives its place up for as many shares. */
  refusalOf(request: Reservation, replaced?: OrderRecord): VenueRefusal | undefined {
    const { side, symbol, quantity, reservePriceKrw } = request;
    if (side === 'SELL') {
      const holding = this.#holdings.get(symbol);
      const sellable = holding === undefined ? 0 : holding.quantity - holding.reservedQuantity;
      return replaced === undefined && quantity > sellable ? 'INSUFFICIENT_HOLDINGS' : undefined;
    }
    const freedKrw = replaced === undefined ? 0 : this.#freedBy(replaced, quantity);
    const amountKrw = reservePriceKrw * quantity;
    const orderableKrw = this.#settledKrw - this.#reservedKrw + freedKrw;
    return amountKrw + this.#feeOn(amountKrw) > orderableKrw ? 'INSUFFICIENT_CASH' : undefined;
  }

  /** Holds back what an order that was just entered needs. */
  reserve(order: OrderRecord): void {
    if (order.side === 'SELL') this.#holdingOf(order.symbol).reservedQuantity += order.leavesQuantity;
    else this.#adjustReserve(order);
  }

  /** Frees what shares that left an order without trading held back; call it after `leavesQuantity` has fallen. */
  release(order: OrderRecord, quantity: number): void {
    if (order.side === 'SELL') this.#holdingOf(order.symbol).reservedQuantity -= quantity;
    else this.#adjustReserve(order);
  }

  /**
   * Books a fill; call it after the order's quantities and amount have moved. `taxKrw` is the tax on the order's
   * cumulative amount.
   */
  settle(order: OrderRecord, quantity: number, amountKrw: number, taxOnOrderKrw: number): FillCosts {
    const holding = this.#holdingOf(order.symbol);
    const costs = costsOf(order);
    const feeOnOrderKrw = this.#feeOn(order.filledAmountKrw);
    const feeKrw = feeOnOrderKrw - costs.feeKrw;
    const taxKrw = taxOnOrderKrw - costs.taxKrw;
    costs.feeKrw = feeOnOrderKrw;
    costs.taxKrw = taxOnOrderKrw;
    this.#feesKrw += feeKrw;
    this.#taxesKrw += taxKrw;
    if (order.side === 'BUY') {
      this.#settledKrw -= amountKrw + feeKrw;
      this.#boughtKrw += amountKrw;
      holding.quantity += quantity;
      holding.costKrw += amountKrw;
      holding.boughtTodayQuantity += quantity;
      this.#adjustReserve(order);
    } else {
      this.#settledKrw += amountKrw - feeKrw - taxKrw;
      this.#soldKrw += amountKrw;
      // The average cost stays: the cost falls in proportion, the last share takes all that is left.
      holding.costKrw -= shareOf(holding.costKrw, quantity, holding.quantity);
      holding.quantity -= quantity;
      holding.reservedQuantity -= quantity;
      holding.soldTodayQuantity += quantity;
    }
    return { feeKrw, taxKrw };
  }

  view(): AccountView {
    return {
      accountId: this.accountId,
      depositKrw: this.#depositKrw,
      depositNextDayKrw: this.#depositKrw, // the account opens with nothing unsettled, and today settles on D+2
      settledKrw: this.#settledKrw,
      reservedKrw: this.#reservedKrw,
      orderableKrw: this.#settledKrw - this.#reservedKrw,
      feesKrw: this.#feesKrw,
      taxesKrw: this.#taxesKrw,
      boughtKrw: this.#boughtKrw,
      soldKrw: this.#soldKrw,
      holdings: Array.from(this.#holdings.values(), (holding) => holding.view()),
    };
  }

  #feeOn(amountKrw: number): number {
    return portion(amountKrw, this.#feePartsPerBillion, billion);
  }

  /** Cash that a remainder of `quantity` shares needs at most: its amount, and how much the order's fee can still grow. */
  #reserveOf(order: OrderRecord, quantity: number): number {
    const { reservePriceKrw, feeKrw } = costsOf(order);
    const amountKrw = reservePriceKrw * quantity;
    return amountKrw + this.#feeOn(order.filledAmountKrw + amountKrw) - feeKrw;
  }

  #freedBy(order: OrderRecord, quantity: number): number {
    return costsOf(order).reservedKrw - this.#reserveOf(order, order.leavesQuantity - quantity);
  }

  #adjustReserve(order: OrderRecord): void {
    const costs = costsOf(order);
    const neededKrw = this.#reserveOf(order, order.leavesQuantity);
    this.#reservedKrw += neededKrw - costs.reservedKrw;
    costs.reservedKrw = neededKrw;
  }

  #holdingOf(symbol: string): Holding {
    const known = this.#holdings.get(symbol);
    if (known !== undefined) return known;
    const holding = new Holding(symbol);
    this.#holdings.set(symbol, holding);
    return holding;
  }
}

function costsOf(order: OrderRecord): OrderCosts {
  if (order.costs === undefined) throw new Error(`Order ${order.orderNumber} has no account and therefore no costs.`);
  return order.costs;
}

/** `cost × sold ÷ held`, cut down, exact where the product is no safe integer. */
function shareOf(costKrw: number, sold: number, held: number): number {
  if (sold === held) return costKrw;
  const product = costKrw * sold;
  if (Number.isSafeInteger(product)) return Math.floor(product / held);
  return Number((BigInt(costKrw) * BigInt(sold)) / BigInt(held));
}
