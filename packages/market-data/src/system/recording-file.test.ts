import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRecordingFile, readRecordingFile } from './recording-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qts-recording-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('is written a line at a time, and only its owner may read it', async () => {
  const path = join(folder, 'day.jsonl');
  const file = createRecordingFile(path);
  file.write('one');
  file.write('둘');
  file.close();
  const lines: string[] = [];
  for await (const line of readRecordingFile(path)) lines.push(line);
  expect(lines).toEqual(['one', '둘']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('is never written over', () => {
  const path = join(folder, 'day.jsonl');
  createRecordingFile(path).close();
  expect(() => createRecordingFile(path)).toThrow(expect.objectContaining({ code: 'RECORDING_NOT_WRITABLE' }));
});

it('names the folder that is not there', () => {
  const path = join(folder, 'none', 'day.jsonl');
  expect(() => createRecordingFile(path)).toThrow(expect.objectContaining({ facts: { path, reason: 'ENOENT' } }));
});
