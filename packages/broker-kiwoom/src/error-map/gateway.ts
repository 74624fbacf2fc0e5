import {
  type KiwoomErrorRow,
  credentialsRefusal,
  formRefusal,
  rateRefusal,
  symbolRefusal,
  tokenRefusal,
  trouble,
} from './rows.ts';

/**
 * Codes of the gateway: `text[8005:text]`. `returnCode` stands where somebody recorded the class with the code; a listed
 * code under another class is not believed.
 */
export const gatewayCodes: Readonly<Record<string, KiwoomErrorRow>> = {
  '1501': formRefusal('VALIDATION', 'official', 'api-id header empty'),
  '1504': formRefusal('VALIDATION', 'official', 'this path does not serve that api-id', {
    returnCode: 1,
    note: 'measured too; the message carries the api-id and the path',
  }),
  '1505': formRefusal('VALIDATION', 'official', 'unknown api-id'),
  '1511': formRefusal('VALIDATION', 'official', 'required body field empty; the message names it', {
    returnCode: 2,
    note: 'measured too',
  }),
  '1512': formRefusal('VALIDATION', 'official', 'a header is missing or unreadable'),
  '1513': formRefusal('VALIDATION', 'official', 'authorization header missing'),
  '1514': formRefusal('VALIDATION', 'official', 'authorization header malformed'),
  '1515': formRefusal('VALIDATION', 'official', 'authorization scheme unknown (must be Bearer)'),
  '1516': formRefusal('VALIDATION', 'official', 'authorization header has no token'),
  '1517': formRefusal('VALIDATION', 'official', 'body field has a bad format; the message names it and the reason', {
    returnCode: 2,
    note: 'measured too',
  }),
  '1634': rateRefusal('RATE_LIMIT', 'single report', 'limit of a batch of requests', { returnCode: 5 }),
  '1687': rateRefusal('RATE_LIMIT', 'official', 'recursive calls detected, api-id blocked'),
  '1700': rateRefusal('RATE_LIMIT', 'captured', 'too many requests for this api-id (유량=N)', {
    returnCode: 5,
    http: 429,
    note: 'the order of the captured answer did not reach the exchange',
  }),
  '1701': rateRefusal('RATE_LIMIT', 'official, new', 'too many requests in total', { http: 429 }),
  '1702': rateRefusal('RATE_LIMIT', 'official, new', 'too many requests for a group of api-ids', { http: 429 }),
  '1901': symbolRefusal('INSTRUMENT', 'official', 'market code does not exist for this stock code'),
  '1902': symbolRefusal('INSTRUMENT', 'official', 'unknown stock code'),
  '1903': symbolRefusal('INSTRUMENT', 'official, new', 'no such stock on that venue'),
  '1999': trouble('UNKNOWN_OUTCOME', 'official', 'unexpected failure on the broker side; the message may say why'),
  '8001': credentialsRefusal('CREDENTIALS', 'official', 'app key and secret key do not match', {
    returnCode: 3,
    note: 'measured too',
  }),
  '8002': credentialsRefusal('CREDENTIALS', 'official', 'app key and secret key check failed, with a reason'),
  '8003': tokenRefusal('AUTH', 'official', 'token lookup failed', { renewsToken: true }),
  '8005': tokenRefusal('AUTH', 'captured', 'token not valid (expired, revoked, or of another key)', {
    returnCode: 3,
    http: 200,
    renewsToken: true,
  }),
  '8006': tokenRefusal('AUTH', 'official', 'token creation failed', { renewsToken: true }),
  '8009': tokenRefusal('AUTH', 'official', 'token issue failed', { renewsToken: true }),
  '8010': credentialsRefusal('PERMISSION', 'official', 'another IP than the one that obtained the token', {
    note: 'a new token would be bound to this address: a person decides whether it is ours',
  }),
  '8011': credentialsRefusal('CREDENTIALS', 'official', 'grant_type missing'),
  '8012': credentialsRefusal('CREDENTIALS', 'official', 'grant_type wrong'),
  '8015': tokenRefusal('AUTH', 'official', 'token revocation failed'),
  '8016': tokenRefusal('AUTH', 'official', 'token missing in the revocation request'),
  '8020': credentialsRefusal('CREDENTIALS', 'captured', 'appkey or secretkey missing in the body', {
    returnCode: 2,
    http: 200,
    note: 'also when the field is named appsecret, as KIS has it',
  }),
  '8030': credentialsRefusal('WRONG_ENVIRONMENT', 'official', 'app key belongs to the other environment', {
    returnCode: 3,
    note: 'measured too',
  }),
  '8031': tokenRefusal('WRONG_ENVIRONMENT', 'official', 'token belongs to the other environment', {
    returnCode: 3,
    note: 'measured too',
    renewsToken: true,
  }),
  '8040': credentialsRefusal('PERMISSION', 'official', 'terminal check failed'),
  '8050': credentialsRefusal('PERMISSION', 'official', 'calling IP is not registered for this app key (지정단말기)', {
    returnCode: 3,
    note: 'measured too',
  }),
  '8103': tokenRefusal('AUTH', 'official', 'token or terminal check failed, with a reason', { renewsToken: true }),
  '8104': credentialsRefusal('WRONG_ENVIRONMENT', 'official, new', 'api not offered in the mock environment', {
    returnCode: 2,
    environments: ['PAPER'],
  }),
  '8200': credentialsRefusal('PERMISSION', 'official, new', 'corporate customers not supported'),
};
