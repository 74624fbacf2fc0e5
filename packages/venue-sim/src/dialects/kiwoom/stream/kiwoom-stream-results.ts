import { type BehaviourEvidence } from '../../../venue-behaviour.ts';

/** How the stream server words an answer. */
export interface KiwoomStreamResult {
  readonly returnCode: number;
  readonly returnMsg: string;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

export type KiwoomStreamResultName =
  'DONE' | 'TOKEN_INVALID' | 'NOT_LOGGED_IN' | 'MALFORMED' | 'UNKNOWN_MESSAGE' | 'TOO_MANY';

/** Every answer of the stream server. */
export const kiwoomStreamResults: Readonly<Record<KiwoomStreamResultName, KiwoomStreamResult>> = {
  DONE: { returnCode: 0, returnMsg: '', evidence: 'published', source: 'guide sample' },
  TOKEN_INVALID: {
    returnCode: 805004,
    returnMsg: '토큰 인증에 실패했습니다.[CODE=8005, MESSAGE=Token이 유효하지 않습니다]',
    evidence: 'observed',
    source: 'code and brackets captured; the wording around them is ours',
  },
  NOT_LOGGED_IN: {
    returnCode: 100013,
    returnMsg: '로그인 인증이 들어오기 전에 다른 전문이 들어왔습니다. 해당 전문은 무시됩니다. (TRNM=%s)',
    evidence: 'observed',
    source: 'captured, mock, 2026-09-10, with the literal %s',
  },
  MALFORMED: {
    returnCode: 105111,
    returnMsg: '요청 전문의 형식이 올바르지 않습니다.',
    evidence: 'observed',
    source: 'code reported for items or types that are no lists; wording and other causes assumed',
  },
  UNKNOWN_MESSAGE: {
    returnCode: 105110,
    returnMsg: '지원하지 않는 전문입니다.',
    evidence: 'assumed',
    source: 'nobody has recorded one; the number is ours',
  },
  TOO_MANY: {
    returnCode: 105115,
    returnMsg: '등록 가능한 건수를 초과했습니다.',
    evidence: 'assumed',
    source: 'nobody has recorded a refusal; the number is ours, and only a fault gives it',
  },
};
