import { type StreamAct, type StreamKind } from './stream-acts.ts';
import { beforeAndAfter, fault, type FaultParameter, type FaultRow, type FaultRowGiven } from './venue-fault.ts';

export const streamFaultIds = [
  'R28-approval-key-invalid',
  'W01-clean-close',
  'W02-cut',
  'W03-half-open',
  'W04-ping-not-sent',
  'W04-pong-not-sent',
  'W05-duplicate',
  'W06-reordered',
  'W07-delayed',
  'W08-gap-over-reconnect',
  'W09-fragments',
  'W10-binary-frame',
  'W10-garbage-frame',
  'W10-huge-frame',
  'W11-cipher-garbled',
  'W11-key-changed',
  'W12-column-appended',
  'W12-column-inserted',
  'W13-answer-lost-before-accept',
  'W13-answer-lost-after-accept',
  'W13-subscribed-but-silent',
  'W14-limit-reached',
  'W15-second-login',
  'W16-flood',
  'W17-quotes-frozen',
  'W18-stranger-fill',
  'W21-two-equal-fills',
  'W22-count-wrong',
  'notice-before-answer',
] as const;
export type StreamFaultId = (typeof streamFaultIds)[number];

const project = 'fault catalogue of the project';
const anySocket = 'how connections fail; fault catalogue of the project';
const secondMs = 1000;
const minuteMs = 60_000;

const notices: readonly StreamKind[] = ['ORDER_NOTICE'];
const quotes: readonly StreamKind[] = ['STREAM_QUOTE'];
const pushed: readonly StreamKind[] = ['ORDER_NOTICE', 'STREAM_QUOTE'];
const anything: readonly StreamKind[] = ['STREAM_REQUEST', 'ORDER_NOTICE', 'STREAM_QUOTE', 'STREAM_PING'];

/** A fault of streams: the exchange hears of everything as it would without it. */
function streamFault(row: FaultRowGiven & { readonly stream: StreamAct }): FaultRow {
  return fault({ acceptance: 'ANY', ...row });
}

const lingers: FaultParameter = {
  name: 'lingersMs',
  meaning: 'how long the broker believes the session to be alive: its key is in use',
  min: 0,
  max: 10 * minuteMs,
  usual: 0,
  drawn: [0, 10 * secondMs],
};

function lasting(usual: number): FaultParameter {
  return { name: 'durationMs', meaning: 'how long', min: 1, max: 60 * minuteMs, usual, drawn: [secondMs, usual] };
}

function late(max: number, usual: number): FaultParameter {
  return { name: 'delayMs', meaning: 'from its cause to its departure', min: 1, max, usual, drawn: [1, max] };
}

