import {
  kstEpochMs,
  type OrderReference,
  type OrderSnapshot,
  type SymbolCode,
  timeOfDayMs,
  type TradingDate,
  type Venue,
} from '@qts/core';
import { getOrderDivision, kisForeignOrderDivisions, sessionOfOrder } from './kis-order-divisions.ts';
import { kisOrderKey, orderIdOfOdno } from './kis-order-numbers.ts';
import { symbolOfPdno } from './kis-symbols.ts';
import { type KisDailyCcldRow } from './rest/inquire-daily-ccld.ts';
import { type KisEnvironment } from './rest/operation.ts';
import { unexpectedField } from './wire-fields.ts';

const operation = 'inquire-daily-ccld';
/** `ordr_empno` of an order that came through the API (captured). */
const apiChannel = 'OpnAPI';

/**
 * Orders of one or more pages, each once: pages are no snapshot, so a row may come twice while orders come in. The later
 * reading wins. Orders of kinds that this API cannot place (treasury stock, blocks, baskets) are left out.
 *
 * @throws {UnexpectedResponseError} for a row that cannot be understood: a list with a hole is no evidence.
 */
export function toOrderSnapshots(
  pages: readonly (readonly KisDailyCcldRow[])[],
  environment: KisEnvironment,
): readonly OrderSnapshot[] {
  const snapshots = new Map<string, OrderSnapshot>();
  for (const page of pages) {
    for (const row of page) {
      if (kisForeignOrderDivisions.has(row.orderDivision)) continue;
      const snapshot = toOrderSnapshot(row, environment);
      const { tradingDate, brokerOrderId } = snapshot.reference;
      snapshots.set(kisOrderKey({ tradingDate, branch: row.branch, brokerOrderId }), snapshot);
    }
  }
  return [...snapshots.values()];
}

/** One row as a snapshot. @throws {UnexpectedResponseError} when it names something unknown. */
export function toOrderSnapshot(row: KisDailyCcldRow, environment: KisEnvironment): OrderSnapshot {
  const tradingDate = isoDate(row.orderDate);
  const original = orderIdOfOdno(row.originalOdno);
  return {
    reference: referenceOf(row, tradingDate, environment),
    kind: kindOf(row, original !== undefined),
    ...(original === undefined ? {} : { originalBrokerOrderId: original }),
    orderedQuantity: row.orderedQuantity,
    ...(row.priceKrw === 0 ? {} : { limitPriceKrw: row.priceKrw }),
    filledQuantity: row.filledQuantity,
    filledAmountKrw: row.filledAmountKrw,
    canceledQuantity: row.canceledQuantity,
    rejectedQuantity: row.rejectedQuantity,
    leavesQuantity: row.remainingQuantity,
    orderedAtMs: kstEpochMs(tradingDate, timeOfDayMs(colonTime(row.orderTime))),
    ...(row.channel === '' ? {} : { viaApi: row.channel === apiChannel }),
  };
}

function referenceOf(row: KisDailyCcldRow, tradingDate: TradingDate, environment: KisEnvironment): OrderReference {
  const brokerOrderId = orderIdOfOdno(row.odno);
  if (brokerOrderId === undefined) throw unexpectedField(operation, 'odno', 'an order number', row.odno);
  const division = getOrderDivision(row.orderDivision);
  if (division === undefined) {
    throw unexpectedField(operation, 'ord_dvsn_cd', 'a code of the ORD_DVSN table', row.orderDivision);
  }
  const venue = venueOf(row, environment);
  return {
    brokerId: 'kis',
    tradingDate,
    brokerOrderId,
    symbol: symbolOf(row),
    side: row.side,
    orderType: division.orderType,
    timeInForce: division.timeInForce,
    venue,
    session: sessionOfOrder(division, venue, row.orderTime),
    native: { KRX_FWDG_ORD_ORGNO: row.branch, ORD_DVSN: row.orderDivision },
  };
}

/**
 * The name of the side says what kind of row it is: `매수정정*` was seen for a replace; that a cancel says 취소 is
 * documented in words only (assumed). A row that points at an original and says neither is not guessed at.
 */
function kindOf(row: KisDailyCcldRow, hasOriginal: boolean): OrderSnapshot['kind'] {
  if (!hasOriginal) return 'NEW';
  if (row.sideName.includes('취소')) return 'CANCEL';
  if (row.sideName.includes('정정')) return 'REPLACE';
  throw unexpectedField(operation, 'sll_buy_dvsn_cd_name', 'a name with 정정 or 취소', row.sideName);
}

/** Paper has one venue and may leave it out (assumed); on live an empty venue is no venue. */
function venueOf(row: KisDailyCcldRow, environment: KisEnvironment): Venue {
  if (row.venue !== '') return row.venue;
  if (environment === 'PAPER') return 'KRX';
  throw unexpectedField(operation, 'excg_id_dvsn_cd', 'KRX, NXT or SOR', row.venue);
}

function symbolOf(row: KisDailyCcldRow): SymbolCode {
  const symbol = symbolOfPdno(row.pdno);
  if (symbol === undefined) throw unexpectedField(operation, 'pdno', 'a short code', row.pdno);
  return symbol;
}

/** `20251217` → `2025-12-17`. */
export function isoDate(date: string): TradingDate {
  return `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}` as TradingDate;
}

/** `094414` → `09:44:14`. */
export function colonTime(time: string): string {
  return `${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}`;
}
