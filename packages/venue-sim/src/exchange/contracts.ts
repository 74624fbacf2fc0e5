import { type OrderType, type Side, type TimeInForce, type TradingSession } from '@qts/krx';

/**
 * The face of the exchange: what dialects, replays and programs see of it. All prices are won, all quantities shares,
 * both plain safe integers; times are epoch ms. The exchange is synchronous and has no clock of its own: whoever owns
 * time calls {@link Exchange.advanceTo}. Same calls, same seed, same day.
 *
 * One exchange is one venue (KRX). It knows accounts by label; wire account numbers live in the dialects.
 */

/** An issue as it is listed on the simulated day. */
export interface Instrument {
  readonly symbol: string;
  /** Korean name, as the brokers show it. */
  readonly name: string;
  readonly market: 'KOSPI' | 'KOSDAQ' | 'KONEX';
  readonly productClass: 'STOCK' | 'ETF' | 'ETN' | 'ELW';
  /** Base price of the daily limits (기준가). */
  readonly basePriceKrw: number;
  /** Previous close; default the base price. */
  readonly previousCloseKrw?: number;
  /** Shares listed, for the size limit of an order. Absent: no size limit is checked. */
  readonly listedShares?: number;
  readonly halted?: boolean;
  /** Size of the multiple of a leveraged or inverse ETF or ETN without its sign; default 1. It widens the daily limits. */
  readonly leverage?: number;
  /** Whether the KRX after-market takes it. Default: shares yes, ETF and ETN no. */
  readonly afterMarket?: boolean;
}

/** Rates of an account. */
export interface AccountTerms {
  /**
   * Broker fee, parts per billion of the traded amount (0.0140527 % = 140,527). Charged on the order's cumulative
   * amount and cut down to the won: the fee of a fill is what the order's fee grew by. Taxes are cut the same way, each
   * tax on its own (assumed: rounding is broker-specific, and books kept from cumulative figures can then be equal).
   */
  readonly feePartsPerBillion: number;
}

/** An account as it opens on the simulated day. */
export interface AccountSetup {
  /** A label that is safe to print. */
  readonly accountId: string;
  readonly cashKrw: number;
  readonly holdings?: readonly { readonly symbol: string; readonly quantity: number; readonly costKrw: number }[];
  readonly terms: AccountTerms;
}

/** What somebody asks the exchange to do. */
export interface NewOrder {
  /** Account label; `undefined` for the flow of the market itself, which has no account and no cash limits. */
  readonly accountId?: string;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: number;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  /** 0 for types without a price. */
  readonly limitPriceKrw: number;
  /** 0 unless `STOP_LIMIT`. */
  readonly stopPriceKrw: number;
}

/** Why the exchange or the account refused. Dialects map each to their broker's code. */
export const venueRefusals = [
  'UNKNOWN_SYMBOL',
  'HALTED_SYMBOL',
  'MARKET_CLOSED', // not a trading day, or outside every session of the day
  'TYPE_NOT_ALLOWED_NOW', // this type, condition or session is not taken at this time
  'OFF_TICK',
  'OUTSIDE_PRICE_LIMIT',
  'PRICE_MISSING',
  'PRICE_NOT_ALLOWED',
  'QUANTITY_NOT_POSITIVE',
  'QUANTITY_ABOVE_LIMIT', // more than the size limit of one order
  'INSUFFICIENT_CASH',
  'INSUFFICIENT_HOLDINGS',
  'OWN_SIDE_EMPTY', // a priority limit with no own-side price
  'NOT_FOUND',
  'NOTHING_LEFT', // filled, canceled or expired: nothing to replace or cancel
  'QUANTITY_ABOVE_REMAINING',
  'WRONG_ACCOUNT',
  'CANCEL_NOT_ALLOWED_NOW',
  'NOT_SUPPORTED', // modelled nowhere, said so
] as const;
export type VenueRefusal = (typeof venueRefusals)[number];

export type VenueResult =
  | { readonly ok: true; readonly order: VenueOrder }
  | { readonly ok: false; readonly refusal: VenueRefusal; readonly detail: string };

