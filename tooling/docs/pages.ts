import {
  kisCapabilities,
  kisEnvironmentVariables,
  kisErrorMap,
  kisOrderDivisions,
  kisSuccessCodes,
} from '@qts/broker-kis';
import { kisCatalogue } from '@qts/broker-kis/catalogue';
import {
  kiwoomCapabilities,
  kiwoomEnvironmentVariables,
  kiwoomErrorMap,
  kiwoomOrderDivisions,
  kiwoomSuccessCodes,
} from '@qts/broker-kiwoom';
import { kiwoomCatalogue } from '@qts/broker-kiwoom/catalogue';
import { failsafeCodes } from '@qts/failsafe-codes';
import { krxRuleTables } from '@qts/krx';
import { requestKinds, venueBehaviours, venueFaults } from '@qts/venue-sim';
import { exitCodes } from '../../apps/runner/src/cli/exit-codes.ts';
import { tapeIntroduction, tapeSections } from '../../apps/runner/src/commands/tape-page.ts';
import { defaultRunnerConfig } from '../../apps/runner/src/config/runner-config.ts';
import { sessionTransitions } from '../../packages/broker-kit/src/websocket/session-states.ts';
import { capabilitiesPage, codesPage } from './broker-pages.ts';
import { type Page, page, table } from './markdown.ts';
import { operationsPage } from './operations-page.ts';
import { pitfalls } from './pitfalls.ts';

