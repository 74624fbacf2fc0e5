import { type Exchange, type NewOrder, type VenueResult } from '../../exchange/contracts.ts';
import { type DailyBar, type VenueAccount, type VenueEnvironment } from '../../venue-settings.ts';
import { type MarketRecorder } from '../market-recorder.ts';
import { type KiwoomGatewayResultName } from './kiwoom-gateway-results.ts';
import {
  type KiwoomOrderRefusal,
  kiwoomSpecialRefusals,
  type KiwoomSpecialRefusalName,
} from './kiwoom-order-refusals.ts';

/** A field of a request as the broker documents it. */
export interface KiwoomField {
  readonly name: string;
  /** Must be there and not empty. */
  readonly required: boolean;
  readonly lengthMax: number;
  /** What is taken when it is not empty. */
  readonly form: RegExp;
}

const anything = /^/;
const digits = /^\d+$/;

/** A field that must have a value, one of `codes` where they are given. */
export function required(name: string, lengthMax: number, codes?: readonly string[]): KiwoomField {
  return { name, required: true, lengthMax, form: codes === undefined ? anything : oneOf(codes) };
}

/** A field that may be left out or empty. */
export function optional(name: string, lengthMax: number): KiwoomField {
  return { name, required: false, lengthMax, form: anything };
}

/** A number that must be given. */
export function requiredNumber(name: string, lengthMax: number): KiwoomField {
  return { name, required: true, lengthMax, form: digits };
}

/** A number that may be left out or empty. */
export function optionalNumber(name: string, lengthMax: number): KiwoomField {
  return { name, required: false, lengthMax, form: digits };
}

function oneOf(codes: readonly string[]): RegExp {
  return new RegExp(`^(${codes.map((code) => code.replace(/[^\w]/g, '\\$&')).join('|')})$`);
}

/** Where an order was sent: the broker's word, which its lists repeat. */
export type KiwoomVenueCode = 'KRX' | 'SOR';

/** How an order came to the broker. */
export interface KiwoomOrderOrigin {
  readonly venue: KiwoomVenueCode;
  /** `comm_ord_tp`. */
  readonly channel: string;
}

/** What the operations of one front share. */
export interface KiwoomContext {
  readonly environment: VenueEnvironment;
  readonly exchange: Exchange;
  readonly market: MarketRecorder;
  readonly dailyHistory: Readonly<Record<string, readonly DailyBar[]>>;
  /** By order number. */
  readonly orderOrigins: Map<number, KiwoomOrderOrigin>;
  readonly listRows: number;
  readonly fillRows: 'PER_FILL' | 'PER_ORDER';
}

/** A call that the gateway has let through. */
export interface KiwoomCall {
  readonly context: KiwoomContext;
  readonly apiId: string;
  readonly account: VenueAccount;
  readonly fields: ReadonlyMap<string, string>;
  /** Rows that the pages before this one have given; 0 for a first page. */
  readonly offset: number;
  readonly nowMs: number;
  readonly channel: string;
  /** For how long the caller sees nothing of an order after its entry, ms. */
  readonly listLagMs: (orderNumber: number) => number;
  /** Gives an order to the exchange. */
  readonly enterOrder: (order: NewOrder) => VenueResult;
}

export type KiwoomRow = Readonly<Record<string, string>>;
/** Every value of an answer is text, or a list of rows of text. */
export type KiwoomBody = Readonly<Record<string, string | readonly KiwoomRow[]>>;

/** What an operation answers; the gateway words it. */
export type KiwoomAnswer =
  | {
      readonly kind: 'SUCCESS';
      readonly body: KiwoomBody;
      readonly message: string;
      /** Rows given so far, when another page follows. */
      readonly nextOffset?: number;
    }
  | { readonly kind: 'GATEWAY'; readonly result: KiwoomGatewayResultName; readonly detail?: string }
  | { readonly kind: 'REFUSED'; readonly refusal: KiwoomOrderRefusal };

/** One operation of the broker, under its api-id. */
export interface KiwoomOperation {
  readonly apiId: string;
  readonly path: string;
  readonly fields: readonly KiwoomField[];
  answer(call: KiwoomCall): KiwoomAnswer;
}

export const orderPath = '/api/dostk/ordr';
export const accountPath = '/api/dostk/acnt';
export const stockPath = '/api/dostk/stkinfo';
export const quotePath = '/api/dostk/mrkcond';
export const chartPath = '/api/dostk/chart';

/** Texts of success as they were seen; the broker's own differ by operation. */
export const messages = {
  usual: '정상적으로 처리되었습니다',
  query: '조회가 완료되었습니다',
  queryWithDot: '조회가 완료되었습니다.',
  /** With a space in front (captured). */
  orderList: ' 조회가 완료되었습니다.',
  orderPower: '주문/인출가능금액 시뮬레이션 조회완료하였습니다.',
} as const;

/** A field of a call; empty when it was left out. */
export function fieldOf(call: KiwoomCall, name: string): string {
  return call.fields.get(name) ?? '';
}

/** An answer that has no pages. */
export function succeed(body: KiwoomBody, message: string = messages.usual): KiwoomAnswer {
  return { kind: 'SUCCESS', body, message };
}

/** A field that the gateway refuses. */
export function refuseField(field: string): KiwoomAnswer {
  return { kind: 'GATEWAY', result: 'FIELD_INVALID', detail: field };
}

/** An answer of the back end that is none of the exchange's refusals. */
export function refuse(name: KiwoomSpecialRefusalName): KiwoomAnswer {
  return { kind: 'REFUSED', refusal: kiwoomSpecialRefusals[name] };
}
