import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { drawListLagMs } from '../../src/faults/list-lag.ts';
import { type StreamFaultId } from '../../src/faults/stream-faults.ts';
import { venueFaults, type VenueFaultId } from '../../src/index.ts';
import { bodyOf, isOpen, onVenue, type FaultVenue, type RawCall, type Seen } from './fault-client.ts';
import { account, balanceFields, dailyFields, orderFields } from './kis-client.ts';

const daily: RawCall = { operation: 'inquire-daily-ccld', trId: 'TTTC0081R', fields: dailyFields() };
const balance: RawCall = { operation: 'inquire-balance', trId: 'TTTC8434R', fields: balanceFields };
const issue: RawCall = {
  operation: 'tokenP',
  trId: '',
  fields: { grant_type: 'client_credentials', appkey: account.appKey, appsecret: account.appSecret },
};

const rowsOf = (seen: Seen): readonly Readonly<Record<string, string>>[] =>
  bodyOf(seen)['output1'] as readonly Readonly<Record<string, string>>[];
const numbersOf = (seen: Seen): readonly (string | undefined)[] => rowsOf(seen).map(({ odno }) => odno);

/** Sends the order that the fault strikes, and checks what its client sees against what the exchange has. */
type Case = (kis: FaultVenue, strike: (parameters?: Record<string, number>) => void) => Promise<void>;

/** An order whose answer is there and is not what it should be. */
function answers(ordersAtExchange: 0 | 1, expected: { status: number; text: RegExp | string }): Case {
  return async (kis, strike) => {
    strike();
    const seen = await kis.buy();
    expect(kis.orders()).toHaveLength(ordersAtExchange);
    expect(seen).toMatchObject({ kind: 'ANSWER', status: expected.status });
    expect(seen.kind === 'ANSWER' ? seen.body : '').toMatch(expected.text);
    expect(kis.venue.requests('order-cash').map(({ status }) => status)).toEqual([expected.status]);
  };
}

/** An order whose connection fails. */
function fails(ordersAtExchange: 0 | 1, code: string): Case {
  return async (kis, strike) => {
    strike();
    expect(await kis.buy()).toEqual({ kind: 'FAILED', code });
    expect(kis.orders()).toHaveLength(ordersAtExchange);
  };
}

/** An order to which nobody ever says anything. */
function saysNothing(ordersAtExchange: 0 | 1): Case {
  return async (kis, strike) => {
    strike();
    const pending = kis.buy();
    await kis.arrived(1);
    kis.advance(600_000);
    expect(await isOpen(pending)).toBe(true);
    expect(kis.orders()).toHaveLength(ordersAtExchange);
    expect(kis.venue.requests('order-cash').map(({ status }) => status)).toEqual([0]);
  };
}

/** An order that reaches the exchange long after its client has heard nothing or lost the line. */
function landsLate(isSilent: boolean): Case {
  return async (kis, strike) => {
    strike({ landsAfterMs: 120_000 });
    const pending = kis.buy();
    await kis.arrived(1);
    if (!isSilent) expect(await pending).toEqual({ kind: 'FAILED', code: 'UND_ERR_SOCKET' });
    const sentAtMs = kis.clock.nowMs();
    kis.advance(119_999);
    expect(kis.orders()).toHaveLength(0);
    kis.advance(1000);
    expect(kis.orders()).toMatchObject([{ enteredAtMs: sentAtMs + 120_000, quantity: 10, side: 'BUY' }]);
    expect(await isOpen(pending)).toBe(isSilent);
  };
}

/** An order that is answered, in full, when its time has come and not before. */
function answersAfter(delayMs: number): Case {
  return async (kis, strike) => {
    strike({ delayMs });
    const pending = kis.buy();
    await kis.arrived(1);
    expect(kis.orders()).toHaveLength(1);
    kis.advance(delayMs - 1);
    expect(await isOpen(pending)).toBe(true);
    kis.advance(1);
    expect(bodyOf(await pending)).toMatchObject({ rt_cd: '0', output: { ODNO: '0000000001' } });
  };
}

