import { type OperationText } from '@qts/broker-kit';

/** What is written about the operations for tokens and keys. Source: KIS Developers portal, and recorded traffic. */
export const tokenTexts: Readonly<Record<string, OperationText>> = {
  'token-p': {
    summary: 'Issues an access token for 24 hours; asked again within six hours it gives the same one.',
    request: [
      ['grant_type', '', 'client_credentials only value for ordinary customers'],
      ['appkey', ''],
      ['appsecret', ''],
    ],
    answer: [
      ['access_token', '', 'JWT, up to 350 characters'],
      ['token_type', '', '"Bearer"'],
      ['expires_in', '', 'seconds as a JSON number, 86400 for ordinary customers'],
      ['access_token_token_expired', '', 'expiry in Korean local time, "YYYY-MM-DD HH:MM:SS"'],
    ],
  },
  'revoke-p': {
    summary: 'Ends an access token at once.',
    request: [
      ['appkey', ''],
      ['appsecret', ''],
      ['token', ''],
    ],
    answer: [
      ['code', '', 'HTTP-like code as number/string'],
      ['message', '', 'text'],
    ],
  },
  approval: {
    summary: 'Issues a key that opens one WebSocket session.',
    request: [
      ['grant_type', '', 'client_credentials only value'],
      ['appkey', ''],
      ['secretkey', '', 'same value as appsecret, different name'],
    ],
    answer: [['approval_key', '', 'UUID-like string (36 characters observed; 286 documented)']],
  },
};
