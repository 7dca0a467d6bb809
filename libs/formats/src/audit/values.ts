/** Fields that hold text: quoted where it is plain, hex where it has blanks, quotes or control bytes in it. */
const TEXT: ReadonlySet<string> = new Set([
  'acct',
  'exe',
  'comm',
  'name',
  'cwd',
  'cmd',
  'key',
  'data',
  'path',
  'dir',
  'file',
  'watch',
  'ocomm',
  'grp',
  'new_group',
  'proctitle',
  'unit',
]);

const HEX = /^(?:[0-9A-F]{2})+$/;

/** An unquoted value: decoded where it is hex of a text field. A process's title has NUL between its words. */
export function decodeValue(name: string, value: string, type: string): string {
  const text = TEXT.has(name) || (type === 'EXECVE' && /^a\d{1,5}(?:\[\d{1,5}\])?$/.test(name));
  if (!text || !HEX.test(value)) return value;
  const bytes = Buffer.from(value, 'hex');
  const decoded = bytes.toString('utf8');
  const whole = decoded.includes('\ufffd') ? bytes.toString('latin1') : decoded;
  return name === 'proctitle' ? whole.replace(/\0+$/, '').replaceAll('\0', ' ') : whole;
}

/** Letters, digits and what names of fields are joined with. */
export function isText(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    const word = (c >= 48 && c <= 57) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
    if (!word && c !== 45 && c !== 95 && c !== 91 && c !== 93) return false;
  }
  return true;
}
