import { type Clock, type Logger, ConfigurationError } from '@qts/core';
import { type Denial } from '../gateway/order-gateway-contract.ts';
import { checkOperator } from '../safety/check-operator.ts';
import { type SafetyLayer } from '../safety/safety-layer.ts';
import { type StopLatch, type StopReading } from './stop-latch.ts';

/** Who asks, and why. Journalled; neither may be blank. */
export interface StopRequest {
  readonly requestedBy: string;
  readonly reason: string;
}

/** The latched, durable stop. It blocks orders and replaces; cancels and reads pass. */
export interface KillSwitch {
  /** Looks at the latch now; also takes note of what a second terminal did. Must be asked directly before an order leaves. */
  refusal(): Denial | undefined;
  reading(): StopReading;
  /**
   * Engages at once, also when the latch cannot be written: then it holds for this process, and throws.
   * @throws {ConfigurationError} when name or reason is blank; whatever the latch throws
   */
  engage(request: StopRequest): void;
  /**
   * Ends the stop. Only a person does.
   * @throws {ConfigurationError} when name or reason is blank, or before the shortest time of a stop is over; whatever the
   *   latch throws. The stop holds then.
   */
  release(request: StopRequest): void;
}

export interface KillSwitchSettings {
  readonly latch: StopLatch;
  readonly clock: Clock;
  /** Journals every change as `operator-acted` with state before and after, and refuses orders by itself. */
  readonly safety: Pick<SafetyLayer, 'setKillSwitch' | 'snapshot'>;
  /** A stop cannot be released earlier, ms. Default 0; KRX's own switch holds for 10 minutes. */
  readonly minimumStopMs?: number;
  readonly logger?: Logger;
}

/**
 * | Latch                                        | Orders | What follows                                           |
 * | -------------------------------------------- | ------ | ------------------------------------------------------ |
 * | released                                     | pass   |                                                        |
 * | engaged, here or from a second terminal      | denied | journalled once with the name and reason of the latch  |
 * | released from a second terminal, by name     | pass   | journalled once; not before the shortest time is over  |
 * | cannot be read, was removed, is not private  | denied | a person looks, and releases by name                   |
 *
 * A start begins with whatever the latch says: nothing but a release ends a stop.
 */
export function createKillSwitch(settings: KillSwitchSettings): KillSwitch {
  const { latch, clock, safety, minimumStopMs = 0, logger } = settings;
  if (!Number.isSafeInteger(minimumStopMs) || minimumStopMs < 0) {
    throw new ConfigurationError({
      code: 'SETTING_OUT_OF_RANGE',
      summary: 'The shortest time of a stop is not usable.',
      facts: { field: 'minimumStopMs', found: minimumStopMs },
      next: 'Give whole milliseconds, 0 or more; 0 is the default.',
    });
  }
  /** This process stopped and could not write it down. */
  let holdsByItself = false;
  let engagedAtMs: number | undefined;
  let seen = '';

  const isTooEarly = (atMs: number): boolean => engagedAtMs !== undefined && atMs - engagedAtMs < minimumStopMs;

  /** What somebody did to the latch since it was looked at last. */
  function follow(reading: StopReading): void {
    const mark = reading.state === 'UNREADABLE' ? reading.state : `${reading.state} ${reading.atMs}`;
    if (mark === seen) return;
    const isFirst = seen === '';
    seen = mark;
    switch (reading.state) {
      case 'ENGAGED':
        engagedAtMs = reading.atMs;
        // Nobody has to sign to stop: a latch without a name stops, too.
        set(true, {
          requestedBy: reading.requestedBy.trim() || 'unnamed',
          reason: reading.reason.trim() || 'not given',
        });
        return;
      case 'UNREADABLE':
        engagedAtMs ??= clock.nowMs();
        logger?.error('stop-latch-unreadable', { why: reading.why });
        set(true, { requestedBy: 'kill-switch', reason: `the stop latch cannot be read: ${reading.why}` });
        return;
      case 'RELEASED':
        // At the start a released latch says nothing about a stop that the journal knows of.
        if (isFirst || holdsByItself || reading.requestedBy.trim() === '' || reading.reason.trim() === '') return;
        if (isTooEarly(reading.atMs)) {
          logger?.warn('stop-released-too-early', { requestedBy: reading.requestedBy });
          return;
        }
        engagedAtMs = undefined;
        set(false, reading);
    }
  }

  function set(on: boolean, { requestedBy, reason }: StopRequest): void {
    if (safety.snapshot().killSwitch !== on) safety.setKillSwitch(on, { requestedBy, reason });
  }

  const killSwitch: KillSwitch = {
    reading: () => latch.read(),

    refusal() {
      const reading = latch.read();
      follow(reading);
      if (!holdsByItself && reading.state === 'RELEASED' && !safety.snapshot().killSwitch) return undefined;
      const why = reading.state === 'RELEASED' ? 'it was engaged in this process' : whyStopped(reading);
      return { code: 'G_EXE_KILLSWITCH_ON', why: `the kill switch is on: ${why}` };
    },

    engage({ requestedBy, reason }) {
      checkOperator({ requestedBy, reason });
      holdsByItself = true;
      set(true, { requestedBy, reason });
      const mark = { requestedBy, reason, atMs: clock.nowMs() };
      engagedAtMs ??= mark.atMs;
      latch.engage(mark);
      holdsByItself = false;
      seen = `ENGAGED ${mark.atMs}`;
    },

    release({ requestedBy, reason }) {
      checkOperator({ requestedBy, reason });
      killSwitch.refusal();
      const atMs = clock.nowMs();
      if (isTooEarly(atMs)) {
        const waitMs = minimumStopMs - (atMs - (engagedAtMs ?? atMs));
        throw new ConfigurationError({
          code: 'STOP_TOO_YOUNG',
          summary: 'The stop cannot be released yet. Nothing was changed.',
          facts: { waitMs, minimumStopMs },
          next: 'Wait, look at open orders and differences meanwhile, then release it again.',
        });
      }
      latch.release({ requestedBy, reason, atMs });
      holdsByItself = false;
      engagedAtMs = undefined;
      seen = `RELEASED ${atMs}`;
      set(false, { requestedBy, reason });
    },
  };
  killSwitch.refusal();
  return killSwitch;
}

function whyStopped(reading: Exclude<StopReading, { state: 'RELEASED' }>): string {
  return reading.state === 'UNREADABLE' ? reading.why : `${reading.reason} (${reading.requestedBy})`;
}