/** An order whose answer comes byte by byte. */
function answersSlowly(bytesMin: number): Case {
  return async (kis, strike) => {
    strike({ byteEveryMs: 100 });
    const pending = kis.buy();
    await kis.arrived(1);
    expect(kis.orders()).toHaveLength(1);
    kis.advance(bytesMin * 100);
    expect(await isOpen(pending)).toBe(true);
    kis.advance(100_000);
    expect(bodyOf(await pending)).toMatchObject({ rt_cd: '0', output: { ODNO: '0000000001' } });
  };
}

/** Every call is refused until the window ends; other operations are not. */
function storms(call: RawCall, status: number, text: RegExp, spared?: RawCall): Case {
  return async (kis, strike) => {
    strike({ durationMs: 60_000 });
    for (const waitMs of [30_000, 29_999]) {
      const seen = await kis.start(call);
      expect(seen).toMatchObject({ kind: 'ANSWER', status });
      expect(seen.kind === 'ANSWER' ? seen.body : '').toMatch(text);
      kis.advance(waitMs);
    }
    if (spared !== undefined) expect(await kis.start(spared)).toMatchObject({ status: 200 });
    expect(await kis.start(call)).toMatchObject({ status });
    kis.advance(1);
    expect(bodyOf(await kis.start(call))).toMatchObject({ rt_cd: '0' });
    expect(kis.orders()).toHaveLength(call.operation === 'order-cash' ? 1 : 0);
  };
}

const order: RawCall = { operation: 'order-cash', trId: 'TTTC0012U', fields: orderFields() };

async function placeOrders(kis: FaultVenue, count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) expect(await kis.buy()).toMatchObject({ status: 200 });
}

/** Faults of requests; those of streams have their own tests. */
type RequestFaultId = Exclude<VenueFaultId, StreamFaultId>;