/** Every page of docs/reference that is printed from code. */
export const pages: readonly Page[] = [
  {
    file: 'safety-codes.md',
    render: () =>
      page(
        'Safety codes',
        'One code, one meaning, one operator action. Fail-safes stop trading until recovery, guardrails block one action, anomalies warn.',
        table(
          ['Code', 'Kind', 'Stage', 'Severity', 'Meaning', '뜻', 'Operator action', '운영자 조치', 'Status'],
          Object.values(failsafeCodes).map((entry) => [
            `\`${entry.code}\``,
            entry.kind,
            entry.stage,
            entry.severity,
            entry.meaning.en,
            entry.meaning.ko,
            entry.operatorAction.en,
            entry.operatorAction.ko,
            entry.status,
          ]),
        ),
      ),
  },
  {
    file: 'market-rules.md',
    render: () =>
      page(
        'Market rules',
        'What `@qts/krx` holds, with the dates on which each row is in force and how sure it is.',
        ...krxRuleTables().flatMap(({ title, columns, rows }) => [`## ${title}`, table(columns, rows)]),
      ),
  },
  {
    file: 'kis-operations.md',
    render: () =>
      operationsPage(
        'KIS operations',
        'What `@qts/broker-kis` speaks: the broker’s own names, and the TR id of each server.',
        kisCatalogue,
      ),
  },
  {
    file: 'kiwoom-operations.md',
    render: () =>
      operationsPage(
        'Kiwoom operations',
        'What `@qts/broker-kiwoom` speaks: the broker’s own names (api-ids), the same on both servers.',
        kiwoomCatalogue,
      ),
  },
  { file: 'kis-codes.md', render: () => codesPage('KIS', kisErrorMap.rows, kisSuccessCodes) },
  { file: 'kiwoom-codes.md', render: () => codesPage('Kiwoom', kiwoomErrorMap.rows, kiwoomSuccessCodes) },
  {
    file: 'kis-capabilities.md',
    render: () => capabilitiesPage('KIS', 'ORD_DVSN', kisOrderDivisions, kisCapabilities),
  },
  {
    file: 'kiwoom-capabilities.md',
    render: () => capabilitiesPage('Kiwoom', 'trde_tp', kiwoomOrderDivisions, kiwoomCapabilities),
  },
  {
    file: 'venue-behaviours.md',
    render: () =>
      page(
        'What the simulated venue does, and how we know',
        '`published`: a document, notice, sample or code table of the broker or the exchange. `observed`: recorded traffic or reports. `assumed`: nobody has said; chosen by us.',
        table(
          ['Area', 'Behaviour', 'Evidence', 'Source'],
          venueBehaviours.map((row) => [row.area, row.behaviour, row.evidence, row.source]),
        ),
      ),
  },
  {
    file: 'venue-faults.md',
    render: () =>
      page(
        'Faults of the simulated venue',
        'What `venue.faults` can let go wrong, one request or message at a time, for a while, or by chance from a seed. `R…` (requests) and `W…` (WebSocket) are the numbers in the fault catalogue of the project; a fault without one goes by its name. All of it is simulated; `Evidence` says how sure it is that a broker or a network does this.',
        '**Accepted**: `BEFORE` — the exchange never hears of the request; `AFTER` — it acts at once, as usual; `LATE` — it acts when the client has lost its answer; `ANY` — goes along with each of them. **Takes**: a request has at most one fault that takes it `WHOLE` and any number `BESIDE` it. Times are those of the venue’s clock.',
        table(
          ['Fault', 'What happens', 'Accepted', 'Applies to', 'Takes', 'Lasts', 'Needs a socket', 'Evidence', 'Source'],
          venueFaults.map((row) => [
            `\`${row.id}\``,
            row.does,
            row.acceptance,
            row.appliesTo.length === requestKinds.length ? 'everything' : row.appliesTo.join(', '),
            row.takes,
            row.lasts,
            row.needsSocket ? 'yes' : '',
            row.evidence,
            row.source,
          ]),
        ),
        '## Parameters',
        'Whole numbers. `Usual` is what a plan gets that does not say; a swarm draws from `Drawn`.',
        table(
          ['Fault', 'Parameter', 'Meaning', 'From', 'To', 'Usual', 'Drawn'],
          venueFaults.flatMap((row) =>
            row.parameters.map(({ name, meaning, min, max, usual, drawn }) => [
              `\`${row.id}\``,
              `\`${name}\``,
              meaning,
              min,
              max,
              usual,
              drawn.join(' to '),
            ]),
          ),
        ),
      ),
  },
  { file: 'tape-agreement.md', render: () => page('Tape agreement', tapeIntroduction, ...tapeSections(table)) },
  {
    file: 'configuration.md',
    render: () =>
      page(
        'Configuration',
        'One YAML file (`qts.yaml`, or `--config FILE`), checked whole before anything starts. Everything has the default shown here. Symbols and dates stand in quotes. Secrets are never in it.',
        ['```yaml', ...yamlOf(defaultRunnerConfig()), '```'].join('\n'),
        '## Environment variables',
        'From the process or from a `.env` of mode 0600; the process wins.',
        table(
          ['Variable', 'Meaning', 'Required', 'Secret'],
          [
            ...[kisEnvironmentVariables, kiwoomEnvironmentVariables]
              .flatMap((variables) => Object.values(variables).flat())
              .map(({ name, meaning, required, secret }) => [`\`${name}\``, meaning, required, secret] as const),
            [
              '`QTS_BROKER_ID`',
              'Broker of the run, before `broker` here; of the process alone, not of `.env`. A `--broker` that differs is refused',
              false,
              false,
            ],
            ['`QTS_FALLBACK_BROKER_ID`', 'Read and checked, not acted on yet', false, false],
            ['`QTS_LIVE_ACK`', 'Live only: `I_UNDERSTAND_LIVE_TRADING`', 'live', false],
            ['`ENABLE_REAL_ORDER`', 'Live only: `Y`', 'live', false],
            ['`QTS_RUN_REAL_BROKER`', '`1` runs the suites that touch a broker', false, false],
          ],
        ),
      ),
  },
  {
    file: 'stream-session.md',
    render: () =>
      page(
        'Stream session',
        'The life of a WebSocket session, printed from the table by which `@qts/broker-kit` moves. What is not here does not happen.',
        [
          '```mermaid',
          'stateDiagram-v2',
          '  [*] --> IDLE',
          ...sessionTransitions.map(({ from, on, to }) => `  ${from} --> ${to}: ${on}`),
          '  CLOSED --> [*]',
          '```',
        ].join('\n'),
        table(
          ['From', 'On', 'To', 'Meaning'],
          sessionTransitions.map(({ from, on, to, meaning }) => [from, on, to, meaning]),
        ),
      ),
  },
  {
    file: 'pitfalls.md',
    render: () =>
      page(
        'Pitfalls, and the tests that hold them',
        'What must hold of an order system over these brokers (domain reference, 13), and where that is tested. `NOT BUILT`: what could break the rule does not exist, and the test holds that. A test of the tools sees that every test named here is there.',
        table(
          ['#', 'Must hold', 'State', 'Tests', 'What they do not show'],
          pitfalls.map(({ row, mustHold, state, tests, remark }) => [
            row,
            mustHold,
            state === 'HELD' ? 'held' : '**not built**',
            tests.map(({ file, title }) => `\`${file}\`: ${title}`).join('<br>'),
            remark,
          ]),
        ),
      ),
  },
  {
    file: 'exit-codes.md',
    render: () =>
      page(
        'Exit codes',
        'How `qts` (and so `npm start`) ends.',
        table(
          ['Code', 'Meaning'],
          Object.values(exitCodes).map(({ code, meaning }) => [code, meaning]),
        ),
      ),
  },
];

function yamlOf(value: object, indent = ''): readonly string[] {
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) => {
    if (Array.isArray(each)) return [`${indent}${key}: [${each.map((item) => JSON.stringify(item)).join(', ')}]`];
    if (typeof each !== 'object' || each === null) return [`${indent}${key}: ${JSON.stringify(each)}`];
    const lines = yamlOf(each, `${indent}  `);
    return lines.length === 0 ? [`${indent}${key}: {}`] : [`${indent}${key}:`, ...lines];
  });
}