/**
 * An order, a replace or a cancel as the exchange keeps it. The same object over its life: read it, never write it.
 * A replace makes a new order with a new number that points at the original and takes its remainder; a cancel has a
 * number of its own and a row of its own, with `kind: 'CANCEL'`, all of whose quantity is canceled.
 */
export interface VenueOrder {
  /** Unique within the day, rising, from 1. Dialects pad it. */
  readonly orderNumber: number;
  readonly kind: 'NEW' | 'REPLACE' | 'CANCEL';
  readonly originalOrderNumber?: number | undefined;
  readonly accountId?: string | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly orderType: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: TradingSession;
  readonly quantity: number;
  /** The price it works at; for types without one, 0. Best and priority limits carry the price they were given. */
  readonly limitPriceKrw: number;
  readonly stopPriceKrw: number;
  readonly enteredAtMs: number;
  readonly filledQuantity: number;
  readonly filledAmountKrw: number;
  /** Canceled by a cancel command, by a replace that took the remainder over, by IOC/FOK, or at the end of the session. */
  readonly canceledQuantity: number;
  /** All of it for an order that was refused after it had its number; else 0. */
  readonly rejectedQuantity: number;
  /** True when the end of the session took the remainder. */
  readonly expired: boolean;
  /** `quantity − filled − canceled − rejected`. */
  readonly leavesQuantity: number;
}

/** A fill of an order that has an account, with its costs. */
export interface VenueFill {
  readonly fillNumber: number;
  readonly orderNumber: number;
  readonly accountId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly priceKrw: number;
  readonly quantity: number;
  readonly feeKrw: number;
  readonly taxKrw: number;
  readonly atMs: number;
}

/** A print of the market: every trade, whoever made it. */
export interface VenueTrade {
  readonly symbol: string;
  readonly priceKrw: number;
  readonly quantity: number;
  /** Which side took: absent in a call auction. */
  readonly aggressor?: Side;
  readonly auction: boolean;
  readonly atMs: number;
}

export interface BookLevel {
  readonly priceKrw: number;
  readonly quantity: number;
}

/** What the market shows of an issue: ten levels in continuous trading; in an auction the expected match and three. */
export interface BookView {
  readonly symbol: string;
  readonly asks: readonly BookLevel[];
  readonly bids: readonly BookLevel[];
  readonly totalAskQuantity: number;
  readonly totalBidQuantity: number;
  /** Present while an auction collects orders and something would cross. */
  readonly expectedPriceKrw?: number;
  readonly expectedQuantity?: number;
}

/** The day's figures of an issue. */
export interface InstrumentView {
  readonly instrument: Instrument;
  readonly upperLimitKrw: number;
  readonly lowerLimitKrw: number;
  /** Last trade, else the previous close. */
  readonly lastPriceKrw: number;
  readonly openPriceKrw?: number;
  readonly highPriceKrw?: number;
  readonly lowPriceKrw?: number;
  /** Official close (종가): what the closing auction left behind. Trades of the after-market do not move it. */
  readonly closePriceKrw?: number;
  readonly volume: number;
  readonly turnoverKrw: number;
  /** What the issue takes orders in now. Auctions end at a random time of their own per issue. */
  readonly phases: readonly VenuePhase[];
}

/** A phase of the venue's day, as `krx` has it for the date. `CLOSED` when nothing takes orders. */
export type VenuePhase =
  | 'CLOSED'
  | 'PRE_OPEN_CLOSING_PRICE'
  | 'OPENING_AUCTION'
  | 'CONTINUOUS'
  | 'CLOSING_AUCTION'
  | 'POST_CLOSE_CLOSING_PRICE'
  | 'AFTER_MARKET';

/** The state of an account. `cash` is by settlement day: today, D+1, D+2. */
export interface AccountView {
  readonly accountId: string;
  /** Cash that has settled today (D+0), before today's trades settle. */
  readonly depositKrw: number;
  /** Cash that will have settled on D+1. An account opens with nothing unsettled, so it equals today's. */
  readonly depositNextDayKrw: number;
  /** Cash when everything traded so far has settled: on D+2, {@link Exchange.settlementDate}. */
  readonly settledKrw: number;
  /** What open buy orders hold back. */
  readonly reservedKrw: number;
  /** What may be used for a new buy: settled cash less what is reserved. */
  readonly orderableKrw: number;
  readonly feesKrw: number;
  readonly taxesKrw: number;
  readonly boughtKrw: number;
  readonly soldKrw: number;
  readonly holdings: readonly AccountHolding[];
}

