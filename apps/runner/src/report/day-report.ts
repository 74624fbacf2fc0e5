import { type FailsafeCode, type OrderStatus, orderStatuses } from '@qts/core';
import { type LostAnswers } from '../sim/lost-answers.ts';
import { type OrderProof } from '../sim/order-proof.ts';
import { type StreamReport } from '../streams/stream-report.ts';
import { type SessionEnd, type TradingSession } from '../trading/trading-session.ts';
import { type BookLine } from './books.ts';

/** What a day came to: the same for people and for programs. Amounts are won, quantities shares. */
export interface DayReport {
  /** True when no broker was involved: everything below happened on a simulated venue. */
  readonly simulated: boolean;
  readonly mode: string;
  readonly broker: string;
  readonly tradingDate: string;
  readonly strategy: string;
  readonly seed: number | null;
  /** Which part of the market data was recorded, and which was modelled. */
  readonly data: { readonly real: readonly string[]; readonly modelled: readonly string[] };
  /** Answers that a simulated day lost on purpose, and what became of the orders; `null` when it lost none. */
  readonly lostAnswers: LostAnswers | null;
  /** What a simulated venue's own records say of duplicates and lost orders; `null` where nobody outside can be asked. */
  readonly orderProof: OrderProof | null;
  /** What the streams told and what was repaired; `null`: everything was read by REST. */
  readonly streams: StreamReport | null;
  /** What a simulated venue did to its streams on purpose, by the fault; `null` where nobody did. */
  readonly streamFaults: Readonly<Record<string, number>> | null;
  readonly end: SessionEnd;
  readonly safety: { readonly state: string; readonly lastFailSafeCode: string | null };
  /** Ends of the cycles' acts: acceptance is not execution. */
  readonly acts: Readonly<Record<string, number>>;
  /** Intents that the engine was asked to send. */
  readonly intents: {
    readonly total: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly notSent: number;
    readonly unknown: number;
    /** Those that were not accepted, by the code of the answer: what denied them, or how they failed. */
    readonly byCode: Readonly<Partial<Record<FailsafeCode, number>>>;
  };
  readonly orders: { readonly total: number; readonly byStatus: Readonly<Partial<Record<OrderStatus, number>>> };
  readonly fills: {
    readonly orders: number;
    readonly quantity: number;
    readonly boughtKrw: number;
    readonly soldKrw: number;
  };
  readonly costs: { readonly feesKrw: number; readonly taxesKrw: number };
  readonly cash: { readonly openingKrw: number; readonly closingKrw: number };
  /** Cash and holdings at the last prices seen. */
  readonly equityKrw: number;
  readonly positions: readonly { readonly symbol: string; readonly quantity: number; readonly costKrw: number }[];
  /** The comparison with the other keeper of books; absent when there was nothing to compare with. */
  readonly books: { readonly equal: boolean; readonly lines: readonly BookLine[] };
}

/** What the report cannot read from the session. */
export interface ReportContext {
  readonly simulated: boolean;
  readonly mode: string;
  readonly broker: string;
  readonly tradingDate: string;
  readonly strategy: string;
  readonly seed: number | null;
  readonly data: DayReport['data'];
  readonly lostAnswers: DayReport['lostAnswers'];
  readonly orderProof: DayReport['orderProof'];
  readonly streamFaults: DayReport['streamFaults'];
}

/** Puts a day's report together. */
export function makeDayReport(
  context: ReportContext,
  session: TradingSession,
  end: SessionEnd,
  lines: readonly BookLine[],
): DayReport {
  const { book, tracker, acts, safety } = session;
  const orders = tracker.list();
  const byStatus: Partial<Record<OrderStatus, number>> = {};
  for (const status of orderStatuses) {
    const count = orders.filter((order) => order.status === status).length;
    if (count > 0) byStatus[status] = count;
  }
  const filled = orders.filter(({ facts }) => facts.filledQuantity > 0);
  const { pipelineState, lastFailSafeCode = null } = safety.snapshot();
  return {
    ...context,
    streams: session.streamReport() ?? null,
    end,
    safety: { state: pipelineState, lastFailSafeCode },
    acts,
    intents: {
      total: acts.accepted + acts.rejected + acts['not-sent'] + acts.unknown,
      accepted: acts.accepted,
      rejected: acts.rejected,
      notSent: acts['not-sent'],
      unknown: acts.unknown,
      byCode: Object.fromEntries([...session.failures].sort()),
    },
    orders: { total: orders.length, byStatus },
    fills: {
      orders: filled.length,
      quantity: filled.reduce((sum, order) => sum + order.facts.filledQuantity, 0),
      boughtKrw: book.boughtKrw,
      soldKrw: book.soldKrw,
    },
    costs: { feesKrw: book.feesKrw, taxesKrw: book.taxesKrw },
    cash: { openingKrw: session.openingCashKrw, closingKrw: book.cashKrw },
    equityKrw: session.equityKrw(),
    positions: book.positions().map(({ symbol, quantity, costKrw }) => ({ symbol, quantity, costKrw })),
    books: { equal: lines.every((line) => line.equal), lines },
  };
}
