import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeJournalFolder } from './journal-folder.ts';

/** Kills of one run. Each costs a start of Node. */
const kills = 8;

describe('a process that is killed while it writes', () => {
  it('has forgotten nothing that it said was durable, however often', { timeout: 60_000 }, async () => {
    const { file, open } = makeJournalFolder();
    let recordCount = 0;
    for (let kill = 1; kill <= kills; kill += 1) {
      const child = fork(join(import.meta.dirname, 'busy-process.ts'), [file], {
        execArgv: ['--conditions=@qts/source', '--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      let acknowledged = 0;
      const enough = new Promise<void>((resolve) => {
        child.on('message', (seq) => {
          acknowledged = Number(seq);
          if (acknowledged >= recordCount + 7 * kill) resolve();
        });
      });
      const gone = once(child, 'exit');
      await enough;
      child.kill('SIGKILL');
      await gone;
      const journal = open();
      expect(journal.opening).toMatchObject({ isNew: false, wasClosed: false });
      expect(journal.last.seq).toBeGreaterThanOrEqual(acknowledged);
      expect(await journal.verify()).toMatchObject({ ok: true });
      recordCount = journal.last.seq;
      await journal.close();
    }
    expect(recordCount).toBeGreaterThan(7 * kills);
  });
});
