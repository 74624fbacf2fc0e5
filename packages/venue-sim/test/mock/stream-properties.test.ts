import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { account } from './kis-client.ts';
import { htsId, startStreams, symbol } from './stream-client.ts';

/** A step of a lively market: an order of the account or of the market, a cancel, or time. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('ORDER' as const),
    own: fc.boolean(),
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    quantity: fc.integer({ min: 1, max: 20 }),
    ticks: fc.integer({ min: -3, max: 3 }),
    timeInForce: fc.constantFrom('DAY' as const, 'IOC' as const, 'FOK' as const),
  }),
  fc.record({ kind: fc.constant('CANCEL' as const), nth: fc.nat(9) }),
  fc.record({ kind: fc.constant('WAIT' as const), ms: fc.integer({ min: 1, max: 500 }) }),
);

describe('streams of any day', () => {
  it('tell every fill once, every order once, and the volume that the exchange has', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const venue = startStreams({
          accounts: [{ ...account, htsId, holdings: [{ symbol, quantity: 500, costKrw: 1 }] }],
        });
        const { exchange } = venue.venue;
        const client = venue.connect();
        client.register('H0STCNI0', htsId);
        client.register('H0STCNT0', symbol);
        for (const each of steps) {
          if (each.kind === 'WAIT') venue.advance(each.ms);
          else if (each.kind === 'CANCEL') {
            const order = exchange.listOrders(account.accountId)[each.nth];
            if (order !== undefined) {
              exchange.cancelOrder({ accountId: account.accountId, orderNumber: order.orderNumber });
            }
          } else {
            exchange.placeOrder({
              ...(each.own ? { accountId: account.accountId } : {}),
              symbol,
              side: each.side,
              quantity: each.quantity,
              orderType: 'LIMIT',
              timeInForce: each.timeInForce,
              session: 'REGULAR',
              limitPriceKrw: 70_000 + each.ticks * 100,
              stopPriceKrw: 0,
            });
          }
        }
        venue.advance(1000);
        const orders = exchange.listOrders(account.accountId);
        const notices = client.notices();
        const of = (orderNumber: number, word: string, acceptance: string): readonly (readonly string[])[] =>
          notices.filter(
            (fields): fields is readonly string[] =>
              fields !== 'BAD' && Number(fields[2]) === orderNumber && fields[13] === word && fields[14] === acceptance,
          );
        const quantity = (list: readonly (readonly string[])[]): number =>
          list.reduce((sum, fields) => sum + Number(fields[9]), 0);
        for (const order of orders) {
          const { orderNumber, kind, filledQuantity, timeInForce } = order;
          expect(of(orderNumber, '1', '1')).toHaveLength(1);
          if (kind === 'CANCEL') expect(of(orderNumber, '1', '2')).toHaveLength(1);
          expect(quantity(of(orderNumber, '2', '2'))).toBe(filledQuantity);
          const remainder = kind === 'NEW' && timeInForce !== 'DAY' ? order.quantity - filledQuantity : 0;
          expect(quantity(of(orderNumber, '1', '3'))).toBe(remainder);
        }
        const trades = client
          .data('H0STCNT0')
          .flatMap(({ count, fields }) =>
            Array.from({ length: count }, (_, index) => fields.slice(index * 47, index * 47 + 47)),
          );
        let volume = 0;
        for (const record of trades) {
          volume += Number(record[12]);
          expect(Number(record[13])).toBe(volume);
        }
        expect(volume).toBe(exchange.getInstrument(symbol)?.volume);
      }),
      { numRuns: 60 },
    );
  });
});