const cases: Readonly<Record<RequestFaultId, Case>> = {
  'R05-reset-before-request': async (kis, strike) => {
    strike();
    expect(await kis.buy()).toMatchObject({ kind: 'FAILED' });
    expect(kis.venue.requests('order-cash')).toEqual([]);
    expect(await kis.buy()).toMatchObject({ status: 200 });
    expect(kis.orders()).toHaveLength(1);
  },
  'R06-reset-mid-request': fails(0, 'ECONNRESET'),
  'R07-drop-before-accept': fails(0, 'UND_ERR_SOCKET'),
  'R07-reset-before-accept': fails(0, 'ECONNRESET'),
  'R08-drop-after-accept': fails(1, 'UND_ERR_SOCKET'),
  'R08-reset-after-accept': fails(1, 'ECONNRESET'),
  'R09-silence-before-accept': saysNothing(0),
  'R10-silence-after-accept': saysNothing(1),
  'R11-silence-late-landing': landsLate(true),
  'R11-drop-late-landing': landsLate(false),
  'R12-silence-rejected-later': async (kis, strike) => {
    strike({ landsAfterMs: 60_000 });
    const pending = kis.buy();
    await kis.arrived(1);
    kis.advance(59_999);
    expect(rowsOf(await kis.start(daily))).toEqual([]);
    kis.advance(1000);
    expect(rowsOf(await kis.start(daily))).toMatchObject([
      { ord_qty: '10', rjct_qty: '10', rmn_qty: '0', tot_ccld_qty: '0', cncl_cfrm_qty: '0' },
    ]);
    const { reservedKrw, orderableKrw } = kis.venue.exchange.getAccount(account.accountId) ?? {};
    expect([reservedKrw, orderableKrw]).toEqual([0, account.cashKrw]);
    expect(await isOpen(pending)).toBe(true);
  },
  'R13-half-json-before-accept': answers(0, { status: 200, text: /^\{"rt_cd":"0","msg_cd[^}]*$/ }),
  'R13-half-json-after-accept': answers(1, { status: 200, text: /^\{"rt_cd":"0","msg_cd[^}]*$/ }),
  'R13-cut-body-before-accept': fails(0, 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'),
  'R13-cut-body-after-accept': fails(1, 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'),
  'R14-empty-200-before-accept': answers(0, { status: 200, text: /^$/ }),
  'R14-empty-200-after-accept': answers(1, { status: 200, text: /^$/ }),
  'R15-html-page-before-accept': answers(0, { status: 200, text: /^<!DOCTYPE html>/ }),
  'R15-html-page-after-accept': answers(1, { status: 200, text: /^<!DOCTYPE html>/ }),
  'R15-maintenance': storms(order, 503, /^<!DOCTYPE html>/),
  'R17-unlisted-refusal': answers(0, { status: 200, text: 'APBK9999' }),
  'R18-no-order-number-before-accept': answers(0, { status: 200, text: /^\{"rt_cd":"0"(?!.*"ODNO")/ }),
  'R18-no-order-number-after-accept': answers(1, { status: 200, text: /^\{"rt_cd":"0"(?!.*"ODNO").*ORD_TMD/ }),
  'R19-error-500-after-accept': answers(1, { status: 500, text: /^Internal Server Error$/ }),
  'R20-error-500-before-accept': answers(0, { status: 500, text: /^Internal Server Error$/ }),
  'R21-error-502-before-accept': answers(0, { status: 502, text: /^Bad Gateway$/ }),
  'R21-error-502-after-accept': answers(1, { status: 502, text: /^Bad Gateway$/ }),
  'R21-error-503-before-accept': answers(0, { status: 503, text: /^Service Unavailable$/ }),
  'R21-error-503-after-accept': answers(1, { status: 503, text: /^Service Unavailable$/ }),
  'R21-error-504-before-accept': answers(0, { status: 504, text: /^Gateway Timeout$/ }),
  'R21-error-504-after-accept': answers(1, { status: 504, text: /^Gateway Timeout$/ }),
  'R22-rate-limit-under-200': answers(0, { status: 200, text: 'EGW00201' }),
  'R22-rate-limit-under-500': answers(0, { status: 500, text: 'EGW00201' }),
  'R24-rate-limit-storm': storms(order, 500, /EGW00201/),
  'R25-token-expired': async (kis, strike) => {
    strike();
    expect(bodyOf(await kis.buy())).toMatchObject({ msg_cd: 'EGW00123' });
    expect(kis.orders()).toHaveLength(0);
    expect(bodyOf(await kis.buy())).toMatchObject({ rt_cd: '0' });
  },
  'R26-token-revoked-before-accept': async (kis, strike) => {
    strike();
    expect(bodyOf(await kis.buy())).toMatchObject({ msg_cd: 'EGW00121' });
    expect(bodyOf(await kis.buy())).toMatchObject({ msg_cd: 'EGW00121' });
    expect(kis.orders()).toHaveLength(0);
  },
  'R26-token-revoked-after-accept': async (kis, strike) => {
    strike();
    expect(bodyOf(await kis.buy())).toMatchObject({ rt_cd: '0' });
    expect(bodyOf(await kis.buy())).toMatchObject({ msg_cd: 'EGW00121' });
    expect(kis.orders()).toHaveLength(1);
  },
  'R27-token-issue-refused': async (kis, strike) => {
    kis.advance(120_000);
    strike();
    const seen = await kis.start(issue);
    expect(seen).toMatchObject({ status: 403 });
    expect(bodyOf(seen)).toMatchObject({ error_code: 'EGW00133' });
    expect(bodyOf(await kis.start(issue))).toMatchObject({ token_type: 'Bearer' });
  },
  // The status line and the headers are longer than 200 bytes, the body is longer than 100.
  'R29-slow-head': answersSlowly(200),
  'R30-slow-body': answersSlowly(100),
  'R31-endless-body': async (kis, strike) => {
    strike();
    const patience = new AbortController();
    const pending = kis.buy(patience.signal);
    await kis.arrived(1);
    expect(await isOpen(pending)).toBe(true);
    expect(kis.orders()).toHaveLength(1);
    patience.abort();
    expect(await pending).toMatchObject({ kind: 'FAILED' });
    expect(await kis.start(daily)).toMatchObject({ status: 200 });
  },
  'R31-huge-body': async (kis, strike) => {
    strike({ megabytes: 3 });
    const seen = await kis.buy();
    expect(bodyOf(seen)).toMatchObject({ rt_cd: '0', output: { ODNO: '0000000001' } });
    expect(seen.kind === 'ANSWER' ? seen.body.length : 0).toBeGreaterThan(3 * 1024 * 1024);
  },
  'R32-euc-kr-bytes': async (kis, strike) => {
    strike();
    const seen = await kis.buy();
    expect(kis.orders()).toHaveLength(1);
    expect(seen).toMatchObject({ headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(bodyOf(seen)['msg1']).toContain('\ufffd');
  },
  'R33-answer-of-another-request': async (kis) => {
    kis.venue.faults.plan({ fault: 'R33-answer-of-another-request', when: { nth: 2 } });
    await kis.buy();
    expect(bodyOf(await kis.start(balance))).toMatchObject({ output: { ODNO: '0000000001' } });
    expect(bodyOf(await kis.start(balance))).toHaveProperty('output2');
  },
  'R34-answer-twice': async (kis, strike) => {
    strike();
    const { hostname, port } = new URL(kis.venue.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    socket.write('POST /oauth2/tokenP HTTP/1.1\r\nhost: venue\r\ncontent-length: 2\r\n\r\n{}');
    const answers = (): number => text.match(/HTTP\/1\.1 403/g)?.length ?? 0;
    while (answers() < 2 || !text.endsWith('}')) await new Promise((resolve) => setImmediate(resolve));
    expect(text.match(/\{[^}]*\}/g)?.map((body) => body === text.slice(text.lastIndexOf('{')))).toEqual([true, true]);
    socket.destroy();
  },
  'R35-idle-connection-closed': async (kis, strike) => {
    strike();
    // A connection of its own has carried nothing before.
    expect(await kis.buy()).toMatchObject({ status: 200 });
    const onKeptConnection = kis.call({ operation: 'order-cash', trId: 'TTTC0012U', fields: orderFields() });
    await expect(onKeptConnection).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    expect(kis.orders()).toHaveLength(1);
  },
  'R32-byte-order-mark': async (kis, strike) => {
    strike();
    const seen = await kis.buy();
    expect(kis.orders()).toHaveLength(1);
    // The client's text() takes a mark away; the length shows that it was there.
    expect(seen.kind === 'ANSWER' ? Number(seen.headers['content-length']) - Buffer.byteLength(seen.body) : 0).toBe(3);
  },
  'R34-answer-late-after-deadline': answersAfter(30_000),
  'R36-redirect-before-accept': async (kis, strike) => {
    strike();
    expect(await kis.buy()).toMatchObject({ status: 302, headers: { location: 'https://elsewhere.invalid/' } });
    expect(kis.orders()).toHaveLength(0);
  },
  'R37-date-skew': async (kis, strike) => {
    strike({ skewMs: -180_000 });
    const seen = await kis.buy();
    const date = seen.kind === 'ANSWER' ? String(seen.headers['date']) : '';
    expect(Date.parse(date)).toBe(kis.clock.nowMs() - 180_000);
    expect(kis.orders()).toMatchObject([{ enteredAtMs: kis.clock.nowMs() }]);
  },
  'R38-page-fails': async (kis, strike) => {
    strike();
    expect(await kis.start(daily)).toMatchObject({ status: 200 });
    expect(kis.venue.faults.counters()['R38-page-fails']).toBe(0);
    expect(await kis.start({ ...daily, continues: true })).toMatchObject({ status: 500 });
  },
  'R38-pages-endless': async (kis, strike) => {
    await placeOrders(kis, 2);
    strike();
    const first = await kis.start(daily);
    expect(first).toMatchObject({ headers: { tr_cont: 'M' } });
    const { ctx_area_fk100: CTX_AREA_FK100, ctx_area_nk100: CTX_AREA_NK100 } = bodyOf(first);
    const next = await kis.start({
      ...daily,
      fields: { ...dailyFields(), CTX_AREA_FK100, CTX_AREA_NK100 },
      continues: true,
    });
    expect(numbersOf(next)).toEqual(['0000000001', '0000000002']);
  },
  'R38-rows-doubled': async (kis, strike) => {
    await placeOrders(kis, 3);
    strike({ rows: 2 });
    expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1, 2, 3, 2, 3]);
    expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1, 2, 3]);
  },
  'R38-rows-missing': async (kis, strike) => {
    await placeOrders(kis, 3);
    strike({ rows: 2 });
    const seen = await kis.start(daily);
    expect(numbersOf(seen).map(Number)).toEqual([1]);
    expect(bodyOf(seen)).toMatchObject({ rt_cd: '0', msg_cd: 'KIOK0460' });
    expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1, 2, 3]);
  },
  'R39-list-lags': async (kis, strike) => {
    await placeOrders(kis, 1);
    kis.advance(4999);
    strike({ lagMs: 5000 });
    expect(numbersOf(await kis.start(daily))).toEqual([]);
    expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1]);
    expect(kis.orders()).toHaveLength(1);
  },
  'R40-older-snapshot': async (kis) => {
    kis.venue.faults.plan({ fault: 'R40-older-snapshot', when: { nth: 2 } });
    expect(numbersOf(await kis.start(daily))).toEqual([]);
    await placeOrders(kis, 1);
    expect(numbersOf(await kis.start(daily))).toEqual([]);
    expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1]);
  },
  'R41-stranger-order': async (kis, strike) => {
    strike();
    expect(bodyOf(await kis.buy())).toMatchObject({ output: { ODNO: '0000000001' } });
    expect(kis.orders()).toMatchObject(
      [1, 2].map((orderNumber) => ({
        orderNumber,
        symbol: '900010',
        side: 'BUY',
        quantity: 10,
        limitPriceKrw: 69_000,
      })),
    );
    const [ours, theirs] = rowsOf(await kis.start(daily));
    const told = ['odno', 'ordr_empno', 'inqr_ip_addr'];
    const same = (row: object = {}): object =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !told.includes(name)));
    expect(same(theirs)).toEqual(same(ours));
    expect(ours).toMatchObject({ ordr_empno: 'OpnAPI', inqr_ip_addr: '127.0.0.1' });
    expect(theirs).toMatchObject({ ordr_empno: 'HTS', inqr_ip_addr: '203.0.113.7' });
  },
  'R44-numbers-for-text': async (kis, strike) => {
    strike();
    expect(bodyOf(await kis.buy())).toMatchObject({
      rt_cd: '0',
      output: { ODNO: 1, KRX_FWDG_ORD_ORGNO: 3930, ORD_TMD: 100_000 },
    });
    expect(kis.orders()).toHaveLength(1);
  },
  'answer-late-within-deadline': answersAfter(2000),
  'ledger-limit': async (kis, strike) => {
    strike();
    const seen = await kis.start(balance);
    expect(seen).toMatchObject({ status: 500 });
    expect(bodyOf(seen)).toMatchObject({ msg_cd: 'EGW00215' });
    expect(bodyOf(await kis.start(balance))).toMatchObject({ rt_cd: '0' });
  },
  'ledger-limit-storm': storms(balance, 500, /EGW00215/),
  'transaction-timeout-before-accept': answers(0, { status: 500, text: 'EGW00302' }),
  'transaction-timeout-after-accept': answers(1, { status: 500, text: 'EGW00302' }),
  'wrong-operation-echoed-before-accept': async (kis, strike) => {
    strike();
    expect(await kis.buy()).toMatchObject({ status: 200, headers: { tr_id: 'TTTC8434R' } });
    expect(kis.orders()).toHaveLength(0);
  },
  'wrong-operation-echoed-after-accept': async (kis, strike) => {
    strike();
    const seen = await kis.buy();
    expect(seen).toMatchObject({ status: 200, headers: { tr_id: 'TTTC8434R' } });
    expect(bodyOf(seen)).toMatchObject({ output: { ODNO: '0000000001' } });
    expect(kis.orders()).toHaveLength(1);
  },
};

