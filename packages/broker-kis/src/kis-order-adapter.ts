import {
  type CallOptions,
  type CancelRequest,
  type CancelResponse,
  type Clock,
  type IdGenerator,
  kstDate,
  type Logger,
  type OrderAdapter,
  type OrderList,
  type OrderListQuery,
  type OrderReference,
  type OrderRequest,
  type OrderResponse,
  type OrderSnapshot,
  type ReplaceRequest,
  type ReplaceResponse,
  type TradingDate,
  UnexpectedResponseError,
} from '@qts/core';
import { type KisAnswer } from './kis-answer.ts';
import { kisCapabilities } from './kis-capabilities.ts';
import { classifyCommandAnswer, type KisCommandOutcome } from './kis-command-outcome.ts';
import { type KisCredentials } from './kis-credentials.ts';
import { readCancelRefusal, saysNothingLeft, toCancelResponse } from './kis-cancel-outcome.ts';
import { toCommandResponse } from './kis-order-response.ts';
import { toCancelFields, toOrderCashFields, toReplaceFields } from './kis-order-requests.ts';
import { toOrderSnapshots } from './kis-order-snapshots.ts';
import { type KisRestClient } from './kis-rest-client.ts';
import { everyFunding, fillFilterCodes, inquireDailyCcld, oldestFirst, sideCodes } from './rest/inquire-daily-ccld.ts';
import { orderCash } from './rest/order-cash.ts';
import { orderRvsecncl } from './rest/order-rvsecncl.ts';

/** What an order adapter of KIS is made of. */
export interface KisOrderAdapterParts {
  readonly rest: KisRestClient;
  readonly credentials: KisCredentials;
  readonly simulated: boolean;
  /** See `BrokerCapabilities`. */
  readonly openOrdersMax: number;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger | undefined;
  readonly onLateAnswer: ((response: OrderResponse) => void) | undefined;
}

/**
 * Speaks orders with KIS: one POST for each command, never a second. What the answers prove is judged by
 * `classifyCommandAnswer`; reads may be repeated, commands may not.
 */
