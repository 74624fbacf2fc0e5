import { type Exchange, type NewOrder, type VenueResult } from '../../exchange/contracts.ts';
import { type DailyBar, type VenueAccount, type VenueEnvironment } from '../../venue-settings.ts';
import { type MarketRecorder } from '../market-recorder.ts';
import { type KisOrderRefusal } from './kis-order-refusals.ts';
import { type GatewayResultName } from './kis-gateway-results.ts';
import { type KisSuccessName } from './kis-successes.ts';

/** A field of a request as the broker documents it. */
export interface KisField {
  readonly name: string;
  /** Must be present, empty or not. */
  readonly required: boolean;
  readonly lengthMax: number;
  /** The values that are taken; absent: anything. */
  readonly codes?: readonly string[];
}

/** A field that must be sent. */
export function required(name: string, lengthMax: number, codes?: readonly string[]): KisField {
  return { name, required: true, lengthMax, ...(codes === undefined ? {} : { codes }) };
}

/** A field that may be left out. */
export function optional(name: string, lengthMax: number, codes?: readonly string[]): KisField {
  return { name, required: false, lengthMax, ...(codes === undefined ? {} : { codes }) };
}

/** The two fields that name an account, on every ledger operation. */
export const accountFields: readonly KisField[] = [required('CANO', 8), required('ACNT_PRDT_CD', 2)];

/** What the operations of one venue share. */
export interface KisContext {
  readonly environment: VenueEnvironment;
  readonly exchange: Exchange;
  readonly market: MarketRecorder;
  readonly dailyHistory: Readonly<Record<string, readonly DailyBar[]>>;
  /** Branch that numbers the orders. */
  readonly branch: string;
  /** Where an order came from, by order number. */
  readonly orderOrigins: Map<number, OrderOrigin>;
}

/** Who gave an order, as the lists show it. */
export interface OrderOrigin {
  /** `inqr_ip_addr`. */
  readonly address: string;
  /** `ordr_empno`. */
  readonly channel: string;
}

/** `ordr_empno` of orders from programs (captured, live). */
export const programChannel = 'OpnAPI';

/** A request that has passed the gateway: known operation, known key, every field checked on its own. */
export interface KisCall {
  readonly context: KisContext;
  readonly trId: string;
  readonly account: VenueAccount;
  /** Every documented field by its name; fields that were left out are absent. */
  readonly fields: ReadonlyMap<string, string>;
  /** Header `tr_cont` was `N`. */
  readonly continues: boolean;
  readonly nowMs: number;
  /** Address and channel that an order of this call came from. */
  readonly peerAddress: string;
  readonly channel: string;
  /** How long the call sees nothing of an order after its entry, ms. */
  readonly listLagMs: (orderNumber: number) => number;
  /** Gives an order to the exchange. */
  readonly enterOrder: (order: NewOrder) => VenueResult;
}

/** Fields and containers of an answer; every value in them is text. */
export type KisRow = Readonly<Record<string, string>>;
export type KisContainers = Readonly<Record<string, string | KisRow | readonly KisRow[]>>;

/** Header `tr_cont` of an answer: `F`, `M` more follows; `D`, `E` the last page; empty on operations without pages. */
export type Continuation = '' | 'F' | 'M' | 'D' | 'E';

/** What an operation answers; the gateway words it. */
export type KisAnswer =
  | {
      readonly kind: 'SUCCESS';
      readonly success: KisSuccessName;
      /** Placed before the result, as in the broker's query answers; orders have their output behind it. */
      readonly containers: KisContainers;
      readonly continuation: Continuation;
    }
  | { readonly kind: 'GATEWAY'; readonly result: GatewayResultName; readonly field?: string }
  | { readonly kind: 'REFUSED'; readonly refusal: KisOrderRefusal };

/** One operation of the broker, under its own name. */
export interface KisOperation {
  /** Last part of the path: `order-cash`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly trIds: Readonly<Record<VenueEnvironment, readonly string[]>>;
  /** Ids of earlier years, which the broker may block without notice. */
  readonly retiredTrIds: readonly string[];
  readonly fields: readonly KisField[];
  /** Whether the ledger answers: its messages are padded and its account fields are checked. Else a quote server does. */
  readonly ledger: boolean;
  answer(call: KisCall): KisAnswer;
}

/** A field of a call; empty when it was left out. */
export function fieldOf(call: KisCall, name: string): string {
  return call.fields.get(name) ?? '';
}

/** An answer that has no pages. */
export function succeed(success: KisSuccessName, containers: KisContainers): KisAnswer {
  return { kind: 'SUCCESS', success, containers, continuation: '' };
}

/** An input field that the checks in front of the ledger refuse. */
export function refuseField(field: string): KisAnswer {
  return { kind: 'GATEWAY', result: 'FIELD_INVALID', field };
}
