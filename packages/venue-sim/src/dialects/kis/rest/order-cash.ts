import { kstDate } from '@qts/krx';
import { type VenueResult } from '../../../exchange/contracts.ts';
import { kstInstant, kstTime6 } from '../../../kst.ts';
import { kisOrderDivisions } from '../kis-order-divisions.ts';
import {
  kisOrderRefusals,
  otherDateRefusals,
  otherVenueRefusals,
  paperBeforeOpenRefusal,
  type KisOrderRefusal,
} from '../kis-order-refusals.ts';
import {
  accountFields,
  fieldOf,
  optional,
  required,
  succeed,
  type KisAnswer,
  type KisCall,
  type KisOperation,
} from '../kis-operation.ts';
import { type KisSuccessName } from '../kis-successes.ts';
import { orderNumberText, parseDigits } from '../kis-text.ts';
import { findInstrument } from '../kis-symbols.ts';

/** TR ids that sell; the others of the operation buy. The body has no side. */
const sellTrIds = ['TTTC0011U', 'VTTC0011U'];

/** 주식주문(현금). Broker document: 국내주식 › 주문/계좌 › v1_국내주식-001. */
export const orderCash: KisOperation = {
  name: 'order-cash',
  method: 'POST',
  path: '/uapi/domestic-stock/v1/trading/order-cash',
  trIds: { LIVE: ['TTTC0011U', 'TTTC0012U'], PAPER: ['VTTC0011U', 'VTTC0012U'] },
  retiredTrIds: ['TTTC0801U', 'TTTC0802U', 'VTTC0801U', 'VTTC0802U'],
  ledger: true,
  fields: [
    ...accountFields,
    required('PDNO', 12),
    optional('SLL_TYPE', 2, ['', '01', '02', '05']),
    required('ORD_DVSN', 2),
    required('ORD_QTY', 10),
    required('ORD_UNPR', 19),
    optional('CNDT_PRIC', 19),
    optional('EXCG_ID_DVSN_CD', 3, ['', 'KRX', 'NXT', 'SOR']),
  ],
  answer(call) {
    const side = sellTrIds.includes(call.trId) ? 'SELL' : 'BUY';
    // Optional by its document, yet a sell without it does not get through (reported).
    if (side === 'SELL' && !call.fields.has('CNDT_PRIC')) return unbuildable;
    const terms = readOrderTerms(call);
    if (terms.kind !== 'TERMS') return terms;
    const conditionText = fieldOf(call, 'CNDT_PRIC');
    const stopPriceKrw = conditionText === '' ? 0 : parseDigits(conditionText);
    if (stopPriceKrw === undefined) return unbuildable;
    const symbol = findInstrument(call.context.exchange, fieldOf(call, 'PDNO'))?.instrument.symbol;
    if (symbol === undefined) return refused(kisOrderRefusals.UNKNOWN_SYMBOL[call.context.environment]);
    const result = call.enterOrder({
      accountId: call.account.accountId,
      symbol,
      side,
      ...terms.division,
      quantity: terms.quantity,
      limitPriceKrw: terms.priceKrw,
      stopPriceKrw,
    });
    return answerOrder(call, result, side);
  },
};

const unbuildable: KisAnswer = { kind: 'GATEWAY', result: 'BODY_NOT_BUILDABLE' };

function refused(refusal: KisOrderRefusal): KisAnswer {
  return { kind: 'REFUSED', refusal };
}

/** What orders and replaces have in common. */
export interface KisOrderTerms {
  readonly kind: 'TERMS';
  readonly division: NonNullable<ReturnType<typeof kisOrderDivisions.get>>;
  readonly quantity: number;
  readonly priceKrw: number;
}

/** Reads and checks what a new order and a replace or cancel share; an answer when the broker would refuse it here. */
export function readOrderTerms(call: KisCall): KisOrderTerms | KisAnswer {
  const { environment, exchange } = call.context;
  for (const name of ['ORD_DVSN', 'ORD_QTY', 'ORD_UNPR']) {
    if (fieldOf(call, name) === '') return { kind: 'GATEWAY', result: 'INPUT_MISSING' };
  }
  // Decimals and separators keep the gateway from building its message (reported).
  const quantity = parseDigits(fieldOf(call, 'ORD_QTY'));
  const priceKrw = parseDigits(fieldOf(call, 'ORD_UNPR'));
  if (quantity === undefined || priceKrw === undefined) return unbuildable;
  if (kstDate(call.nowMs) !== exchange.tradingDate) return refused(otherDateRefusals[environment]);
  if (!['', 'KRX'].includes(fieldOf(call, 'EXCG_ID_DVSN_CD'))) return refused(otherVenueRefusals[environment]);
  const division = kisOrderDivisions.get(fieldOf(call, 'ORD_DVSN'));
  if (division === undefined) return refused(kisOrderRefusals.TYPE_NOT_ALLOWED_NOW[environment]);
  return { kind: 'TERMS', division, quantity, priceKrw };
}

/** Words what the exchange said to an order, a replace or a cancel. */
export function answerOrder(call: KisCall, result: VenueResult, success: KisSuccessName): KisAnswer {
  const { context, nowMs } = call;
  if (!result.ok) {
    const beforeOpen = nowMs < kstInstant(context.exchange.tradingDate, '09:00');
    return result.refusal === 'MARKET_CLOSED' && context.environment === 'PAPER' && beforeOpen
      ? refused(paperBeforeOpenRefusal)
      : refused(kisOrderRefusals[result.refusal][context.environment]);
  }
  context.orderOrigins.set(result.order.orderNumber, { address: call.peerAddress, channel: call.channel });
  return succeed(success, {
    output: {
      KRX_FWDG_ORD_ORGNO: context.branch,
      ODNO: orderNumberText(result.order.orderNumber),
      ORD_TMD: kstTime6(nowMs),
      // Undocumented, empty in both captures.
      SOR_ODNO: '',
    },
  });
}
