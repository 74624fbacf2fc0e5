import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Contender } from '../measure/ratios.ts';
import { timeOneByOne } from '../measure/time-one-by-one.ts';
import { type BenchPeers, peerVersions } from '../peers/bench-peers.ts';
import { benchKeys } from './bench-broker.ts';

/** The parts of `cluefin-openapi` that are used. */
interface CluefinPackage {
  readonly KisHttpClient: new (options: Readonly<Record<string, string | number>>) => {
    /** Private in its types; the package has no setting for another host. */
    baseUrl: string;
    readonly domesticAccount: {
      requestStockQuoteCurrent(fields: Readonly<Record<string, string>>): Promise<{
        readonly body: { readonly rtCd?: string };
      }>;
    };
  };
}

/** The parts of `ccxt` that are used. */
interface CcxtPackage {
  readonly upbit: new (options: Readonly<Record<string, unknown>>) => {
    urls: { api: Record<string, string> };
    setMarkets(markets: readonly unknown[]): unknown;
    createOrder(
      symbol: string,
      type: string,
      side: string,
      amount: number,
      price: number,
    ): Promise<{ readonly id?: string }>;
  };
}

/** The same order through the public clients that are installed, their own rate limits opened wide. */
export function createPeerContenders(peers: BenchPeers, stubUrl: string): readonly Contender[] {
  const load = createRequire(join(peers.directory, 'package.json'));
  return [
    ...(peers.has('ccxt') ? [createCcxt(load('ccxt') as CcxtPackage, stubUrl)] : []),
    ...(peers.has('cluefin-openapi') ? [createCluefin(load('cluefin-openapi') as CluefinPackage, stubUrl)] : []),
  ];
}

/** ccxt has no Korean stock broker; Upbit is its Korean exchange. The stub answers in Upbit's words. */
function createCcxt({ upbit: Upbit }: CcxtPackage, stubUrl: string): Contender {
  const exchange = new Upbit({ apiKey: benchKeys.appKey, secret: benchKeys.appSecret, enableRateLimit: false });
  exchange.urls.api = { public: stubUrl, private: stubUrl };
  // Given, so that no list of markets is fetched.
  exchange.setMarkets([
    {
      ...{ id: 'KRW-BTC', symbol: 'BTC/KRW', base: 'BTC', quote: 'KRW', baseId: 'BTC', quoteId: 'KRW' },
      ...{ type: 'spot', spot: true, active: true, precision: { amount: 1e-8, price: 1 }, limits: {}, info: {} },
    },
  ]);
  return {
    name: `ccxt ${peerVersions.ccxt} createOrder (upbit)`,
    role: 'peer',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => undefined,
        run: () => exchange.createOrder('BTC/KRW', 'limit', 'buy', 1, 70_000),
        finish({ id }) {
          if (id === undefined || id === '') throw new Error('ccxt came back without an order.');
        },
      }),
  };
}

function createCluefin({ KisHttpClient }: CluefinPackage, stubUrl: string): Contender {
  const client = new KisHttpClient({
    ...{ token: 'bench-'.padEnd(340, 'x'), appKey: benchKeys.appKey, secretKey: benchKeys.appSecret, env: 'dev' },
    ...{ rateLimitRequestsPerSecond: 1_000_000_000, rateLimitBurst: 1_000_000_000, maxRetries: 0 },
  });
  client.baseUrl = stubUrl;
  return {
    name: `cluefin-openapi ${peerVersions['cluefin-openapi']} order-cash`,
    role: 'peer',
    run: (count) =>
      timeOneByOne(count, {
        prepare: () => ({
          ...{ trId: 'VTTC0012U', cano: '87654321', acntPrdtCd: '01', pdno: '005930', sllType: '', ordDvsn: '00' },
          ...{ ordQty: '1', ordUnpr: '70000', cndtPric: '', excgIdDvsnCd: 'KRX' },
        }),
        run: (fields) => client.domesticAccount.requestStockQuoteCurrent(fields),
        finish({ body }) {
          if (body.rtCd !== '0') throw new Error('cluefin-openapi came back without an order.');
        },
      }),
  };
}
