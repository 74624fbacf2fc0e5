import { type BrokerError, type CallOptions, type FailsafeCode } from '@qts/core';
import { type RateLane } from '../limits/rate-lanes.ts';

/** How a command is sent. */
export interface CommandOptions<Answer> extends CallOptions {
  readonly lane: Extract<RateLane, 'ORDER' | 'RISK_CANCEL'>;
  /** Hears an answer that came after the command was given up. At most once. */
  readonly onLateAnswer?: (answer: Answer) => void;
}

/** A POST without a complete answer. */
export type UnansweredCommand =
  | { readonly sent: 'MAYBE'; readonly cause: BrokerError }
  | {
      readonly sent: 'NO';
      readonly cause: BrokerError;
      /** The code with which `refuseSend` kept it here. */
      readonly heldBy?: FailsafeCode;
    };

/**
 * What became of one POST. `NO` is proof: it was refused before it was handed to a socket, or the socket proves it.
 * `MAYBE`: the exchange of bytes failed. `YES`: there is a complete answer, whatever it says.
 */
export type CommandResult<Answer> = { readonly sent: 'YES'; readonly answer: Answer } | UnansweredCommand;
