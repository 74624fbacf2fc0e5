import { type OperationText } from '@qts/broker-kit';

/** What is written about the operations for tokens. Source: the broker's REST API guide (August 2025) and recorded traffic. */
export const tokenTexts: Readonly<Record<string, OperationText>> = {
  au10001: {
    summary: 'Issues an access token for 24 hours; asked again within them it gives the same one.',
    request: [
      ['grant_type', 'grant_type', 'grant type; constant client_credentials'],
      ['appkey', '앱키', 'app key'],
      ['secretkey', '시크릿키', 'secret key (the name is secretkey, not appsecret)'],
    ],
    answer: [
      ['expires_dt', '만료일', 'expiry, yyyyMMddHHmmss, KST'],
      ['token_type', '토큰타입', 'token type, bearer in any letter case'],
      ['token', '접근토큰', 'access token'],
    ],
  },
  au10002: {
    summary: 'Ends an access token at once.',
    request: [
      ['appkey', '앱키', 'app key'],
      ['secretkey', '시크릿키', 'secret key (the name is secretkey, not appsecret)'],
      ['token', '접근토큰', 'access token'],
    ],
    answer: [],
  },
};