/** Streams that end, say nothing, or say it late, twice, wrongly or too often. */
export const streamFaults: Readonly<Record<StreamFaultId, FaultRow>> = {
  'R28-approval-key-invalid': streamFault({
    does: 'a registration is refused: the key is not valid',
    stream: 'KEY_INVALID',
    acceptance: 'BEFORE',
    appliesTo: ['STREAM_REQUEST'],
    evidence: 'observed',
    source: 'OPSP0011 and 8005 are reported; that they come without cause is assumed',
  }),
  'W01-clean-close': streamFault({
    does: 'the venue closes the stream (1000); what was due is lost',
    stream: 'CLOSE',
    appliesTo: anything,
    evidence: 'published',
    source: anySocket,
  }),
  'W02-cut': streamFault({
    does: 'the connection ends without a close frame; what was due is lost',
    stream: 'CUT',
    appliesTo: anything,
    parameters: [lingers],
    evidence: 'observed',
    source: 'a session can linger after an unclean drop (captured OPSP8996); for how long is assumed',
  }),
  'W03-half-open': streamFault({
    does: 'nothing comes and nothing is heard any more, and the connection stays',
    stream: 'HALF_OPEN',
    appliesTo: anything,
    parameters: [lingers],
    evidence: 'observed',
    source: 'streams that go silent without a close are reported',
  }),
  'W04-ping-not-sent': streamFault({
    does: 'the broker’s pings stay away, everything else goes on',
    stream: 'WITHHELD',
    appliesTo: ['STREAM_PING'],
    lasts: 'WINDOW',
    parameters: [lasting(5 * minuteMs)],
    evidence: 'assumed',
    source: project,
  }),
  'W04-pong-not-sent': streamFault({
    does: 'protocol pings of the client get no pong, everything else goes on',
    stream: 'WITHHELD',
    appliesTo: ['PROTOCOL_PING'],
    lasts: 'WINDOW',
    needsSocket: true,
    parameters: [lasting(5 * minuteMs)],
    evidence: 'assumed',
    source: project,
  }),
  'W05-duplicate': streamFault({
    does: 'a message comes twice',
    stream: 'DUPLICATE',
    appliesTo: pushed,
    evidence: 'assumed',
    source: project,
  }),
  'W06-reordered': streamFault({
    does: 'a message comes behind the next one of its kind, or after a while',
    stream: 'REORDER',
    appliesTo: pushed,
    parameters: [late(minuteMs, secondMs)],
    evidence: 'assumed',
    source: project,
  }),
  'W07-delayed': streamFault({
    does: 'a message comes late; those behind it do not wait',
    stream: 'DELAY',
    appliesTo: pushed,
    parameters: [late(minuteMs, 5 * secondMs)],
    evidence: 'assumed',
    source: project,
  }),
  'W08-gap-over-reconnect': streamFault({
    does: 'the connection ends without a close frame, and no new one is taken for a while; nothing missed is sent again',
    stream: 'GAP',
    appliesTo: anything,
    parameters: [lasting(30 * secondMs)],
    evidence: 'observed',
    source: 'that nothing is replayed is reported of both brokers; the refusal to connect is assumed',
  }),
  'W09-fragments': streamFault({
    does: 'a message comes in fragments of one byte',
    stream: 'IN_FRAGMENTS',
    appliesTo: pushed,
    needsSocket: true,
    evidence: 'published',
    source: 'RFC 6455 allows it; that a broker does it is assumed',
  }),
  'W10-binary-frame': streamFault({
    does: 'a binary message of 256 bytes comes in between',
    stream: 'BINARY',
    appliesTo: pushed,
    takes: 'BESIDE',
    evidence: 'assumed',
    source: project,
  }),
  'W10-garbage-frame': streamFault({
    does: 'text that is no message comes in between',
    stream: 'GARBAGE',
    appliesTo: pushed,
    takes: 'BESIDE',
    evidence: 'assumed',
    source: project,
  }),
  'W10-huge-frame': streamFault({
    does: 'text that is no message comes in between, and it is huge',
    stream: 'HUGE',
    appliesTo: pushed,
    takes: 'BESIDE',
    parameters: [
      { name: 'kilobytes', meaning: 'its size (1,024 bytes each)', min: 1, max: 16_384, usual: 1024, drawn: [16, 256] },
    ],
    evidence: 'assumed',
    source: project,
  }),
  'W11-cipher-garbled': streamFault({
    does: 'an encrypted message is damaged: it cannot be decrypted',
    stream: 'CIPHER_GARBLED',
    appliesTo: notices,
    evidence: 'assumed',
    source: project,
  }),
  'W11-key-changed': streamFault({
    does: 'the broker encrypts with another key from this message on, until the stream is registered anew',
    stream: 'KEY_CHANGED',
    appliesTo: notices,
    evidence: 'assumed',
    source: project,
  }),
  'W12-column-appended': streamFault({
    does: 'every record has one more column at its end',
    stream: 'COLUMN_APPENDED',
    appliesTo: pushed,
    evidence: 'observed',
    source: 'columns are appended without notice: 2026-06, 2026-09-14',
  }),
  'W12-column-inserted': streamFault({
    does: 'every record has one more column in its middle',
    stream: 'COLUMN_INSERTED',
    appliesTo: pushed,
    evidence: 'observed',
    source: 'reported of notices (2025-03: one column became four)',
  }),
  ...beforeAndAfter('W13-answer-lost-before-accept', 'W13-answer-lost-after-accept', {
    does: 'a registration gets no answer',
    appliesTo: ['STREAM_REQUEST'],
    evidence: 'assumed',
    source: project,
    stream: 'ANSWER_LOST',
  }),
  'W13-subscribed-but-silent': streamFault({
    does: 'a registration is confirmed and nothing ever comes of it, until it is registered anew',
    stream: 'MUTED',
    appliesTo: ['STREAM_REQUEST'],
    evidence: 'observed',
    source: 'subscribed-but-silent streams are reported',
  }),
  'W14-limit-reached': streamFault({
    does: 'a registration is refused: there are too many',
    stream: 'LIMIT_REACHED',
    acceptance: 'BEFORE',
    appliesTo: ['STREAM_REQUEST'],
    evidence: 'observed',
    source: 'OPSP0008 was measured on the 42nd; that it comes earlier is assumed',
  }),
  'W15-second-login': streamFault({
    does: 'the key is used elsewhere, and this session is thrown out',
    stream: 'THROWN_OUT',
    appliesTo: anything,
    evidence: 'observed',
    source: 'Kiwoom: captured on mock; KIS: OPSP8996 is captured, that it reaches a living session is assumed',
  }),
  'W16-flood': streamFault({
    does: 'a quote is repeated many times within a second',
    stream: 'FLOOD',
    appliesTo: quotes,
    parameters: [{ name: 'frames', meaning: 'how many', min: 1, max: 100_000, usual: 10_000, drawn: [100, 2000] }],
    evidence: 'assumed',
    source: project,
  }),
  'W17-quotes-frozen': streamFault({
    does: 'quotes stay away; pings and notices go on',
    stream: 'WITHHELD',
    appliesTo: quotes,
    lasts: 'WINDOW',
    parameters: [lasting(2 * minuteMs)],
    evidence: 'observed',
    source: 'feeds that freeze on a living socket are reported; the length is assumed',
  }),
  'W18-stranger-fill': streamFault({
    does: 'with a notice, a person trades one share of the issue by hand on the account: notices of an unknown order',
    stream: 'STRANGER',
    appliesTo: notices,
    takes: 'BESIDE',
    evidence: 'assumed',
    source: project,
  }),
  'W21-two-equal-fills': streamFault({
    does: 'a fill comes as two equal ones in one second, both real; of an odd quantity one share more comes behind them',
    stream: 'TWO_EQUAL_FILLS',
    appliesTo: notices,
    evidence: 'observed',
    source: 'equal partial fills in one second are reported; lists tell the same sum',
  }),
  'W22-count-wrong': streamFault({
    does: 'a message says that it has one record more than it has',
    stream: 'COUNT_WRONG',
    appliesTo: pushed,
    evidence: 'assumed',
    source: project,
  }),
  'notice-before-answer': streamFault({
    does: 'a notice leaves before the answer to the request that caused it',
    stream: 'AT_ONCE',
    appliesTo: notices,
    evidence: 'published',
    source: 'nothing orders a socket against an HTTP answer (Kiwoom document); of KIS it is assumed',
  }),
};
