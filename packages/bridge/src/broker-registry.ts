import { ConfigurationError } from '@qts/core';

/** Brokers that QTS has a package for. Each is installed by those who use it. */
const builtInBrokers: Readonly<Record<string, string>> = {
  kis: '@qts/broker-kis',
  kiwoom: '@qts/broker-kiwoom',
};

/** The broker of a run when nothing names one. */
export const brokerIdDefault = 'kis';

/**
 * Brokers by id. What an entry is, its user says: usually a function that makes a broker from credentials. An id is
 * trimmed and read in lower case.
 */
export interface BrokerRegistry<Entry> {
  /** @throws {ConfigurationError} when the id is not lower-case letters, digits and dashes, or is taken */
  register(id: string, entry: Entry): void;
  /** @throws {ConfigurationError} naming the known ids, and the package to install when the id is one of QTS's own */
  getBroker(id: string): Entry;
  has(id: string): boolean;
  /** The registered ids, in the order in which they came. */
  list(): readonly string[];
}

/** Makes a registry with these entries. */
export function createBrokerRegistry<Entry>(entries: Readonly<Record<string, Entry>> = {}): BrokerRegistry<Entry> {
  const known = new Map<string, Entry>();

  const registry: BrokerRegistry<Entry> = {
    register(id, entry) {
      const name = normalise(id);
      if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) {
        throw new ConfigurationError({
          code: 'BROKER_ID_INVALID',
          summary: 'A broker id is not usable. Nothing was registered.',
          facts: { id: name },
          next: 'Use a letter, then letters, digits and dashes, at most 32 characters: my-broker.',
        });
      }
      if (known.has(name)) {
        throw new ConfigurationError({
          code: 'BROKER_ID_TAKEN',
          summary: `The broker id ${name} is registered already. Nothing was changed.`,
          facts: { id: name },
          next: 'Register each broker once, or choose another id.',
        });
      }
      known.set(name, entry);
    },
    getBroker(id) {
      const name = normalise(id);
      const entry = known.get(name);
      if (entry !== undefined) return entry;
      const ids = [...known.keys()].join(', ') || 'none';
      const packageName = builtInBrokers[name];
      throw new ConfigurationError({
        code: 'BROKER_UNKNOWN',
        summary: `There is no broker ${name}. Nothing was started.`,
        facts: { broker: name, known: ids },
        next:
          packageName === undefined
            ? `Use one of ${ids}, or register the broker first.`
            : `Install ${packageName} and register it as ${name}, or use one of ${ids}.`,
      });
    },
    has: (id) => known.has(normalise(id)),
    list: () => [...known.keys()],
  };
  for (const [id, entry] of Object.entries(entries)) registry.register(id, entry);
  return registry;
}

function normalise(id: string): string {
  return id.trim().toLowerCase();
}
