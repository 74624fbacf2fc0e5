import {
  type AccountReader,
  type BuyingPower,
  type CallOptions,
  type CashBalance,
  type Clock,
  krw,
  type Krw,
  orderTypePrices,
  type Position,
  type PositionList,
  shares,
  type Shares,
  type SymbolCode,
  UnexpectedResponseError,
  ValidationError,
} from '@qts/core';
import { type KiwoomRestClient } from './kiwoom-rest-client.ts';
import { quoteCodeOf, symbolOfStkCd } from './kiwoom-symbols.ts';
import { ka10001 } from './rest/ka10001.ts';
import { depositQueryCodes, kt00001 } from './rest/kt00001.ts';
import { kt00010, orderPowerSideCodes } from './rest/kt00010.ts';
import { holdingsQuery, type KiwoomHolding, kt00018 } from './rest/kt00018.ts';
import { unexpectedField } from './wire-fields.ts';

/** What an account reader of Kiwoom is made of. The account is the token's: no request names it. */
export interface KiwoomAccountReaderParts {
  readonly rest: KiwoomRestClient;
  readonly clock: Clock;
}

/** `crd_tp` of what was bought with cash; a row without one is read so too. */
const cashKinds: ReadonlySet<string> = new Set(['00', '']);

/** Reads one account at Kiwoom. */
export function createKiwoomAccountReader({ rest, clock }: KiwoomAccountReaderParts): AccountReader {
  async function listPositions(options: CallOptions = {}): Promise<PositionList> {
    const { pages, complete } = await rest.readPages(kt00018, holdingsQuery, options);
    const { holdings, steady } = joinPages(pages);
    return { positions: toPositions(holdings), complete: complete && steady, readAtMs: clock.nowMs() };
  }

  /**
   * The price to ask at. Kiwoom wants one always; an order that carries none reserves up to the upper limit of the day,
   * so that is the price it is asked at: the answer is never too much.
   */
  async function priceOf(
    { symbol, orderType, limitPriceKrw }: Parameters<AccountReader['getBuyingPower']>[0],
    options: CallOptions,
  ): Promise<Krw> {
    if (limitPriceKrw !== undefined && orderTypePrices[orderType].limit) return limitPriceKrw;
    return (await rest.read(ka10001, { stk_cd: quoteCodeOf(symbol, 'KRX') }, options)).upperLimitKrw;
  }

  return {
    brokerId: 'kiwoom',
    async getCashBalance(options: CallOptions = {}): Promise<CashBalance> {
      const deposit = await rest.read(kt00001, { qry_tp: depositQueryCodes.ESTIMATED }, options);
      const { depositKrw, nextDayKrw, settledKrw } = deposit;
      return { depositKrw, nextDayKrw, settledKrw, readAtMs: clock.nowMs() };
    },
    async getBuyingPower(query, options: CallOptions = {}): Promise<BuyingPower> {
      assertOrderType(query.orderType);
      const { amountKrw, quantity } = await rest.read(
        kt00010,
        {
          io_amt: '',
          stk_cd: query.symbol,
          trde_tp: orderPowerSideCodes.BUY,
          trde_qty: '',
          uv: String(await priceOf(query, options)),
          exp_buy_unp: '',
        },
        options,
      );
      return { cashKrw: amountKrw, quantity, readAtMs: clock.nowMs() };
    },
    listPositions,
    async getSellableQuantity(symbol: SymbolCode, options: CallOptions = {}): Promise<Shares> {
      const { positions, complete } = await listPositions(options);
      const held = positions.find((position) => position.symbol === symbol);
      if (held !== undefined || complete) return held?.sellableQuantity ?? shares(0);
      throw new UnexpectedResponseError({
        code: 'BALANCE_INCOMPLETE',
        summary: 'The holding was not found, and the balance was not complete.',
        facts: { environment: rest.environment, symbol },
        next: 'This is not a zero. Read again.',
      });
    },
  };
}

function assertOrderType(orderType: Parameters<AccountReader['getBuyingPower']>[0]['orderType']): void {
  if (orderType !== 'AFTER_HOURS_SINGLE_PRICE') return;
  throw new ValidationError({
    code: 'ORDER_NOT_CARRIED',
    summary: 'The after-hours single-price market is abolished.',
    facts: { field: 'orderType', found: orderType },
    next: 'Ask for another order type.',
  });
}

/**
 * The rows of all pages, each once. Pages are no snapshot: a row that comes on two pages counts once, and when its figures
 * differ something was traded in between, so the list is not `steady`. Rows of one kind on one page stand side by side, as
 * the guide's own example has them.
 */
function joinPages(pages: readonly (readonly KiwoomHolding[])[]): {
  readonly holdings: readonly KiwoomHolding[];
  readonly steady: boolean;
} {
  const rows = new Map<string, readonly KiwoomHolding[]>();
  let steady = true;
  for (const page of pages) {
    const ofPage = new Map<string, readonly KiwoomHolding[]>();
    for (const row of page) {
      const key = `${row.code}/${row.creditKind}/${row.loanDate}`;
      ofPage.set(key, [...(ofPage.get(key) ?? []), row]);
    }
    for (const [key, held] of ofPage) {
      const before = rows.get(key);
      if (before !== undefined && JSON.stringify(before.map(figuresOf)) !== JSON.stringify(held.map(figuresOf))) {
        steady = false;
      }
      rows.set(key, held);
    }
  }
  return { holdings: [...rows.values()].flat(), steady };
}

/** What a trade would change. The price moves by itself. */
function figuresOf({ quantity, sellableQuantity, costKrw }: KiwoomHolding): readonly number[] {
  return [quantity, sellableQuantity, costKrw];
}

/**
 * One position for each issue. What was bought on credit is held, but an order of this package (kt10001) cannot sell it:
 * that takes kt10007, so it is not sellable here. What was sold out is left out.
 */
function toPositions(holdings: readonly KiwoomHolding[]): readonly Position[] {
  const positions = new Map<SymbolCode, Position>();
  for (const row of holdings) {
    const symbol = symbolOfStkCd(row.code);
    if (symbol === undefined) throw unexpectedField('kt00018', 'stk_cd', 'a short code', row.code);
    if (row.quantity === 0) continue;
    const before = positions.get(symbol);
    const sellable = cashKinds.has(row.creditKind) ? row.sellableQuantity : 0;
    positions.set(symbol, {
      symbol,
      quantity: shares((before?.quantity ?? 0) + row.quantity),
      sellableQuantity: shares((before?.sellableQuantity ?? 0) + sellable),
      costKrw: krw((before?.costKrw ?? 0) + row.costKrw),
      ...(row.lastPriceKrw === 0 ? {} : { lastPriceKrw: row.lastPriceKrw }),
    });
  }
  return [...positions.values()];
}
