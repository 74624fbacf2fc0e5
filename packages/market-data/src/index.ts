export { type BarBuilder, type BarSpan, createBarBuilder } from './bars/bar-builder.ts';
export {
  type BrokerDifference,
  type BrokerMerge,
  type BrokerMergeSettings,
  type BrokerPrice,
  createBrokerMerge,
} from './merge/merge-brokers.ts';
export {
  type QualityWatch,
  type QualityWatchSettings,
  createQualityWatch,
  staleAfterMsDefault,
} from './quality/quality-watch.ts';
export { type QualityState, type SymbolQuality, qualityStates } from './quality/symbol-quality.ts';
export { type VolumeVerdict, checkVolume } from './quality/volume-check.ts';
export {
  type FrameHandlers,
  type FrameRecorder,
  type FrameRecorderSettings,
  type FrameTransport,
  createFrameRecorder,
  sanitiseWith,
} from './recording/frame-recorder.ts';
export { type PlayedRecording, playRecording } from './recording/play-recording.ts';
export {
  type ReplayConnection,
  type ReplayHandlers,
  type ReplaySettings,
  type ReplayTransport,
  createReplayTransport,
} from './recording/replay-transport.ts';
export { type RecordedFrame, type RecordingHead, recordingVersion } from './recording/recording-format.ts';
export { type RecordingFile, createRecordingFile, readRecordingFile } from './system/recording-file.ts';
