import { ConfigurationError, type IntentId, brokerOrderId } from '@qts/core';
import { type EscalationDecision } from '@qts/engine';
import { type OriginReader } from './judge/wire.ts';
import { type Supervisor } from './supervisor.ts';
import { type Seat } from './world/seat.ts';

/** The person behind the program: lets trading go on after a stop, and decides what the program cannot. */
export interface Operator {
  /** Looks after the program every so often until `untilMs`. */
  watchOver(untilMs: number): void;
  /** Decides about orders that wait for a person, by what the venue itself shows. Only without faults. */
  decideWhatWaits(): void;
}

/** Between two requests of the judge or the operator, ms: the limits of the key hold for them too. */
export const ownPauseMs = 1_100;
/** How often a page is asked for, and how long after a refusal, ms. */
const refusalsMax = 30;
const betweenMs = 370;
/** How soon an operator looks again, ms: who hurries takes the program's turns at the broker. */
const lookAgainMs = 11_730;
/** The longer the list is, the longer the program needs to read it whole in between, ms. */
const perOrderMs = 700;

const by = { requestedBy: 'trial', reason: 'looked at it' };

export function createOperator(seat: Seat, supervisor: Supervisor): Operator {
  const { time, judge, story, access, tokenStore, sight, settings } = seat;
  const { operatorPatienceMs } = settings;
  let isConsulting = false;
  let looksFromMs = 0;

  function lookAfter(): void {
    const { trader } = supervisor;
    if (trader === undefined) return;
    const { safety, killSwitch } = trader;
    if (killSwitch.refusal() !== undefined) {
      try {
        killSwitch.release(by);
        story.count('stops released');
      } catch (error) {
        if (!ConfigurationError.isInstance(error)) throw error;
        story.count('stops too young to release');
      }
    } else if (!safety.shouldRun()) {
      safety.requestRecovery({ ...by, operatorApproved: true });
    }
    trader.liftRestrictions();
  }

  /** Reads the venue's list page by page, between the program's own requests. Many refusals end the attempt. */
  function consult(reader: OriginReader, refusals = 0): void {
    const page = reader.readPage();
    if (page === 'MORE' || (page === 'REFUSED' && refusals < refusalsMax)) {
      time.after(page === 'MORE' ? ownPauseMs : betweenMs, () => {
        consult(reader, page === 'MORE' ? 0 : refusals + 1);
      });
      return;
    }
    const waiting = page === 'REFUSED' ? [] : (supervisor.trader?.resolver.open ?? []);
    const decided = waiting.flatMap(({ intentId, escalated }) =>
      escalated === undefined ? [] : [decide(intentId, reader)],
    );
    void Promise.all(decided).then(() => {
      isConsulting = false;
      looksFromMs = time.nowMs + lookAgainMs + settings.otherOrders * perOrderMs;
    });
  }

  async function decide(intentId: IntentId, { rows }: OriginReader): Promise<void> {
    const own = rows.find(({ address }) => judge.evidence.postsByAddress.get(address)?.intentId === intentId);
    story.note('operator-decides', `${intentId} ${own?.orderNumber ?? 'absent'}`);
    const decision: EscalationDecision =
      own === undefined
        ? { ...by, intentId, end: 'ABSENT' }
        : { ...by, intentId, end: 'ADOPT', brokerOrderId: brokerOrderId(String(own.orderNumber)) };
    try {
      await supervisor.trader?.resolver.decide(decision);
      story.count('operator decisions');
    } catch (error) {
      story.note('operator-refused', error instanceof Error ? error.message : '');
    }
  }

  return {
    watchOver(untilMs) {
      if (operatorPatienceMs === 0) return;
      time.after(operatorPatienceMs, () => {
        lookAfter();
        if (time.nowMs < untilMs) this.watchOver(untilMs);
      });
    },

    decideWhatWaits() {
      const waits = supervisor.trader?.resolver.open.some(({ escalated }) => escalated !== undefined) ?? false;
      const token = tokenStore.token?.accessToken.reveal();
      if (!waits || isConsulting || time.nowMs < looksFromMs || token === undefined) return;
      isConsulting = true;
      consult(sight.createOriginReader(access, token));
    },
  };
}