describe('a planned fault', () => {
  it('has a case for every fault of requests', () => {
    const ids = venueFaults.filter(({ stream }) => stream === 'NONE').map(({ id }) => id);
    expect(Object.keys(cases).toSorted()).toEqual(ids);
  });

  it.each(Object.keys(cases) as RequestFaultId[])('%s', async (id) => {
    await onVenue(async (kis) => {
      const { faults } = kis.venue;
      await cases[id](kis, (parameters = {}) => {
        faults.plan({ fault: id, parameters });
      });
      const struck = kis.struck().filter((each) => each !== undefined);
      // What ends a connection before its request leaves no request behind.
      const isHeard = id !== 'R05-reset-before-request';
      expect(struck.length > 0).toBe(isHeard);
      expect(struck.flat().every((each) => each === id)).toBe(true);
      const others = Object.entries(faults.counters()).filter(([other]) => other !== id);
      expect(faults.counters()[id]).toBe(isHeard ? struck.length : 1);
      expect(others.every(([, count]) => count === 0)).toBe(true);
    })();
  });
});

describe('an order list that lags as it was measured', () => {
  it('lags 2.6 s in the median and 5.3 s at most, each order by a lag of its own that stays', () => {
    const lags = Array.from({ length: 2000 }, (_, index) => drawListLagMs(7, index + 1)).toSorted((a, b) => a - b);
    expect(Math.abs((lags[1000] ?? 0) - 2600)).toBeLessThan(150);
    expect(Math.abs((lags[1900] ?? 0) - 4500)).toBeLessThan(150);
    expect(lags.at(-1)).toBeLessThanOrEqual(5300);
    expect(lags[0]).toBeGreaterThanOrEqual(500);
    expect(drawListLagMs(7, 12)).toBe(drawListLagMs(7, 12));
  });

  it(
    'shows an order once its lag is over, and from then on',
    onVenue(async (kis) => {
      kis.venue.faults.plan({ fault: 'R39-list-lags', times: Infinity });
      await kis.buy();
      const lagMs = drawListLagMs(1, 1);
      kis.advance(lagMs - 1);
      expect(numbersOf(await kis.start(daily))).toEqual([]);
      kis.advance(1);
      expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1]);
      kis.advance(10_000);
      expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1]);
    }),
  );
});

