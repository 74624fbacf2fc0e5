import { type AccountHolding, type BookView, type InstrumentView } from '../../../exchange/contracts.ts';
import { kstTime6 } from '../../../kst.ts';
import { type FillSum, type OrderEvent } from '../../order-events.ts';
import { kindWord, sideWord, signedSideName } from '../kiwoom-order-rows.ts';
import { orderTypeName } from '../kiwoom-order-types.ts';
import { previousCloseKrw } from '../kiwoom-quote.ts';
import { bareCode } from '../kiwoom-symbols.ts';
import { directedPrice, orderNumberText, signed } from '../kiwoom-text.ts';
import { type KiwoomValues } from './kiwoom-stream-frames.ts';

/** What is true of the account and the issue when a notice is made. */
export interface KiwoomNoticeParts {
  readonly accountNumber: string;
  readonly view: InstrumentView;
  readonly book: BookView;
  readonly isSor: boolean;
}

/** FID 913 by what happened (guide and captures; the end of a session as 취소 is the guide's). */
const states: Readonly<Record<OrderEvent['kind'], string>> = {
  ACCEPTED: '접수',
  CONFIRMED: '확인',
  FILLED: '체결',
  REMAINDER_CANCELED: '취소',
  REJECTED: '거부',
  EXPIRED: '취소',
};

/** FID 919 is `code:text` (guide). No refusal by the exchange was recorded: this one is simulated. */
const rejectReason = '999999:거래소 거부(simulated)';

/** One fill as a notice tells it. */
interface ToldFill {
  readonly number: string;
  readonly priceKrw: number;
  readonly quantity: number;
  readonly sum: FillSum;
}

const noFills: FillSum = { quantity: 0, amountKrw: 0, feeKrw: 0, taxKrw: 0 };

/** Type 00 주문체결 of an event. */
export function orderValues(event: OrderEvent, parts: KiwoomNoticeParts): KiwoomValues {
  if (event.kind !== 'FILLED') return valuesOf(event, parts, undefined);
  const { fillNumber, priceKrw, quantity } = event.fill;
  return valuesOf(event, parts, { number: String(fillNumber), priceKrw, quantity, sum: event.sum });
}

/** Numbers of fills that only a fault has made: far above those of a day. */
const halfNumberBase = 9_000_000;

/** Type 00 of a fill told as two equal ones and what is left; `undefined` for anything else. */
export function halvedOrderValues(event: OrderEvent, parts: KiwoomNoticeParts): readonly KiwoomValues[] | undefined {
  if (event.kind !== 'FILLED' || event.fill.quantity < 2) return undefined;
  const { fill, sum } = event;
  const half = Math.floor(fill.quantity / 2);
  const quantities = [half, half, ...(fill.quantity % 2 === 1 ? [1] : [])];
  let left = fill.quantity;
  return quantities.map((quantity, index) => {
    left -= quantity;
    const number = left === 0 ? fill.fillNumber : halfNumberBase + fill.fillNumber * 2 + index;
    return valuesOf(event, parts, {
      number: String(number),
      priceKrw: fill.priceKrw,
      quantity,
      sum: { ...sum, quantity: sum.quantity - left, amountKrw: sum.amountKrw - left * fill.priceKrw },
    });
  });
}

function valuesOf(event: OrderEvent, parts: KiwoomNoticeParts, fill: ToldFill | undefined): KiwoomValues {
  const { order } = event;
  const { view, book, accountNumber, isSor } = parts;
  const closeKrw = previousCloseKrw(view);
  const directed = (priceKrw: number): string => directedPrice(priceKrw, closeKrw);
  const sum = fill?.sum ?? noFills;
  return {
    '9201': accountNumber,
    '9203': orderNumberText(order.orderNumber),
    '9205': '',
    '9001': bareCode(view.instrument),
    '912': 'JJ',
    '913': states[event.kind],
    '302': view.instrument.name,
    '900': String(order.quantity),
    '901': String(order.limitPriceKrw),
    '902': String(openQuantity(event, sum)),
    '903': String(sum.amountKrw),
    '904': orderNumberText(order.originalOrderNumber),
    // Replaces and cancels come without the sign (captured in the OCX world).
    '905': order.kind === 'NEW' ? signedSideName(order) : `${sideWord(order)}${kindWord(order)}`,
    '906': orderTypeName(order),
    '907': order.side === 'SELL' ? '1' : '2',
    '908': kstTime6(event.atMs),
    '909': fill?.number ?? '',
    '910': fill === undefined ? '' : String(fill.priceKrw),
    '911': fill === undefined ? '' : String(sum.quantity),
    '10': directed(view.lastPriceKrw),
    '27': directed(book.asks[0]?.priceKrw ?? 0),
    '28': directed(book.bids[0]?.priceKrw ?? 0),
    '914': fill === undefined ? '' : String(fill.priceKrw),
    '915': fill === undefined ? '' : String(fill.quantity),
    '938': String(sum.feeKrw),
    '939': String(sum.taxKrw),
    '919': event.kind === 'REJECTED' ? rejectReason : '0',
    '920': '',
    '921': '0701002',
    '922': '00',
    '923': '',
    '10010': '',
    '2134': '1',
    '2135': 'KRX',
    '2136': isSor ? 'Y' : 'N',
  };
}

/** What is still open: all of a new order, what a fill has left of it, nothing once it is done. */
function openQuantity({ kind, order }: OrderEvent, sum: FillSum): number {
  if (kind === 'REMAINDER_CANCELED' || kind === 'EXPIRED' || kind === 'REJECTED') return 0;
  if (kind === 'CONFIRMED' && order.kind === 'CANCEL') return 0;
  return order.quantity - sum.quantity;
}

/** Type 04 잔고 after a fill. Profit of the day and credit are not modelled. */
export function holdingValues(
  { accountNumber, view, book }: KiwoomNoticeParts,
  holding: AccountHolding | undefined,
  side: 'BUY' | 'SELL',
): KiwoomValues {
  const closeKrw = previousCloseKrw(view);
  const directed = (priceKrw: number): string => directedPrice(priceKrw, closeKrw);
  const {
    quantity = 0,
    reservedQuantity = 0,
    costKrw = 0,
    boughtTodayQuantity = 0,
    soldTodayQuantity = 0,
  } = holding ?? {};
  return {
    '9201': accountNumber,
    '9001': bareCode(view.instrument),
    '917': '00',
    '916': '00000000',
    '302': view.instrument.name,
    '10': directed(view.lastPriceKrw),
    '930': String(quantity),
    '931': String(quantity === 0 ? 0 : Math.floor(costKrw / quantity)),
    '932': String(costKrw),
    '933': String(quantity - reservedQuantity),
    '945': signedPlain(boughtTodayQuantity - soldTodayQuantity),
    '946': side === 'SELL' ? '1' : '2',
    '950': '0',
    '951': '0',
    '27': directed(book.asks[0]?.priceKrw ?? 0),
    '28': directed(book.bids[0]?.priceKrw ?? 0),
    '307': String(view.instrument.basePriceKrw),
    '8019': '0.00',
    '957': '0',
    '958': '0',
    '918': '00000000',
    '990': '0',
    '991': '0.00',
    '992': '0',
    '993': '0.00',
    '959': '0',
    '924': '0',
  };
}

/** The guide's sample has no plus here. */
function signedPlain(value: number): string {
  return signed(value).replace('+', '');
}
