import { beforeAndAfter, commandOperations, fault, type FaultParameter, type FaultRow } from './venue-fault.ts';

export const connectionFaultIds = [
  'R05-reset-before-request',
  'R06-reset-mid-request',
  'R07-drop-before-accept',
  'R07-reset-before-accept',
  'R08-drop-after-accept',
  'R08-reset-after-accept',
  'R09-silence-before-accept',
  'R10-silence-after-accept',
  'R11-silence-late-landing',
  'R11-drop-late-landing',
  'R12-silence-rejected-later',
  'R13-cut-body-before-accept',
  'R13-cut-body-after-accept',
  'R29-slow-head',
  'R30-slow-body',
  'R31-endless-body',
  'R31-huge-body',
  'R33-answer-of-another-request',
  'R34-answer-twice',
  'R35-idle-connection-closed',
  'R34-answer-late-after-deadline',
  'answer-late-within-deadline',
] as const;
export type ConnectionFaultId = (typeof connectionFaultIds)[number];

const anyTcp = 'how TCP fails; fault catalogue of the project';

const landsAfterMs: FaultParameter = {
  name: 'landsAfterMs',
  meaning: 'from the arrival of the request to its entry into the exchange',
  min: 1000,
  max: 120_000,
  usual: 30_000,
  drawn: [1000, 120_000],
};

const byteEveryMs: FaultParameter = {
  name: 'byteEveryMs',
  meaning: 'between two bytes, on the venue clock',
  min: 1,
  max: 60_000,
  usual: 1000,
  drawn: [10, 1000],
};

const lateLandings = {
  acceptance: 'LATE',
  appliesTo: commandOperations,
  parameters: [landsAfterMs],
  evidence: 'observed',
  source: 'a foreign broker’s public tracker shows orders that appeared long after; 1 to 120 s is assumed',
} as const;

function late(min: number, max: number, usual: number): FaultParameter {
  return { name: 'delayMs', meaning: 'from the request to the answer', min, max, usual, drawn: [min, max] };
}

const slow = { acceptance: 'AFTER', needsSocket: true, parameters: [byteEveryMs] } as const;

/** Connections that end, say nothing, or carry what they have too slowly or too late. */
export const connectionFaults: Readonly<Record<ConnectionFaultId, FaultRow>> = {
  'R05-reset-before-request': fault({
    does: 'the connection is reset (RST) as soon as it stands, before a request is read',
    acceptance: 'BEFORE',
    stage: 'CONNECTION',
    transport: 'RESET',
    needsSocket: true,
    evidence: 'published',
    source: anyTcp,
  }),
  'R06-reset-mid-request': fault({
    does: 'the connection is reset (RST) when line and headers have come, before the body is read',
    acceptance: 'BEFORE',
    stage: 'HEAD',
    transport: 'RESET',
    needsSocket: true,
    evidence: 'published',
    source: anyTcp,
  }),
  'R35-idle-connection-closed': fault({
    does: 'a connection that was kept open ends just as the next request is written to it',
    acceptance: 'BEFORE',
    stage: 'HEAD',
    reusedConnectionsOnly: true,
    transport: 'DROP',
    needsSocket: true,
    evidence: 'published',
    source: anyTcp,
  }),
  'R31-endless-body': fault({
    does: 'the body of the answer never ends: spaces behind the JSON until the client goes',
    acceptance: 'AFTER',
    transport: 'ENDLESS_BODY',
    needsSocket: true,
    evidence: 'assumed',
    source: anyTcp,
  }),
  'R31-huge-body': fault({
    does: 'the body of the answer is huge: spaces behind the JSON',
    acceptance: 'AFTER',
    transport: 'HUGE_BODY',
    needsSocket: true,
    parameters: [{ name: 'megabytes', meaning: 'of the body', min: 1, max: 1000, usual: 100, drawn: [1, 4] }],
    evidence: 'assumed',
    source: anyTcp,
  }),
  'R33-answer-of-another-request': fault({
    does: 'the answer is the one to the request before',
    acceptance: 'AFTER',
    answer: 'ANSWER_OF_ANOTHER',
    needsSocket: true,
    evidence: 'assumed',
    source: 'fault catalogue of the project: connections mixed up by something in between',
  }),
  'R34-answer-twice': fault({
    does: 'the answer comes twice on a connection that stays open',
    acceptance: 'AFTER',
    transport: 'TWICE',
    needsSocket: true,
    evidence: 'assumed',
    source: 'fault catalogue of the project: connections mixed up by something in between',
  }),
  ...beforeAndAfter('R07-drop-before-accept', 'R08-drop-after-accept', {
    does: 'the connection ends without an answer',
    transport: 'DROP',
    evidence: 'published',
    source: anyTcp,
  }),
  ...beforeAndAfter('R07-reset-before-accept', 'R08-reset-after-accept', {
    does: 'the connection is reset (RST) without an answer',
    transport: 'RESET',
    needsSocket: true,
    evidence: 'published',
    source: anyTcp,
  }),
  ...beforeAndAfter('R09-silence-before-accept', 'R10-silence-after-accept', {
    does: 'half-open: nothing comes back and the connection stays',
    transport: 'SILENCE',
    evidence: 'observed',
    source: 'paper timed out after 20 s (2026-09-23); that the request was or was not accepted is assumed',
  }),
  'R11-silence-late-landing': fault({
    ...lateLandings,
    does: 'the gateway takes the request and says nothing; the exchange gets it later',
    transport: 'SILENCE',
  }),
  'R11-drop-late-landing': fault({
    ...lateLandings,
    does: 'the gateway takes the request and the connection ends; the exchange gets it later',
    transport: 'DROP',
  }),
  'R12-silence-rejected-later': fault({
    ...lateLandings,
    does: 'the gateway takes the order and says nothing; the exchange refuses it later, and the lists show that',
    acceptance: 'REJECTED',
    appliesTo: ['NEW_ORDER'],
    transport: 'SILENCE',
  }),
  ...beforeAndAfter('R13-cut-body-before-accept', 'R13-cut-body-after-accept', {
    does: 'the connection ends in the middle of the body',
    transport: 'CUT_BODY',
    needsSocket: true,
    evidence: 'published',
    source: anyTcp,
  }),
  'R29-slow-head': fault({
    ...slow,
    does: 'status line and headers of the answer come one byte at a time',
    transport: 'SLOW_HEAD',
    evidence: 'assumed',
    source: anyTcp,
  }),
  'R30-slow-body': fault({
    ...slow,
    does: 'the body of the answer comes one byte at a time',
    transport: 'SLOW_BODY',
    evidence: 'assumed',
    source: anyTcp,
  }),
  'answer-late-within-deadline': fault({
    does: 'the venue acts at once and answers late, before patient clients give up',
    acceptance: 'AFTER',
    parameters: [late(1, 4000, 2000)],
    evidence: 'observed',
    source: 'paper answered after 5 to 8 s (2026-09-23); the range below it is assumed',
  }),
  'R34-answer-late-after-deadline': fault({
    does: 'the venue acts at once and answers when clients have given up',
    acceptance: 'AFTER',
    parameters: [late(5000, 120_000, 15_000)],
    evidence: 'observed',
    source: 'paper answered after 5 to 8 s, and not within 20 s (2026-09-23)',
  }),
};
