import { type KisErrorRow, credentialsRefusal, gatewayRefusal, rateRefusal, tokenRefusal, trouble } from './rows.ts';

/**
 * Codes of the gateway: EGW and IGW. Nothing here is the word of the order back end, so no order is rejected on it
 * alone.
 */
export const gatewayCodes: Readonly<Record<string, KisErrorRow>> = {
  EGW00001: trouble('TRANSIENT', 'official', 'temporary error'),
  EGW00002: trouble('TRANSIENT', 'official', 'server error'),
  EGW00003: credentialsRefusal('PERMISSION', 'official', 'access denied'),
  EGW00004: credentialsRefusal('PERMISSION', 'official', 'customer without authorisation'),
  EGW00101: gatewayRefusal('VALIDATION', 'official', 'invalid request'),
  EGW00102: credentialsRefusal('CREDENTIALS', 'official', 'appkey missing'),
  EGW00103: credentialsRefusal('CREDENTIALS', 'official', 'invalid appkey', {
    note: 'also when a live key is used on the paper host or the reverse',
  }),
  EGW00104: credentialsRefusal('CREDENTIALS', 'official', 'appsecret missing'),
  EGW00105: credentialsRefusal('CREDENTIALS', 'official', 'invalid appsecret'),
  EGW00106: gatewayRefusal('VALIDATION', 'official', 'redirect_uri missing'),
  EGW00107: gatewayRefusal('VALIDATION', 'official', 'invalid redirect_uri'),
  EGW00108: gatewayRefusal('VALIDATION', 'official', 'invalid service class'),
  EGW00109: gatewayRefusal('VALIDATION', 'official', 'scope missing'),
  EGW00110: gatewayRefusal('VALIDATION', 'official', 'invalid scope'),
  EGW00111: gatewayRefusal('VALIDATION', 'official', 'invalid state'),
  EGW00112: gatewayRefusal('VALIDATION', 'official', 'invalid grant'),
  EGW00113: gatewayRefusal('VALIDATION', 'official', 'response_type missing'),
  EGW00114: gatewayRefusal('VALIDATION', 'official', 'unsupported response_type'),
  EGW00115: gatewayRefusal('VALIDATION', 'official', 'grant_type missing'),
  EGW00116: gatewayRefusal('VALIDATION', 'official', 'unsupported grant_type'),
  EGW00117: tokenRefusal('AUTH', 'official', 'unsupported token type'),
  EGW00118: tokenRefusal('AUTH', 'official', 'invalid authorisation code'),
  EGW00119: tokenRefusal('AUTH', 'official', 'authorisation code not found'),
  EGW00120: tokenRefusal('AUTH', 'official', 'authorisation code expired'),
  EGW00121: tokenRefusal('AUTH', 'official', 'invalid token', {
    note: 'refresh the token once, then fail',
    http: 500,
    renewsToken: true,
  }),
  EGW00122: tokenRefusal('AUTH', 'official', 'token not found', { http: 500, renewsToken: true }),
  EGW00123: tokenRefusal('AUTH', 'official', 'expired token', {
    korean: '기간이 만료된 token 입니다.',
    note: 'HTTP 500 reported by clients; some clients handle HTTP 401 as well',
    http: 500,
    rtCd: '1',
    renewsToken: true,
  }),
  EGW00124: tokenRefusal('AUTH', 'official', 'invalid session_key'),
  EGW00125: tokenRefusal('AUTH', 'official', 'session_key not found'),
  EGW00126: tokenRefusal('AUTH', 'official', 'session_key expired'),
  EGW00127: gatewayRefusal('VALIDATION', 'official', 'corpno missing'),
  EGW00128: gatewayRefusal('VALIDATION', 'official', 'acctno missing'),
  EGW00129: gatewayRefusal('VALIDATION', 'official', 'HTS_ID missing'),
  EGW00130: credentialsRefusal('PERMISSION', 'official', 'invalid user'),
  EGW00131: gatewayRefusal('VALIDATION', 'official', 'invalid hashkey', {
    note: 'the hash must be computed over the exact bytes that are posted',
  }),
  EGW00132: gatewayRefusal('VALIDATION', 'official', 'invalid content-type'),
  EGW00133: gatewayRefusal('AUTH_RATE_LIMIT', 'captured', 'token issued too often (once per minute)', {
    korean: '접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)',
    note: 'body uses error_code/error_description; repeated attempts were seen to prolong the lock-out beyond 8 minutes; a token already held stays valid',
    http: 403,
  }),
  EGW00201: rateRefusal('RATE_LIMIT', 'captured', 'per-second call limit exceeded', {
    korean: '초당 거래건수를 초과하였습니다.',
    note: 'HTTP 500, some clients report 200. Stated to be rejected at the gateway; still verify by query before resending an order',
    http: 500,
    rtCd: '1',
  }),
  EGW00202: trouble('TRANSIENT', 'official', 'gateway routing error', {
    note: 'on overseas orders also caused by a wrong price for LOC, a closed exchange or a malformed body',
    http: 500,
  }),
  EGW00203: trouble('TRANSIENT', 'official', 'OPS routing error'),
  EGW00204: trouble('TRANSIENT', 'official', 'wrong internal gateway instance'),
  EGW00205: tokenRefusal('AUTH', 'official', 'invalid credentials_type (Bearer missing)', {
    note: 'authorization header without the word Bearer',
  }),
  EGW00206: credentialsRefusal('PERMISSION', 'official', 'no permission for this API'),
  EGW00207: credentialsRefusal('PERMISSION', 'official', 'IP address missing or invalid'),
  EGW00208: gatewayRefusal('VALIDATION', 'official', 'invalid custtype'),
  EGW00209: gatewayRefusal('VALIDATION', 'official', 'invalid seq_no'),
  EGW00210: credentialsRefusal('PERMISSION', 'official', 'corporate customers cannot use paper trading'),
  EGW00211: gatewayRefusal('VALIDATION', 'official', 'personalname missing'),
  EGW00212: gatewayRefusal('VALIDATION', 'official', 'personalphone missing'),
  EGW00213: credentialsRefusal('WRONG_ENVIRONMENT', 'official', 'corpname missing / not a paper TR', {
    note: 'two meanings are published; on the paper host it means that a live TR id was sent',
  }),
  EGW00215: rateRefusal('RATE_LIMIT', 'reported', 'ledger-wide per-second limit exceeded', {
    korean: '원장에서 허용 가능한 초당 거래건수를 초과하였습니다.',
    note: 'shared by all customers (120 per second on inquireBalance); retry with jitter',
    http: 500,
    rtCd: '1',
  }),
  EGW00300: trouble('TRANSIENT', 'official', 'gateway routing error'),
  EGW00301: trouble('UNKNOWN_OUTCOME', 'official', 'connection timeout, check the previous transaction', {
    note: 'an order may have been accepted; reconcile before resending',
  }),
  EGW00302: trouble('UNKNOWN_OUTCOME', 'official', 'transaction timeout, check the previous transaction', {
    note: 'an order may have been accepted; reconcile before resending',
  }),
  EGW00303: credentialsRefusal('PERMISSION', 'official', 'IP not allowed for the corporation'),
  EGW00304: credentialsRefusal('CREDENTIALS', 'official', 'customer key invalid (personalseckey / appsecret)'),
  EGW02004: credentialsRefusal('WRONG_ENVIRONMENT', 'reported', 'paper appkey used for a trading TR on the live host', {
    http: 500,
  }),
  EGW02006: credentialsRefusal('WRONG_ENVIRONMENT', 'reported', 'TR not available in paper trading', {
    korean: '모의투자 TR 이 아닙니다.',
  }),
  IGW00002: credentialsRefusal('PERMISSION', 'reported', 'no service permission or account mismatch', {
    note: 'seen with a missing custtype header and with a hashkey that does not match the body',
    http: 500,
  }),
  IGW00007: gatewayRefusal('VALIDATION', 'captured', 'gateway could not build the back-end message from the body', {
    korean: 'MCA 전문바디 구성 중 오류가 발생하였습니다.',
    note: 'causes reported: an optional body field left out (CNDT_PRIC on sells), a decimal price or quantity, numbers instead of strings, a price on an order type without price; also under call bursts with a correct body',
    http: 500,
    rtCd: '1',
  }),
};
