import { spawn } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Figure } from '../../src/report/figure.ts';
import { type SoakResult } from '../../src/soak/stream-soak.ts';

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runProgram(...argv: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(execPath, ['--conditions=@qts/source', program, ...argv]);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

describe('the bench program', () => {
  it.each(['lost-reply', 'soak'])('says how %s is asked for, and does nothing else', async (command) => {
    const { code, stdout, stderr } = await runProgram(command, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(command);
    expect(stdout).toContain('Exit code');
  });

  it('reads a whole list of orders and prints its figures as JSON', { timeout: 60_000 }, async () => {
    const { code, stdout, stderr } = await runProgram('parse', '--quick', '--json');
    expect(stderr).toContain('[bench] parse: round 3 of 3');
    expect(code).toBe(0);
    const { figures, quick } = JSON.parse(stdout) as { figures: readonly Figure[]; quick: boolean };
    expect(quick).toBe(true);
    expect(figures.map(({ role }) => role)).toEqual(['floor', 'ours']);
    expect(figures[0]).toMatchObject({ ratio: 1, unit: 'us' });
    expect(figures[1]?.ratio).toBeGreaterThan(1);
  });

  it('says what is wrong with its arguments and exits with 2', async () => {
    const { code, stdout, stderr } = await runProgram('orders');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      'There is no benchmark "orders". Known: order-path, matching, parse, streams, journal, limiter.',
    );
  });

  it('says what a soak takes and exits with 2', async () => {
    const { code, stderr } = await runProgram('soak', '--for-ever');
    expect(code).toBe(2);
    expect(stderr).toContain('unknown argument: --for-ever');
    expect(stderr).toContain('200,000 quotes a second');
  });

  it('feeds streams for three seconds and loses no order notice', { timeout: 60_000 }, async () => {
    const { stdout } = await runProgram('soak', '--quick', '--json');
    const told = JSON.parse(stdout) as SoakResult;
    expect(told).toMatchObject({ simulated: true, noticesWrong: 0 });
    expect(told.noticesSent).toBeGreaterThan(100);
    expect(told.noticesRead).toBe(told.noticesSent);
    // Whether the load was reached depends on the machine; what was sent is accounted for on any.
    expect(told.quotesRead + told.quotesConflated).toBe(told.quotesSent);
  });
});
