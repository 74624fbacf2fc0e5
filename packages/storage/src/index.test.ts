import { expect, it } from 'vitest';
import * as storage from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(storage)).toMatchInlineSnapshot(`
    [
      "chainFaultKinds",
      "restoreFold",
      "saveFold",
      "createMemoryJournal",
      "exportJournal",
      "verifyJournal",
      "visitJournal",
      "openSqliteJournal",
      "openStopFile",
    ]
  `);
});
