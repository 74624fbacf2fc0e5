import { type OrderList, BrokerError, accountId, krw, tradingDate } from '@qts/core';
import { buildExecutionIntent } from '@qts/core/testing';
import {
  createBrokerForExecution,
  createOrderGateway,
  createOrderTracker,
  createSafetyLayer,
  createUnknownResolver,
} from '@qts/engine';
import { createMemoryJournal } from '@qts/storage';
import { type VenueFault, type VenueFaultId, venueDialects, venueFaults } from '@qts/venue-sim';
import { describe, expect, it } from 'vitest';
import { pause } from '../../src/crash/crash-stack.ts';
import { type Command, type FaultBench, benchDate, commands, startFaultBench } from '../support/fault-bench.ts';

/*
 * Every fault of the venue that can strike a command, over real sockets: what the adapter answers, by the failure
 * classes of execution-safety 11, and that nothing is sent a second time.
 */

/** `UNKNOWN, REFUSED`: `REJECTED` once a read confirms it (F2u, F3). A cancel that is refused is read for: `UNKNOWN`. */
type Told = 'ACCEPTED' | 'NOT_SENT' | 'UNKNOWN' | 'UNKNOWN, REFUSED';

interface Row {
  /** Class of execution-safety 11; `OK`: an answer all the same. */
  readonly class: 'OK' | 'F1' | 'F2u' | 'F3' | 'F4' | 'F5' | 'F6';
  readonly place: readonly Told[];
}

const fine: Row = { class: 'OK', place: ['ACCEPTED'] };
/** A connection that dies before a byte is written is proof; whether it is dead by then, only the machine knows. */
const notSent: Row = { class: 'F1', place: ['NOT_SENT', 'UNKNOWN'] };
const unlisted: Row = { class: 'F2u', place: ['UNKNOWN, REFUSED'] };
const refused: Row = { class: 'F3', place: ['UNKNOWN, REFUSED'] };
const trouble: Row = { class: 'F4', place: ['UNKNOWN'] };
const cut: Row = { class: 'F5', place: ['UNKNOWN'] };
const strange: Row = { class: 'F6', place: ['UNKNOWN'] };

const rows: Readonly<Partial<Record<VenueFaultId, Row>>> = {
  'R05-reset-before-request': notSent,
  'R06-reset-mid-request': cut,
  'R07-drop-before-accept': cut,
  'R07-reset-before-accept': cut,
  'R08-drop-after-accept': cut,
  'R08-reset-after-accept': cut,
  'R09-silence-before-accept': cut,
  'R10-silence-after-accept': cut,
  'R11-drop-late-landing': cut,
  'R11-silence-late-landing': cut,
  'R12-silence-rejected-later': cut,
  'R13-cut-body-after-accept': cut,
  'R13-cut-body-before-accept': cut,
  'R13-half-json-after-accept': cut,
  'R13-half-json-before-accept': cut,
  'R14-empty-200-after-accept': trouble,
  'R14-empty-200-before-accept': trouble,
  'R15-html-page-after-accept': trouble,
  'R15-html-page-before-accept': trouble,
  'R15-maintenance': trouble,
  'R17-unlisted-refusal': unlisted,
  'R18-no-order-number-after-accept': strange,
  'R18-no-order-number-before-accept': strange,
  'R19-error-500-after-accept': trouble,
  'R20-error-500-before-accept': trouble,
  'R21-error-502-after-accept': trouble,
  'R21-error-502-before-accept': trouble,
  'R21-error-503-after-accept': trouble,
  'R21-error-503-before-accept': trouble,
  'R21-error-504-after-accept': trouble,
  'R21-error-504-before-accept': trouble,
  'R22-rate-limit-under-200': refused,
  'R22-rate-limit-under-500': refused,
  'R24-rate-limit-storm': refused,
  'R25-token-expired': refused,
  'R26-token-revoked-before-accept': refused,
  // The token dies behind the answer: the next request has to notice.
  'R26-token-revoked-after-accept': fine,
  'R29-slow-head': cut,
  'R30-slow-body': cut,
  'R31-endless-body': cut,
  'R31-huge-body': cut,
  // JSON does not begin so: nothing behind it is believed.
  'R32-byte-order-mark': strange,
  // Only the text for people is garbled; number and code are ASCII.
  'R32-euc-kr-bytes': fine,
  'R33-answer-of-another-request': strange,
  // The first answer is whole; the socket with the second is not used again.
  'R34-answer-twice': fine,
  'R34-answer-late-after-deadline': cut,
  'R35-idle-connection-closed': cut,
  'R36-redirect-before-accept': trouble,
  'R37-date-skew': fine,
  'R41-stranger-order': fine,
  // A number without its leading zeros is none of the broker's.
  'R44-numbers-for-text': strange,
  'answer-late-within-deadline': fine,
  'transaction-timeout-after-accept': trouble,
  'transaction-timeout-before-accept': trouble,
  'wrong-operation-echoed-after-accept': strange,
  'wrong-operation-echoed-before-accept': strange,
};

const kindOf = { PLACE: 'NEW_ORDER', CANCEL: 'ORDER_CHANGE', REPLACE: 'ORDER_CHANGE' } as const;
const appliesTo = ({ appliesTo: kinds }: VenueFault, command: Command): boolean => kinds.includes(kindOf[command]);
const struckFaults = venueFaults.filter((fault) => commands.some((command) => appliesTo(fault, command)));

/** What a cancel says of a fault by which a place says so. */
const cancelTold: Readonly<Record<Told, string>> = {
  ...{ ACCEPTED: 'REQUESTED', NOT_SENT: 'NOT_SENT', UNKNOWN: 'UNKNOWN' },
  'UNKNOWN, REFUSED': 'UNKNOWN',
};

