import { ConfigurationError } from '@qts/core';

/** One environment variable of a broker. */
export interface CredentialVariable {
  readonly name: string;
  readonly meaning: string;
  readonly required: boolean;
  readonly secret: boolean;
}

/** Where the credentials of one environment of a broker are. */
export interface CredentialSource {
  /** As errors name the broker: `KIS`. */
  readonly brokerName: string;
  readonly environment: 'LIVE' | 'PAPER';
  /** What all its variables begin with: `KIS_VTS`. */
  readonly prefix: string;
  readonly known: readonly CredentialVariable[];
  /** The only host that `<prefix>_BASE_URL` may name; absent: none. */
  readonly host: string | undefined;
  /** Fields of the credentials, each with the variable behind the prefix that it comes from: an error names that. */
  readonly variableOf: Readonly<Record<string, string>>;
}

/**
 * Credentials out of environment variables.
 *
 * @param make makes them; `valueOf` gives a variable as it was typed, by its name behind the prefix, or an empty text.
 * @throws {ConfigurationError} naming the variable that is missing or not valid, or a base URL that is another host's.
 */
export function readCredentialVariables<Credentials>(
  source: CredentialSource,
  variables: Readonly<Record<string, string | undefined>>,
  make: (valueOf: (variable: string) => string) => Credentials,
): Credentials {
  const { brokerName, environment, prefix, known, host } = source;
  const missing = known
    .filter(({ name, required }) => required && (variables[name] ?? '').trim() === '')
    .map(({ name }) => name);
  if (missing.length > 0) {
    throw new ConfigurationError({
      code: 'VARIABLE_MISSING',
      summary: `${brokerName} ${environment} credentials are not complete.`,
      facts: { field: missing.join(', '), found: 'nothing' },
      next: 'Set the variables, or choose a mode that needs no credentials.',
    });
  }
  const valueOf = (variable: string): string => variables[`${prefix}_${variable}`] ?? '';
  const baseUrl = valueOf('BASE_URL').trim().replace(/\/$/, '');
  if (baseUrl !== '' && baseUrl !== host) {
    throw new ConfigurationError({
      code: 'HOST_NOT_ALLOWED',
      summary: `${prefix}_BASE_URL names another host than that of ${brokerName} ${environment}.`,
      facts: { field: `${prefix}_BASE_URL`, found: 'another host', allowed: host },
      next: 'Leave it unset: the host follows from the environment.',
    });
  }
  try {
    return make(valueOf);
  } catch (error) {
    throw namingVariable(error, source);
  }
}

/** An error about a field of the credentials, with the variable that it came from. */
function namingVariable(error: unknown, { prefix, variableOf }: CredentialSource): unknown {
  if (!ConfigurationError.isInstance(error)) return error;
  const { code, summary, facts, next } = error;
  const variable = variableOf[String(facts['field'])];
  if (variable === undefined) return error;
  return new ConfigurationError({ code, summary, facts: { ...facts, field: `${prefix}_${variable}` }, next });
}
