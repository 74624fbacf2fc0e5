import { type BehaviourEvidence } from '../../venue-behaviour.ts';

/** What the gateway, the checks behind it and the quote servers say when a request does not reach the ledger. */
export const gatewayResultNames = [
  'PATH_UNKNOWN',
  'APP_KEY_MISSING',
  'APP_KEY_INVALID',
  'APP_SECRET_MISSING',
  'APP_SECRET_INVALID',
  'GRANT_TYPE_MISSING',
  'GRANT_TYPE_UNSUPPORTED',
  'BEARER_MISSING',
  'TOKEN_INVALID',
  'TOKEN_EXPIRED',
  'TOKEN_TOO_OFTEN',
  'RATE_LIMIT',
  'LEDGER_LIMIT',
  'TRANSACTION_TIMEOUT',
  'CUSTOMER_TYPE_MISSING',
  'CUSTOMER_TYPE_INVALID',
  'HASH_KEY_MISMATCH',
  'BODY_NOT_BUILDABLE',
  'TR_ID_MISSING',
  'TR_ID_UNKNOWN',
  'TR_ID_RETIRED',
  'NOT_A_PAPER_TR',
  'NOT_IN_PAPER',
  'NOT_A_LIVE_TR',
  'BODY_MISSING',
  'BODY_NOT_JSON',
  'ACCOUNT_MISMATCH',
  'FIELD_INVALID',
  'FIELD_MISSING',
  'FIELD_TOO_LONG',
  'INQUIRY_FIELD_MISSING',
  'INPUT_MISSING',
  'INSTRUMENT_UNKNOWN',
] as const;
export type GatewayResultName = (typeof gatewayResultNames)[number];

/** A result in front of the ledger. */
export interface KisResult {
  readonly status: number;
  readonly rtCd: string;
  readonly msgCd: string;
  /** `{field}` is replaced by the name of the field. */
  readonly msg1: string;
  readonly evidence: BehaviourEvidence;
  readonly source: string;
}

const codeTable = 'broker table of codes; HTTP status and wording assumed';

/** The gateway itself: HTTP 500 with a body, as far as anybody has seen. */
function gateway(msgCd: string, msg1: string, evidence: BehaviourEvidence, source: string, status = 500): KisResult {
  return { status, rtCd: '1', msgCd, msg1, evidence, source };
}

/** The field checks between gateway and ledger: HTTP 200 (assumed) and rt_cd 2. */
function check(msgCd: string, msg1: string, evidence: BehaviourEvidence, source: string): KisResult {
  return { status: 200, rtCd: '2', msgCd, msg1, evidence, source };
}

/** The ledger and the quote servers: HTTP 200. */
function business(rtCd: string, msgCd: string, msg1: string, evidence: BehaviourEvidence, source: string): KisResult {
  return { status: 200, rtCd, msgCd, msg1, evidence, source };
}

