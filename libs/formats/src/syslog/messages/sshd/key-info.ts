import type { Event } from '@suite/event';

/**
 * What auth_log() says of a key, from `start` on: `TYPE FP`, or for certificates (5.6 to 7.6)
 * `TYPE ID id (serial N) CA TYPE FP`, (since 7.7) `TYPE FP ID id (serial N) CA TYPE FP`.
 */
export function keyInfo(text: string, start: number, event: Event): void {
  const typeEnd = text.indexOf(' ', start);
  if (typeEnd < 0 || typeEnd - start > 40) return;
  const second = word(text, typeEnd + 1);
  const fingerprint = isFingerprint(second) ? second : null;
  if (fingerprint !== null) event['auth.key.fingerprint'] = fingerprint;
  if (fingerprint === null && second !== 'ID') return;
  event['auth.key.type'] = text.slice(start, typeEnd);

  const idAt = fingerprint === null ? typeEnd + 1 : typeEnd + 2 + fingerprint.length;
  if (text.startsWith('ID ', idAt)) certificate(text, idAt + 3, event);
}

function certificate(text: string, idStart: number, event: Event): void {
  const serialAt = text.lastIndexOf(' (serial ');
  if (serialAt < idStart) return;
  const serialEnd = text.indexOf(') CA ', serialAt + 9);
  if (serialEnd < 0) return;
  const quoted = text.charCodeAt(idStart) === 34 && text.charCodeAt(serialAt - 1) === 34;
  event['auth.certificate.id'] = quoted
    ? text.slice(idStart + 1, serialAt - 1)
    : text.slice(idStart, serialAt);
  event['auth.certificate.serial'] = text.slice(serialAt + 9, serialEnd);
  const caTypeEnd = text.indexOf(' ', serialEnd + 5);
  if (caTypeEnd < 0) return;
  const ca = word(text, caTypeEnd + 1);
  if (isFingerprint(ca)) event['auth.certificate.ca.fingerprint'] = ca;
}

/** `SHA256:…`, `MD5:…`, or the bare colon-separated bytes of versions before 6.8. */
export function isFingerprint(token: string): boolean {
  if (token.length < 16 || token.length > 200) return false;
  return /^(?:SHA(?:1|256|384|512):[A-Za-z0-9+/=]+|(?:MD5:)?[0-9a-f]{2}(?::[0-9a-f]{2})+)$/.test(token);
}

/** The word at `start`, without the comma that sets off what follows. */
export function word(text: string, start: number): string {
  const space = text.indexOf(' ', start);
  const end = space < 0 ? text.length : space;
  return text.slice(start, text.charCodeAt(end - 1) === 44 ? end - 1 : end);
}
