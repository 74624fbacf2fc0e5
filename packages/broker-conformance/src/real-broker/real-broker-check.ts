import { type RealBrokerBench } from './real-broker-target.ts';

/** One thing that a real account is asked. */
export interface RealBrokerCheck {
  /** Never used again for something else. */
  readonly id: string;
  /** A fact in the present tense. */
  readonly title: string;
  /** It sends orders: on paper accounts alone, while the market is open. */
  readonly sendsOrders?: true;
  /** @throws when the fact does not hold; the message says what was found and what to do. A text is why it was skipped. */
  run(bench: RealBrokerBench): Promise<string | undefined>;
}
