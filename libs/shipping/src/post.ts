import type { IncomingMessage } from 'node:http';

export interface PostOptions {
  /** Base address of the receiver; `/v1/logs` and `/v1/metrics` are below it. */
  readonly url: string;
  /** A request that takes longer failed. Default 30,000. */
  readonly timeoutMs?: number;
  /** PEM. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The beginning of the body. */
  readonly text: string;
  /** All of the request is with the operating system: nobody reads its body any more. */
  readonly bodySent: boolean;
}

export interface Poster {
  /** @throws Error when no answer came: network, time limit, or the signal aborted. */
  post(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer,
    signal: AbortSignal,
  ): Promise<Answer>;
  stop(): void;
}

const ANSWER_BYTES = 4096;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * node:http or node:https, without the ESM import of them: that evaluates every export, and with `WebSocket` loads all of
 * undici, 12 MB that an agent of 80 does not need (Node 24.21).
 */
function loadHttp(secure: boolean): typeof import('node:http') | typeof import('node:https') {
  return secure ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http');
}

/** POSTs over one connection that is kept open. node:http, since fetch costs several times its CPU. */
export function createPoster(options: PostOptions): Poster {
  const base = new URL(options.url);
  const prefix = base.pathname.replace(/\/$/, '');
  const secure = base.protocol === 'https:';
  if (!secure && base.protocol !== 'http:') throw new RangeError(`not an HTTP address: ${base.protocol}`);
  const agentOptions = { keepAlive: true, maxSockets: 1 };
  const { Agent, request } = loadHttp(secure);
  const agent = new Agent({ ...agentOptions, ...(secure ? options.tls : {}) });
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  const once: Poster['post'] = (path, headers, body, signal) =>
    new Promise((resolve, reject) => {
      const target = {
        protocol: base.protocol,
        hostname: base.hostname.replace(/^\[|\]$/g, ''),
        port: base.port,
        path: prefix + path,
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': body.length },
        signal,
      };
      const sent = request(target, (response) => {
        readAnswer(response)
          .then(async (answer) => {
            // A busy loop hears the answer in the same turn as the end of the write, and before it.
            if (!sent.writableFinished) await new Promise((next) => setImmediate(next));
            resolve({ ...answer, bodySent: sent.writableFinished });
          }, reject)
          .finally(() => clearTimeout(timer));
      });
      const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      sent.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        // The receiver closed an idle connection at the same moment: no failure of its.
        if (sent.reusedSocket && error.code === 'ECONNRESET')
          once(path, headers, body, signal).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });

  return { post: once, stop: () => agent.destroy() };
}

async function readAnswer(response: IncomingMessage): Promise<Omit<Answer, 'bodySent'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (size < ANSWER_BYTES) chunks.push(chunk.subarray(0, ANSWER_BYTES - size));
    size += chunk.length;
    if (size > 16 * ANSWER_BYTES) throw new Error('the answer is too long');
  }
  return {
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    text: Buffer.concat(chunks).toString('utf8'),
  };
}
