import { describe, expect, it } from 'vitest';
import { isStreamControl, streamControlKinds } from './stream-control.ts';

describe('the control events of a stream', () => {
  it.each(streamControlKinds)('%s speaks of the stream itself', (kind) => {
    expect(isStreamControl({ kind })).toBe(true);
  });

  it.each(['trade', 'book', 'order-notice', 'order-state', 'quote-read'])('%s is data', (kind) => {
    expect(isStreamControl({ kind })).toBe(false);
  });
});