/** So many at a time: what waits for a deadline waits beside others. */
const atOnce = 12;

async function eachAtOnce<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const run = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

describe('every fault that can strike a command', () => {
  it('has a row in the table, and no row is left over', () => {
    expect(Object.keys(rows).toSorted()).toEqual(struckFaults.map(({ id }) => id).toSorted());
  });

  it.each(venueDialects)('is answered as its class says, and nothing is sent again (%s)', async (dialect) => {
    const wrong: string[] = [];
    const cases = struckFaults.flatMap((fault) =>
      commands.filter((command) => appliesTo(fault, command)).map((command) => ({ fault, command })),
    );
    expect(cases.length).toBeGreaterThan(150);
    await eachAtOnce(cases, async ({ fault, command }) => {
      const bench = await startFaultBench(dialect);
      try {
        await bench.strike(fault, command);
        const told = await bench.send(command);
        const place = rows[fault.id]?.place ?? [];
        const expected = place.map((each) => (command === 'CANCEL' ? cancelTold[each] : each));
        const said = `${fault.id} ${command}`;
        if (!expected.includes(told)) wrong.push(`${said}: ${told}, not ${expected.join(' or ')}`);
        if (bench.venue.faults.counters()[fault.id] !== 1) wrong.push(`${said}: the fault did not strike once`);
        // A fault of connections leaves no request behind; a second one would.
        const sent = fault.stage === 'CONNECTION' ? 0 : 1;
        if (bench.arrived(command) !== sent) wrong.push(`${said}: ${bench.arrived(command)} requests`);
      } finally {
        await bench.close();
      }
    });
    expect(wrong).toEqual([]);
  });

  it.each(venueDialects)('leaves one order at most, and ends with what the venue has (%s)', async (dialect) => {
    const wrong: string[] = [];
    await eachAtOnce(
      struckFaults.filter((fault) => appliesTo(fault, 'PLACE')),
      async (fault) => {
        const engine = await startEngine(dialect);
        const { bench } = engine;
        try {
          await bench.strike(fault, 'PLACE');
          wrong.push(...(await engine.judgePlace(fault)).map((each) => `${fault.id}: ${each}`));
        } finally {
          await engine.close();
        }
      },
    );
    expect(wrong).toEqual([]);
  });
});

/** The list, as soon as it can be read: after a token that died, a new one may be asked for a minute later. */
async function readList(adapter: FaultBench['adapter'], clock: FaultBench['clock']): Promise<OrderList> {
  for (;;) {
    try {
      return await adapter.listOrders({ tradingDate: tradingDate(benchDate) });
    } catch (error) {
      if (!BrokerError.isInstance(error)) throw error;
      await pause(clock, 5_000);
    }
  }
}

/** Engine and resolver over an adapter that meets a fault. */
async function startEngine(dialect: (typeof venueDialects)[number]): Promise<{
  readonly bench: FaultBench;
  readonly judgePlace: (fault: VenueFault) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}> {
  const bench = await startFaultBench(dialect, (response) => {
    resolver.hearLateAnswer(response);
  });
  const { clock, accountId: label } = bench;
  // What is struck may be the broker that is opened anew.
  const adapter: FaultBench['adapter'] = {
    ...bench.adapter,
    placeOrder: (request, options) => bench.adapter.placeOrder(request, options),
  };
  const journal = createMemoryJournal();
  const about = { clock, journal, accountId: accountId(label), tradingDate: tradingDate(benchDate) };
  const safety = createSafetyLayer({ clock, journal, lockdownThreshold: 100 });
  const tracker = createOrderTracker();
  const gateway = createOrderGateway({
    ...{ ...about, safety, tracker },
    broker: createBrokerForExecution({ liveAllowed: true, adapter, clock, maxConsecutiveFailures: 10 }),
    checkOrder: () => ({ allowed: true, worstPriceKrw: krw(68_900) }),
  });
  const resolver = createUnknownResolver({
    ...{ ...about, adapter, gateway, tracker, safety, exclusive: true },
    timings: { readTimeoutMs: 100_000, giveUpAfterMs: 300_000 },
  });
  return {
    bench,
    async judgePlace(fault) {
      const intent = buildExecutionIntent({
        ...{ intentId: 'struck', symbol: bench.symbol, quantity: 11, limitPriceKrw: 68_900 },
        createdAtMs: clock.nowMs(),
      });
      await gateway.submitIntent(intent);
      await resolver.settled();
      tracker.applyList(await readList(adapter, clock));
      const wrong: string[] = [];
      if (bench.arrived('PLACE') > 1) wrong.push(`${bench.arrived('PLACE')} requests`);
      // A stranger's order of the same terms came after ours.
      const [theirs, ...more] = bench.orders();
      if (more.length > (fault.id === 'R41-stranger-order' ? 1 : 0)) wrong.push('more than one order');
      const ours = tracker.get(intent.intentId);
      const known = `${Number(ours?.reference?.brokerOrderId ?? 0)} ${ours?.leavesQuantity ?? 0}`;
      const truth = `${theirs?.orderNumber ?? 0} ${theirs?.leavesQuantity ?? 0}`;
      if (known !== truth) wrong.push(`ours ${known}, the venue’s ${truth}, ${ours?.status ?? 'nothing'}`);
      for (const { intentId, escalated = 'open' } of resolver.open) wrong.push(`${intentId} ${escalated}`);
      return wrong;
    },
    async close() {
      resolver.close();
      await bench.close();
    },
  };
}
