import { inspect } from 'node:util';
import { cancel, list, order, place, placed, replace, samsung } from '../case-steps.ts';
import { checkMatches, checkThat } from '../check.ts';
import { type ConformanceCase } from '../conformance-case.ts';
import { type ConformanceBench, type ConformanceFault } from '../conformance-target.ts';

/** Every form in which a text might slip out. */
function formsOf(text: string): readonly string[] {
  return [
    text,
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('hex'),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
  ];
}

function leaks(bench: ConformanceBench, value: unknown): readonly string[] {
  const error = value instanceof Error ? `${value.stack ?? ''} ${inspect(value.cause, { depth: 12 })}` : '';
  const text = `${inspect(value, { depth: 12, showHidden: true })} ${error} ${JSON.stringify(value)}`;
  return bench.secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}

const unkind: readonly ConformanceFault[] = [
  'html-after',
  'error-500-after',
  'half-json-after',
  'unlisted-refusal',
  'drop-after',
];

/** What must never come out. */
export const redactCases: readonly ConformanceCase[] = [
  {
    id: 'REDACT-010',
    promise: 'answers and references carry no key and no account number',
    reason: 'they are journalled and printed',
    async run(bench) {
      const target = await placed(bench);
      const seen = [target, await replace(bench, target), await cancel(bench, target), await list(bench)];
      checkMatches(
        seen.flatMap((each) => leaks(bench, each)),
        [],
        'secrets in answers',
      );
    },
  },
  {
    id: 'REDACT-020',
    promise: 'errors and unknown outcomes carry none either',
    reason: 'errors are what people paste into a forum',
    async run(bench) {
      await list(bench);
      const seen: unknown[] = [];
      for (const fault of unkind) {
        bench.venue.strike(fault, 'PLACE');
        seen.push(await place(bench, order()));
      }
      bench.venue.strike('html-after', 'LIST', Infinity);
      seen.push(await list(bench).catch((error: unknown) => error));
      checkMatches(
        seen.flatMap((each) => leaks(bench, each)),
        [],
        'secrets in errors',
      );
    },
  },
  {
    id: 'REDACT-030',
    promise: 'the log carries none, whatever happens',
    reason: 'logs are copied to places that nobody guards',
    async run(bench) {
      const target = await placed(bench);
      await cancel(bench, target);
      for (const fault of unkind) {
        bench.venue.strike(fault, 'PLACE');
        await place(bench, order());
      }
      await bench.settle(bench.broker.quotes.getQuote({ symbol: samsung }));
      checkMatches(leaks(bench, bench.logger.entries), [], 'secrets in the log');
    },
  },
  {
    id: 'REDACT-040',
    promise: 'printing the broker itself shows none',
    reason: 'a debugger’s line is a log line',
    async run(bench) {
      await list(bench);
      const text = inspect(bench.broker, { depth: 12, showHidden: true, getters: true });
      checkThat(
        bench.secrets.every((secret) => formsOf(secret).every((form) => !text.includes(form))),
        'no secret is shown',
      );
    },
  },
];
