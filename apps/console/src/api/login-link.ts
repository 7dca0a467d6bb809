/** The token of a login link (`/#token=…`), or null. Takes it out of the address bar and the history at once. */
export function takeLoginToken(page: Pick<Window, 'location' | 'history'>): string | null {
  const token = new URLSearchParams(page.location.hash.slice(1)).get('token');
  if (token === null) return null;
  page.history.replaceState(null, '', page.location.pathname);
  return token === '' ? null : token;
}
