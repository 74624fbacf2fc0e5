import { describe, expect, it } from 'vitest';
import { venueBehaviours } from './behaviours.ts';
import { gatewayResultNames } from './dialects/kis/kis-gateway-results.ts';
import { kisSuccessNames } from './dialects/kis/kis-successes.ts';
import { kiwoomGatewayResultNames } from './dialects/kiwoom/kiwoom-gateway-results.ts';
import { kiwoomSpecialRefusalNames } from './dialects/kiwoom/kiwoom-order-refusals.ts';
import { venueRefusals } from './exchange/contracts.ts';
import { behaviourEvidence } from './venue-behaviour.ts';

describe('venueBehaviours', () => {
  it.each(venueBehaviours.map((each) => [each.area, each.behaviour, each] as const))(
    '%s: %s has its evidence and a source',
    (_area, behaviour, { evidence, source }) => {
      expect(behaviourEvidence).toContain(evidence);
      expect(source.length).toBeGreaterThan(5);
      expect(behaviour.length).toBeGreaterThan(5);
    },
  );

  it('says nothing twice', () => {
    const said = venueBehaviours.map(({ area, behaviour }) => `${area} ${behaviour}`);
    expect(new Set(said).size).toBe(said.length);
  });

  it('has a row for every code of the tables', () => {
    const count = (area: string): number => venueBehaviours.filter((each) => each.area === area).length;
    expect(count('kis gateway code')).toBe(gatewayResultNames.length);
    expect(count('kis success code')).toBe(kisSuccessNames.length * 2);
    expect(count('kiwoom gateway code')).toBe(kiwoomGatewayResultNames.length);
    // Every refusal but two, which stay with the gateway, in two worlds, and those of the broker's own.
    expect(count('kiwoom order refusal')).toBe((venueRefusals.length - 2) * 2 + kiwoomSpecialRefusalNames.length);
    // Two worlds of refusals, two more rows in each, and the hours before the open.
    expect(count('kis order refusal')).toBe((venueRefusals.length + 2) * 2 + 1);
  });

  it('marks what nobody has said as assumed', () => {
    const assumed = venueBehaviours.filter(({ evidence }) => evidence === 'assumed');
    expect(assumed.length).toBeGreaterThan(0);
    for (const { evidence, source } of venueBehaviours) {
      if (/recollection|no report|simulator does not/.test(source)) expect(evidence, source).toBe('assumed');
    }
  });
});
