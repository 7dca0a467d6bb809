import { DeliveryError } from './port.ts';

export interface PostRequest {
  readonly fetch: typeof fetch;
  /** May hold a secret: it is never repeated in an error. */
  readonly url: string;
  readonly method?: 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentType?: string;
  readonly signal: AbortSignal;
  /** Further secrets, where they are only part of the address's parts. */
  readonly secrets?: readonly string[];
}

const ANSWER_BYTES = 2048;
const ANSWER_CHARS = 200;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Posts and judges the answer: 2xx is delivered; 408, 425, 429, 5xx and no answer at all are transient; everything
 * else is for good. Redirects are not followed: the alert goes where the operator said or nowhere.
 */
export async function post(request: PostRequest): Promise<void> {
  const response = await request
    .fetch(request.url, {
      method: request.method ?? 'POST',
      headers: { 'content-type': request.contentType ?? 'application/json', ...request.headers },
      body: request.body,
      signal: request.signal,
      redirect: 'manual',
    })
    .catch((error: unknown) => {
      // Not kept as the cause: fetch names the address, or the header that it does not like.
      throw new DeliveryError(`no answer: ${networkReason(error)}`, { transient: true });
    });
  const answer = withoutSecrets(await firstBytes(response), request);
  if (response.ok) return;
  const words = answer === '' ? '' : `: ${answer}`;
  const retryAfterMs = retryAfter(response.headers.get('retry-after'));
  throw new DeliveryError(`the service answered ${response.status}${words}`, {
    transient: response.status >= 500 || [408, 425, 429].includes(response.status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** What failed below HTTP, without the address. */
function networkReason(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it took too long';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' ? 'the connection failed' : code;
}

const SHORTEST_SECRET = 8;

/** Some servers repeat the address or a header in their answer; what of it may be a secret becomes `***`. */
function withoutSecrets(answer: string, { url, headers = {}, secrets: more = [] }: PostRequest): string {
  const { href, pathname, search } = new URL(url);
  const values = Object.values(headers);
  const told = [href, ...pathname.split('/'), ...search.slice(1).split(/[&=]/), ...values, ...more];
  const secrets = told.flatMap((text) => [text, decoded(text), ...text.split(/[ :]/)]);
  return [...new Set(secrets)]
    .filter((text) => text.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, '***'), answer)
    .slice(0, ANSWER_CHARS);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function firstBytes(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < ANSWER_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
    }
  } catch {
    // The status has been read; the rest is only for the message.
  } finally {
    await reader.cancel().catch(() => {});
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
}

/** `Retry-After` in seconds; a date, or nonsense, is left to our own back-off. */
function retryAfter(header: string | null): number | undefined {
  const seconds = Number(header ?? '');
  if (header === null || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(seconds * 1000, LONGEST_WAIT_MS);
}
