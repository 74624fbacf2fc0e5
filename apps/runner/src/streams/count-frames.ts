import { type WebSocketTransport } from '@qts/broker-kit';

/** The same transport; `count` hears of every message that comes in. */
export function countFrames(transport: WebSocketTransport, count: () => void): WebSocketTransport {
  return {
    open: (url, handlers) =>
      transport.open(url, {
        onOpen: () => {
          handlers.onOpen();
        },
        onMessage: (message) => {
          count();
          handlers.onMessage(message);
        },
        onPing: () => {
          handlers.onPing();
        },
        onClose: (code, reason) => {
          handlers.onClose(code, reason);
        },
      }),
  };
}
