import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUndiciTransport } from '@qts/broker-kit';
import { type ExecutionResponse, type TradingDate, accountId, krw, tradingDate } from '@qts/core';
import { buildExecutionIntent, createMemoryTokenStore, createRecordingLogger } from '@qts/core/testing';
import {
  type OrderGateway,
  createBrokerForExecution,
  createOrderGateway,
  createOrderTracker,
  createSafetyLayer,
  foldJournal,
  followJournal,
  journalOrderFacts,
  readAccountOpening,
} from '@qts/engine';
import { openSqliteJournal } from '@qts/storage';
import { type VenueSim, createSteppedClock, createVenueSim } from '@qts/venue-sim';
import { type ConnectedBroker } from '../../src/brokers/runner-broker.ts';
import { runnerBrokersById } from '../../src/brokers/runner-brokers.ts';
import { costsOf } from '../../src/commands/account-workbench.ts';
import { type OperatorTools } from '../../src/commands/operator-tools.ts';
import { parseRunnerConfig } from '../../src/config/runner-config.ts';
import { holdTimeDuringExchanges } from '../../src/sim/held-transport.ts';
import { type LockstepClock, createLockstepClock } from '../../src/sim/lockstep-clock.ts';

export const today: TradingDate = tradingDate('2026-09-14');

/** An account at a simulated venue, with a journal on the disk that nobody has open. */
export interface OperatorAccount {
  readonly venue: VenueSim;
  readonly clock: LockstepClock;
  readonly tools: OperatorTools;
  /** What a command has printed since it was asked last. */
  readonly out: (text: string) => void;
  readonly printed: () => string;
  /** A run that sends orders by `trade` and dies afterwards, with what it knows in the journal. */
  readonly runAndDie: (trade: (gateway: OrderGateway) => Promise<unknown>) => Promise<void>;
  /** What connects next has no token of ours, as on another machine: the venue gives one a minute. */
  readonly forgetToken: () => void;
  readonly close: () => Promise<void>;
}

/** Starts the venue at 10:00. */
export async function openOperatorAccount(): Promise<OperatorAccount> {
  const folder = mkdtempSync(join(tmpdir(), 'qts-operator-'));
  const startMs = Date.parse(`${today}T10:00:00+09:00`);
  const venueClock = createSteppedClock(startMs);
  const config = parseRunnerConfig({ mode: 'paper', symbols: ['005930', '000660'] }, 'test');
  const { kis } = runnerBrokersById;
  const venue = await createVenueSim({
    ...{ dialect: 'kis', environment: 'LIVE', tradingDate: today, seed: 1, clock: venueClock },
    instruments: ['005930', '000660'].map((symbol) => ({
      ...{ symbol, name: symbol, market: 'KOSPI', productClass: 'STOCK', basePriceKrw: 70_000 },
    })),
    accounts: [{ ...kis.demoAccount, accountId: 'main', cashKrw: 100_000_000, terms: { feePartsPerBillion: 140_527 } }],
    kis: { orderVisibilityDelayMs: 0 },
  });
  const clock = createLockstepClock(startMs, venueClock);
  const logger = createRecordingLogger();
  // KIS gives one token a minute: as on a disk, it outlives the process.
  let tokenStore = createMemoryTokenStore();
  const file = join(folder, 'journals', 'paper.sqlite');
  const connect = (): ConnectedBroker =>
    kis.connectSimulated(venue.url, {
      ...{ tradingDate: today, clock, logger, random: () => 0.5, tokenStore },
      transport: holdTimeDuringExchanges(createUndiciTransport(), clock),
    });
  let printed = '';
  return {
    ...{ venue, clock },
    tools: { clock, logger, connect, choice: { config, journal: file, stop: join(folder, 'stops', 'paper.json') } },
    out: (text) => void (printed += text),
    printed() {
      const all = printed;
      printed = '';
      return all;
    },
    async runAndDie(trade) {
      const store = openSqliteJournal({ file, accountId: 'main', clock });
      const folded = await foldJournal(store.read());
      const journal = followJournal(store, folded);
      const about = { clock, journal, accountId: accountId('main'), tradingDate: today };
      const broker = connect();
      const costs = costsOf(config, today);
      await readAccountOpening({ ...about, adapter: broker.orders, account: broker.account, folded, costs });
      const gateway = createOrderGateway({
        ...about,
        broker: createBrokerForExecution({ liveAllowed: true, adapter: broker.orders, clock }),
        safety: createSafetyLayer({ clock, journal }),
        tracker: createOrderTracker({ onFacts: journalOrderFacts(journal, clock) }),
        checkOrder: () => ({ allowed: true, worstPriceKrw: krw(69_000) }),
      });
      await trade(gateway);
      await broker.close();
      await store.close();
    },
    forgetToken: () => void (tokenStore = createMemoryTokenStore()),
    async close() {
      await venue.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A buy of 10 shares that rests 1,000 won under the base price. */
export function buy(gateway: OrderGateway, intentId: string, symbol = '005930'): Promise<ExecutionResponse> {
  const changes = { intentId, symbol, side: 'BUY', quantity: 10, limitPriceKrw: 69_000 };
  return gateway.submitIntent(buildExecutionIntent(changes as Parameters<typeof buildExecutionIntent>[0]));
}
