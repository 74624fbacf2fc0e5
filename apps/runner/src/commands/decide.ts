import {
  type ExecutionResponse,
  type IntentId,
  type TradingDate,
  ConfigurationError,
  accountId,
  brokerOrderId,
} from '@qts/core';
import { closeLeftOverOrder, createUnknownResolver, readAccountOpening, recoverDay } from '@qts/engine';
import { type ExitName } from '../cli/exit-codes.ts';
import { formatWhole } from '../report/text-table.ts';
import { costsOf, layOutAccount } from './account-workbench.ts';
import { openAccountJournal } from './halt.ts';
import { type Operator, type OperatorTools } from './operator-tools.ts';

/** What a person found: the order is the broker's of this number; the broker never had it; an earlier date's is over. */
const decisions = ['adopt', 'absent', 'closed'] as const;

export interface DecideCommandOptions {
  readonly intentId: string;
  readonly decision: string;
  /** The broker's number, for `adopt`. */
  readonly number?: string;
  readonly by: Operator;
  readonly tradingDate: TradingDate;
  readonly out: (text: string) => void;
}

/**
 * `qts decide`: a person's word on an order that could not be resolved (`ESCALATED`), while no run has the journal. It is
 * written down with name and reason; nothing is sent.
 *
 * @throws {ConfigurationError} (rejects) when a run has the journal, or the decision is incomplete
 * @throws {ValidationError} (rejects) when nothing about this order waits for a decision, or the broker's list does not
 *   have the number as such an order; nothing was changed then
 */
export async function decideCommand(
  { choice, clock, logger, connect }: OperatorTools,
  { intentId, decision, number, by, tradingDate, out }: DecideCommandOptions,
): Promise<ExitName> {
  const wanted = decisions.find((each) => each === decision);
  if (wanted === undefined || (wanted === 'adopt') !== (number !== undefined)) {
    throw new ConfigurationError({
      code: 'DECISION_INCOMPLETE',
      summary: 'The decision is not complete. Nothing was changed.',
      facts: { found: decision, number: number === undefined ? 'none given' : 'given' },
      next: 'Give `adopt --number N` with the broker’s number, `absent`, or `closed` for an order of an earlier date.',
    });
  }
  const { folded, journal } = openAccountJournal({ choice, clock, logger });
  try {
    if (wanted === 'closed') {
      const order = folded.orders.get(intentId);
      if (order === undefined || order.tradingDate >= tradingDate) throw notOfEarlierDate(intentId, order?.tradingDate);
      if (!recoverDay(folded, tradingDate).leftOver.includes(order)) throw endIsKnown(intentId);
      await closeLeftOverOrder({ intentId, ...by }, { journal, clock });
      out(`${intentId} of ${order.tradingDate} is closed, by ${by.requestedBy}.\n`);
      return 'ok';
    }
    const bench = layOutAccount({ config: choice.config, folded, tradingDate, clock, logger, journal });
    const broker = connect();
    const resolver = createUnknownResolver({
      ...{ adapter: broker.orders, gateway: bench.gateway, tracker: bench.tracker, safety: bench.safety },
      ...{ journal, clock, logger, accountId: accountId(choice.config.account) },
    });
    try {
      // Those that are still looked for are left to the next start: only what waits for a person is taken up.
      resolver.restore({ ...bench.day.unknowns, unknown: [] });
      const about = { intentId: intentId as IntentId, ...by };
      const response: ExecutionResponse = await resolver.decide(
        number === undefined
          ? { ...about, end: 'ABSENT' }
          : { ...about, end: 'ADOPT', brokerOrderId: brokerOrderId(number) },
      );
      out(`${intentId}: ${response.outcome}, by ${by.requestedBy}. ${response.message}\n`);
      return 'ok';
    } finally {
      resolver.close();
      await broker.close();
    }
  } finally {
    await journal.close();
  }
}

function notOfEarlierDate(intentId: string, found: string | undefined): ConfigurationError {
  return new ConfigurationError({
    code: 'DECISION_REFUSED',
    summary: 'The journal has no order of an earlier date by this id. Nothing was changed.',
    facts: { intentId, tradingDate: found },
    next: 'An order of today is decided with `adopt` or `absent`; `qts orders` lists what there is.',
  });
}

function endIsKnown(intentId: string): ConfigurationError {
  return new ConfigurationError({
    code: 'DECISION_REFUSED',
    summary: 'The journal knows how this order ended. Nothing was changed.',
    facts: { intentId },
    next: '`qts journal show` tells its story; only an order whose end nobody knows is closed by a person.',
  });
}

/**
 * `qts accept`: a person takes the broker's cash and positions for right, after a difference was looked at. The next start
 * compares with them.
 *
 * @throws {ConfigurationError} (rejects) without a name or a reason, or when a run has the journal; nothing was changed then
 * @throws {BrokerError} (rejects) when the account cannot be read; nothing was changed then
 */
export async function acceptCommand(
  { choice, clock, logger, connect }: OperatorTools,
  {
    by,
    tradingDate,
    out,
  }: { readonly by: Operator; readonly tradingDate: TradingDate; readonly out: (text: string) => void },
): Promise<ExitName> {
  const { folded, journal } = openAccountJournal({ choice, clock, logger });
  let broker: ReturnType<typeof connect> | undefined;
  try {
    broker = connect();
    const opening = await readAccountOpening({
      ...{ adapter: broker.orders, account: broker.account, accountId: accountId(choice.config.account), tradingDate },
      ...{ clock, journal, folded, costs: costsOf(choice.config, tradingDate), accepted: by },
    });
    out(`ACCEPTED by ${by.requestedBy}: before the trades of ${tradingDate} the account had `);
    out(`${formatWhole(opening.cashKrw)} won and ${opening.positions.length} holdings.\n`);
    for (const { symbol, quantity } of opening.positions) out(`  ${symbol} ${formatWhole(quantity)}\n`);
    out('The next start compares with these figures.\n');
    return 'ok';
  } finally {
    await broker?.close();
    await journal.close();
  }
}
