import { type VenueAccount, type VenueDialectName } from '../venue-settings.ts';

/** What an example has to name. */
export interface ExampleParts {
  readonly url: string;
  readonly symbol: string;
  readonly account: Pick<VenueAccount, 'appKey' | 'appSecret'>;
}

/** Takes the token out of an answer without another program than `sed`. */
const tokenOf = (field: string): string => `sed 's/.*"${field}" *: *"\\([^"]*\\)".*/\\1/'`;

const examples: Readonly<Record<VenueDialectName, (parts: ExampleParts) => readonly string[]>> = {
  // KIS wants the kind of customer (custtype: P, a person) and the keys with every request.
  kis: ({ url, symbol, account: { appKey, appSecret } }) => [
    `TOKEN=$(curl -s ${url}/oauth2/tokenP -d '{"grant_type":"client_credentials","appkey":"${appKey}","appsecret":"${appSecret}"}' | ${tokenOf('access_token')})`,
    `curl -s '${url}/uapi/domestic-stock/v1/quotations/inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=${symbol}' -H "authorization: Bearer $TOKEN" -H 'appkey: ${appKey}' -H 'appsecret: ${appSecret}' -H 'tr_id: FHKST01010100' -H 'custtype: P'`,
  ],
  kiwoom: ({ url, symbol, account: { appKey, appSecret } }) => [
    `TOKEN=$(curl -s ${url}/oauth2/token -H 'api-id: au10001' -d '{"grant_type":"client_credentials","appkey":"${appKey}","secretkey":"${appSecret}"}' | ${tokenOf('token')})`,
    `curl -s ${url}/api/dostk/stkinfo -H "authorization: Bearer $TOKEN" -H 'api-id: ka10001' -H 'content-type: application/json;charset=UTF-8' -d '{"stk_cd":"${symbol}"}'`,
  ],
};

/** Two lines for a shell: the first gets a token, the second a quote with it, as often as it is repeated. */
export function exampleRequest(dialect: VenueDialectName, parts: ExampleParts): readonly string[] {
  return examples[dialect](parts);
}
