import {
  createDryRun,
  describeAdapter,
  orderInList,
  referenceTerms,
  saysNothingLeft,
  toCancelResponse,
} from '@qts/broker-kit';
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
  type TradingDate,
} from '@qts/core';
import { type KisAnswer } from './kis-answer.ts';
import { kisCapabilities } from './kis-capabilities.ts';
import { classifyCommandAnswer, type KisCommandOutcome } from './kis-command-outcome.ts';
import { type KisCredentials } from './kis-credentials.ts';
import { readKisCancelRefusal } from './kis-cancel-outcome.ts';
import { toCommandResponse } from './kis-order-response.ts';
import { toCancelFields, toOrderCashFields, toReplaceFields } from './kis-order-requests.ts';
import { toOrderSnapshots } from './kis-order-snapshots.ts';
import { type KisCommandOptions, type KisCommandResult, type KisRestClient } from './kis-rest-client.ts';
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

type CommandOperation = typeof orderCash | typeof orderRvsecncl;

/** A place or a replace in the words of KIS. */
interface OrderCommand {
  readonly operation: CommandOperation;
  /** What is known of the order before the broker numbers it. */
  readonly reference: Omit<OrderReference, 'brokerOrderId'>;
  readonly send: (options: KisCommandOptions) => Promise<KisCommandResult>;
}

/**
 * Speaks orders with KIS: one POST for each command, never a second. What the answers prove is judged by
 * `classifyCommandAnswer`; reads may be repeated, commands may not.
 */
export function createKisOrderAdapter(parts: KisOrderAdapterParts): OrderAdapter {
  const { rest, credentials, clock, logger } = parts;
  const { environment } = credentials;
  const dryRun = createDryRun('kis', parts.ids, clock);

  function judge(answer: KisAnswer, operation: CommandOperation): KisCommandOutcome {
    return classifyCommandAnswer(answer, operation.parse, { operation: operation.name, environment });
  }

  function toPlace(request: OrderRequest, tradingDate: TradingDate): OrderCommand {
    const fields = toOrderCashFields(request, credentials, tradingDate);
    const terms = referenceTerms('kis', request);
    const reference = { ...terms, tradingDate, native: { ORD_DVSN: fields.ORD_DVSN } };
    const { side } = request;
    return { operation: orderCash, reference, send: (options) => rest.command(orderCash, side, fields, options) };
  }

  function toReplace(request: ReplaceRequest, tradingDate: TradingDate): OrderCommand {
    const { symbol, side, venue } = request.target;
    const fields = toReplaceFields(request, credentials, tradingDate);
    const terms = referenceTerms('kis', { ...request, symbol, side, venue });
    const reference = {
      ...terms,
      tradingDate,
      native: { ORD_DVSN: fields.ORD_DVSN, ORGN_ODNO: fields.ORGN_ODNO },
    };
    return {
      operation: orderRvsecncl,
      reference,
      send: (options) => rest.command(orderRvsecncl, 'ONLY', fields, options),
    };
  }

  /** Sends a place or a replace once, and tells what its answer says, in time or late. */
  async function order<Request extends Pick<OrderRequest, 'clientOrderId' | 'dryRun'>>(
    request: Request,
    toCommand: (request: Request, tradingDate: TradingDate) => OrderCommand,
    options: CallOptions = {},
  ): Promise<OrderResponse> {
    const { clientOrderId } = request;
    const { operation, reference, send } = toCommand(request, kstDate(clock.nowMs()));
    if (request.dryRun) return dryRun.order(clientOrderId, reference);
    const respond = (answer: KisAnswer): OrderResponse =>
      toCommandResponse(judge(answer, operation), clientOrderId, reference, clock.nowMs());
    const result = await send({
      ...options,
      lane: 'ORDER',
      onLateAnswer: (answer) => {
        const response = respond(answer);
        logger?.warn('late-answer', { broker: 'kis', operation: operation.name, outcome: response.outcome });
        parts.onLateAnswer?.(response);
      },
    });
    return result.sent === 'YES'
      ? respond(result.answer)
      : toCommandResponse(result, clientOrderId, reference, clock.nowMs());
  }

  async function cancelOrder(request: CancelRequest, options: CallOptions = {}): Promise<CancelResponse> {
    const fields = toCancelFields(request, credentials);
    if (request.dryRun) return dryRun.cancel();
    const result = await rest.command(orderRvsecncl, 'ONLY', fields, { ...options, lane: 'RISK_CANCEL' });
    const judged = result.sent === 'YES' ? judge(result.answer, orderRvsecncl) : result;
    if (!saysNothingLeft(judged)) return toCancelResponse(judged, clock.nowMs());
    const readOrder = (): Promise<OrderSnapshot | undefined> => getOrder(request.target, options);
    return readKisCancelRefusal(request.target, judged.native, readOrder, clock, rest.clockAheadMs);
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
    const { tradingDate, symbol } = reference;
    return orderInList(await listOrders({ tradingDate, symbol }, options), reference, environment, isOfBranch);
  }

  return {
    ...describeAdapter({
      brokerId: 'kis',
      name: 'KIS 한국투자증권',
      environment,
      simulated: parts.simulated,
      capabilities: kisCapabilities[environment],
      openOrdersMax: parts.openOrdersMax,
    }),
    placeOrder: (request, options) => order(request, toPlace, options),
    replaceOrder: (request, options) => order(request, toReplace, options),
    cancelOrder,
    getOrder,
    listOrders,
    clockAheadMs: () => rest.clockAheadMs,
  };
}

/** Numbers are given out by branch: two branches may use the same one. */
function isOfBranch(listed: OrderReference, { native }: OrderReference): boolean {
  const branch = native['KRX_FWDG_ORD_ORGNO'] ?? '';
  return branch === '' || listed.native['KRX_FWDG_ORD_ORGNO'] === branch;
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
