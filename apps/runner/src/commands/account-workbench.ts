import { type Clock, type Logger, type OrderJournal, type TradingDate, accountId, symbolCode } from '@qts/core';
import {
  type FoldedJournal,
  type OrderGateway,
  type OrderTracker,
  type TradingCosts,
  createNoopBroker,
  createOrderGateway,
  createOrderTracker,
  createSafetyLayer,
  orderEndsAtMs,
  recoverDay,
  recoverSafety,
} from '@qts/engine';
import { type RunnerConfig } from '../config/runner-config.ts';
import { loadInstruments } from '../market-data/instruments.ts';
import { createSellTaxes } from '../trading/sell-taxes.ts';

/** The orders of a date as the journal has them, in the form that the engine's parts work on. Nothing can leave. */
export interface AccountWorkbench {
  readonly tracker: OrderTracker;
  readonly gateway: OrderGateway;
  readonly safety: ReturnType<typeof createSafetyLayer>;
  readonly day: ReturnType<typeof recoverDay>;
}

export interface WorkbenchSettings {
  readonly config: RunnerConfig;
  readonly folded: FoldedJournal;
  readonly tradingDate: TradingDate;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where what is found out is written: the account's journal, or one that is thrown away. */
  readonly journal: OrderJournal;
  /** Told what orders filled: for a book. */
  readonly onFill?: NonNullable<Parameters<typeof createOrderTracker>[0]>['onFill'];
}

/** Lays the orders of a journal out. Its engine is none: every order would come back as not sent. */
export function layOutAccount(settings: WorkbenchSettings): AccountWorkbench {
  const { config, folded, tradingDate, clock, logger, journal, onFill } = settings;
  const about = { clock, journal, logger, accountId: accountId(config.account), tradingDate };
  const safety = createSafetyLayer({ ...about, restored: recoverSafety(folded) });
  const tracker = createOrderTracker({ endsAtMs: orderEndsAtMs, ...(onFill === undefined ? {} : { onFill }) });
  const gateway = createOrderGateway({
    ...{ ...about, safety, tracker, broker: createNoopBroker({ clock }) },
    checkOrder: () => ({
      allowed: false,
      code: 'G_EXE_TRADING_DISABLED',
      message: 'an operator’s command sends nothing',
      facts: {},
    }),
  });
  const day = recoverDay(folded, tradingDate);
  gateway.restore(day.orders);
  return { tracker, gateway, safety, day };
}

/** Fees and taxes as a run of this configuration estimates them. */
export function costsOf(config: RunnerConfig, tradingDate: TradingDate): TradingCosts {
  const instruments = loadInstruments(config.symbols.map(symbolCode));
  return {
    feePartsPerBillion: config.costs.feePartsPerBillion,
    sellTaxesPartsPerBillion: createSellTaxes(instruments, tradingDate),
  };
}
