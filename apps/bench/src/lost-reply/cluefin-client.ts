import { createRequire } from 'node:module';
import { join } from 'node:path';
import { request } from 'undici';
import { benchKeys } from '../order-path/bench-broker.ts';
import { type BenchPeers } from '../peers/bench-peers.ts';
import { type ClientStory, type ReadyClient } from './client-story.ts';
import { theOrder } from './lost-reply-venue.ts';

/** The parts of `cluefin-openapi` that are used. */
interface CluefinPackage {
  readonly KisHttpClient: new (options: Readonly<Record<string, string | number>>) => CluefinClient;
}

interface CluefinClient {
  /** Private in its types; the package has no setting for another host. */
  baseUrl: string;
  readonly domesticAccount: {
    requestStockQuoteCurrent(
      fields: Readonly<Record<string, string>>,
    ): Promise<{ readonly body: { readonly rtCd?: string; readonly msgCd?: string } }>;
  };
}

/** How long somebody waits for a client that does not come back, ms. */
export const patienceMs = 60_000;

/** `cluefin-openapi` with its defaults; the token is fetched beforehand, as its user would. */
export async function readyCluefin(url: string, peers: BenchPeers): Promise<ReadyClient> {
  const { KisHttpClient } = createRequire(join(peers.directory, 'package.json'))('cluefin-openapi') as CluefinPackage;
  const client = new KisHttpClient({
    ...{ token: await fetchToken(url), appKey: benchKeys.appKey, secretKey: benchKeys.appSecret, env: 'prod' },
  });
  client.baseUrl = url;
  return { order: () => orderByCluefin(client), close: () => Promise.resolve() };
}

async function orderByCluefin(client: CluefinClient): Promise<ClientStory> {
  const [cano = '', acntPrdtCd = ''] = benchKeys.accountNumber.split('-');
  const fields = {
    ...{ trId: 'TTTC0012U', cano, acntPrdtCd, pdno: theOrder.symbol, sllType: '', ordDvsn: '00', cndtPric: '' },
    ...{ ordQty: String(theOrder.quantity), ordUnpr: String(theOrder.limitPriceKrw), excgIdDvsnCd: 'KRX' },
  };
  const startMs = performance.now();
  const told = client.domesticAccount.requestStockQuoteCurrent(fields).then(
    ({ body: { rtCd, msgCd = '' } }): Pick<ClientStory, 'last' | 'words'> =>
      rtCd === '0' ? { last: 'PLACED', words: msgCd } : { last: 'FAILED', words: `answer ${rtCd ?? '?'} ${msgCd}` },
    (error: unknown): Pick<ClientStory, 'last' | 'words'> => ({
      last: 'FAILED',
      words: error instanceof Error ? `${error.name}: ${error.message}` : 'an error',
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patienceMs, undefined);
  });
  const story = await Promise.race([told, patience]);
  clearTimeout(timer);
  if (story === undefined) return { first: 'NOTHING', last: 'NOTHING', words: `nothing after ${patienceMs / 1_000} s` };
  const lastMs = performance.now() - startMs;
  return { firstMs: lastMs, first: story.last, lastMs, ...story };
}

async function fetchToken(url: string): Promise<string> {
  const { body } = await request(`${url}/oauth2/tokenP`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      appkey: benchKeys.appKey,
      appsecret: benchKeys.appSecret,
    }),
  });
  return ((await body.json()) as { readonly access_token: string }).access_token;
}
