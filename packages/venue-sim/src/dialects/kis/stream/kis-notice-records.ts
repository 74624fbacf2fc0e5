import { kstTime6 } from '../../../kst.ts';
import { type OrderEvent } from '../../order-events.ts';
import { orderDivisionCode } from '../kis-order-divisions.ts';
import { orderNumberText } from '../kis-text.ts';
import { type KisStreamRecord } from './kis-stream-records.ts';

/** What a notice says beside the order. */
export interface KisNoticeParts {
  readonly htsId: string;
  /** `12345678-01`. */
  readonly accountNumber: string;
  readonly branch: string;
  readonly issueName: string;
}

const quantityDigits = 10;
const priceDigits = 9;
const quantity = (value: number): string => String(value).padStart(quantityDigits, '0');
const price = (value: number): string => String(value).padStart(priceDigits, '0');

/** `CNTG_YN`: a word about the order, or an execution. `ACPT_YN`: received, confirmed, remainder canceled (published). */
const words = {
  ACCEPTED: { CNTG_YN: '1', ACPT_YN: '1' },
  CONFIRMED: { CNTG_YN: '1', ACPT_YN: '2' },
  REMAINDER_CANCELED: { CNTG_YN: '1', ACPT_YN: '3' },
  // That a refusal comes with CNTG_YN 1 is published; its ACPT_YN is assumed.
  REJECTED: { CNTG_YN: '1', ACPT_YN: '2' },
  FILLED: { CNTG_YN: '2', ACPT_YN: '2' },
} as const;

/** `RCTF_CLS`. */
const commandCodes = { NEW: '0', REPLACE: '1', CANCEL: '2' } as const;
const sideCodes = { SELL: '01', BUY: '02' } as const;
const conditionCodes: Readonly<Record<string, string>> = { IOC: '1', FOK: '2' };

/** The execution of a market order says so (captured), though its acceptance said 01. */
const limitCode = '00';

/** An event of an order as H0STCNI0 tells it; `undefined` for the end of a session, of which nobody saw a notice. */
export function noticeRecord(event: OrderEvent, parts: KisNoticeParts): KisStreamRecord | undefined {
  if (event.kind === 'EXPIRED') return undefined;
  const { order, atMs } = event;
  const isFill = event.kind === 'FILLED';
  const division = orderDivisionCode(order) ?? '';
  // The execution of the published example has zeros where its acceptance, of the same market order, has nothing.
  const orderPrice = order.limitPriceKrw === 0 && !isFill ? '' : price(order.limitPriceKrw);
  return {
    CUST_ID: parts.htsId,
    ACNT_NO: parts.accountNumber.replace('-', ''),
    ODER_NO: orderNumberText(order.orderNumber),
    OODER_NO: order.originalOrderNumber === undefined ? '' : orderNumberText(order.originalOrderNumber),
    SELN_BYOV_CLS: sideCodes[order.side],
    RCTF_CLS: commandCodes[order.kind],
    ODER_KIND: isFill && order.orderType === 'MARKET' ? limitCode : division,
    ODER_COND: conditionCodes[order.timeInForce] ?? '0',
    STCK_SHRN_ISCD: order.symbol,
    CNTG_QTY: quantity(event.kind === 'FILLED' ? event.fill.quantity : noticedQuantity(event)),
    CNTG_UNPR: price(event.kind === 'FILLED' ? event.fill.priceKrw : 0),
    STCK_CNTG_HOUR: kstTime6(atMs),
    RFUS_YN: event.kind === 'REJECTED' ? '1' : '0',
    ...words[event.kind],
    BRNC_NO: parts.branch,
    ODER_QTY: price(order.quantity), // nine digits, in the published example and in what was captured
    ACNT_NAME: '시뮬레이션',
    ORD_COND_PRC: price(order.stopPriceKrw),
    ORD_EXG_GB: '1',
    POPUP_YN: 'Y',
    FILLER: '',
    CNTG_ISNM: parts.issueName,
    CRDT_CLS: '10',
    CRDT_LOAN_DATE: '',
    CNTG_ISNM40: parts.issueName,
    ODER_PRC: orderPrice,
  };
}

/** On acceptances the ordered quantity (captured); of a remainder what was canceled (assumed). */
function noticedQuantity({ kind, order }: Exclude<OrderEvent, { kind: 'FILLED' }>): number {
  return kind === 'REMAINDER_CANCELED' ? order.canceledQuantity : order.quantity;
}
