import { brokerIdDefault, type BrokerRegistry } from './broker-registry.ts';

/** Where a broker may be named, strongest first. An empty text names none. */
const brokerSources = ['environment', 'strategy', 'default'] as const;
export type BrokerSource = (typeof brokerSources)[number];

/** Names of brokers as a configuration gives them. */
export interface BrokerNames {
  readonly brokerId?: string | undefined;
  /** Read and checked, but not acted on yet: no order moves to another broker by itself. */
  readonly fallbackBrokerId?: string | undefined;
}

export interface BrokerChoice<Entry> {
  readonly brokerId: string;
  readonly entry: Entry;
  /** What named it. */
  readonly source: BrokerSource;
  readonly fallbackBrokerId?: string;
}

/**
 * The broker that a configuration means: the environment's, else the strategy sheet's, else `kis`. Names are trimmed and
 * read in lower case. The fallback broker comes from the same two places by itself.
 *
 * @throws {ConfigurationError} when a named broker or fallback is not in the registry, whatever the other sources say:
 *   a misspelt name must not send orders to another broker
 */
export function getBrokerForConfig<Entry>(
  registry: BrokerRegistry<Entry>,
  names: Partial<Readonly<Record<Exclude<BrokerSource, 'default'>, BrokerNames>>>,
): BrokerChoice<Entry> {
  const source = brokerSources.find((each) => each === 'default' || nameIn(names[each]?.brokerId) !== undefined);
  const named = source === 'environment' || source === 'strategy' ? nameIn(names[source]?.brokerId) : undefined;
  const brokerId = named ?? brokerIdDefault;
  const entry = registry.getBroker(brokerId);
  const fallbackBrokerId = nameIn(names.environment?.fallbackBrokerId) ?? nameIn(names.strategy?.fallbackBrokerId);
  if (fallbackBrokerId !== undefined) registry.getBroker(fallbackBrokerId);
  return {
    brokerId,
    entry,
    source: source ?? 'default',
    ...(fallbackBrokerId === undefined ? undefined : { fallbackBrokerId }),
  };
}

function nameIn(text: string | undefined): string | undefined {
  const name = text?.trim().toLowerCase();
  return name === '' ? undefined : name;
}
