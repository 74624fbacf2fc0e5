import { expect, it } from 'vitest';
import * as marketData from './index.ts';

it('exports exactly this', () => {
  expect(Object.keys(marketData).toSorted()).toMatchInlineSnapshot(`
    [
      "checkVolume",
      "createBarBuilder",
      "createBrokerMerge",
      "createFrameRecorder",
      "createQualityWatch",
      "createRecordingFile",
      "createReplayTransport",
      "playRecording",
      "qualityStates",
      "readRecordingFile",
      "recordingVersion",
      "sanitiseWith",
      "staleAfterMsDefault",
    ]
  `);
});
