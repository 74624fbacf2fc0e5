import { type SimulatedAccount } from '../simulated-accounts.ts';

/** Places where secrets may slip out, by their names. */
export type Told = Readonly<Record<string, string>>;

/** The secrets of an account. Every token of the day is one. */
function secretsOf(account: SimulatedAccount, tokens: readonly string[]): readonly (readonly [string, string])[] {
  const { appKey, appSecret, accountNumber, htsId } = account;
  const digits = accountNumber.replace('-', '');
  return [
    ['app key', appKey],
    ['app secret', appSecret],
    ['account number', digits.slice(0, 8)],
    ['whole account number', digits],
    ['account number as printed', accountNumber],
    ['HTS id', htsId],
    ...tokens.map((token) => ['access token', token] as const),
  ];
}

/** A secret in the forms in which it could slip out. */
function formsOf([name, text]: readonly [string, string]): readonly (readonly [string, string])[] {
  return [
    [name, text],
    [`${name} in base64`, Buffer.from(text).toString('base64').replace(/=+$/, '')],
    [`${name} in hex`, Buffer.from(text).toString('hex')],
    [`${name} in a URL`, encodeURIComponent(text)],
    [`${name} in JSON`, JSON.stringify(text).slice(1, -1)],
  ];
}

/** What of an account's secrets stands where it must not (I11). */
export function findCanaries(account: SimulatedAccount, tokens: readonly string[], told: Told): readonly string[] {
  const canaries = secretsOf(account, tokens).flatMap(formsOf);
  return Object.entries(told).flatMap(([where, text]) =>
    canaries.filter(([, canary]) => text.includes(canary)).map(([name]) => `the ${name} stands in the ${where}`),
  );
}
