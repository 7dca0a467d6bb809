import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { contentEncoding, decodeLogs, decompressBody, readBatchIdentity } from '@suite/protocol';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly identity: string;
  /** Whether this identity came for the first time. */
  readonly fresh: boolean;
}

/** What the peer does with a request; `store` keeps the batch unless it has it already. */
export type Behaviour = (received: Received, response: ServerResponse, store: () => void) => void;

export const accept: Behaviour = (_received, response, store) => {
  store();
  response.end();
};

/** A receiver on loopback that drops what it has seen already, as NADIR does. */
export class Peer {
  readonly requests: Received[] = [];
  /** `stream@offset line` of every log record stored, in order. */
  readonly lines: string[] = [];
  behave: Behaviour = accept;
  private readonly seen = new Set<string>();
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  async start(port = 0): Promise<string> {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      } catch {
        return;
      }
      const body = Buffer.concat(chunks);
      const { agent, epoch, sequence } = readBatchIdentity(request.headers)!;
      const identity = `${agent}/${epoch}/${sequence}`;
      const received = {
        path: request.url ?? '',
        headers: request.headers,
        identity,
        fresh: !this.seen.has(identity),
      };
      this.requests.push(received);
      const encoding = contentEncoding(request.headers['content-encoding']);
      const raw = await decompressBody(body, encoding, 64 * 1024 * 1024);
      this.behave(received, response, () => this.store(received, raw));
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server!.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private store(received: Received, raw: Buffer): void {
    if (this.seen.has(received.identity)) return;
    this.seen.add(received.identity);
    if (received.path !== '/v1/logs') return;
    let stream = '';
    decodeLogs(
      raw,
      ({ scope }) => {
        stream = String(scope['suite.stream']);
      },
      ({ attributes, body }) => this.lines.push(`${stream}@${attributes['log.offset']} ${body.toString()}`),
    );
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}
