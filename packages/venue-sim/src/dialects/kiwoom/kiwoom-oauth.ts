import { type VenueRequest } from '../../server/venue-exchange.ts';
import { type VenueAccount } from '../../venue-settings.ts';
import { parseBody } from '../json-body.ts';
import { gatewayReply, successReply, type KiwoomReply } from './kiwoom-envelope.ts';
import { type KiwoomGatewayResultName } from './kiwoom-gateway-results.ts';
import { type KiwoomLimits } from './kiwoom-limits.ts';
import { kstDateTime14 } from './kiwoom-text.ts';
import { type KiwoomTokenDesk } from './kiwoom-tokens.ts';

/** The two operations that need no token, by api-id. */
export const kiwoomTokenPaths: ReadonlyMap<string, string> = new Map([
  ['au10001', '/oauth2/token'],
  ['au10002', '/oauth2/revoke'],
]);

export interface KiwoomOauthParts {
  readonly accounts: readonly VenueAccount[];
  readonly otherEnvironmentKeys: readonly string[];
  readonly tokens: KiwoomTokenDesk;
  readonly limits: KiwoomLimits;
}

/** Answers au10001 and au10002. */
export function answerKiwoomOauth(
  { accounts, otherEnvironmentKeys, tokens, limits }: KiwoomOauthParts,
  apiId: string,
  request: VenueRequest,
  nowMs: number,
): KiwoomReply {
  const body = parseBody(request.body);
  const fields = body.kind === 'OBJECT' ? body.value : {};
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const refuse = (name: KiwoomGatewayResultName, detail = ''): KiwoomReply => gatewayReply(name, { apiId, detail });
  if (body.kind === 'NOT_JSON') return refuse('FIELD_INVALID', 'body');
  if (apiId === 'au10001') {
    if (text('grant_type') === '') return refuse('GRANT_TYPE_MISSING');
    if (text('grant_type') !== 'client_credentials') return refuse('GRANT_TYPE_WRONG');
  }
  const appKey = text('appkey');
  if (appKey === '' || text('secretkey') === '') return refuse('KEY_FIELDS_MISSING');
  if (otherEnvironmentKeys.includes(appKey)) return refuse('KEY_OF_OTHER_ENVIRONMENT');
  const account = accounts.find((each) => each.appKey === appKey && each.appSecret === text('secretkey'));
  if (account === undefined) return refuse('KEY_MISMATCH');
  if (!limits.admit(appKey, apiId, nowMs)) return refuse('RATE_LIMIT', String(limits.quotaOf(apiId)));
  if (apiId === 'au10002') {
    if (text('token') === '') return refuse('REVOKED_TOKEN_MISSING');
    tokens.revoke(text('token'));
    return successReply();
  }
  const issued = tokens.issue(appKey, request.peerAddress, nowMs);
  return successReply({ expires_dt: kstDateTime14(issued.expiresAtMs), token_type: 'bearer', token: issued.token });
}