/** The codes are the broker's; where only a code is known its text is ours, and the source says so. */
export const gatewayResults: Readonly<Record<GatewayResultName, KisResult>> = {
  PATH_UNKNOWN: gateway(
    'EGW00202',
    'GW라우팅 중 오류가 발생했습니다.',
    'assumed',
    'gateway routing error of the broker table; that an unknown path gets it is assumed',
    404,
  ),
  APP_KEY_MISSING: gateway('EGW00102', 'AppKey는 필수입니다.', 'published', codeTable),
  APP_KEY_INVALID: gateway(
    'EGW00103',
    '유효하지 않은 AppKey입니다.',
    'published',
    `${codeTable}; also for a key of the other environment`,
  ),
  APP_SECRET_MISSING: gateway('EGW00104', 'AppSecret은 필수입니다.', 'published', codeTable),
  APP_SECRET_INVALID: gateway('EGW00105', '유효하지 않은 AppSecret입니다.', 'published', codeTable),
  GRANT_TYPE_MISSING: gateway('EGW00115', 'grant_type은 필수입니다.', 'published', codeTable),
  GRANT_TYPE_UNSUPPORTED: gateway('EGW00116', '지원하지 않는 grant_type입니다.', 'published', codeTable),
  BEARER_MISSING: gateway('EGW00205', 'credentials_type이 유효하지 않습니다.(Bearer)', 'published', codeTable),
  TOKEN_INVALID: gateway(
    'EGW00121',
    '유효하지 않은 token 입니다.',
    'observed',
    'broker table of codes; HTTP 500 reported by clients',
  ),
  TOKEN_EXPIRED: gateway(
    'EGW00123',
    '기간이 만료된 token 입니다.',
    'observed',
    'broker table of codes; text and HTTP 500 reported by clients',
  ),
  TOKEN_TOO_OFTEN: gateway(
    'EGW00133',
    '접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)',
    'observed',
    'captured, paper, 2026-07-29',
    403,
  ),
  RATE_LIMIT: gateway(
    'EGW00201',
    '초당 거래건수를 초과하였습니다.',
    'observed',
    'captured, paper, 2026-07-29 (body carries "message" as well)',
  ),
  LEDGER_LIMIT: gateway(
    'EGW00215',
    '원장에서 허용 가능한 초당 거래건수를 초과하였습니다.',
    'observed',
    'reported by client authors; 120 a second is published',
  ),
  TRANSACTION_TIMEOUT: gateway(
    'EGW00302',
    '거래시간이 초과되었습니다. 이전 거래를 확인하여 주십시오.',
    'published',
    `${codeTable}; the venue says it only as a fault`,
  ),
  CUSTOMER_TYPE_MISSING: gateway(
    'IGW00002',
    '서비스 권한이 없거나 계좌정보가 일치하지 않습니다.',
    'observed',
    'reported by client authors for a missing custtype; wording assumed',
  ),
  CUSTOMER_TYPE_INVALID: gateway('EGW00208', '고객타입이 유효하지 않습니다.', 'published', codeTable),
  HASH_KEY_MISMATCH: gateway(
    'IGW00002',
    '서비스 권한이 없거나 계좌정보가 일치하지 않습니다.',
    'observed',
    'reported by client authors for a hash key that does not fit the body; wording assumed',
  ),
  BODY_NOT_BUILDABLE: gateway(
    'IGW00007',
    'MCA 전문바디 구성 중 오류가 발생하였습니다.',
    'observed',
    'captured, paper, 2025-07-31',
  ),
  TR_ID_MISSING: check('OPSQ9999', 'ERROR : INPUT TR_ID NOT FOUND', 'published', codeTable),
  TR_ID_UNKNOWN: check(
    'OPSQ0002',
    '없는 서비스 코드 입니다',
    'observed',
    'reported by client authors for a TR id that does not fit the path; HTTP status and rt_cd assumed',
  ),
  TR_ID_RETIRED: check(
    'OPSQ0002',
    '없는 서비스 코드 입니다',
    'assumed',
    'broker notice: old TR ids may be blocked without notice; which code is assumed',
  ),
  NOT_A_PAPER_TR: gateway(
    'EGW00213',
    '모의투자 TR 이 아닙니다.',
    'published',
    `${codeTable}; that it goes to a live TR id with a paper twin is assumed`,
  ),
  NOT_IN_PAPER: gateway(
    'EGW02006',
    '모의투자 TR 이 아닙니다.',
    'observed',
    'reported by client authors for operations that paper trading lacks',
  ),
  NOT_A_LIVE_TR: gateway(
    'EGW02004',
    '실전투자 TR 이 아닙니다.',
    'assumed',
    'reported for a paper key on the live host; that a paper TR id gets it there, and the wording, are assumed',
  ),
  BODY_MISSING: check('OPSQ9995', 'ERROR : JSON BODY NOT FOUND', 'published', codeTable),
  BODY_NOT_JSON: check('OPSQ9997', 'ERROR : JSON PARSING ERROR', 'published', codeTable),
  ACCOUNT_MISMATCH: check(
    'OPSQ2000',
    'ERROR : INPUT INVALID_CHECK_ACNO',
    'observed',
    'captured by client authors; HTTP status assumed',
  ),
  FIELD_INVALID: check(
    'OPSQ2001',
    'ERROR : INPUT INVALID_CHECK_{field}',
    'observed',
    'reported by client authors after 2026-02-10; HTTP status assumed',
  ),
  FIELD_MISSING: check(
    'OPSQ2001',
    'ERROR : INPUT FIELD NOT FOUND [{field}]',
    'observed',
    'reported: a missing input field is answered with rt_cd 2; wording and HTTP status assumed',
  ),
  FIELD_TOO_LONG: check('OPSQ2002', 'ERROR : INPUT FIELD SIZE [{field}]', 'published', codeTable),
  INQUIRY_FIELD_MISSING: business(
    '1',
    'APBK1227',
    '조회구분을 입력하십시오.',
    'observed',
    'reported for INQR_DVSN_1 and INQR_DVSN_2 of inquire-psbl-rvsecncl; rt_cd and wording assumed',
  ),
  INPUT_MISSING: business(
    '7',
    'APMP0001',
    '필수 입력값이 없습니다.',
    'observed',
    'reported by client authors; that an empty order field gets it, and the wording, are assumed',
  ),
  INSTRUMENT_UNKNOWN: business('1', 'MCA05918', '종목코드 오류입니다.', 'published', 'broker table of codes'),
};
