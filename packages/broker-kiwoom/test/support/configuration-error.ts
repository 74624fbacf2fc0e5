import { ConfigurationError } from '@qts/core';

/** The configuration error that `make` throws; fails when it throws none. */
export function configurationErrorOf(make: () => unknown): ConfigurationError {
  try {
    make();
  } catch (error) {
    if (ConfigurationError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('No configuration error was thrown.');
}
