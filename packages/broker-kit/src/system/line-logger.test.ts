import { Secret } from '@qts/core';
import { describe, expect, it } from 'vitest';
import { type LineLoggerSettings, createLineLogger } from './line-logger.ts';

function start(settings: LineLoggerSettings = {}) {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  return { lines, logger: createLineLogger({ write, nowMs: () => 1_789_344_000_000, ...settings }) };
}

describe('createLineLogger', () => {
  it('writes one JSON object per line', () => {
    const { lines, logger } = start();
    logger.info('order-accepted', { operation: 'order-cash', waitMs: 12, retried: false, note: null });
    expect(lines).toEqual([
      '{"at":"2026-09-14T00:00:00.000Z","level":"info","event":"order-accepted","operation":"order-cash","waitMs":12,"retried":false,"note":null}\n',
    ]);
  });

  it('leaves out what is below its level', () => {
    const { lines, logger } = start({ level: 'warn' });
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['c', 'd']);
  });

  it('redacts at the sink, by the shape of a value and by the name of a field', () => {
    const { lines, logger } = start();
    logger.info(`bearer planted-in-event-0123`, {
      message: 'Bearer planted-in-message',
      account: '12345678-01',
      appSecret: 'planted',
      accountNumber: 1_234_567_801,
      token: String(new Secret('planted')),
    });
    expect(lines.join('')).not.toMatch(/planted|12345678|1234567801/);
  });

  it('lets no text end its line, forge another, or steer a terminal', () => {
    const { lines, logger } = start();
    const hostile = 'x\r\n{"level":"error"}\u001b[31m\u0085\u2028\u2029\u202e\u200b\u007f\ufeff';
    logger.info('e', { message: hostile, event: 'forged', [hostile]: 'x' });
    expect(lines).toHaveLength(1);
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(lines[0]?.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e\u200b\ufeff]/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'e', event_: 'forged', message: hostile });
  });
});
