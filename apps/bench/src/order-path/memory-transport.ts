import { type HttpConnection, type HttpExchange, type HttpTransport } from '@qts/broker-kit';

/** Answers at once, in memory, with what `answer` gives for a path. */
export function createMemoryTransport(answer: (path: string) => string, onSend?: () => void): HttpTransport {
  const header = (name: string): string | undefined =>
    name === 'content-type' ? 'application/json; charset=utf-8' : undefined;
  return {
    open: (): HttpConnection => ({
      busy: false,
      send({ path }): Promise<HttpExchange> {
        onSend?.();
        return Promise.resolve({ status: 200, header, body: answer(path) });
      },
      warm: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
  };
}
