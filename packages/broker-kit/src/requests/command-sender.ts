import { BrokerError, type FailsafeCode, type StoredToken, TransportError } from '@qts/core';
import { type CommandOptions, type CommandResult } from '../commands/command-result.ts';
import { transportError } from '../http/transport-failures.ts';
import { connectionLaneOf } from '../limits/rate-lanes.ts';
import { type RatePermit } from '../limits/rate-limiter.ts';
import { type BrokerWire, learnFrom, permitLapsed, type RequestParts } from './broker-wire.ts';

/** What a command needs before it may leave. */
interface PreparedCommand {
  readonly token: StoredToken;
  readonly permit: RatePermit;
}

/** A command in the broker's words. */
export interface CommandMessage {
  /** The broker's id of the operation. */
  readonly id: string;
  readonly body: string;
}

/**
 * Sends a command once: at most one POST, whatever comes back. Answers for everything that a broker or a network does.
 *
 * @param write makes the message; what it throws rejects, and nothing was sent.
 */
export type CommandSender<Answer> = (
  operation: { readonly name: string; readonly path: string },
  options: CommandOptions<Answer>,
  write: () => CommandMessage,
) => Promise<CommandResult<Answer>>;

/**
 * Makes the sender of one app key.
 *
 * @param brokerName as errors name the broker: `KIS`.
 */
export function createCommandSender<Answer>(
  brokerName: string,
  wire: BrokerWire<Answer>,
  { session, tokens, clock }: RequestParts,
): CommandSender<Answer> {
  /**
   * Everything that comes before the first byte: a failure here proves that nothing was sent. Answers at once when token
   * and permit are at hand, which they nearly always are: an order does not wait a turn for nothing.
   */
  function prepare(id: string, options: CommandOptions<Answer>): PreparedCommand | Promise<PreparedCommand> {
    const token = tokens.get(options);
    if (token instanceof Promise) return token.then((ready) => withPermit(ready, id, options));
    return withPermit(token, id, options);
  }

  function withPermit(
    token: StoredToken,
    id: string,
    options: CommandOptions<Answer>,
  ): PreparedCommand | Promise<PreparedCommand> {
    const permit = wire.limiterOf(id).acquire(options.lane, options);
    return typeof permit === 'number' ? { token, permit } : permit.then((granted) => ({ token, permit: granted }));
  }

  return async ({ name, path }, options, write) => {
    const { id, body } = write();
    let prepared: PreparedCommand;
    try {
      const ready = prepare(id, options);
      prepared = ready instanceof Promise ? await ready : ready;
    } catch (cause) {
      const aborted = options.signal?.aborted === true && !BrokerError.isInstance(cause);
      const error = aborted ? transportError('ABORTED_BEFORE_SEND', { operation: name }) : cause;
      return { sent: 'NO', cause: asBrokerError(error, brokerName, name) };
    }
    const { token, permit } = prepared;
    const { lane, signal, deadlineMs, refuseSend, onLateAnswer } = options;
    let heldBy: FailsafeCode | undefined;
    /**
     * The last look before the first byte of a command, after every wait: who asked may have changed his mind, the deadline
     * may be over, and the permit too old. A cancel is not held back for its rate: a refused one is read and sent again.
     */
    const lastLook = (): TransportError | undefined => {
      heldBy = lane === 'ORDER' ? refuseSend?.() : undefined;
      if (heldBy !== undefined) return transportError('HELD_BACK', { operation: name, code: heldBy });
      if (deadlineMs !== undefined && clock.nowMs() > deadlineMs) {
        return transportError('DEADLINE_PASSED', { operation: name });
      }
      return wire.limiterOf(id).markSent(permit, lane) || lane === 'RISK_CANCEL' ? undefined : permitLapsed(name);
    };
    try {
      const exchange = await session.send(
        { method: 'POST', path, headers: wire.headersOf(id, token.accessToken), body },
        {
          lane: connectionLaneOf[lane],
          beforeSend: lastLook,
          ...(signal === undefined ? {} : { signal }),
          ...(deadlineMs === undefined ? {} : { deadlineMs }),
          ...(onLateAnswer === undefined
            ? {}
            : {
                onLateAnswer: (late) => {
                  onLateAnswer(wire.readAnswer(late, name, id));
                },
              }),
        },
      );
      wire.limiterOf(id).markAnswered(permit);
      const answer = wire.readAnswer(exchange, name, id);
      learnFrom(wire, tokens, answer, token, id, lane);
      return { sent: 'YES', answer };
    } catch (cause) {
      const notSent = TransportError.isInstance(cause) && cause.sent === 'NOT_SENT';
      const error = asBrokerError(cause, brokerName, name);
      if (!notSent) return { sent: 'MAYBE', cause: error };
      return { sent: 'NO', cause: error, ...(heldBy === undefined ? {} : { heldBy }) };
    }
  };
}

function asBrokerError(cause: unknown, brokerName: string, operation: string): BrokerError {
  if (BrokerError.isInstance(cause)) return cause;
  return new BrokerError({
    code: 'COMMAND_FAILED',
    summary: `A command to ${brokerName} failed in a way that is not listed.`,
    facts: { operation },
    next: 'Read the order list before doing anything. Then report this as a defect.',
    cause,
  });
}
