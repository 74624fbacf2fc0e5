import { beforeAndAfter, commandOperations, fault, tokenOperations, type FaultRow } from './venue-fault.ts';

export const answerFaultIds = [
  'R13-half-json-before-accept',
  'R13-half-json-after-accept',
  'R14-empty-200-before-accept',
  'R14-empty-200-after-accept',
  'R15-html-page-before-accept',
  'R15-html-page-after-accept',
  'R15-maintenance',
  'R18-no-order-number-before-accept',
  'R18-no-order-number-after-accept',
  'R19-error-500-after-accept',
  'R20-error-500-before-accept',
  'R21-error-502-before-accept',
  'R21-error-502-after-accept',
  'R21-error-503-before-accept',
  'R21-error-503-after-accept',
  'R21-error-504-before-accept',
  'R21-error-504-after-accept',
  'R32-byte-order-mark',
  'R32-euc-kr-bytes',
  'R36-redirect-before-accept',
  'R37-date-skew',
  'R44-numbers-for-text',
  'wrong-operation-echoed-before-accept',
  'wrong-operation-echoed-after-accept',
] as const;
export type AnswerFaultId = (typeof answerFaultIds)[number];

const minuteMs = 60_000;
const project = 'fault catalogue of the project';

/** A gateway in front of the broker answers for it. */
function errorOf(status: number): Pick<FaultRow, 'does' | 'answer' | 'status' | 'evidence' | 'source'> {
  return {
    does: `HTTP ${status} with a line of text`,
    answer: 'PLAIN_ERROR',
    status,
    evidence: 'assumed',
    source: `${project}; nobody recorded the broker’s own`,
  };
}

/** Answers that come in time and are not what the broker's document says. */
export const answerFaults: Readonly<Record<AnswerFaultId, FaultRow>> = {
  ...beforeAndAfter('R13-half-json-before-accept', 'R13-half-json-after-accept', {
    does: 'the first half of a body, complete by its content-length',
    answer: 'HALF',
    evidence: 'assumed',
    source: project,
  }),
  ...beforeAndAfter('R14-empty-200-before-accept', 'R14-empty-200-after-accept', {
    does: 'HTTP 200 without a body',
    answer: 'EMPTY',
    evidence: 'assumed',
    source: project,
  }),
  ...beforeAndAfter('R15-html-page-before-accept', 'R15-html-page-after-accept', {
    does: 'a maintenance page in HTML with HTTP 200',
    answer: 'HTML_PAGE',
    evidence: 'assumed',
    source: `${project}; the text of the page is ours`,
  }),
  'R15-maintenance': fault({
    does: 'a maintenance page in HTML with HTTP 503 for everybody, for a while',
    acceptance: 'BEFORE',
    lasts: 'WINDOW',
    answer: 'HTML_PAGE',
    status: 503,
    parameters: [
      {
        name: 'durationMs',
        meaning: 'of the maintenance',
        min: 1,
        max: 24 * 60 * minuteMs,
        usual: 10 * minuteMs,
        drawn: [minuteMs, 10 * minuteMs],
      },
    ],
    evidence: 'assumed',
    source: 'the broker announces maintenance; what its gateway then answers is not recorded',
  }),
  ...beforeAndAfter('R18-no-order-number-before-accept', 'R18-no-order-number-after-accept', {
    does: 'a success without an order number',
    appliesTo: commandOperations,
    answer: 'WITHOUT_ORDER_NUMBER',
    evidence: 'assumed',
    source: project,
  }),
  ...beforeAndAfter('R20-error-500-before-accept', 'R19-error-500-after-accept', errorOf(500)),
  ...beforeAndAfter('R21-error-502-before-accept', 'R21-error-502-after-accept', errorOf(502)),
  ...beforeAndAfter('R21-error-503-before-accept', 'R21-error-503-after-accept', errorOf(503)),
  ...beforeAndAfter('R21-error-504-before-accept', 'R21-error-504-after-accept', errorOf(504)),
  'R32-byte-order-mark': fault({
    does: 'a byte order mark in front of the JSON',
    acceptance: 'AFTER',
    takes: 'BESIDE',
    answer: 'BYTE_ORDER_MARK',
    evidence: 'assumed',
    source: project,
  }),
  'R32-euc-kr-bytes': fault({
    does: 'the body comes in EUC-KR, which is not valid UTF-8, while its header says UTF-8',
    acceptance: 'AFTER',
    transport: 'EUC_KR',
    needsSocket: true,
    evidence: 'assumed',
    source: project,
  }),
  'R36-redirect-before-accept': fault({
    does: 'HTTP 302 to another host',
    acceptance: 'BEFORE',
    answer: 'REDIRECT',
    status: 302,
    evidence: 'assumed',
    source: project,
  }),
  'R37-date-skew': fault({
    does: 'the Date header is off; the venue keeps its time',
    acceptance: 'AFTER',
    takes: 'BESIDE',
    answer: 'DATE_SKEWED',
    parameters: [
      {
        name: 'skewMs',
        meaning: 'what the header is ahead of the venue clock; negative: behind',
        min: -60 * minuteMs,
        max: 60 * minuteMs,
        usual: 3 * minuteMs,
        drawn: [-3 * minuteMs, 3 * minuteMs],
      },
    ],
    evidence: 'observed',
    source: 'about 2 s were measured; minutes are assumed',
  }),
  'R44-numbers-for-text': fault({
    does: 'values of digits come as JSON numbers: leading zeros are lost',
    acceptance: 'AFTER',
    appliesTo: tokenOperations,
    takes: 'BESIDE',
    answer: 'NUMBERS_FOR_TEXT',
    evidence: 'assumed',
    source: project,
  }),
  ...beforeAndAfter('wrong-operation-echoed-before-accept', 'wrong-operation-echoed-after-accept', {
    does: 'a success whose header names another operation',
    appliesTo: tokenOperations,
    answer: 'OTHER_OPERATION',
    evidence: 'assumed',
    source: 'class F6 of the project’s failure taxonomy',
  }),
};
