import { accountCases } from './cases/account.ts';
import { ambiguousCases } from './cases/ambiguous.ts';
import { cancelCases } from './cases/cancel.ts';
import { connectCases } from './cases/connect.ts';
import { declareCases } from './cases/declare.ts';
import { fillCases } from './cases/fill.ts';
import { listCases } from './cases/list.ts';
import { quoteCases } from './cases/quote.ts';
import { rateCases } from './cases/rate.ts';
import { redactCases } from './cases/redact.ts';
import { refuseCases } from './cases/refuse.ts';
import { replaceCases } from './cases/replace.ts';
import { shutdownCases } from './cases/shutdown.ts';
import { submitCases } from './cases/submit.ts';
import { type ConformanceCase } from './conformance-case.ts';

/** Every case, in the order in which a new broker meets them. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...declareCases,
  ...connectCases,
  ...submitCases,
  ...refuseCases,
  ...cancelCases,
  ...listCases,
  ...fillCases,
  ...replaceCases,
  ...ambiguousCases,
  ...rateCases,
  ...accountCases,
  ...quoteCases,
  ...redactCases,
  ...shutdownCases,
];
