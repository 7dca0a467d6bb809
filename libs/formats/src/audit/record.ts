import { decodeValue, isText } from './values.ts';

/** One record of the audit system: `[node=N ]type=T msg=audit(SECONDS.MS:SERIAL): FIELDS[\x1dENRICHED]`. */
export interface AuditRecord {
  /** `SYSCALL`, `EXECVE`, `USER_LOGIN`, …; `UNKNOWN[1334]` for numbers that nobody here knows. */
  readonly type: string;
  /** Undefined where the carrier left the stamp out (the journal). */
  readonly timeUs: number | undefined;
  /** The records of one event share it; empty where the carrier left it out. */
  readonly serial: string;
  readonly node: string | undefined;
  /** In order; of a name that stands twice the first counts. Hex is decoded where the field is text. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names that stood twice: one of the values may be somebody's invention. */
  readonly doubled: ReadonlySet<string>;
}

const HEAD =
  /^(?:node=(?<node>[^\s=]{1,255}) )?(?:audit: )?type=(?<type>[A-Z][A-Z0-9_]{1,31}|UNKNOWN\[\d{1,5}\]|\d{4}) (?:msg=)?audit\((?<sec>\d{9,11})\.(?<ms>\d{3}):(?<serial>\d{1,20})\): ?/;
/** `EXECVE argc=3 …`: how the journal keeps it. */
const BARE = /^(?<type>[A-Z][A-Z0-9_]{2,31}) (?=[a-z_-]{1,16}=|avc: )/;

const MAX_FIELDS = 512;

export function readRecord(text: string): AuditRecord | null {
  const match = HEAD.exec(text.slice(0, 400));
  if (match === null) return null;
  const { node, type = '', sec, ms, serial = '' } = match.groups ?? {};
  const { fields, doubled } = readFields(text.slice(match[0].length), type);
  return {
    type: nameOfType(type),
    timeUs: Number(sec) * 1e6 + Number(ms) * 1000,
    serial: node === undefined ? serial : `${node}:${serial}`,
    node,
    fields,
    doubled,
  };
}

/** A record without its stamp. */
export function readBareRecord(text: string): AuditRecord | null {
  const match = BARE.exec(text.slice(0, 64));
  if (match === null) return null;
  const type = match.groups?.type ?? '';
  return {
    type,
    timeUs: undefined,
    serial: '',
    node: undefined,
    ...readFields(text.slice(match[0].length), type),
  };
}

interface Fields {
  readonly fields: Map<string, string>;
  readonly doubled: Set<string>;
}

/** The separator before the enriched part, and how rsyslog writes it. */
const SEPARATOR = /\u001d|#035(?=[A-Z])/;

function readFields(text: string, type: string): Fields {
  const into: Fields = { fields: new Map(), doubled: new Set() };
  const cut = SEPARATOR.exec(text);
  const raw = cut === null ? text : text.slice(0, cut.index);
  const innerAt = raw.startsWith("msg='") ? 0 : raw.indexOf(" msg='") + 1;
  const hasInner = innerAt > 0 || raw.startsWith("msg='");
  readPairs(hasInner ? raw.slice(0, innerAt) : raw, type, into);
  if (hasInner) readPairs(withoutQuote(raw.slice(innerAt + 5)), type, into);
  if (cut !== null) readPairs(text.slice(cut.index + cut[0].length), type, into);
  return into;
}

function withoutQuote(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith("'") ? trimmed.slice(0, -1) : trimmed;
}

function readPairs(text: string, type: string, { fields, doubled }: Fields): void {
  let at = 0;
  for (let pairs = 0; at < text.length && pairs < MAX_FIELDS; pairs++) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return;
    // AVC records have words of prose between their fields.
    const before = text.slice(Math.max(at, equals - 50), equals);
    const name = before.slice(before.lastIndexOf(' ') + 1);
    const quoted = text.charCodeAt(equals + 1) === 34;
    const close = quoted ? text.indexOf('"', equals + 2) : text.indexOf(' ', equals + 1);
    const end = close < 0 ? text.length : close;
    const value = text.slice(equals + (quoted ? 2 : 1), end);
    if (isName(name) && value !== '(null)') {
      if (fields.has(name)) doubled.add(name);
      else fields.set(name, quoted ? value : decodeValue(name, value, type));
    }
    at = end + 1;
  }
}

function isName(name: string): boolean {
  return name.length > 0 && name.length <= 48 && isText(name);
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['1100', 'USER_AUTH'],
  ['1101', 'USER_ACCT'],
  ['1102', 'USER_MGMT'],
  ['1103', 'CRED_ACQ'],
  ['1104', 'CRED_DISP'],
  ['1105', 'USER_START'],
  ['1106', 'USER_END'],
  ['1107', 'USER_AVC'],
  ['1108', 'USER_CHAUTHTOK'],
  ['1109', 'USER_ERR'],
  ['1110', 'CRED_REFR'],
  ['1112', 'USER_LOGIN'],
  ['1113', 'USER_LOGOUT'],
  ['1114', 'ADD_USER'],
  ['1115', 'DEL_USER'],
  ['1116', 'ADD_GROUP'],
  ['1117', 'DEL_GROUP'],
  ['1123', 'USER_CMD'],
  ['1124', 'USER_TTY'],
  ['1130', 'SERVICE_START'],
  ['1131', 'SERVICE_STOP'],
  ['1132', 'GRP_MGMT'],
  ['1006', 'LOGIN'],
  ['1300', 'SYSCALL'],
  ['1302', 'PATH'],
  ['1303', 'IPC'],
  ['1304', 'SOCKETCALL'],
  ['1305', 'CONFIG_CHANGE'],
  ['1306', 'SOCKADDR'],
  ['1307', 'CWD'],
  ['1309', 'EXECVE'],
  ['1318', 'OBJ_PID'],
  ['1319', 'TTY'],
  ['1320', 'EOE'],
  ['1323', 'MMAP'],
  ['1325', 'NETFILTER_CFG'],
  ['1326', 'SECCOMP'],
  ['1327', 'PROCTITLE'],
  ['1330', 'KERN_MODULE'],
  ['1334', 'BPF'],
  ['1400', 'AVC'],
  ['1700', 'ANOM_PROMISCUOUS'],
  ['1701', 'ANOM_ABEND'],
]);

function nameOfType(type: string): string {
  if (!/^\d/.test(type)) return type;
  return NAMES.get(type) ?? `UNKNOWN[${type}]`;
}
