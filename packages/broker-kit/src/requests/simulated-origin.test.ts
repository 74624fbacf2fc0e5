import { describe, expect, it } from 'vitest';
import { simulatedOriginOf } from './simulated-origin.ts';

const rule = { brokerName: 'Demo', environment: 'LIVE', host: 'https://api.example.com' } as const;

describe('the origin of a simulated venue', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:1', 'http://[::1]:1'],
  ])('%s is on this machine', (url, origin) => {
    expect(simulatedOriginOf(url, rule)).toBe(origin);
  });

  it.each([
    ['https://127.0.0.1:8080'],
    ['http://example.com'],
    ['http://127.0.0.1/path'],
    ['http://user@127.0.0.1'],
    ['http://127.0.0.1/?a=1'],
    ['127.0.0.1:8080'],
    [''],
  ])('%j is refused', (url) => {
    expect(() => simulatedOriginOf(url, rule)).toThrow('Demo requests may go');
  });
});
