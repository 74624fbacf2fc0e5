import {
  accountFields,
  fieldOf,
  optional,
  required,
  type KisAnswer,
  type KisCall,
  type KisOperation,
} from '../kis-operation.ts';
import { kisOrderRefusals } from '../kis-order-refusals.ts';
import { parseOrderNumber } from '../kis-text.ts';
import { answerOrder, readOrderTerms } from './order-cash.ts';

/** 주식주문(정정취소). Broker document: 국내주식 › 주문/계좌. */
export const orderRvsecncl: KisOperation = {
  name: 'order-rvsecncl',
  method: 'POST',
  path: '/uapi/domestic-stock/v1/trading/order-rvsecncl',
  trIds: { LIVE: ['TTTC0013U'], PAPER: ['VTTC0013U'] },
  retiredTrIds: ['TTTC0803U', 'VTTC0803U'],
  ledger: true,
  fields: [
    ...accountFields,
    required('KRX_FWDG_ORD_ORGNO', 5),
    required('ORGN_ODNO', 10),
    required('ORD_DVSN', 2),
    required('RVSE_CNCL_DVSN_CD', 2, ['01', '02']),
    required('ORD_QTY', 10),
    required('ORD_UNPR', 19),
    required('QTY_ALL_ORD_YN', 1, ['Y', 'N']),
    optional('CNDT_PRIC', 19),
    optional('EXCG_ID_DVSN_CD', 3, ['', 'KRX', 'NXT', 'SOR']),
  ],
  answer(call) {
    const { context, account } = call;
    const terms = readOrderTerms(call);
    if (terms.kind !== 'TERMS') return terms;
    const orderNumber = findOriginal(call);
    if (orderNumber === undefined) return { kind: 'REFUSED', refusal: kisOrderRefusals.NOT_FOUND[context.environment] };
    const which = {
      accountId: account.accountId,
      orderNumber,
      // With Y the whole remainder goes, whatever ORD_QTY says (clients send 0 or the original quantity).
      ...(fieldOf(call, 'QTY_ALL_ORD_YN') === 'Y' ? {} : { quantity: terms.quantity }),
    };
    return fieldOf(call, 'RVSE_CNCL_DVSN_CD') === '02'
      ? answerOrder(call, context.exchange.cancelOrder(which), 'CANCEL')
      : replace(call, which, terms);
  },
};

function replace(
  call: KisCall,
  which: { readonly accountId: string; readonly orderNumber: number; readonly quantity?: number },
  terms: Extract<ReturnType<typeof readOrderTerms>, { readonly kind: 'TERMS' }>,
): KisAnswer {
  const { orderType, timeInForce, session } = terms.division;
  const result = call.context.exchange.replaceOrder({
    ...which,
    orderType,
    timeInForce,
    session,
    limitPriceKrw: terms.priceKrw,
  });
  return answerOrder(call, result, 'REPLACE');
}

/** Order numbers are unique per branch: another branch means another order. An empty branch is taken (captured). */
function findOriginal(call: KisCall): number | undefined {
  const branch = fieldOf(call, 'KRX_FWDG_ORD_ORGNO');
  return branch === '' || branch === call.context.branch ? parseOrderNumber(fieldOf(call, 'ORGN_ODNO')) : undefined;
}
