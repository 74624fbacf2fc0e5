import { dirname, join } from 'node:path';
import process, { argv, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type BenchArguments, parseArguments, usage } from './cli/parse-arguments.ts';
import { formatLostReply, summarise } from './lost-reply/print-lost-reply.ts';
import { runLostReply } from './lost-reply/run-lost-reply.ts';
import { ensurePeers } from './peers/bench-peers.ts';
import { describeMachine } from './report/machine.ts';
import { writeFigures } from './report/readme.ts';
import { formatTables } from './report/table.ts';
import { runBench } from './run-bench.ts';
import { formatSoak } from './soak/print-soak.ts';
import { runStreamSoak } from './soak/stream-soak.ts';
import { frameStubFlag, runFrameStub } from './stub/frame-stub.ts';
import { orderStubFlag, runOrderStub } from './stub/order-stub.ts';

/** `apps/bench`, seen from `src/` and from `dist/`. */
const home = dirname(dirname(fileURLToPath(import.meta.url)));
/** How this run was started: what it measures is the build, unless somebody runs the sources. */
const command = import.meta.url.endsWith('.ts') ? 'node --conditions=@qts/source src/main.ts' : 'npm run bench';
const lostReplyUsage = `npm run lost-reply -- [--json]

Loses the answer to one order in every way, on simulated venues, for us and for cluefin-openapi. Exit code: 0 when we sent
once and ended with the truth every time, 1 when not, 2 wrong arguments.`;
const soakUsage = `npm run bench -- soak [--quick] [--json]

Feeds the streams of a broker 200,000 quotes a second of 41 symbols for 60 s (--quick: 3 s), with order notices in between.
Exit code: 0 when the load was reached, every notice read in order and memory did not grow, 1 when not, 2 wrong arguments.`;
const exitCodes = { measured: 0, notMeasured: 1, usage: 2 } as const;

async function main(): Promise<number> {
  let asked: BenchArguments;
  try {
    asked = parseArguments(argv.slice(2));
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    return exitCodes.usage;
  }
  if (asked.help) {
    stdout.write(`${usage}\n`);
    return exitCodes.measured;
  }
  const tell = (line: string): void => void stderr.write(`[bench] ${line}\n`);
  const measuredAt = new Date().toISOString();
  try {
    const figures = await runBench(asked, join(home, '..', '..'), tell);
    const machine = describeMachine();
    const tables = formatTables(figures);
    const text = asked.json ? JSON.stringify({ measuredAt, machine, quick: asked.quick, figures }, null, 2) : tables;
    stdout.write(`${asked.json ? '' : `${machine}\n\n`}${text}\n`);
    if (asked.write) {
      const heading = `Seen on ${measuredAt.slice(0, 10)} with \`${command}\`: ${machine}.`;
      writeFigures(join(home, 'README.md'), heading, tables);
    }
    return exitCodes.measured;
  } catch (error) {
    tell(`not measured: ${error instanceof Error ? error.message : String(error)}`);
    return exitCodes.notMeasured;
  }
}

function asksForHelp(parameters: readonly string[]): boolean {
  return parameters.includes('--help') || parameters.includes('-h');
}

/** `lost-reply`: what clients know when the answer to an order is lost. */
async function lostReply(parameters: readonly string[]): Promise<number> {
  if (asksForHelp(parameters)) {
    stdout.write(`${lostReplyUsage}\n`);
    return exitCodes.measured;
  }
  const unknown = parameters.filter((each) => each !== '--json');
  if (unknown.length > 0) {
    stderr.write(`unknown argument: ${unknown.join(', ')}\n\n${lostReplyUsage}\n`);
    return exitCodes.usage;
  }
  const tell = (line: string): void => void stderr.write(`[lost-reply] ${line}\n`);
  const peers = ensurePeers(join(home, '..', '..', '.tools', 'bench-peers'), tell);
  const rows = await runLostReply(peers, tell);
  const json = parameters.includes('--json');
  stdout.write(
    json
      ? `${JSON.stringify({ simulated: true, rows }, null, 2)}\n`
      : `${formatLostReply(rows)}\n\n${summarise(rows)}\n`,
  );
  const kept = rows
    .filter(({ client }) => client === 'qts')
    .every(({ posts, lastTrue }) => posts === 1 && lastTrue === true);
  return kept ? exitCodes.measured : exitCodes.notMeasured;
}

/** `soak`: the streams under more than a market sends. */
async function soak(parameters: readonly string[]): Promise<number> {
  if (asksForHelp(parameters)) {
    stdout.write(`${soakUsage}\n`);
    return exitCodes.measured;
  }
  const unknown = parameters.filter((each) => each !== '--json' && each !== '--quick');
  if (unknown.length > 0) {
    stderr.write(`unknown argument: ${unknown.join(', ')}\n\n${soakUsage}\n`);
    return exitCodes.usage;
  }
  const result = await runStreamSoak(parameters.includes('--quick') ? 3 : 60, (line) => {
    stderr.write(`[soak] ${line}\n`);
  });
  stdout.write(`${parameters.includes('--json') ? JSON.stringify(result, null, 2) : formatSoak(result)}\n`);
  return result.held ? exitCodes.measured : exitCodes.notMeasured;
}

// The same program is the stubs that are talked to: a process of its own, so that it shares no event loop.
if (argv.includes(orderStubFlag)) runOrderStub();
else if (argv.includes(frameStubFlag)) runFrameStub();
else if (argv[2] === 'soak') process.exitCode = await soak(argv.slice(3));
else if (argv[2] === 'lost-reply') process.exitCode = await lostReply(argv.slice(3));
else process.exitCode = await main();
