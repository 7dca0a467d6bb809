/** The value of the first cookie of that name in a Cookie header, undecoded, or null. */
export function cookieValue(header: string | undefined, name: string): string | null {
  if (header === undefined || header.length > 8192) return null;
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** A Set-Cookie value that scripts cannot read and other sites cannot send. `maxAgeSeconds` 0 removes it. */
export function sessionCookie(name: string, value: string, maxAgeSeconds: number, overTls: boolean): string {
  const flags = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict`;
  return `${name}=${value}; ${flags}${overTls ? '; Secure' : ''}`;
}
