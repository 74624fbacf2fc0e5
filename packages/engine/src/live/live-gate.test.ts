import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LiveApproval,
  type LiveGateFacts,
  constructLive,
  decideLiveGate,
  liveAcknowledgement,
} from './live-gate.ts';

const open: LiveGateFacts = {
  mode: 'live',
  acknowledgement: liveAcknowledgement,
  enableRealOrder: 'Y',
  credentials: { brokerId: 'kis', environment: 'LIVE', host: 'live.example:9443', liveHost: 'live.example:9443' },
};
const credentials = {
  brokerId: 'kis',
  environment: 'LIVE',
  host: 'live.example:9443',
  liveHost: 'live.example:9443',
} as const;

describe('decideLiveGate', () => {
  it('allows when all facts agree', () => {
    expect(decideLiveGate(open)).toMatchObject({
      allowed: true,
      reason: 'live_allowed',
      approval: { brokerId: 'kis' },
    });
  });

  // domain 13, row 10
  it.each([
    ['simulation', { mode: 'sim' }, 'mode_not_live'],
    ['paper', { mode: 'paper' }, 'mode_not_live'],
    ['no switch', { enableRealOrder: undefined }, 'live_enabled_false'],
    ['no acknowledgement', { acknowledgement: undefined }, 'ack_missing_or_invalid'],
    ['another acknowledgement', { acknowledgement: 'yes' }, 'ack_missing_or_invalid'],
    ['no credentials', { credentials: undefined }, 'credentials_missing'],
    ['paper credentials', { credentials: { ...credentials, environment: 'PAPER' } }, 'credentials_not_live'],
    ['another host', { credentials: { ...credentials, host: '127.0.0.1:4000' } }, 'host_not_live'],
  ] as const)('refuses %s', (_, fact, reason) => {
    expect(decideLiveGate({ ...open, ...fact })).toMatchObject({ allowed: false, reason });
  });

  // domain 13, row 23
  it('takes no spelling but Y for yes', () => {
    const spelling = fc.oneof(fc.string(), fc.constantFrom('y', 'yes', '1', 'true', 'on', ' Y', 'N', 'off', 'FALSE'));
    fc.assert(
      fc.property(
        spelling.filter((text) => text !== 'Y'),
        (enableRealOrder) => {
          expect(decideLiveGate({ ...open, enableRealOrder })).toMatchObject({
            allowed: false,
            reason: 'live_enabled_false',
          });
        },
      ),
    );
  });
});

describe('constructLive', () => {
  const construct = (): string => 'built';

  it('builds with an approval that the gate gave', () => {
    const decision = decideLiveGate(open);
    expect(decision.allowed && constructLive('kis', decision.approval, construct)).toBe('built');
  });

  it('builds nothing with an object that merely looks like an approval', () => {
    let built = 0;
    const forged = { brokerId: 'kis' } as LiveApproval;
    expect(() => constructLive('kis', forged, () => built++)).toThrow(
      expect.objectContaining({ code: 'LIVE_NOT_APPROVED' }),
    );
    expect(built).toBe(0);
  });

  it('builds nothing for another broker than the approved one', () => {
    const decision = decideLiveGate(open);
    expect(() => decision.allowed && constructLive('kiwoom', decision.approval, construct))
      .toThrowErrorMatchingInlineSnapshot(`
      [ConfigurationError: Nothing may be built that reaches a live account at kiwoom.
        brokerId  kiwoom
        approval  not given by the live gate for this broker
        next      Ask decideLiveGate first: mode and acknowledgement, live credentials on the live host, ENABLE_REAL_ORDER=Y.]
    `);
  });
});
