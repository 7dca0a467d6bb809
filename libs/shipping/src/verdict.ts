/** What an answer means for the batch. */
export type Verdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Status codes by which the receiver says that it will never take this body. */
const REFUSED: Readonly<Record<number, string>> = {
  400: 'the receiver cannot read this batch',
  413: 'the receiver finds this batch too large',
  415: 'the receiver does not know this content type or encoding',
  422: 'the receiver cannot process this batch',
};

/** Everything that is not plainly about the batch itself keeps it: it may be the receiver's, or a set-up, fault. */
export function judge(status: number): Verdict {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const refused = REFUSED[status];
  if (refused) return { kind: 'refused', reason: `${refused} (HTTP ${status})` };
  return { kind: 'again', reason: `${explain(status)} (HTTP ${status})` };
}

function explain(status: number): string {
  if (status === 401) return 'the receiver does not accept the token; check the token file';
  if (status === 403) return 'the receiver forbids this agent to send; check its token or certificate';
  if (status === 404) return 'nothing takes batches at this address; check the URL';
  if (status === 408) return 'the receiver waited too long for the batch';
  if (status === 429) return 'the receiver asks for a pause';
  if (status >= 500) return 'the receiver has trouble of its own';
  if (status >= 300 && status < 400) return 'the address redirects elsewhere; put the final URL';
  return 'the receiver gave an answer that makes no sense here';
}
