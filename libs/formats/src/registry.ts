import { apacheFormat } from './access/apache.ts';
import { apacheErrorFormat } from './access/apache-error.ts';
import { nginxFormat } from './access/nginx.ts';
import { nginxErrorFormat } from './access/nginx-error.ts';
import { nginxProxyManagerFormat } from './access/nginx-proxy-manager.ts';
import { squidFormat } from './access/squid.ts';
import { traefikFormat } from './access/traefik.ts';
import { traefikJsonFormat } from './access/traefik-json.ts';
import { auditFormat } from './audit/audit-format.ts';
import { applianceFormat } from './firewall/appliance-file.ts';
import { cefFormat } from './firewall/cef.ts';
import { clavisterFormat } from './firewall/clavister.ts';
import { bashHistoryFormat } from './history/bash.ts';
import { fishHistoryFormat } from './history/fish.ts';
import { zshHistoryFormat } from './history/zsh.ts';
import { fastAlertFormat } from './ids/fast-alert.ts';
import { zeekFormat } from './ids/zeek.ts';
import type { Format } from './port.ts';
import { SERVICE_FORMATS } from './services/index.ts';
import { criFormat } from './structured/cri.ts';
import { dockerJsonFormat } from './structured/docker-json.ts';
import { jsonLinesFormat } from './structured/json-lines.ts';
import { logfmtFormat } from './structured/logfmt.ts';
import { tomNoteFormat } from './structured/tom-note.ts';
import { journaldFormat, syslogFormat } from './syslog/index.ts';
import { MESSAGE_PARSERS } from './syslog/messages/index.ts';

/** What a line may be whether it stands in a file of its own or in a container's output. */
const LINES: readonly Format[] = [
  syslogFormat,
  clavisterFormat,
  applianceFormat,
  cefFormat,
  traefikFormat,
  nginxFormat,
  apacheFormat,
  nginxErrorFormat,
  apacheErrorFormat,
  traefikJsonFormat,
  nginxProxyManagerFormat,
  squidFormat,
  fastAlertFormat,
  zeekFormat,
  ...SERVICE_FORMATS,
  jsonLinesFormat,
  logfmtFormat,
];

/**
 * All formats. Among formats of equal confidence the first one here is taken: histories come first, so that a
 * log line that somebody typed or pasted at a prompt does not make a log of `.bash_history`.
 */
export const FORMATS: readonly Format[] = [
  bashHistoryFormat,
  zshHistoryFormat,
  fishHistoryFormat,
  dockerJsonFormat(LINES),
  criFormat(LINES),
  journaldFormat,
  auditFormat,
  ...LINES,
];

/** Formats that are never found out, only named. */
const NAMED_ONLY: readonly Format[] = [tomNoteFormat];

const BY_NAME: ReadonlyMap<string, Format> = new Map(
  [...FORMATS, ...NAMED_ONLY].map((format) => [format.name, format]),
);

const PROGRAMS: ReadonlySet<string> = new Set([...MESSAGE_PARSERS.map((parser) => parser.name), 'slapd']);

/**
 * Undefined for a name that no format has; `auto` is none. What output calls a program's lines (`sshd`, `sudo`)
 * stands for the syslog that they are written in.
 */
export function formatByName(name: string): Format | undefined {
  return BY_NAME.get(name) ?? (PROGRAMS.has(name) ? syslogFormat : undefined);
}
