import { describe, expect, it } from 'vitest';
import { kisOperationKinds } from '../dialects/kis/kis-faults.ts';
import { kisOperations } from '../dialects/kis/kis-operations.ts';
import { kiwoomOperationKinds } from '../dialects/kiwoom/kiwoom-faults.ts';
import { kiwoomOperations } from '../dialects/kiwoom/kiwoom-operations.ts';
import { behaviourEvidence } from '../venue-behaviour.ts';
import { venueFaults } from './venue-faults.ts';

describe('venueFaults', () => {
  it.each(venueFaults)('$id says what it does and how we know', ({ does, evidence, source }) => {
    expect(does.length).toBeGreaterThan(5);
    expect(behaviourEvidence).toContain(evidence);
    expect(source.length).toBeGreaterThan(5);
  });

  it.each(venueFaults)('$id does what its name says of acceptance', ({ id, acceptance }) => {
    if (id.endsWith('before-accept')) expect(acceptance).toBe('BEFORE');
    if (id.endsWith('after-accept')) expect(acceptance).toBe('AFTER');
    if (id.endsWith('late-landing')) expect(acceptance).toBe('LATE');
  });

  it.each(venueFaults.filter(({ parameters }) => parameters.length > 0))(
    '$id has usual and drawn values inside its ranges',
    ({ parameters }) => {
      for (const { min, max, usual, drawn } of parameters) {
        expect([...drawn, usual].every((value) => Number.isSafeInteger(value) && value >= min && value <= max)).toBe(
          true,
        );
        expect(drawn[0]).toBeLessThanOrEqual(drawn[1]);
      }
    },
  );

  it.each(venueFaults.filter(({ lasts }) => lasts === 'WINDOW'))('$id is a window and says how long', (fault) => {
    expect(fault.parameters.map(({ name }) => name)).toContain('durationMs');
  });

  it('has a number or a name of its own for each', () => {
    expect(new Set(venueFaults.map(({ id }) => id)).size).toBe(venueFaults.length);
    for (const { id } of venueFaults) expect(id).toMatch(/^([RW]\d\d-)?[a-z][a-z0-9-]+$/);
  });

  it('has both cases of every fault that may strike before or after acceptance', () => {
    const bare = (suffix: string): readonly string[] =>
      venueFaults
        .filter(({ id }) => id.endsWith(suffix))
        .map(({ id }) => id.slice(0, -suffix.length).replace(/^[RW]\d\d-/, ''))
        .toSorted();
    // A redirect comes from whoever stands in front of the venue.
    expect(bare('-before-accept').filter((name) => name !== 'redirect')).toEqual(bare('-after-accept'));
  });
});

describe('the operations of the dialect', () => {
  it('all have a kind, so that no fault passes them by', () => {
    for (const { name, method } of kisOperations) {
      expect(kisOperationKinds.get(name), name).toBeDefined();
      expect(['NEW_ORDER', 'ORDER_CHANGE'].includes(kisOperationKinds.get(name) ?? '')).toBe(method === 'POST');
    }
  });

  it('of Kiwoom all have a kind', () => {
    for (const [apiId, { path }] of kiwoomOperations) {
      expect(kiwoomOperationKinds.get(apiId), apiId).toBeDefined();
      expect(['NEW_ORDER', 'ORDER_CHANGE'].includes(kiwoomOperationKinds.get(apiId) ?? '')).toBe(path.endsWith('ordr'));
    }
  });
});
