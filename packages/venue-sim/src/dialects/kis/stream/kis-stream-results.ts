import { type BehaviourEvidence } from '../../../venue-behaviour.ts';

/** How the stream server words an answer to a registration. */
export interface KisStreamResult {
  readonly rtCd: string;
  readonly msgCd: string;
  readonly msg1: string;
  /** The request could not be read so far that its stream is known: `header.tr_id` is the text `(null)`. */
  readonly withoutStream: boolean;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

const codeTable = 'code of the broker’s table; rt_cd and wording assumed';
const reported = 'code reported by client authors; wording assumed';

function result(
  msgCd: string,
  msg1: string,
  evidence: BehaviourEvidence,
  source: string,
  more: Partial<Pick<KisStreamResult, 'rtCd' | 'withoutStream'>> = {},
): KisStreamResult {
  return { rtCd: '1', msgCd, msg1, withoutStream: false, evidence, source, ...more };
}

const unread = { withoutStream: true } as const;

export type KisStreamResultName =
  | 'SUBSCRIBED'
  | 'UNSUBSCRIBED'
  | 'ALREADY_SUBSCRIBED'
  | 'NOT_SUBSCRIBED'
  | 'HTS_ID_INVALID'
  | 'TOO_MANY'
  | 'APPROVAL_INVALID'
  | 'STREAM_INVALID'
  | 'KEY_INVALID'
  | 'ALREADY_IN_USE'
  | 'TR_TYPE_INVALID'
  | 'CUSTOMER_TYPE_INVALID'
  | 'KEY_MISSING'
  | 'INPUT_MISSING'
  | 'BODY_MISSING'
  | 'APPROVAL_MISSING'
  | 'CUSTOMER_TYPE_MISSING'
  | 'HEADER_MISSING'
  | 'NOT_JSON';

/** Every answer of the stream server. */
export const kisStreamResults: Readonly<Record<KisStreamResultName, KisStreamResult>> = {
  SUBSCRIBED: result('OPSP0000', 'SUBSCRIBE SUCCESS', 'observed', 'captured, paper, 2026-07-29', { rtCd: '0' }),
  UNSUBSCRIBED: result('OPSP0001', 'UNSUBSCRIBE SUCCESS', 'published', codeTable, { rtCd: '0' }),
  ALREADY_SUBSCRIBED: result('OPSP0002', 'ALREADY IN SUBSCRIBE', 'observed', reported),
  NOT_SUBSCRIBED: result('OPSP0003', 'UNSUBSCRIBE ERROR(not found!)', 'observed', reported),
  HTS_ID_INVALID: result(
    'OPSP0007',
    'SUBSCRIBE INTERNAL ERROR',
    'observed',
    'reported for a wrong or foreign HTS id; another report has a drop without a close frame instead',
  ),
  TOO_MANY: result('OPSP0008', 'MAX SUBSCRIBE OVER', 'observed', 'measured on the 42nd registration by two projects'),
  APPROVAL_INVALID: result('OPSP0011', 'invalid approval : NOT FOUND', 'observed', reported, unread),
  STREAM_INVALID: result('OPSP8991', 'INVALID TR_ID', 'published', codeTable),
  KEY_INVALID: result('OPSP8992', 'INVALID TR_KEY', 'published', codeTable),
  ALREADY_IN_USE: result('OPSP8996', 'ALREADY IN USE appkey', 'observed', 'captured', { rtCd: '9', ...unread }),
  TR_TYPE_INVALID: result('OPSP8997', 'INVALID TR_TYPE', 'published', codeTable, unread),
  CUSTOMER_TYPE_INVALID: result('OPSP8998', 'INVALID CUSTTYPE', 'published', codeTable, unread),
  KEY_MISSING: result('OPSP9990', 'TR_KEY NOT FOUND', 'published', codeTable),
  INPUT_MISSING: result('OPSP9991', 'INPUT NOT FOUND', 'published', codeTable, unread),
  BODY_MISSING: result('OPSP9992', 'BODY NOT FOUND', 'published', codeTable, unread),
  APPROVAL_MISSING: result(
    'OPSP9996',
    'APPROVAL_KEY NOT FOUND',
    'assumed',
    'the nearest code of the table: app key missing',
    unread,
  ),
  CUSTOMER_TYPE_MISSING: result('OPSP9997', 'CUSTTYPE NOT FOUND', 'published', codeTable, unread),
  HEADER_MISSING: result('OPSP9998', 'HEADER NOT FOUND', 'published', codeTable, unread),
  NOT_JSON: result('OPSP9999', 'JSON PARSING ERROR', 'published', codeTable, unread),
};
