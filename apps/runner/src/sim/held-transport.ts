import { type HttpConnection, type HttpTransport } from '@qts/broker-kit';
import { type LockstepClock } from './lockstep-clock.ts';

/** A transport that stops simulated time while a request is in flight. */
export function holdTimeDuringExchanges(transport: HttpTransport, clock: Pick<LockstepClock, 'hold'>): HttpTransport {
  async function held<Result>(work: () => Promise<Result>): Promise<Result> {
    const release = clock.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }
  return {
    open(origin) {
      const connection = transport.open(origin);
      return {
        get busy() {
          return connection.busy;
        },
        send: (request, options) => held(() => connection.send(request, options)),
        warm: () => held(() => connection.warm()),
        close: () => held(() => connection.close()),
      } satisfies HttpConnection;
    },
  };
}
