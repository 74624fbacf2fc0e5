import { type HttpRequest } from '@qts/broker-kit';
import { type InMemoryVenue } from '@qts/venue-sim';
import { type SimulatedAccount, type SimulatedBroker } from '../simulated-accounts.ts';
import { kisSight } from './wire-kis.ts';
import { kiwoomSight } from './wire-kiwoom.ts';

/** What a request is, read from its bytes alone: the judge shares no code with the adapters. */
export type WireRequest =
  | { readonly kind: 'PLACE'; readonly terms: string }
  | { readonly kind: 'REPLACE'; readonly terms: string }
  | { readonly kind: 'CANCEL'; readonly orderNumber: number }
  | { readonly kind: 'TOKEN' | 'READ' };

/** The terms of an order, in a form in which the judge compares them. */
export function termsText(symbol: string, side: 'BUY' | 'SELL', quantity: number, priceKrw: number): string {
  return `${symbol} ${side} ${quantity} ${priceKrw}`;
}

/** The same of a replace; a quantity of 0 is all that remains. */
export function replaceText(orderNumber: number, quantity: number, priceKrw: number): string {
  return `${orderNumber} ${quantity} ${priceKrw}`;
}

/** A row of the venue's own list: which order came from which request. */
export interface OriginRow {
  readonly orderNumber: number;
  /** The request; empty when the order came another way. */
  readonly address: string;
}

/** Who the judge is to the venue. */
export interface JudgeAccess {
  readonly venue: InMemoryVenue;
  readonly environment: 'LIVE' | 'PAPER';
  readonly account: SimulatedAccount;
  /** Which request the venue was reading when an order entered its book. */
  readonly enteredFrom: ReadonlyMap<number, string>;
}

/** Pages of the venue's list, read one at a time: the limits of the key hold for the judge too. */
export interface OriginReader {
  /** Reads the next page; after a refusal of the venue, the same again. */
  readPage(): 'MORE' | 'LAST' | 'REFUSED';
  readonly rows: readonly OriginRow[];
}

/** One broker's protocol as the judge reads it. */
export interface WireSight {
  readWire(request: HttpRequest): WireRequest;
  /** Requests of one group share a limit. */
  limitGroup(request: HttpRequest): string;
  /** The address from which a request seems to come: its own, or one for all where a token belongs to an address. */
  peerAddress(address: string): string;
  /** Whether the broker's list tells at once what was paid to the won. */
  readonly isExact: boolean;
  /** Codes under which the venue says that an order breaks a rule of the market (I15). */
  readonly ruleCodes: ReadonlySet<string>;
  /** A token of the judge's own asking; `undefined` when the venue gives none yet. */
  askToken(access: JudgeAccess): string | undefined;
  /** Asks the venue for the origin of every order. Only without faults. */
  createOriginReader(access: JudgeAccess, accessToken: string): OriginReader;
}

export const wireSights: Readonly<Record<SimulatedBroker, WireSight>> = { kis: kisSight, kiwoom: kiwoomSight };
