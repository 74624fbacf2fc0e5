import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { type VenueFrame, type VenueStreamClient, type VenueStreamSession } from './venue-stream.ts';

/** Where the streams of a server go. */
export interface StreamDoor {
  knows(path: string): boolean;
  takes(path: string): boolean;
  open(client: VenueStreamClient, info: { readonly path: string; readonly peerAddress?: string }): VenueStreamSession;
}

/** The largest message taken of a client; the broker's requests are far below it. */
const messageBytesMax = 64 * 1024;

/** Serves streams on the port of `server`. Answers a function that ends every stream without a close frame. */
export function serveStreams(server: Server, door: StreamDoor): () => void {
  // Pongs are the venue's to give: a fault may keep them back.
  const sockets = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: messageBytesMax });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    if (!door.takes(path)) {
      const status = door.knows(path) ? '503 Service Unavailable' : '404 Not Found';
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(incoming, socket, head, (webSocket) => {
      const peerAddress = incoming.socket.remoteAddress;
      connect(webSocket, door, { path, ...(peerAddress === undefined ? {} : { peerAddress }) });
    });
  });
  return () => {
    for (const webSocket of sockets.clients) webSocket.terminate();
    sockets.close();
  };
}

function connect(webSocket: WebSocket, door: StreamDoor, info: Parameters<StreamDoor['open']>[1]): void {
  const session = door.open(
    {
      onFrame(frame, inFragments) {
        if (webSocket.readyState !== webSocket.OPEN) return;
        if (inFragments) sendInFragments(webSocket, frame);
        else webSocket.send(frame);
      },
      onClose({ code, reason }) {
        if (code === abnormalClosure) webSocket.terminate();
        else webSocket.close(code, reason);
      },
      bufferedBytes: () => webSocket.bufferedAmount,
    },
    info,
  );
  webSocket.on('message', (data: RawData, isBinary: boolean) => {
    session.receive(frameOf(data, isBinary));
  });
  webSocket.on('ping', (data: Buffer) => {
    if (session.answersProtocolPing()) webSocket.pong(data);
  });
  webSocket.on('close', (code: number) => {
    session.close(code !== abnormalClosure);
  });
  // A client that breaks the protocol is closed by `ws`; the close event follows.
  webSocket.on('error', () => undefined);
}

/** RFC 6455: there was no close frame. Never sent. */
const abnormalClosure = 1006;

function frameOf(data: RawData, isBinary: boolean): VenueFrame {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
  return isBinary ? bytes : bytes.toString('utf8');
}

function sendInFragments(webSocket: WebSocket, frame: VenueFrame): void {
  const bytes = Buffer.from(frame as string);
  const isBinary = typeof frame !== 'string';
  for (let index = 0; index < bytes.length; index += 1) {
    webSocket.send(bytes.subarray(index, index + 1), { binary: isBinary, fin: index === bytes.length - 1 });
  }
}
