import { type BehaviourEvidence } from '../../venue-behaviour.ts';

/** A refusal of the gateway: a class, and the exact code in brackets inside the text. */
export interface KiwoomGatewayResult {
  readonly status: number;
  /** Class of the refusal: `return_code`. */
  readonly returnCode: number;
  readonly code: string;
  /** Words in front of the bracket. */
  readonly head: string;
  /** Words inside the bracket; `{…}` is filled in. */
  readonly text: string;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

export const kiwoomGatewayResultNames = [
  'API_ID_MISSING',
  'API_ID_UNKNOWN',
  'PATH_MISMATCH',
  'FIELD_MISSING',
  'FIELD_INVALID',
  'HEADER_UNREADABLE',
  'AUTHORIZATION_MISSING',
  'AUTHORIZATION_SCHEME',
  'AUTHORIZATION_EMPTY',
  'RATE_LIMIT',
  'TOTAL_LIMIT',
  'SYMBOL_UNKNOWN',
  'SYMBOL_NOT_ON_VENUE',
  'UNEXPECTED_FAILURE',
  'KEY_MISMATCH',
  'TOKEN_INVALID',
  'TOKEN_OTHER_ADDRESS',
  'GRANT_TYPE_MISSING',
  'GRANT_TYPE_WRONG',
  'REVOKED_TOKEN_MISSING',
  'KEY_FIELDS_MISSING',
  'KEY_OF_OTHER_ENVIRONMENT',
  'TOKEN_OF_OTHER_ENVIRONMENT',
] as const;
export type KiwoomGatewayResultName = (typeof kiwoomGatewayResultNames)[number];

const heads = {
  1: '잘못된 요청입니다',
  2: '입력 값 오류입니다',
  3: '인증에 실패했습니다',
  5: '허용된 요청 개수를 초과하였습니다',
} as const;

const wordingOurs = 'code in the published table, measured by client authors; wording ours';
const classAssumed = 'code and meaning in the published table; class and wording assumed';

function result(
  returnCode: keyof typeof heads,
  code: string,
  text: string,
  evidence: BehaviourEvidence,
  source: string,
): KiwoomGatewayResult {
  return { status: returnCode === 5 ? 429 : 200, returnCode, code, head: heads[returnCode], text, evidence, source };
}

/** Every refusal of the gateway. HTTP 200, except for limits (429). */
export const kiwoomGatewayResults: Readonly<Record<KiwoomGatewayResultName, KiwoomGatewayResult>> = {
  API_ID_MISSING: result(1, '1501', 'API ID가 존재하지 않습니다.', 'published', classAssumed),
  API_ID_UNKNOWN: result(1, '1505', '지원하지 않는 API ID입니다. API ID={apiId}', 'published', classAssumed),
  PATH_MISMATCH: result(
    1,
    '1504',
    '해당 URI에서는 지원하는 API ID가 아닙니다. API ID={apiId}, URI={path}',
    'observed',
    'code and class reported by client authors; the message carries both, wording ours',
  ),
  FIELD_MISSING: result(
    2,
    '1511',
    '필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터={detail}',
    'observed',
    wordingOurs,
  ),
  FIELD_INVALID: result(2, '1517', '입력 값의 형식이 올바르지 않습니다. 파라미터={detail}', 'observed', wordingOurs),
  HEADER_UNREADABLE: result(
    2,
    '1512',
    'Http header에 값이 설정되지 않았거나 읽을 수 없습니다. {detail}',
    'published',
    classAssumed,
  ),
  AUTHORIZATION_MISSING: result(
    3,
    '1513',
    'Http Header에 authorization 필드가 설정되어 있지 않습니다.',
    'published',
    classAssumed,
  ),
  AUTHORIZATION_SCHEME: result(
    3,
    '1515',
    'authorization의 Grant Type이 미리 정의된 형식이 아닙니다.',
    'published',
    classAssumed,
  ),
  AUTHORIZATION_EMPTY: result(3, '1516', 'authorization에 Token이 정의되어 있지 않습니다.', 'published', classAssumed),
  RATE_LIMIT: result(
    5,
    '1700',
    '허용된 API 요청 개수를 초과하였습니다. 유량={detail}, API ID={apiId}',
    'observed',
    'captured, mock, 2026: HTTP 429',
  ),
  TOTAL_LIMIT: result(
    5,
    '1701',
    '허용된 전체 요청 개수를 초과하였습니다. API ID={apiId}',
    'published',
    'code in the newer table; class and HTTP status as for 1700, wording ours',
  ),
  SYMBOL_UNKNOWN: result(
    2,
    '1902',
    '종목 정보가 없습니다. 입력한 종목코드 값을 확인바랍니다. {detail}',
    'published',
    classAssumed,
  ),
  SYMBOL_NOT_ON_VENUE: result(2, '1903', '해당 거래소에 종목 정보가 없습니다. {detail}', 'published', classAssumed),
  UNEXPECTED_FAILURE: result(1, '1999', '예기치 못한 에러가 발생하였습니다.', 'published', classAssumed),
  KEY_MISMATCH: result(3, '8001', 'App Key와 Secret Key 검증에 실패했습니다', 'observed', wordingOurs),
  TOKEN_INVALID: result(3, '8005', 'Token이 유효하지 않습니다', 'observed', 'captured, live, 2026-08-15'),
  TOKEN_OTHER_ADDRESS: result(
    3,
    '8010',
    'Token을 발급받은 IP와 서비스를 요청한 IP가 동일하지 않습니다',
    'published',
    classAssumed,
  ),
  GRANT_TYPE_MISSING: result(2, '8011', 'grant_type이 들어오지 않았습니다', 'published', classAssumed),
  GRANT_TYPE_WRONG: result(2, '8012', 'grant_type의 값이 맞지 않습니다', 'published', classAssumed),
  REVOKED_TOKEN_MISSING: result(2, '8016', 'Token이 입력 파라미터로 전달되지 않았습니다', 'published', classAssumed),
  KEY_FIELDS_MISSING: result(
    2,
    '8020',
    '입력파라미터로 appkey 또는 secretkey가 전달되지 않았습니다.',
    'observed',
    'captured, mock, 2026-02: appsecret in the place of secretkey',
  ),
  KEY_OF_OTHER_ENVIRONMENT: result(
    3,
    '8030',
    '투자구분(실전/모의)이 달라서 Appkey를 사용할 수 없습니다',
    'observed',
    wordingOurs,
  ),
  TOKEN_OF_OTHER_ENVIRONMENT: result(
    3,
    '8031',
    '투자구분(실전/모의)이 달라서 Token을 사용할 수 없습니다',
    'observed',
    wordingOurs,
  ),
};
