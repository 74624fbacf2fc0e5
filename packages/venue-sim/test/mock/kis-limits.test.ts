import { afterEach, describe, expect, it } from 'vitest';
import { kstInstant } from '../../src/kst.ts';
import { balanceFields, startKis, tradingDate, type KisReply, type KisTestVenue } from './kis-client.ts';

let kis: KisTestVenue | undefined;

afterEach(async () => {
  await kis?.close();
  kis = undefined;
});

const startMs = kstInstant(tradingDate, '10:00');
const quote = ({ call }: KisTestVenue): Promise<KisReply> =>
  call({
    trId: 'FHKST01010100',
    operation: 'inquire-price',
    fields: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '900010' },
  });

/** How many calls in a row pass at one instant. */
async function callsAtOnce(venue: KisTestVenue): Promise<number> {
  let passed = 0;
  while ((await quote(venue)).status === 200) passed += 1;
  return passed;
}

describe('calls per second', () => {
  it.each([
    ['LIVE', '2026-11-20', 18],
    ['LIVE', '2026-04-17', 20],
    ['PAPER', '2026-11-20', 1],
    ['PAPER', '2026-04-17', 2],
  ] as const)('on %s follow the date: %s allows %i', async (environment, date, limit) => {
    kis = await startKis({ environment, tradingDate: date, brokerLimits: true });
    expect(await callsAtOnce(kis)).toBe(limit);
  });

  it('slide: room comes back as calls grow a second old', async () => {
    kis = await startKis({ kis: { requestsPerSecond: 2 } });
    await quote(kis);
    kis.clock.advanceTo(startMs + 600);
    await quote(kis);
    kis.clock.advanceTo(startMs + 999);
    expect((await quote(kis)).body['msg_cd']).toBe('EGW00201');
    kis.clock.advanceTo(startMs + 1000);
    expect((await quote(kis)).status).toBe(200);
    expect((await quote(kis)).status).toBe(500);
  });

  it('hold orders back like anything else, and nothing is entered', async () => {
    kis = await startKis({ kis: { requestsPerSecond: 1 } });
    await quote(kis);
    const reply = await kis.call({ trId: 'TTTC0012U', operation: 'order-cash' });
    expect(reply.body['msg_cd']).toBe('EGW00201');
    expect(kis.venue.exchange.listOrders('first')).toHaveLength(0);
  });

  it('of the ledger are refused with EGW00215 on the balance alone', async () => {
    kis = await startKis({ kis: { ledgerCallsPerSecond: 1 } });
    const balance = { trId: 'TTTC8434R', operation: 'inquire-balance', fields: balanceFields };
    expect((await kis.call(balance)).status).toBe(200);
    const reply = await kis.call(balance);
    expect([reply.status, reply.body['msg_cd']]).toEqual([500, 'EGW00215']);
    expect((await quote(kis)).status).toBe(200);
  });
});
