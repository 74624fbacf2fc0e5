/**
 * The broker packages mirror each other file by file, so that who knows one knows the other. Here stands what does not:
 * every source file without a twin, with the reason. A new one needs a row; a row that nothing needs is an error too.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The packages that are compared; the first is the model. A third broker is not among them while it is being written: its
 * scaffold has the files that both have (tooling/create-broker.ts), and its id is added here when its suite is green.
 */
export const brokerIds = ['kis', 'kiwoom'] as const;
export type BrokerId = (typeof brokerIds)[number];
export type TwinFiles = Readonly<Record<BrokerId, ReadonlySet<string>>>;

/** A file, or a folder that ends in `/`, that only one of the packages has; `x` stands for the broker's id. */
export interface TwinException {
  readonly only: BrokerId | 'both';
  readonly path: string;
  readonly why: string;
}

export const twinExceptions: readonly TwinException[] = [
  { only: 'both', path: 'src/rest/', why: 'one file for each operation, under the broker’s own name' },
  { only: 'both', path: 'src/auth/', why: 'one file for each operation, under the broker’s own name' },
  { only: 'both', path: 'src/catalogue/', why: 'texts about operations, grouped as the broker groups them' },
  { only: 'kis', path: 'src/error-map/ops-queue.ts', why: 'codes of a queue that Kiwoom does not have' },
  { only: 'kis', path: 'src/error-map/quotes.ts', why: 'codes of a quote server that Kiwoom does not have' },
  {
    only: 'kis',
    path: 'src/stream/notice-cipher.ts',
    why: 'notices of KIS are encrypted, those of Kiwoom travel under TLS',
  },
  { only: 'kiwoom', path: 'src/x-ticks.ts', why: 'KIS tells the tick of an issue, Kiwoom does not' },
  { only: 'kiwoom', path: 'src/x-times.ts', why: 'two forms of a time, shared by lists and charts' },
];

/** Source files of a broker package, with `x` for the broker's id; tests are left out, they follow what they test. */
export function sourceFiles(root: string, id: string): ReadonlySet<string> {
  const files = globSync('src/**/*.ts', { cwd: join(root, 'packages', `broker-${id}`) });
  return new Set(files.filter((file) => !file.endsWith('.test.ts')).map((file) => file.replaceAll(id, 'x')));
}

/** The source files of every package that is compared; what else stands in `packages/` is nobody's twin. */
export function twinFiles(root: string): TwinFiles {
  return Object.fromEntries(brokerIds.map((id) => [id, sourceFiles(root, id)])) as TwinFiles;
}

/** What is not as the table says, one sentence each; empty when the packages are twins. */
export function findTwinProblems(
  files: TwinFiles,
  exceptions: readonly TwinException[] = twinExceptions,
): readonly string[] {
  const problems: string[] = [];
  const needed = new Set<TwinException>();
  for (const id of brokerIds) {
    for (const other of brokerIds) {
      if (other === id) continue;
      for (const file of files[id]) {
        if (files[other].has(file)) continue;
        const exception = exceptions.find((each) => covers(each, id, file));
        if (exception === undefined) {
          problems.push(
            `broker-${id} has ${file.replaceAll('x-', `${id}-`)} and broker-${other} has no twin of it. ` +
              'Write the twin, or a row in tooling/broker-twins.ts that says why there is none.',
          );
        } else needed.add(exception);
      }
    }
  }
  for (const each of exceptions) {
    if (!needed.has(each))
      problems.push(`The exception for ${each.path} (${each.only}) is needed by nothing: delete it.`);
  }
  return problems;
}

function covers({ only, path }: TwinException, id: BrokerId, file: string): boolean {
  return (only === 'both' || only === id) && (path.endsWith('/') ? file.startsWith(path) : file === path);
}
