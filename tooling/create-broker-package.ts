/** The package of a new broker, made from the templates in `create-broker/`. */
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const templates = join(import.meta.dirname, 'create-broker');
const ending = '.tmpl';

/** The files of a new package, with `x` for the broker's id, sorted. */
export const scaffoldFiles: readonly string[] = globSync(`**/*${ending}`, { cwd: templates })
  .map((file) => file.slice(0, -ending.length).replaceAll('__id__', 'x'))
  .toSorted();

/** Why an id cannot be that of a new broker, with the remedy; `undefined` when it can. */
export function findIdProblem(root: string, id: string): string | undefined {
  if (id === '') return 'the id of the broker is missing; lower-case letters and digits, for example demo.';
  if (!/^[a-z][a-z0-9]{2,19}$/.test(id)) {
    return `"${id}" is no id: 3 to 20 lower-case letters and digits, a letter first, for example demo.`;
  }
  if (existsSync(join(root, 'packages', `broker-${id}`))) {
    return `"${id}" is taken: packages/broker-${id} is there. Choose another id, or go on in that package.`;
  }
  // Twins are found by putting x for the id in file names: an id that is a part of one would make another file of it.
  const part = scaffoldFiles.find((file) => file.includes(id));
  return part === undefined ? undefined : `"${id}" is a part of the file name ${part}. Choose another id.`;
}

/**
 * Writes `packages/broker-<id>` below `root`, whole or not at all: everything is made in a folder beside it, which then
 * gets the name.
 *
 * @returns the files of the package, sorted.
 * @throws when the id is not one ({@link findIdProblem}), or a file cannot be written; nothing is left behind.
 */
export async function writeBrokerPackage(root: string, id: string): Promise<readonly string[]> {
  const problem = findIdProblem(root, id);
  if (problem !== undefined) throw new Error(problem);
  const packages = join(root, 'packages');
  mkdirSync(packages, { recursive: true });
  // On the same disk as its place, and outside the pattern of the workspace's packages by its leading dot.
  const draft = mkdtempSync(join(packages, '.create-broker-'));
  try {
    const files: string[] = [];
    for (const template of globSync(`**/*${ending}`, { cwd: templates })) {
      const file = fill(template.slice(0, -ending.length), id);
      const path = join(draft, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await layOut(file, fill(readFileSync(join(templates, template), 'utf8'), id)));
      files.push(file);
    }
    chmodSync(draft, 0o755); // A temporary folder is its owner's alone.
    renameSync(draft, join(packages, `broker-${id}`));
    return files.toSorted();
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Puts the id in its place, in the three ways in which code spells it. */
function fill(text: string, id: string): string {
  return text
    .replaceAll('__id__', id)
    .replaceAll('__Id__', `${id.charAt(0).toUpperCase()}${id.slice(1)}`)
    .replaceAll('__ID__', id.toUpperCase());
}

/** Lines break where the id makes them break: the length of an id is not known when a template is written. */
async function layOut(file: string, text: string): Promise<string> {
  const settings = await resolveConfig(join(templates, file));
  return format(text, { ...settings, filepath: file });
}
