import { type BrokerCapabilities, type OrderAdapter } from '@qts/core';

/** Whose adapter it is, and where it goes. */
export interface AdapterLabel {
  readonly brokerId: string;
  /** For people, without the server: `KIS 한국투자증권`. */
  readonly name: string;
  readonly environment: 'LIVE' | 'PAPER';
  /** A simulated venue stands in the broker's place. */
  readonly simulated: boolean;
  /** What the broker carries in the environment. */
  readonly capabilities: BrokerCapabilities;
  /** See `BrokerCapabilities`. Absent: what the capabilities say. */
  readonly openOrdersMax?: number;
}

/** What an order adapter says of itself. What the venue plays decides what it can carry; where it runs, whose account it is. */
export function describeAdapter(label: AdapterLabel): Pick<OrderAdapter, 'brokerId' | 'displayName' | 'capabilities'> {
  const { brokerId, name, environment, simulated, capabilities, openOrdersMax } = label;
  const server = environment === 'LIVE' ? 'live' : 'paper, 모의투자';
  return {
    brokerId,
    displayName: `${name} (${server}${simulated ? ', simulated' : ''})`,
    capabilities: {
      ...capabilities,
      ...(simulated ? { environment: 'SIMULATED' } : undefined),
      ...(openOrdersMax === undefined ? undefined : { openOrdersMax }),
    },
  };
}
