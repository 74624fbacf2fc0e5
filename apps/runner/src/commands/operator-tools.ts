import { type Clock, type Logger } from '@qts/core';
import { type AccountChoice } from './account-choice.ts';
import { type OperatorBroker } from './operator-broker.ts';

/** What the commands of an operator work with. */
export interface OperatorTools {
  readonly choice: AccountChoice;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * Connects with the account's broker; the caller closes it.
   * @throws {ConfigurationError} when credentials are missing or not valid
   */
  readonly connect: () => OperatorBroker;
}

/** Who decides, and why. */
export interface Operator {
  readonly requestedBy: string;
  readonly reason: string;
}
