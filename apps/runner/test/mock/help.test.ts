import { expect, it } from 'vitest';
import { makeFolder, startProgram } from './program.ts';

it('the first help that somebody reads lists the options of a run', async () => {
  const folder = makeFolder();
  const { out } = await startProgram(folder.path, ['--help']).ended;
  folder.remove();
  for (const option of ['--strategy', '--seed', '--config', '--json']) expect(out).toContain(option);
});
