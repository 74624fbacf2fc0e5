import { beforeAndAfter, commandOperations, fault, tokenOperations, type FaultRow } from './venue-fault.ts';

export const gatewayFaultIds = [
  'R17-unlisted-refusal',
  'R22-rate-limit-under-200',
  'R22-rate-limit-under-500',
  'R24-rate-limit-storm',
  'R25-token-expired',
  'R26-token-revoked-before-accept',
  'R26-token-revoked-after-accept',
  'R27-token-issue-refused',
  'ledger-limit',
  'ledger-limit-storm',
  'transaction-timeout-before-accept',
  'transaction-timeout-after-accept',
] as const;
export type GatewayFaultId = (typeof gatewayFaultIds)[number];

const storm = {
  lasts: 'WINDOW',
  parameters: [
    {
      name: 'durationMs',
      meaning: 'of the storm',
      min: 1,
      max: 3_600_000,
      usual: 60_000,
      drawn: [2000, 60_000],
    },
  ],
} as const;

const limitSource =
  'KIS: seen with HTTP 500 and reported with 200, at the nominal rate too; Kiwoom: captured with 429, under 200 assumed';
const ledgerSource = 'published for inquire-balance (120 a second over all customers); for other ledger reads assumed';

/** Refusals in the broker's own words, given when there is no cause for them. */
export const gatewayFaults: Readonly<Record<GatewayFaultId, FaultRow>> = {
  'R17-unlisted-refusal': fault({
    does: 'an order is refused with a code that no table has (simulated: APBK9999, 999999)',
    acceptance: 'BEFORE',
    appliesTo: commandOperations,
    answer: 'UNLISTED_REFUSAL',
    evidence: 'assumed',
    source: 'the broker adds codes without notice; this one is ours',
  }),
  'R22-rate-limit-under-200': fault({
    does: 'too many calls, with HTTP 200 (KIS: EGW00201, Kiwoom: 1700)',
    acceptance: 'BEFORE',
    appliesTo: tokenOperations,
    answer: 'RATE_LIMIT_UNDER_200',
    evidence: 'observed',
    source: limitSource,
  }),
  'R22-rate-limit-under-500': fault({
    does: 'too many calls (KIS: EGW00201 with HTTP 500, Kiwoom: 1700 with HTTP 429)',
    acceptance: 'BEFORE',
    appliesTo: tokenOperations,
    answer: 'RATE_LIMIT',
    evidence: 'observed',
    source: limitSource,
  }),
  'R24-rate-limit-storm': fault({
    ...storm,
    does: 'too many calls, said to every call for a while (EGW00201, 1700)',
    acceptance: 'BEFORE',
    appliesTo: tokenOperations,
    answer: 'RATE_LIMIT',
    evidence: 'assumed',
    source: `${limitSource}; the length is assumed`,
  }),
  'R25-token-expired': fault({
    does: 'the token is called expired although it is not (EGW00123, 8005); the next call with it passes',
    acceptance: 'BEFORE',
    appliesTo: tokenOperations,
    answer: 'TOKEN_EXPIRED',
    evidence: 'observed',
    source: 'requests at the boundary have been refused; the code is the broker’s',
  }),
  'R26-token-revoked-before-accept': fault({
    does: 'the token of the request is revoked as it arrives; it stays dead',
    acceptance: 'BEFORE',
    appliesTo: tokenOperations,
    answer: 'TOKEN_REVOKED',
    evidence: 'observed',
    source: 'maintenance may revoke early (reported); the codes EGW00121 and 8005 are assumed',
  }),
  'R26-token-revoked-after-accept': fault({
    does: 'the token of the request is revoked when the request is done; the next call with it is refused',
    acceptance: 'AFTER',
    appliesTo: tokenOperations,
    takes: 'BESIDE',
    evidence: 'observed',
    source: 'maintenance may revoke early (reported)',
  }),
  'R27-token-issue-refused': fault({
    does: 'the issue of a token is refused (EGW00133, 1700), however long ago the last one was',
    acceptance: 'BEFORE',
    appliesTo: ['TOKEN'],
    answer: 'TOKEN_TOO_OFTEN',
    evidence: 'observed',
    source: 'still refused 8.8 minutes after repeated attempts (measured)',
  }),
  'ledger-limit': fault({
    does: 'a read of the ledger is refused because of all customers together (EGW00215, 1701)',
    acceptance: 'BEFORE',
    appliesTo: ['ORDER_LIST', 'ACCOUNT'],
    answer: 'LEDGER_LIMIT',
    evidence: 'published',
    source: ledgerSource,
  }),
  'ledger-limit-storm': fault({
    ...storm,
    does: 'every read of the ledger is refused so, for a while (EGW00215, 1701)',
    acceptance: 'BEFORE',
    appliesTo: ['ORDER_LIST', 'ACCOUNT'],
    answer: 'LEDGER_LIMIT',
    evidence: 'assumed',
    source: `${ledgerSource}; the length is assumed`,
  }),
  ...beforeAndAfter('transaction-timeout-before-accept', 'transaction-timeout-after-accept', {
    does: 'the gateway lost the ledger: EGW00302, check the previous transaction (Kiwoom: 1999)',
    appliesTo: tokenOperations,
    answer: 'TRANSACTION_TIMEOUT',
    evidence: 'published',
    source: 'broker table of codes; HTTP 500 and the wording are assumed',
  }),
};
