import type { ApiProblem, ApiSession } from '@suite/api/contract';

/** A refusal or failure of the API, in words for a person. `status` 0: no answer at all. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number;
  readonly hint: string | undefined;

  constructor(status: number, message: string, hint?: string) {
    super(message);
    this.status = status;
    this.hint = hint;
  }

  static words(error: unknown): string {
    if (error instanceof Failure) return error.hint ? `${error.message} ${error.hint}` : error.message;
    return 'Something went wrong in this page. Reload it.';
  }
}

export type Params = Readonly<Record<string, string | number | undefined>>;

/** Reads one of the API's answers. Throws Failure; an aborted call rejects with the signal's reason. */
export async function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const answer = await call(urlOf(path, params), signal ? { signal } : {});
  return (await answer.json()) as T;
}

/** Changes something. The session's cookie goes with it, and the browser says that it comes from this page. */
export async function change<T>(
  method: 'POST' | 'DELETE',
  path: string,
  wish: { readonly params?: Params; readonly body?: object } = {},
): Promise<T> {
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish.body) };
  const answer = await call(urlOf(path, wish.params ?? {}), {
    method,
    ...(wish.body === undefined ? {} : json),
  });
  return (await answer.json()) as T;
}

export async function openSession(token: string): Promise<ApiSession> {
  return change<ApiSession>('POST', '/api/v1/session', { body: { token } });
}

export async function closeSession(): Promise<void> {
  await call('/api/v1/session', { method: 'DELETE' });
}

export function urlOf(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function call(url: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Failure(0, 'NADIR does not answer.', 'Is it still running?');
  }
  if (answer.ok) return answer;
  const body = (await answer.json().catch(() => null)) as ApiProblem | null;
  throw new Failure(
    answer.status,
    body?.error.message ?? `NADIR answered ${answer.status}.`,
    body?.error.hint,
  );
}
