import {
  type Krw,
  kstEpochMs,
  type OrderReference,
  type OrderSnapshot,
  type Shares,
  timeOfDayMs,
  type TradingDate,
} from '@qts/core';
import { divisionOfName, sessionOfOrder } from './kiwoom-order-divisions.ts';
import { kiwoomOrderKey, orderIdOfOrdNo } from './kiwoom-order-numbers.ts';
import { symbolOfStkCd, venueOfText } from './kiwoom-symbols.ts';
import { type KiwoomFillRow } from './rest/ka10076.ts';
import { type KiwoomOrderRow } from './rest/kt00007.ts';
import { unexpectedField } from './wire-fields.ts';

const operation = 'kt00007';
/** `comm_ord_tp` of an order that came through this API (seen in samples). */
const apiChannel = 'REST API';

/** What filled of an order, by the list of fills. */
interface FilledSum {
  readonly quantity: number;
  readonly amountKrw: number;
}

/**
 * Orders of one or more pages, each once: pages are no snapshot, so a row may come twice while orders come in. The later
 * reading wins.
 *
 * @param fills rows of ka10076, for the exact sums: the order list has an average, which is rounded. May be empty.
 * @throws {UnexpectedResponseError} for a row that cannot be understood: a list with a hole is no evidence.
 */
export function toOrderSnapshots(
  pages: readonly (readonly KiwoomOrderRow[])[],
  tradingDate: TradingDate,
  fills: readonly KiwoomFillRow[],
): readonly OrderSnapshot[] {
  const sums = sumFills(fills);
  const snapshots = new Map<string, OrderSnapshot>();
  for (const page of pages) {
    for (const row of page) {
      const snapshot = toOrderSnapshot(row, tradingDate, sums);
      snapshots.set(kiwoomOrderKey(snapshot.reference), snapshot);
    }
  }
  return [...snapshots.values()];
}

/** Whether the order list alone tells what was paid: one share has no average. */
export function needsFills(row: KiwoomOrderRow): boolean {
  return row.filledQuantity > 1;
}

/** Adds fills up by order: whether an order that filled in parts has one row or more, nobody has said. */
function sumFills(fills: readonly KiwoomFillRow[]): ReadonlyMap<string, FilledSum> {
  const sums = new Map<string, FilledSum>();
  for (const { ordNo, quantity, priceKrw } of fills) {
    const id = orderIdOfOrdNo(ordNo);
    // Without it the sum of its order is too small and not used: that costs won, and must not cost the list.
    if (id === undefined) continue;
    const sum = sums.get(id) ?? { quantity: 0, amountKrw: 0 };
    sums.set(id, { quantity: sum.quantity + quantity, amountKrw: sum.amountKrw + quantity * priceKrw });
  }
  return sums;
}

function toOrderSnapshot(
  row: KiwoomOrderRow,
  tradingDate: TradingDate,
  sums: ReadonlyMap<string, FilledSum>,
): OrderSnapshot {
  const original = orderIdOfOrdNo(row.originalOrdNo);
  const kind = kindOf(row, original !== undefined);
  const reference = referenceOf(row, tradingDate);
  const unfilled = Math.max(0, row.orderedQuantity - row.filledQuantity);
  const rejectedQuantity = row.stateName.includes('거부') ? unfilled : 0;
  const leavesQuantity = rejectedQuantity > 0 || kind === 'CANCEL' ? 0 : row.remainingQuantity;
  return {
    reference,
    kind,
    ...(original === undefined ? {} : { originalBrokerOrderId: original }),
    orderedQuantity: row.orderedQuantity,
    ...(row.priceKrw === 0 ? {} : { limitPriceKrw: row.priceKrw }),
    filledQuantity: row.filledQuantity,
    filledAmountKrw: filledAmountOf(row, sums.get(reference.brokerOrderId)),
    // The row has no figure for it: what is neither filled nor open nor refused was taken away (assumed). Never below 0:
    // of a row that holds more than was ordered, the filled quantity tells the tale.
    canceledQuantity: Math.max(0, unfilled - leavesQuantity - rejectedQuantity) as Shares,
    rejectedQuantity: rejectedQuantity as Shares,
    leavesQuantity: leavesQuantity as Shares,
    orderedAtMs: kstEpochMs(tradingDate, timeOfDayMs(row.orderTime)),
    ...(row.channel === '' ? {} : { viaApi: row.channel === apiChannel }),
  };
}

/**
 * The sum of the fills when they account for exactly what the list says was filled; else the list's average times the
 * quantity, which is exact for one price and may be less than a won a share off for several.
 */
function filledAmountOf(row: KiwoomOrderRow, sum: FilledSum | undefined): Krw {
  const exact = sum?.quantity === row.filledQuantity ? sum.amountKrw : undefined;
  return (exact ?? row.filledQuantity * row.averagePriceKrw) as Krw;
}

function referenceOf(row: KiwoomOrderRow, tradingDate: TradingDate): OrderReference {
  const brokerOrderId = orderIdOfOrdNo(row.ordNo);
  if (brokerOrderId === undefined) throw unexpectedField(operation, 'ord_no', 'an order number', row.ordNo);
  const division = divisionOfName(row.typeName);
  if (division === undefined) throw unexpectedField(operation, 'trde_tp', 'a name of the trde_tp table', row.typeName);
  const venue = venueOfText(row.venueName);
  if (venue === undefined) throw unexpectedField(operation, 'dmst_stex_tp', 'KRX, NXT or SOR', row.venueName);
  const symbol = symbolOfStkCd(row.stkCd);
  if (symbol === undefined)
    throw unexpectedField(operation, 'stk_cd', 'a code of six, or seven with A, J or Q', row.stkCd);
  return {
    brokerId: 'kiwoom',
    tradingDate,
    brokerOrderId,
    symbol,
    side: sideOf(row),
    orderType: division.orderType,
    timeInForce: division.timeInForce,
    venue,
    session: sessionOfOrder(division, venue, row.orderTime),
    native: { trde_tp: division.code },
  };
}

/** `현금매수`, `매도정정`: the side is one of two words, never both. */
function sideOf({ sideName }: KiwoomOrderRow): 'BUY' | 'SELL' {
  const [buys, sells] = [sideName.includes('매수'), sideName.includes('매도')];
  if (buys === sells) throw unexpectedField(operation, 'io_tp_nm', 'a name with 매수 or 매도', sideName);
  return buys ? 'BUY' : 'SELL';
}

/** A row that points at an original and says neither word is not guessed at. */
function kindOf({ changeName, sideName }: KiwoomOrderRow, hasOriginal: boolean): OrderSnapshot['kind'] {
  if (!hasOriginal) return 'NEW';
  const words = `${changeName} ${sideName}`;
  const [canceled, replaced] = [words.includes('취소'), words.includes('정정')];
  if (canceled === replaced) throw unexpectedField(operation, 'mdfy_cncl', '정정 or 취소', changeName);
  return canceled ? 'CANCEL' : 'REPLACE';
}