describe('an order list that lags less than the venue has it lag anyway', () => {
  it(
    'lags as long as it does without the fault',
    onVenue(
      async (kis) => {
        kis.venue.faults.plan({ fault: 'R39-list-lags', times: Infinity, parameters: { lagMs: 1 } });
        await kis.buy();
        kis.advance(2599);
        expect(numbersOf(await kis.start(daily))).toEqual([]);
        kis.advance(1);
        expect(numbersOf(await kis.start(daily)).map(Number)).toEqual([1]);
      },
      { kis: { orderVisibilityDelayMs: 2600 } },
    ),
  );
});

describe('slow bytes', () => {
  it.each([
    ['R29-slow-head', 0],
    ['R30-slow-body', 1],
  ] as const)('of %s come one at a time, as the venue clock goes on', async (fault, headsAtOnce) => {
    await onVenue(async (kis) => {
      kis.venue.faults.plan({ fault, operation: 'tokenP', parameters: { byteEveryMs: 1000 } });
      const { hostname, port } = new URL(kis.venue.url);
      const socket = connect(Number(port), hostname);
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      /** All that has come, once there are so many bytes and time for more. */
      const received = async (length: number): Promise<string> => {
        while (text.length < length) await new Promise((resolve) => setImmediate(resolve));
        await isOpen(new Promise(() => undefined));
        return text;
      };
      socket.write('POST /oauth2/tokenP HTTP/1.1\r\nhost: venue\r\ncontent-length: 2\r\n\r\n{}');
      while (headsAtOnce === 1 && !text.includes('\r\n\r\n')) await received(text.length + 1);
      const sentAtOnce = headsAtOnce === 1 ? text.indexOf('\r\n\r\n') + 4 : 0;
      for (const bytes of [1, 2, 3, 4]) {
        expect(await received(sentAtOnce + bytes)).toHaveLength(sentAtOnce + bytes);
        kis.advance(1000);
      }
      kis.advance(10_000_000);
      while (!text.endsWith('}')) await received(text.length + 1);
      expect(text).toMatch(/^HTTP\/1.1 403 .*EGW00115.*\}$/s);
      socket.destroy();
    })();
  });
});