export function createKisOrderAdapter(parts: KisOrderAdapterParts): OrderAdapter {
  const { rest, credentials, clock, logger } = parts;
  const { environment } = credentials;

  function judge(answer: KisAnswer, operation: typeof orderCash | typeof orderRvsecncl): KisCommandOutcome {
    return classifyCommandAnswer(answer, operation.parse, { operation: operation.name, environment });
  }

  /** Hears an answer that came after the command was given up, and tells what it says. */
  function lateListener(
    operation: typeof orderCash | typeof orderRvsecncl,
    respond: (judged: KisCommandOutcome) => OrderResponse,
  ): (answer: KisAnswer) => void {
    return (answer) => {
      const response = respond(judge(answer, operation));
      logger?.warn('late-answer', { broker: 'kis', operation: operation.name, outcome: response.outcome });
      parts.onLateAnswer?.(response);
    };
  }

  async function placeOrder(request: OrderRequest, options: CallOptions = {}): Promise<OrderResponse> {
    const tradingDate = kstDate(clock.nowMs());
    const fields = toOrderCashFields(request, credentials, tradingDate);
    const reference = {
      ...termsOf(request),
      tradingDate,
      native: { ORD_DVSN: fields.ORD_DVSN },
    };
    if (request.dryRun) return dryRunResponse(request.clientOrderId, reference);
    const respond = (judged: KisCommandOutcome): OrderResponse =>
      toCommandResponse(judged, request.clientOrderId, reference, clock.nowMs());
    const result = await rest.command(orderCash, request.side, fields, {
      ...options,
      lane: 'ORDER',
      onLateAnswer: lateListener(orderCash, respond),
    });
    return result.sent === 'YES'
      ? respond(judge(result.answer, orderCash))
      : toCommandResponse(result, request.clientOrderId, reference, clock.nowMs());
  }

  async function replaceOrder(request: ReplaceRequest, options: CallOptions = {}): Promise<ReplaceResponse> {
    const tradingDate = kstDate(clock.nowMs());
    const { target } = request;
    const fields = toReplaceFields(request, credentials, tradingDate);
    const reference = {
      ...termsOf({ ...request, symbol: target.symbol, side: target.side, venue: target.venue }),
      tradingDate,
      native: { ORD_DVSN: fields.ORD_DVSN, ORGN_ODNO: fields.ORGN_ODNO },
    };
    if (request.dryRun) return dryRunResponse(request.clientOrderId, reference);
    const respond = (judged: KisCommandOutcome): OrderResponse =>
      toCommandResponse(judged, request.clientOrderId, reference, clock.nowMs());
    const result = await rest.command(orderRvsecncl, 'ONLY', fields, {
      ...options,
      lane: 'ORDER',
      onLateAnswer: lateListener(orderRvsecncl, respond),
    });
    return result.sent === 'YES'
      ? respond(judge(result.answer, orderRvsecncl))
      : toCommandResponse(result, request.clientOrderId, reference, clock.nowMs());
  }

  async function cancelOrder(request: CancelRequest, options: CallOptions = {}): Promise<CancelResponse> {
    const fields = toCancelFields(request, credentials);
    if (request.dryRun) {
      return { outcome: 'REQUESTED', receivedAtMs: clock.nowMs(), brokerOrderId: virtualId(), dryRun: true };
    }
    const result = await rest.command(orderRvsecncl, 'ONLY', fields, { ...options, lane: 'RISK_CANCEL' });
    const judged = result.sent === 'YES' ? judge(result.answer, orderRvsecncl) : result;
    if (!saysNothingLeft(judged)) return toCancelResponse(judged, clock.nowMs());
    return readCancelRefusal(request.target, judged.native, () => getOrder(request.target, options), clock);
  }

  async function listOrders(query: OrderListQuery, options: CallOptions = {}): Promise<OrderList> {
    const readStartedAtMs = clock.nowMs();
    const date = query.tradingDate.replaceAll('-', '');
    const { pages, complete } = await rest.readPages(
      inquireDailyCcld,
      periodOf(query.tradingDate, kstDate(readStartedAtMs)),
      {
        CANO: credentials.accountNumber.reveal(),
        ACNT_PRDT_CD: credentials.productCode,
        INQR_STRT_DT: date,
        INQR_END_DT: date,
        SLL_BUY_DVSN_CD: sideCodes[query.side ?? 'ALL'],
        PDNO: query.symbol ?? '',
        ORD_GNO_BRNO: '',
        ODNO: '',
        CCLD_DVSN: query.state === 'OPEN' ? fillFilterCodes.UNFILLED : fillFilterCodes.ALL,
        INQR_DVSN: oldestFirst,
        INQR_DVSN_1: '',
        INQR_DVSN_3: everyFunding,
        // All venues, or an order on NXT looks as if it did not exist. Paper has KRX only and takes no ALL.
        EXCG_ID_DVSN_CD: environment === 'PAPER' ? 'KRX' : (query.venue ?? 'ALL'),
        CTX_AREA_FK100: '',
        CTX_AREA_NK100: '',
      },
      options,
    );
    const snapshots = toOrderSnapshots(pages, environment);
    const orders = snapshots.filter(({ reference }) => reference.tradingDate === query.tradingDate);
    const strangers = snapshots.length - orders.length;
    if (strangers > 0) {
      // Numbers begin anew every day: a row of another one must not be taken for ours, and the list is not what was asked.
      logger?.warn('orders-of-other-dates', { broker: 'kis', tradingDate: query.tradingDate, rows: strangers });
    }
    return { orders, complete: complete && strangers === 0, readStartedAtMs };
  }

  async function getOrder(reference: OrderReference, options: CallOptions = {}): Promise<OrderSnapshot | undefined> {
    const { tradingDate, symbol, brokerOrderId } = reference;
    const { orders, complete } = await listOrders({ tradingDate, symbol }, options);
    const branch = reference.native['KRX_FWDG_ORD_ORGNO'] ?? '';
    const found = orders.find(
      ({ reference: each }) =>
        each.brokerOrderId === brokerOrderId && (branch === '' || each.native['KRX_FWDG_ORD_ORGNO'] === branch),
    );
    if (found !== undefined || complete) return found;
    throw new UnexpectedResponseError({
      code: 'ORDER_LIST_INCOMPLETE',
      summary: 'The order was not found, and the list was not complete.',
      facts: { environment, tradingDate, symbol, brokerOrderId },
      next: 'This proves nothing about the order. Read again.',
    });
  }

  function virtualId(): OrderReference['brokerOrderId'] {
    return `KIS-VIRTUAL-${parts.ids()}` as OrderReference['brokerOrderId'];
  }

  function dryRunResponse(
    clientOrderId: OrderRequest['clientOrderId'],
    reference: Omit<OrderReference, 'brokerOrderId'>,
  ): OrderResponse {
    const brokerOrderId = virtualId();
    return {
      outcome: 'ACCEPTED',
      clientOrderId,
      receivedAtMs: clock.nowMs(),
      brokerOrderId,
      reference: { ...reference, brokerOrderId },
      dryRun: true,
    };
  }

  const server = environment === 'LIVE' ? 'live' : 'paper, 모의투자';
  return {
    brokerId: 'kis',
    displayName: `KIS 한국투자증권 (${server}${parts.simulated ? ', simulated' : ''})`,
    // What the venue plays decides what it can carry; where it runs decides whose account it is.
    capabilities: {
      ...kisCapabilities[environment],
      ...(parts.simulated ? { environment: 'SIMULATED' } : undefined),
      openOrdersMax: parts.openOrdersMax,
    },
    placeOrder,
    replaceOrder,
    cancelOrder,
    getOrder,
    listOrders,
    clockAheadMs: () => rest.clockAheadMs,
  };
}

/** The terms of an order that its reference keeps. */
function termsOf(
  terms: Pick<OrderReference, 'symbol' | 'side' | 'orderType' | 'timeInForce' | 'venue' | 'session'>,
): Omit<OrderReference, 'brokerOrderId' | 'tradingDate' | 'native'> {
  const { symbol, side, orderType, timeInForce, venue, session } = terms;
  return { brokerId: 'kis', symbol, side, orderType, timeInForce, venue, session };
}

/**
 * Which of the two TR ids serves a date: the boundary lies three calendar months back. Where the months differ in
 * length the day is cut to the shorter one (assumed: the vendor's page says "3개월" and no more).
 */
export function periodOf(tradingDate: TradingDate, today: TradingDate): 'WITHIN_3_MONTHS' | 'BEFORE_3_MONTHS' {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  const monthEnd = new Date(Date.UTC(year, month - 3, 0)).getUTCDate();
  const boundary = new Date(Date.UTC(year, month - 4, Math.min(day, monthEnd))).toISOString().slice(0, 10);
  return tradingDate >= boundary ? 'WITHIN_3_MONTHS' : 'BEFORE_3_MONTHS';
}
