/** A test that holds a row: its file and its title, as it stands there. */
export interface HoldingTest {
  readonly file: string;
  readonly title: string;
}

/** One row of the pitfall catalogue (domain.md 13). */
export interface Pitfall {
  readonly row: number;
  readonly mustHold: string;
  /** `NOT_BUILT`: what could break the rule does not exist; the tests hold that. */
  readonly state: 'HELD' | 'NOT_BUILT';
  readonly tests: readonly HoldingTest[];
  /** What the tests do not show. */
  readonly remark?: string;
}

const held = (file: string, ...titles: readonly string[]): readonly HoldingTest[] =>
  titles.map((title) => ({ file, title }));

/** What must hold, and the tests that hold it. A test of tooling sees that every one of them is there. */
export const pitfalls: readonly Pitfall[] = [
  {
    row: 1,
    mustHold: 'LOCKDOWN never leaves without operator approval, whatever events arrive',
    state: 'HELD',
    tests: held(
      'packages/engine/src/safety/safety-machine.test.ts',
      'never leaves LOCKDOWN without operator approval, whatever events arrive',
    ),
  },
  {
    row: 2,
    mustHold: 'Every emitted safety code exists in the catalogue; codes are unique',
    state: 'HELD',
    tests: [
      ...held('tooling/test/emitted-codes.test.ts', 'are all in the registry, and active'),
      ...held(
        'packages/failsafe-codes/src/failsafe-codes.test.ts',
        'has no code twice, and a row for every code and nothing else',
      ),
    ],
    remark: 'Found in sources as text; a code that is put together at run time would not be',
  },
  {
    row: 3,
    mustHold: 'Adapter exceptions count toward the consecutive-failure guard; NOOP does not',
    state: 'HELD',
    tests: held(
      'packages/engine/src/brokers/live-broker.test.ts',
      'counts an engine that throws, and answers that the order may be live',
      'does not count NOOPs, and answers them when it is blocked',
    ),
  },
  {
    row: 4,
    mustHold: 'Blocked engine performs no adapter call',
    state: 'HELD',
    tests: held(
      'packages/engine/src/brokers/live-broker.test.ts',
      'leaves the broker alone after three failures in a row, and answers failsafe with FS040',
    ),
    remark: 'Cancels are called in every state, by design',
  },
  {
    row: 5,
    mustHold: 'Unknown side or type is an error, never SELL or MARKET',
    state: 'HELD',
    tests: held('packages/core/src/parse-execution-intent.test.ts', 'refuses %s'),
  },
  {
    row: 6,
    mustHold: 'LIMIT without price is refused before any network call',
    state: 'HELD',
    tests: held('packages/bridge/src/bridge.test.ts', 'refuses a LIMIT without a price before anything is sent'),
  },
  {
    row: 7,
    mustHold: 'Timeout on submission yields UNKNOWN and a reconcile task; no second submission',
    state: 'HELD',
    tests: [
      ...held(
        'packages/engine/src/gateway/order-gateway.test.ts',
        'denies new orders of the symbol, never sends again, and lets other symbols and cancels pass',
      ),
      ...held(
        'packages/engine/src/unknown/unknown-resolver.test.ts',
        'is adopted as soon as a complete list shows it, and trades on',
      ),
      ...held(
        'packages/engine/src/unknown/unknown-resolver.property.test.ts',
        'never takes a stranger’s order for ours, never loses one of ours, and never sends one twice',
      ),
    ],
  },
  {
    row: 8,
    mustHold: 'An accepted order is never reported as filled; filled quantity comes only from executions',
    state: 'HELD',
    tests: [
      ...held('packages/bridge/src/bridge.test.ts', 'answers an accepted order as queued, never as filled'),
      ...held(
        'packages/engine/src/orders/order-tracker.test.ts',
        'never takes an accepted order for a filled one',
        'takes fills from the broker’s cumulative figures, each once',
      ),
    ],
  },
  {
    row: 9,
    mustHold: 'Same intent id twice → one broker call',
    state: 'HELD',
    tests: held(
      'packages/engine/src/gateway/order-gateway.test.ts',
      'calls the broker once when asked twice, also while the first answer is awaited',
      'calls the broker once per id, however calls and answers interleave',
    ),
  },
  {
    row: 10,
    mustHold: 'PAPER/SIM/VIRTUAL can never construct or reach a live host',
    state: 'HELD',
    tests: [
      ...held(
        'packages/broker-kis/src/kis-settings.test.ts',
        'fixes the host, and the host alone',
        'takes no simulated venue at %s',
        'makes no live broker without the approval of the live gate for this broker',
      ),
      ...held(
        'packages/broker-kiwoom/src/kiwoom-settings.test.ts',
        'fixes the host, and the host alone: no paper key ever goes to the live one',
        'takes no simulated venue at %s',
        'makes no live broker without the approval of the live gate for this broker',
      ),
    ],
  },
  {
    row: 11,
    mustHold: 'KIS paper and real ids, hosts, keys are never mixed; side only by TR id',
    state: 'HELD',
    tests: [
      ...held('packages/broker-kis/src/kis-settings.test.ts', 'has no TR id of the other one'),
      ...held(
        'packages/broker-kis/src/kis-operations.test.ts',
        'gives paper the live id with a V in front, where it has an id of its own',
      ),
      ...held('packages/broker-kis/test/mock/orders.test.ts', 'carries the side in the TR id alone'),
      ...held(
        'packages/broker-kit/src/tokens/token-store-key.test.ts',
        'never finds the token of the other environment, of another broker or of another key',
      ),
    ],
  },
  {
    row: 12,
    mustHold: 'KIS cancel carries organisation number, original number, all-quantity flag, venue',
    state: 'HELD',
    tests: held(
      'packages/broker-kis/test/mock/orders.test.ts',
      'carries branch, original number, division, the all-quantity flag and the venue',
    ),
  },
  {
    row: 13,
    mustHold: 'Kiwoom query never uses an order command; cancel carries symbol, venue, original number',
    state: 'HELD',
    tests: held(
      'packages/broker-kiwoom/test/mock/orders.test.ts',
      'is the only command that leaves: lists and single orders are read by queries',
      'carries the venue, the original number, the symbol, and a zero for all that remains',
    ),
  },
  {
    row: 14,
    mustHold: 'Kiwoom expiry is interpreted in KST on any machine zone',
    state: 'HELD',
    tests: held(
      'packages/broker-kiwoom/src/auth/au10001.test.ts',
      'ends at the Korean time that the broker names, on every machine',
    ),
  },
  {
    row: 15,
    mustHold: 'Signed price text is parsed as magnitude; zero-padded numbers parse exactly',
    state: 'HELD',
    tests: held(
      'packages/broker-kiwoom/src/wire-fields.test.ts',
      'reads the same at every width: as a magnitude where the sign is direction, as itself where it is real',
    ),
  },
  {
    row: 16,
    mustHold: 'Concurrent callers cause one token request; a 401 burst causes one refresh',
    state: 'HELD',
    tests: [
      ...held(
        'packages/broker-kit/src/tokens/token-cache.test.ts',
        'asks once for all who wait, then answers at once and without a promise',
        'leads to one renewal, however many requests were refused',
      ),
      ...held(
        'packages/broker-kis/test/mock/tokens-and-limits.test.ts',
        'is asked for once by fifty callers at a time',
        'that the broker refuses is renewed once, and the read repeated once',
      ),
    ],
  },
  {
    row: 17,
    mustHold: 'Rate limiter is shared per app key across queries and orders',
    state: 'HELD',
    tests: held(
      'packages/broker-kis/test/mock/tokens-and-limits.test.ts',
      'of paper is one for queries and orders together',
    ),
    remark:
      'Per broker object, which has one app key; two objects of one key in one process share nothing. Kiwoom limits each api-id by itself',
  },
  {
    row: 18,
    mustHold: 'WebSocket reconnect restores all subscriptions and re-reads open orders (gap fill)',
    state: 'HELD',
    tests: [
      ...held(
        'packages/broker-kit/src/websocket/stream-session.test.ts',
        'registers everything again after a loss, with backoff from one second up',
      ),
      ...held(
        'packages/broker-kit/src/streams/order-stream-hub.test.ts',
        'says what was missed in a reconnect, reads it, and then goes on in order',
      ),
      ...held(
        'apps/runner/test/mock/stream-day.test.ts',
        'counts every fill once, reports and repairs every gap, and ends with equal books',
      ),
    ],
  },
  {
    row: 19,
    mustHold: 'Duplicate and out-of-order fill notices do not change totals twice',
    state: 'HELD',
    tests: [
      ...held(
        'packages/engine/src/order-feed/provisional-fills.property.test.ts',
        'end in the same order, book and provisional figures whatever their order, repeats and holes',
      ),
      ...held(
        'packages/engine/src/orders/order-tracker.test.ts',
        'ends with the same fills and sums whatever the order and repetition of lists',
      ),
      ...held('packages/broker-kis/test/mock/streams.test.ts', 'count every fill once under %s, and say what happened'),
      ...held(
        'packages/broker-kiwoom/test/mock/streams.test.ts',
        'count every fill once under %s, and say what happened',
      ),
    ],
  },
  {
    row: 20,
    mustHold: 'Own fills come from the order-notice stream, never the public trade stream',
    state: 'HELD',
    tests: [
      ...held(
        'packages/broker-kis/test/mock/streams.test.ts',
        'tell no fill of a public trade of our issue at our price, only of the trade that was ours',
      ),
      ...held(
        'packages/broker-kiwoom/test/mock/streams.test.ts',
        'tell no fill of a public trade of our issue at our price, only of the trade that was ours',
      ),
      ...held(
        'packages/engine/test/mock/order-feed.test.ts',
        'takes no fill from a public trade, even one at the price and of the quantity of our order',
      ),
    ],
  },
  {
    row: 21,
    mustHold: 'No log line, error, or snapshot contains account number, token, key, or approval key',
    state: 'HELD',
    tests: [
      ...held(
        'packages/broker-kis/test/mock/canary.test.ts',
        'reaches a response, an error or the log after %s',
        'would be found if one did',
      ),
      ...held(
        'packages/broker-kiwoom/test/mock/canary.test.ts',
        'reaches a response, an error or the log after %s',
        'would be found if one did',
      ),
      ...held(
        'packages/storage/test/mock/secrets.test.ts',
        'is hidden in an id and in a snapshot, and shown by no error',
        'would be found by this search',
      ),
      ...held('tooling/test/canary-scan.test.ts', 'finds a planted $kind, $encoding, wherever in a text it stands'),
    ],
  },
  {
    row: 22,
    mustHold: 'Loop backoff triggers on error results as well as on exceptions',
    state: 'HELD',
    tests: held(
      'packages/pipeline/src/loop.test.ts',
      'waits the constant backoff after an error result as after an exception',
    ),
  },
  {
    row: 23,
    mustHold: 'Boolean configuration fails closed on unknown spellings',
    state: 'HELD',
    tests: [
      ...held('packages/core/src/parse-switch.test.ts', 'does not guess at %j'),
      ...held('packages/engine/src/live/live-gate.test.ts', 'takes no spelling but Y for yes'),
    ],
  },
  {
    row: 24,
    mustHold: 'Every failed order maps to exactly one safety record',
    state: 'HELD',
    tests: held('packages/engine/src/gateway/order-gateway.test.ts', 'makes exactly one safety record of %s'),
  },
  {
    row: 25,
    mustHold: 'Unreachable broker during failover never causes a duplicate at the second broker',
    state: 'NOT_BUILT',
    tests: held(
      'packages/engine/src/brokers/no-failover.test.ts',
      'asks nothing of the fallback broker when its own %s',
    ),
    remark: 'There is no failover: the id of the fallback broker is read and checked, and never acted on',
  },
  {
    row: 26,
    mustHold: 'Real-broker tests are skipped by default and able to fail when enabled',
    state: 'HELD',
    tests: held(
      'packages/broker-conformance/src/real-broker/run-real-broker-check.test.ts',
      'skips every check, and says why, unless somebody asked for it',
      'fails when it was asked for and no environment has credentials',
      'fails with credentials that are not usable',
    ),
    remark: 'No check has run against a real broker yet: nobody here has credentials',
  },
];
