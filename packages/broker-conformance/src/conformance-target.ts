import {
  type AccountReader,
  type Clock,
  type EpochMs,
  type Logger,
  type OrderAdapter,
  type OrderResponse,
  type QuoteReader,
  type Side,
} from '@qts/core';
import { type FakeClock, type RecordingLogger } from '@qts/core/testing';

/** What a broker package makes of one account. `createKisBroker(…)` is one. */
export interface ConformanceBroker {
  readonly orders: OrderAdapter;
  readonly account: AccountReader;
  readonly quotes: QuoteReader;
  close(): Promise<void>;
}

/** What a broker is made of here: one clock, a transport that is counted, and places where it may be heard. */
export interface ConformanceParts {
  /** Where the venue listens: `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onLateAnswer: (response: OrderResponse) => void;
  /** Wraps a transport of `@qts/broker-kit`, so that virtual time stands still while an exchange is under way. */
  readonly counted: <Transport extends CountableTransport>(transport: Transport) => Transport;
}

/** As much of a transport as has to be counted. */
export interface CountableTransport {
  open(origin: string): { send(...parameters: never[]): Promise<unknown> };
}

/** What a request is for, whatever a broker calls it. */
export type RequestKind = 'PLACE' | 'CHANGE' | 'LIST' | 'TOKEN' | 'ANY';

/** What can go wrong, in words that no broker owns. `before`: the exchange never hears of it; `after`: it has acted. */
export const conformanceFaults = [
  'drop-before',
  'drop-after',
  'reset-before',
  'reset-after',
  'silence-before',
  'silence-after',
  'cut-body-after',
  'half-json-before',
  'half-json-after',
  'empty-before',
  'empty-after',
  'html-before',
  'html-after',
  'no-number-before',
  'no-number-after',
  'error-500-before',
  'error-500-after',
  'error-502-after',
  'error-503-after',
  'error-504-after',
  'other-operation-before',
  'other-operation-after',
  'redirect-before',
  'unlisted-refusal',
  'rate-limit',
  'rate-limit-storm',
  'token-expired',
  'token-issue-refused',
  'answer-late',
  'page-fails',
  'pages-endless',
  'rows-doubled',
  'numbers-for-text',
] as const;
export type ConformanceFault = (typeof conformanceFaults)[number];

/** An order as the venue has it: the truth that adapters are measured by. */
export interface VenueTruth {
  /** As the adapter shows it: without padding. */
  readonly brokerOrderId: string;
  readonly kind: 'NEW' | 'REPLACE' | 'CANCEL';
  readonly originalBrokerOrderId?: string;
  readonly symbol: string;
  readonly side: Side;
  readonly orderType: string;
  readonly timeInForce: string;
  readonly quantity: number;
  readonly limitPriceKrw: number;
  readonly filledQuantity: number;
  readonly filledAmountKrw: number;
  readonly canceledQuantity: number;
  readonly leavesQuantity: number;
}

/** A limit order that does not come through the adapter. */
export interface OtherOrder {
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: number;
  readonly priceKrw: number;
}

/** The other side of the wire, under the control of the suite. */
export interface ConformanceVenue {
  /** Somebody else in the market gives an order: it rests, or trades with what rests. */
  placeOfMarket(order: OtherOrder): void;
  /** The owner of the account gives an order by hand, in another program. */
  placeByHand(order: OtherOrder): void;
  /** Orders, replaces and cancels of the account, in order of entry. */
  orders(): readonly VenueTruth[];
  account(): {
    readonly settledKrw: number;
    readonly orderableKrw: number;
    readonly holdings: readonly {
      readonly symbol: string;
      readonly quantity: number;
      readonly reservedQuantity: number;
    }[];
  };
  /** Requests that arrived, refused ones included. */
  requestCount(kind: RequestKind): number;
  /** Requests that were refused because they came too fast. */
  rateRefusalCount(): number;
  /** Sets a fault up for the next request of a kind, or for the next `times`. `Infinity` is until the case ends. */
  strike(fault: ConformanceFault, on: RequestKind, times?: number): void;
  /** Faults that struck. */
  struckCount(): number;
}

/** A broker and its venue on one virtual clock, for one case. */
export interface ConformanceBench {
  readonly broker: ConformanceBroker;
  readonly venue: ConformanceVenue;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
  /** What came after a command had been given up. */
  readonly lateAnswers: readonly OrderResponse[];
  /** Texts that must never come out of the adapter. */
  readonly secrets: readonly string[];
  /** Waits, and lets virtual time pass for both sides whenever nothing is under way. */
  readonly settle: <Result>(pending: Promise<Result>) => Promise<Result>;
  /** Lets virtual time pass for both sides. */
  readonly advance: (ms: number) => Promise<void>;
  /** Takes the venue away: nothing listens at its address any more. */
  readonly stopVenue: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How a case wants its bench. */
export interface BenchSettings {
  /** Time of day in Korea at which the case begins. Default `10:00`, continuous trading. */
  readonly startsAt?: string;
}

/** A broker package, as the suite needs it. */
export interface ConformanceTarget {
  /** `kis`, `kiwoom`, … */
  readonly brokerId: string;
  start(settings?: BenchSettings): Promise<ConformanceBench>;
}

/** The day of every case: a Monday, with all sessions of the rules in force since that day. */
export const conformanceDate = '2026-09-14';

/**
 * The market of every case. `main` holds 100 shares of 000660 and a billion won; nobody else has an order in the market
 * until a case says so. 035420 is halted.
 */
export const conformanceMarket = {
  cashKrw: 1_000_000_000,
  issues: [
    { symbol: '005930', name: '삼성전자', basePriceKrw: 70_000, halted: false },
    { symbol: '000660', name: 'SK하이닉스', basePriceKrw: 200_000, halted: false },
    { symbol: '035420', name: 'NAVER', basePriceKrw: 250_000, halted: true },
  ],
  holding: { symbol: '000660', quantity: 100, costKrw: 19_000_000 },
  feePartsPerBillion: 140_527,
} as const;

/** When a case starts, epoch ms. */
export function startOf({ startsAt = '10:00' }: BenchSettings): EpochMs {
  return Date.parse(`${conformanceDate}T${startsAt}:00+09:00`);
}
