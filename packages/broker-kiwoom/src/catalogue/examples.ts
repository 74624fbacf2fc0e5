import { type OperationExample } from '@qts/broker-kit';
import ka10001 from '../../test/fixtures/rest/ka10001-live-session.json' with { type: 'json' };
import ka10003 from '../../test/fixtures/rest/ka10003-trades.json' with { type: 'json' };
import ka10004 from '../../test/fixtures/rest/ka10004-sample.json' with { type: 'json' };
import ka10007 from '../../test/fixtures/rest/ka10007-unified-book.json' with { type: 'json' };
import ka10075Empty from '../../test/fixtures/rest/ka10075-empty.json' with { type: 'json' };
import ka10075 from '../../test/fixtures/rest/ka10075-open.json' with { type: 'json' };
import ka10076 from '../../test/fixtures/rest/ka10076-fills.json' with { type: 'json' };
import ka10080 from '../../test/fixtures/rest/ka10080-minute.json' with { type: 'json' };
import ka10081 from '../../test/fixtures/rest/ka10081-daily.json' with { type: 'json' };
import ka10099 from '../../test/fixtures/rest/ka10099-halted-row.json' with { type: 'json' };
import kt00001 from '../../test/fixtures/rest/kt00001-deposit.json' with { type: 'json' };
import kt00007 from '../../test/fixtures/rest/kt00007-order-detail.json' with { type: 'json' };
import kt00010 from '../../test/fixtures/rest/kt00010-order-power.json' with { type: 'json' };
import kt00018 from '../../test/fixtures/rest/kt00018-balance.json' with { type: 'json' };
import kt10000Accepted from '../../test/fixtures/rest/kt10000-accepted-mock.json' with { type: 'json' };
import kt10000 from '../../test/fixtures/rest/kt10000-sample.json' with { type: 'json' };
import kt10002 from '../../test/fixtures/rest/kt10002-ok.json' with { type: 'json' };

/** A file of test/fixtures/rest. The build puts its content into the package, so an example cannot differ from it. */
interface Fixture {
  readonly origin: string;
  readonly kind: string;
  readonly env: string;
  readonly note?: string;
  readonly request: {
    readonly headers: { readonly 'api-id': string };
    readonly body?: Readonly<Record<string, string>>;
  };
  readonly response: { readonly body: unknown };
}

const fixtures: readonly Fixture[] = [
  kt10000,
  kt10000Accepted,
  kt10002,
  ka10075,
  ka10075Empty,
  ka10076,
  kt00007,
  kt00001,
  kt00010,
  kt00018,
  ka10001,
  ka10003,
  ka10004,
  ka10007,
  ka10080,
  ka10081,
  ka10099,
];

/** What Kiwoom really sent, or printed in its guide, for an operation; empty when nobody has published anything. */
export function examplesOf(apiId: string): readonly OperationExample[] {
  return fixtures
    .filter(({ request }) => request.headers['api-id'] === apiId)
    .map(({ origin, kind, env, note, request, response }) => ({
      origin: `${kind}, ${env}: ${origin}${note === undefined ? '' : ` (${note})`}`,
      ...(request.body === undefined ? {} : { request: request.body }),
      answer: response.body,
    }));
}