export interface AccountHolding {
  readonly symbol: string;
  readonly quantity: number;
  /** Held back by open sell orders. */
  readonly reservedQuantity: number;
  readonly costKrw: number;
  readonly boughtTodayQuantity: number;
  readonly soldTodayQuantity: number;
}

/**
 * Hears what happens, in order, after the command or the event that caused it is complete. A listener may give commands;
 * what they cause is told after what is already waiting to be told. An error it throws reaches whoever gave the command;
 * the exchange is whole, and the rest is told with the next command.
 */
export interface ExchangeListener {
  onTrade?(trade: VenueTrade): void;
  onFill?(fill: VenueFill): void;
  /** An order with an account was entered, changed its figures, or ended. */
  onOrder?(order: VenueOrder): void;
  /** A phase began for at least one issue, or (`CLOSED`) the last one ended. */
  onPhase?(phase: VenuePhase, atMs: number): void;
}

export interface ExchangeSetup {
  /** `YYYY-MM-DD`, a trading day of `krx`. Its rules decide ticks, limits, sessions, taxes. */
  readonly tradingDate: string;
  readonly instruments: readonly Instrument[];
  readonly accounts: readonly AccountSetup[];
  /** Seeds the random end of auctions and everything else that is drawn. */
  readonly seed: number;
  /** Where the day starts; default 08:00 KST of the date. */
  readonly startAtMs?: number;
}

/** A running trading day. */
export interface Exchange {
  readonly tradingDate: string;
  /** When trades of today settle, `YYYY-MM-DD`. */
  readonly settlementDate: string;
  readonly nowMs: number;
  /** Phases in which at least one issue takes orders; `['CLOSED']` when none does. */
  readonly phases: readonly VenuePhase[];
  /**
   * Runs everything that is due up to and including `atMs`, in time order: sessions, auctions, scheduled flow.
   *
   * @throws {RangeError} when `atMs` lies before {@link nowMs} or is no whole number.
   */
  advanceTo(atMs: number): void;
  /**
   * Calls `action` at `atMs` of exchange time; equal times run in the order in which they were scheduled.
   *
   * @throws {RangeError} when `atMs` lies before {@link nowMs} or is no whole number.
   */
  schedule(atMs: number, action: () => void): void;
  /** When the next thing is due, if anything is. */
  nextDueMs(): number | undefined;
  placeOrder(order: NewOrder): VenueResult;
  /**
   * Numbers an order and refuses it: it stands in the account's list with all of its quantity rejected, and moves nothing
   * else. Listeners hear of it once, when it is over. For orders that a broker took and the exchange refuses afterwards.
   */
  rejectOrder(order: NewOrder): VenueResult;
  /** Price, type or quantity of the remainder. The new order takes what `quantity` says (default: all that remains). */
  replaceOrder(request: {
    readonly accountId?: string;
    readonly orderNumber: number;
    readonly quantity?: number;
    readonly orderType: OrderType;
    readonly timeInForce: TimeInForce;
    readonly session: TradingSession;
    readonly limitPriceKrw: number;
  }): VenueResult;
  cancelOrder(request: {
    readonly accountId?: string;
    readonly orderNumber: number;
    readonly quantity?: number;
  }): VenueResult;
  /** An order of an account, or one of the market's own flow as long as it waits in a book. */
  getOrder(orderNumber: number): VenueOrder | undefined;
  /** Orders, replaces and cancels of an account, in order of entry. */
  listOrders(accountId: string): readonly VenueOrder[];
  listFills(accountId: string): readonly VenueFill[];
  getAccount(accountId: string): AccountView | undefined;
  getInstrument(symbol: string): InstrumentView | undefined;
  listInstruments(): readonly InstrumentView[];
  /** The same object as long as the book is the same. */
  getBook(symbol: string): BookView | undefined;
  subscribe(listener: ExchangeListener): () => void;
}
