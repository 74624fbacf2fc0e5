import {
  createDryRun,
  describeAdapter,
  orderInList,
  referenceTerms,
  saysNothingLeft,
  toCancelResponse,
} from '@qts/broker-kit';
import {
  BrokerError,
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
import { type KiwoomAnswer } from './kiwoom-answer.ts';
import { readKiwoomCancelRefusal } from './kiwoom-cancel-outcome.ts';
import { kiwoomCapabilities } from './kiwoom-capabilities.ts';
import { classifyCommandAnswer, type KiwoomCommandOutcome } from './kiwoom-command-outcome.ts';
import { toCancelFields, toNewOrderFields, toReplaceFields } from './kiwoom-order-requests.ts';
import { toCommandResponse } from './kiwoom-order-response.ts';
import { needsFills, toOrderSnapshots } from './kiwoom-order-snapshots.ts';
import { type KiwoomFields, type KiwoomRestClient } from './kiwoom-rest-client.ts';
import { everyVenue, venueDigits } from './kiwoom-symbols.ts';
import { wireDate } from './kiwoom-times.ts';
import { ka10076, type KiwoomFillRow } from './rest/ka10076.ts';
import { kt00007, listOrderCodes, sideCodes, stocksOnly } from './rest/kt00007.ts';
import { kt10000 } from './rest/kt10000.ts';
import { kt10001 } from './rest/kt10001.ts';
import { kt10002 } from './rest/kt10002.ts';
import { kt10003 } from './rest/kt10003.ts';
import { type KiwoomOperation } from './rest/operation.ts';
import { type KiwoomOrderAnswer } from './rest/order-answer.ts';

/** What an order adapter of Kiwoom is made of. */
export interface KiwoomOrderAdapterParts {
  readonly rest: KiwoomRestClient;
  readonly simulated: boolean;
  /** See `BrokerCapabilities`. */
  readonly openOrdersMax: number;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger | undefined;
  readonly onLateAnswer: ((response: OrderResponse) => void) | undefined;
}

type CommandOperation = KiwoomOperation<string, KiwoomOrderAnswer>;

/** A place or a replace in the words of Kiwoom. */
interface OrderCommand {
  readonly operation: CommandOperation;
  readonly fields: KiwoomFields<string>;
  /** What is known of the order before the broker numbers it. */
  readonly reference: Omit<OrderReference, 'brokerOrderId'>;
}

/** The side is the api-id. */
const operationOfSide = { BUY: kt10000, SELL: kt10001 } as const;

/**
 * Speaks orders with Kiwoom: one POST for each command, never a second. What the answers prove is judged by
 * `classifyCommandAnswer`; reads may be repeated, commands may not.
 */
export function createKiwoomOrderAdapter(parts: KiwoomOrderAdapterParts): OrderAdapter {
  const { rest, clock, logger } = parts;
  const { environment } = rest;
  const dryRun = createDryRun('kiwoom', parts.ids, clock);

  function judge(answer: KiwoomAnswer, operation: CommandOperation): KiwoomCommandOutcome {
    return classifyCommandAnswer(answer, operation.parse, { operation: operation.name, environment });
  }

  function toPlace(request: OrderRequest, tradingDate: TradingDate): OrderCommand {
    const fields = toNewOrderFields(request, environment, tradingDate);
    const terms = referenceTerms('kiwoom', request);
    const reference = { ...terms, tradingDate, native: { trde_tp: fields.trde_tp } };
    return { operation: operationOfSide[request.side], fields, reference };
  }

  function toReplace(request: ReplaceRequest, tradingDate: TradingDate): OrderCommand {
    const { target } = request;
    const fields = toReplaceFields(request, environment, tradingDate);
    const terms = referenceTerms('kiwoom', target);
    const trdeTp = target.native['trde_tp'];
    const reference = {
      ...terms,
      tradingDate,
      native: { ...(trdeTp === undefined ? {} : { trde_tp: trdeTp }), orig_ord_no: fields.orig_ord_no },
    };
    return { operation: kt10002, fields, reference };
  }

  /** Sends a place or a replace once, and tells what its answer says, in time or late. */
  async function order<Request extends Pick<OrderRequest, 'clientOrderId' | 'dryRun'>>(
    request: Request,
    toCommand: (request: Request, tradingDate: TradingDate) => OrderCommand,
    options: CallOptions = {},
  ): Promise<OrderResponse> {
    const { clientOrderId } = request;
    const { operation, fields, reference } = toCommand(request, kstDate(clock.nowMs()));
    if (request.dryRun) return dryRun.order(clientOrderId, reference);
    const respond = (answer: KiwoomAnswer): OrderResponse =>
      toCommandResponse(judge(answer, operation), clientOrderId, reference, clock.nowMs());
    const result = await rest.command(operation, fields, {
      ...options,
      lane: 'ORDER',
      onLateAnswer: (answer) => {
        const response = respond(answer);
        logger?.warn('late-answer', { broker: 'kiwoom', operation: operation.name, outcome: response.outcome });
        parts.onLateAnswer?.(response);
      },
    });
    return result.sent === 'YES'
      ? respond(result.answer)
      : toCommandResponse(result, clientOrderId, reference, clock.nowMs());
  }

  async function cancelOrder(request: CancelRequest, options: CallOptions = {}): Promise<CancelResponse> {
    const fields = toCancelFields(request);
    if (request.dryRun) return dryRun.cancel();
    const result = await rest.command(kt10003, fields, { ...options, lane: 'RISK_CANCEL' });
    const judged = result.sent === 'YES' ? judge(result.answer, kt10003) : result;
    if (!saysNothingLeft(judged)) return toCancelResponse(judged, clock.nowMs());
    return readKiwoomCancelRefusal(request.target, judged.native, () => getOrder(request.target, options), clock);
  }

  async function listOrders(query: OrderListQuery, options: CallOptions = {}): Promise<OrderList> {
    const readStartedAtMs = clock.nowMs();
    const { pages, complete } = await rest.readPages(
      kt00007,
      {
        ord_dt: wireDate(query.tradingDate),
        qry_tp: listOrderCodes[query.state ?? 'ALL'],
        stk_bond_tp: stocksOnly,
        sell_tp: sideCodes[query.side ?? 'ALL'],
        stk_cd: query.symbol ?? '',
        fr_ord_no: '',
        // All venues, or an order on NXT looks as if it did not exist.
        dmst_stex_tp: query.venue ?? everyVenue,
      },
      options,
    );
    const isToday = query.tradingDate === kstDate(readStartedAtMs);
    const fills = isToday && pages.some((rows) => rows.some(needsFills)) ? await readFills(query, options) : [];
    return { orders: toOrderSnapshots(pages, query.tradingDate, fills), complete, readStartedAtMs };
  }

  /** Fills of today, for exact sums. Not having them costs won, not orders: the list stands without. */
  async function readFills(query: OrderListQuery, options: CallOptions): Promise<readonly KiwoomFillRow[]> {
    try {
      const { pages } = await rest.readPages(
        ka10076,
        {
          stk_cd: query.symbol ?? '',
          qry_tp: query.symbol === undefined ? '0' : '1',
          sell_tp: sideCodes[query.side ?? 'ALL'],
          ord_no: '',
          stex_tp: venueDigits.ALL,
        },
        options,
      );
      return pages.flat();
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      logger?.warn('fills-not-read', { broker: 'kiwoom', tradingDate: query.tradingDate, code: error.code });
      return [];
    }
  }

  async function getOrder(reference: OrderReference, options: CallOptions = {}): Promise<OrderSnapshot | undefined> {
    const { tradingDate, symbol } = reference;
    return orderInList(await listOrders({ tradingDate, symbol }, options), reference, environment);
  }

  return {
    ...describeAdapter({
      brokerId: 'kiwoom',
      name: 'Kiwoom 키움증권',
      environment,
      simulated: parts.simulated,
      capabilities: kiwoomCapabilities[environment],
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
