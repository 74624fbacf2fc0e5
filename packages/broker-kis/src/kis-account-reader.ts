import {
  type AccountReader,
  type BuyingPower,
  type CallOptions,
  type CashBalance,
  type Clock,
  krw,
  kstDate,
  type Position,
  type PositionList,
  shares,
  type Shares,
  type SymbolCode,
  UnexpectedResponseError,
  ValidationError,
} from '@qts/core';
import { type KisCredentials } from './kis-credentials.ts';
import { findOrderDivision } from './kis-order-divisions.ts';
import { type KisPages, type KisRestClient } from './kis-rest-client.ts';
import { symbolOfPdno } from './kis-symbols.ts';
import { balanceQuery, inquireBalance, type KisBalanceAnswer, type KisHolding } from './rest/inquire-balance.ts';
import { inquirePsblOrder } from './rest/inquire-psbl-order.ts';
import { inquirePsblSell } from './rest/inquire-psbl-sell.ts';
import { unexpectedField } from './wire-fields.ts';

/** What an account reader of KIS is made of. */
export interface KisAccountReaderParts {
  readonly rest: KisRestClient;
  readonly credentials: KisCredentials;
  readonly clock: Clock;
}

/** Reads one account at KIS. */
export function createKisAccountReader({ rest, credentials, clock }: KisAccountReaderParts): AccountReader {
  const account = { CANO: credentials.accountNumber.reveal(), ACNT_PRDT_CD: credentials.productCode };

  const balanceFields = { ...account, ...balanceQuery, CTX_AREA_FK100: '', CTX_AREA_NK100: '' };

  function readBalance(options: CallOptions): Promise<KisPages<KisBalanceAnswer>> {
    return rest.readPages(inquireBalance, 'ONLY', balanceFields, options);
  }

  async function listPositions(options: CallOptions = {}): Promise<PositionList> {
    const { pages, complete } = await readBalance(options);
    return {
      positions: toPositions(pages.flatMap(({ holdings }) => holdings)),
      complete,
      readAtMs: clock.nowMs(),
    };
  }

  return {
    brokerId: 'kis',
    async getCashBalance(options: CallOptions = {}): Promise<CashBalance> {
      // Every page repeats the cash, so the first is enough.
      const { cash } = await rest.read(inquireBalance, 'ONLY', balanceFields, options);
      return { ...cash, readAtMs: clock.nowMs() };
    },
    async getBuyingPower({ symbol, orderType, limitPriceKrw }, options: CallOptions = {}): Promise<BuyingPower> {
      const { amountKrw, quantity } = await rest.read(
        inquirePsblOrder,
        'ONLY',
        {
          ...account,
          PDNO: symbol,
          ORD_UNPR: String(limitPriceKrw ?? 0),
          ORD_DVSN: divisionOf(orderType, kstDate(clock.nowMs())),
          CMA_EVLU_AMT_ICLD_YN: 'N',
          OVRS_ICLD_YN: 'N',
        },
        options,
      );
      return { cashKrw: amountKrw, quantity, readAtMs: clock.nowMs() };
    },
    listPositions,
    async getSellableQuantity(symbol: SymbolCode, options: CallOptions = {}): Promise<Shares> {
      if (rest.environment === 'LIVE') {
        const fields = { ...account, PDNO: symbol };
        return (await rest.read(inquirePsblSell, 'ONLY', fields, options)).sellableQuantity;
      }
      // Paper has no inquire-psbl-sell: the balance says it (ord_psbl_qty).
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

/**
 * `ORD_DVSN` for the question what may be bought. `01` applies the margin rate of the issue, so every type without a
 * price asks with it; a limit asks with its own code at its price.
 */
function divisionOf(orderType: Parameters<AccountReader['getBuyingPower']>[0]['orderType'], date: string): string {
  if (orderType === 'AFTER_HOURS_SINGLE_PRICE') {
    throw new ValidationError({
      code: 'ORDER_NOT_CARRIED',
      summary: 'The after-hours single-price market is abolished.',
      facts: { field: 'orderType', found: orderType },
      next: 'Ask for another order type.',
    });
  }
  const division = findOrderDivision({ orderType, timeInForce: 'DAY', session: 'REGULAR', venue: 'KRX' }, date);
  return division?.carriesPrice === true ? division.code : '01';
}

/**
 * One position for each issue: KIS keeps rows by kind of holding and loan date. A row that came on two pages counts once;
 * what was sold out is left out.
 */
function toPositions(holdings: readonly KisHolding[]): readonly Position[] {
  const rows = new Map(holdings.map((row) => [`${row.pdno}/${row.kind}/${row.loanDate}`, row]));
  const positions = new Map<SymbolCode, Position>();
  for (const row of rows.values()) {
    const symbol = symbolOfPdno(row.pdno);
    if (symbol === undefined) throw unexpectedField('inquire-balance', 'pdno', 'a short code', row.pdno);
    if (row.quantity === 0) continue;
    const before = positions.get(symbol);
    positions.set(symbol, {
      symbol,
      quantity: shares((before?.quantity ?? 0) + row.quantity),
      sellableQuantity: shares((before?.sellableQuantity ?? 0) + row.sellableQuantity),
      costKrw: krw((before?.costKrw ?? 0) + row.costKrw),
      ...(row.lastPriceKrw === 0 ? {} : { lastPriceKrw: row.lastPriceKrw }),
    });
  }
  return [...positions.values()];
}
