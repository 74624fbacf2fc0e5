import { kstDateTime } from '../../kst.ts';
import { type VenueRequest } from '../../server/venue-exchange.ts';
import { type VenueAccount } from '../../venue-settings.ts';
import { parseBody } from '../json-body.ts';
import { findAccount } from './kis-credentials.ts';
import { gatewayReply, reply, tokenRefusal, type KisReply } from './kis-envelope.ts';
import { createSlidingWindow } from '../sliding-window.ts';
import { createApprovalDesk, type ApprovalDesk } from './kis-approvals.ts';
import { createTokenDesk, hashBody, tokenLifeMs, type TokenDesk } from './kis-tokens.ts';

/** The paths on which no token is needed, and the tokens they gave out. */
export interface KisOauth {
  readonly tokens: TokenDesk;
  readonly approvals: ApprovalDesk;
  /** The answer when the path is one of these; `undefined` for every other path. */
  answer(request: VenueRequest, nowMs: number): KisReply | undefined;
}

type Fields = Readonly<Record<string, string>>;

/** Makes the token desk's window. Paths are case sensitive: `Approval` has a capital letter (published). */
export function createKisOauth(accounts: readonly VenueAccount[], seed: number): KisOauth {
  const tokens = createTokenDesk(seed);
  // One approval key a second and key (broker notice); that the refusal is the one of tokens is assumed.
  const approvalCalls = createSlidingWindow(1, 1000);
  const approvals = createApprovalDesk(seed);

  const withAccount = (
    { appKey, appSecret }: { readonly appKey: string | undefined; readonly appSecret: string | undefined },
    then: (account: VenueAccount) => KisReply,
  ): KisReply => {
    const account = findAccount(accounts, appKey ?? '', appSecret ?? '');
    return typeof account === 'string' ? tokenRefusal(account) : then(account);
  };

  const handlers: Readonly<Record<string, (fields: Fields, nowMs: number) => KisReply>> = {
    '/oauth2/tokenP': (fields, nowMs) =>
      refuseGrant(fields) ??
      withAccount({ appKey: fields['appkey'], appSecret: fields['appsecret'] }, ({ appKey }) => {
        const issued = tokens.issue(appKey, nowMs);
        if (issued === undefined) return tokenRefusal('TOKEN_TOO_OFTEN');
        return reply(200, {
          access_token: issued.token,
          access_token_token_expired: kstDateTime(issued.expiresAtMs),
          token_type: 'Bearer',
          expires_in: tokenLifeMs / 1000,
        });
      }),
    '/oauth2/revokeP': (fields) =>
      withAccount({ appKey: fields['appkey'], appSecret: fields['appsecret'] }, ({ appKey }) => {
        tokens.revoke(appKey, fields['token'] ?? '');
        return reply(200, { code: 200, message: '접근토큰 폐기에 성공하였습니다' });
      }),
    '/oauth2/Approval': (fields, nowMs) =>
      refuseGrant(fields) ??
      // Here the secret goes by another name.
      withAccount({ appKey: fields['appkey'], appSecret: fields['secretkey'] }, ({ appKey }) =>
        approvalCalls.admit(appKey, nowMs)
          ? reply(200, { approval_key: approvals.issue(appKey, nowMs) })
          : tokenRefusal('RATE_LIMIT'),
      ),
  };

  return {
    tokens,
    approvals,
    answer(request, nowMs) {
      if (request.method !== 'POST') return undefined;
      const handler = handlers[request.path];
      if (handler === undefined) return undefined;
      const body = parseBody(request.body);
      if (body.kind === 'NOT_JSON') return gatewayReply('BODY_NOT_JSON');
      return handler(textFields(body.kind === 'OBJECT' ? body.value : {}), nowMs);
    },
  };
}

function refuseGrant(fields: Fields): KisReply | undefined {
  const grant = fields['grant_type'] ?? '';
  if (grant === '') return tokenRefusal('GRANT_TYPE_MISSING');
  return grant === 'client_credentials' ? undefined : tokenRefusal('GRANT_TYPE_UNSUPPORTED');
}

function textFields(value: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** `/uapi/hashkey`: the body again, and its hash. */
export function answerHashKey(request: VenueRequest): KisReply {
  const body = parseBody(request.body);
  if (body.kind === 'EMPTY') return gatewayReply('BODY_MISSING');
  if (body.kind === 'NOT_JSON') return gatewayReply('BODY_NOT_JSON');
  return reply(200, { BODY: body.value, HASH: hashBody(request.body) });
}
