import type { Redirect } from './invocation.ts';

/** The text of `<<<` or a here-document; null where there is none, or it is not known. */
export function hereText(redirects: readonly Redirect[]): string | null {
  const found = redirects.find(({ operator }) => operator === '<<<' || operator === '<<');
  if (found === undefined || (found.operator === '<<' && found.target === '')) return null;
  return found.operator === '<<<' ? `${found.target}\n` : found.target;
}

/** Whether standard input comes from a file. */
export function reads(redirects: readonly Redirect[]): boolean {
  return redirects.some(({ operator }) => operator === '<' || operator === '<>' || operator === '<<');
}
