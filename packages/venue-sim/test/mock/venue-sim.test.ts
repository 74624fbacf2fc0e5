import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Client } from 'undici';
import { describe, expect, it } from 'vitest';
import {
  createInMemoryVenue,
  createSteppedClock,
  createVenueSim,
  VenueError,
  type VenueRequest,
  type VenueSimOptions,
} from '../../src/index.ts';
import { kstInstant } from '../../src/kst.ts';
import { account, instruments, tradingDate } from './kis-client.ts';

const startMs = kstInstant(tradingDate, '10:00');

function options(): VenueSimOptions & { readonly clock: ReturnType<typeof createSteppedClock> } {
  return {
    dialect: 'kis',
    environment: 'LIVE',
    tradingDate,
    instruments,
    accounts: [account],
    seed: 1,
    clock: createSteppedClock(startMs),
  };
}

describe('createVenueSim', () => {
  it.each([
    ['environment', { environment: 'DEMO' }],
    ['dialect', { dialect: 'ls' }],
    ['accounts[0].accountNumber', { accounts: [{ ...account, accountNumber: '1234' }] }],
    ['accounts[0].appKey', { accounts: [{ ...account, appKey: '' }] }],
    ['accounts[0].appSecret', { accounts: [{ ...account, appSecret: 'x'.repeat(181) }] }],
    ['accounts[].accountNumber', { accounts: [account, { ...account, accountId: 'second', appKey: 'other' }] }],
    ['accounts[].appKey', { accounts: [account, { ...account, accountId: 'second', accountNumber: '22345678-01' }] }],
    ['kis.requestsPerSecond', { kis: { requestsPerSecond: 0 } }],
    ['kis.orderVisibilityDelayMs', { kis: { orderVisibilityDelayMs: -1 } }],
    ['kis.branch', { kis: { branch: '3930' } }],
    ['host', { host: '0.0.0.0' }],
    ['port', { port: 70_000 }],
  ])('refuses a bad %s by its name and starts nothing', async (field, overrides) => {
    const starting = createVenueSim({ ...options(), ...overrides } as VenueSimOptions);
    await expect(starting).rejects.toThrow(VenueError);
    await expect(starting).rejects.toThrow(`The setting ${field} is not usable`);
  });

  it('does not repeat a key or an account number in its refusal', async () => {
    const starting = createVenueSim({ ...options(), accounts: [{ ...account, accountNumber: '12345678' }] });
    await expect(starting).rejects.not.toThrow('12345678');
  });

  it('says that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(createVenueSim({ ...options(), port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    other.close();
  });

  it('closes twice without complaint, and nobody answers afterwards', async () => {
    const venue = await createVenueSim(options());
    const client = new Client(venue.url);
    await venue.close();
    await venue.close();
    await expect(client.request({ path: '/', method: 'GET' })).rejects.toThrow('ECONNREFUSED');
    await client.destroy();
  });

  it('announces no end of idle connections, which would cut a warm client off while time stands still', async () => {
    const venue = await createVenueSim(options());
    const client = new Client(venue.url);
    const reply = await client.request({ path: '/', method: 'GET' });
    await reply.body.dump();
    expect(reply.headers['keep-alive']).toBeUndefined();
    await client.close();
    await venue.close();
  });

  it('refuses a body that no request of the broker has', async () => {
    const venue = await createVenueSim(options());
    const client = new Client(venue.url);
    const reply = await client.request({ path: '/oauth2/tokenP', method: 'POST', body: 'x'.repeat(64 * 1024 + 1) });
    await reply.body.dump();
    expect(reply.statusCode).toBe(413);
    expect(venue.requests()).toHaveLength(0);
    await client.close();
    await venue.close();
  });
});

describe('createInMemoryVenue', () => {
  const tokenRequest: VenueRequest = {
    method: 'POST',
    path: '/oauth2/tokenP',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(
      JSON.stringify({ grant_type: 'client_credentials', appkey: account.appKey, appsecret: account.appSecret }),
    ),
  };

  it('answers as the socket does, without one', async () => {
    const venue = createInMemoryVenue(options());
    const sim = await createVenueSim(options());
    const client = new Client(sim.url);
    const reply = await client.request({
      ...tokenRequest,
      method: 'POST',
      body: tokenRequest.body,
      query: {},
    });
    const inMemory = venue.handleRequest(tokenRequest);
    expect([reply.statusCode, await reply.body.text()]).toEqual([inMemory.status, inMemory.body]);
    expect(venue.requests('tokenP')).toHaveLength(1);
    await client.close();
    await sim.close();
    venue.close();
  });

  it('moves the exchange with the clock and stops when it is closed', () => {
    const { clock, ...rest } = options();
    const venue = createInMemoryVenue({ ...rest, clock });
    expect(venue.exchange.nowMs).toBe(startMs);
    clock.advanceTo(startMs + 1000);
    expect(venue.exchange.nowMs).toBe(startMs + 1000);
    venue.close();
    venue.close();
    clock.advanceTo(startMs + 2000);
    expect(venue.exchange.nowMs).toBe(startMs + 1000);
  });

  it('lets order flow be scheduled before the day begins', () => {
    const times: number[] = [];
    const venue = createInMemoryVenue({
      ...options(),
      prepare: (exchange) => {
        exchange.schedule(kstInstant(tradingDate, '09:30'), () => times.push(exchange.nowMs));
      },
    });
    expect(times).toEqual([kstInstant(tradingDate, '09:30')]);
    venue.close();
  });

  it('starts at 08:00 of the trading date without a clock of its own', () => {
    const venue = createInMemoryVenue({
      dialect: 'kis',
      environment: 'LIVE',
      tradingDate,
      instruments,
      accounts: [account],
      seed: 1,
    });
    const eightMs = kstInstant(tradingDate, '08:00');
    expect(venue.clock.nowMs()).toBeGreaterThanOrEqual(eightMs);
    expect(venue.clock.nowMs()).toBeLessThan(eightMs + 60_000);
    venue.close();
  });
});
