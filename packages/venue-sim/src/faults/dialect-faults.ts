import { type VenueRequest, type VenueResponse } from '../server/venue-exchange.ts';
import { type DialectEdit, type DialectRefusal, type VenueOperationKind } from './venue-fault.ts';
import { type VenueFaultParameters } from './venue-fault-control.ts';

/** Circumstances under which a request is handled; by default there are none. */
export interface EntryConditions {
  /** The gateway has let it through before: neither token nor calls per second are looked at again. */
  readonly passedGateway?: boolean;
  /** Not the program but a person gives this order, through another channel of the broker. */
  readonly byHand?: boolean;
  /** The broker takes the order, and the exchange refuses it: it gets a number and is rejected. */
  readonly rejectedByExchange?: boolean;
  /** How long an order stays out of the lists after its entry, ms; the venue's own delay holds where it is longer. */
  readonly listLagMs?: (orderNumber: number) => number;
}

/** The broker's side of faults: which operation is which, and how the broker would word it. */
export interface DialectFaults {
  /** Every operation by the broker's own name. */
  readonly operations: ReadonlyMap<string, VenueOperationKind>;
  /** The broker's own name of the operation that a request asks for, whether there is such a one or not. */
  operationOf(request: VenueRequest): string;
  isLaterPage(request: VenueRequest): boolean;
  /** What the gateway refuses the request with, if it does; a request that it lets through counts as a call. */
  gatewayRefusal(request: VenueRequest, nowMs: number): VenueResponse | undefined;
  /** Ends the token of the request. */
  revokeToken(request: VenueRequest): void;
  refuse(refusal: DialectRefusal, request: VenueRequest, nowMs: number): VenueResponse;
  /** A success that says nothing but that. */
  emptySuccess(request: VenueRequest, nowMs: number): VenueResponse;
  /** The answer with something wrong in it; `undefined` when there is nothing in it to which this could happen. */
  edit(
    edit: DialectEdit,
    response: VenueResponse,
    parameters: VenueFaultParameters,
    request: VenueRequest,
  ): VenueResponse | undefined;
}
