import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** An event as an engine of API 1.41 tells it. */
export interface FakeEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly scope: string;
  readonly time: number;
  readonly timeNano: number;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * An engine on a unix socket: answers from objects, keeps its last 256 events, tells those since a time and then what
 * comes. `override` takes an answer's place.
 */
export class FakeEngine {
  readonly socketPath: string;
  readonly objects = new Map<string, unknown>();
  readonly requests: string[] = [];
  readonly overrides = new Map<string, Answer>();
  #server: Server | null = null;
  #events: FakeEvent[] = [];
  #open = new Set<ServerResponse>();

  constructor(socketPath: string) {
    this.socketPath = socketPath;
    this.objects.set('/version', { ApiVersion: '1.41', MinAPIVersion: '1.12' });
    this.objects.set('/info', { Swarm: { ControlAvailable: false } });
    this.objects.set('/containers/json', []);
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.socketPath, resolve));
  }

  /** Ends all connections. What it knows stays, as in an engine that was restarted it would not. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** How many follow the events. */
  get followers(): number {
    return this.#open.size;
  }

  tell(event: FakeEvent): void {
    this.#events = [...this.#events, event].slice(-256);
    for (const response of this.#open) response.write(`${JSON.stringify(event)}\n`);
  }

  /** As it is, to those who follow. */
  tellRaw(bytes: string): void {
    for (const response of this.#open) response.write(bytes);
  }

  /** Ends the streams of events alone. */
  endStreams(): void {
    for (const response of this.#open) response.destroy();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://docker');
    const path = url.pathname.replace(/^\/v\d+\.\d+/, '');
    this.requests.push(`${request.method} ${url.pathname}`);
    const override = this.overrides.get(path);
    if (override) override(request, response);
    else if (path === '/events') this.#stream(url, response);
    else this.#object(path, response);
  }

  #object(path: string, response: ServerResponse): void {
    if (!this.objects.has(path)) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"No such object"}');
      return;
    }
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(this.objects.get(path)));
  }

  #stream(url: URL, response: ServerResponse): void {
    const sinceNs = Number(url.searchParams.get('since') ?? 0) * 1e9;
    const until = url.searchParams.get('until');
    const untilNs = until === null ? Number.POSITIVE_INFINITY : Number(until) * 1e9;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const event of this.#events) {
      if (event.timeNano >= sinceNs && event.timeNano <= untilNs)
        response.write(`${JSON.stringify(event)}\n`);
    }
    if (until !== null) {
      response.end();
      return;
    }
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }
}

/** What `GET /containers/ID/json` says of an ordinary container, as far as anybody reads it. */
export function inspected(
  id: string,
  name: string,
  more: { HostConfig?: object; Config?: object; Mounts?: object[] } = {},
) {
  return {
    Id: id,
    Name: `/${name}`,
    State: { Status: 'running', Running: true },
    Config: {
      Image: 'bb:1',
      Env: ['PASSWORD=hunter2'],
      Cmd: ['/bin/sleep', '100'],
      Labels: {},
      ...more.Config,
    },
    HostConfig: {
      NetworkMode: 'default',
      Privileged: false,
      PidMode: '',
      IpcMode: 'private',
      UTSMode: '',
      UsernsMode: '',
      CapAdd: null,
      CapDrop: ['ALL'],
      SecurityOpt: null,
      Devices: [],
      ...more.HostConfig,
    },
    Mounts: more.Mounts ?? [],
  };
}
