import type { Event } from '@suite/event';
import { login, refusal } from './decided.ts';
import { type Fields, numberOf, type Program, textOf } from './fields.ts';
import { looseTimeUs } from './loose-time.ts';

/** Mattermost: the answer to a login that failed; its address obeys `TrustedProxyIPHeader`. */
function mattermost(fields: Fields, event: Event): boolean {
  if (textOf(fields, 'path') !== '/api/v4/users/login' || !fields.has('err_where')) return false;
  if (numberOf(fields, 'http_code') !== 401) return false;
  const reason = /\bmfa\b/i.test(textOf(fields, 'err_where')) ? 'second_factor' : 'authentication_failure';
  return login(event, { service: 'mattermost', outcome: 'failure', reason, peer: textOf(fields, 'ip_addr') });
}

/** SFTPGo (internal/logger/logger.go, ConnectionFailedLog). */
function sftpgo(fields: Fields, event: Event): boolean {
  if (textOf(fields, 'sender') !== 'connection_failed' || !fields.has('login_type')) return false;
  const peer = textOf(fields, 'client_ip');
  const method = textOf(fields, 'login_type');
  if (method === 'no_auth_tried' || method === 'no_auth_tryed')
    return refusal(event, 'sftpgo', 'no_authentication', peer);
  return login(event, {
    service: 'sftpgo',
    outcome: 'failure',
    user: textOf(fields, 'username'),
    peer,
    method,
  });
}

/** HashiCorp Vault's and OpenBao's audit device: the response to `auth/…/login`. */
function vault(fields: Fields, event: Event): boolean {
  if (fields.get('type') !== 'response' || !fields.has('request.id')) return false;
  const path = /^auth\/[\w./-]{1,128}?\/login(?:\/(?<user>[^/]{1,256}))?$/.exec(
    textOf(fields, 'request.path'),
  );
  if (path === null) return false;
  const error = textOf(fields, 'error');
  const token = textOf(fields, 'response.auth.client_token') || textOf(fields, 'auth.client_token');
  if (error === '' && token === '') return false;
  return login(event, {
    service: 'vault',
    outcome: error === '' ? 'success' : 'failure',
    user: path.groups?.user ?? '',
    peer: textOf(fields, 'request.remote_address'),
  });
}

/** OpenSearch's security plugin (AuditMessage.java). */
function opensearch(fields: Fields, event: Event): boolean {
  if (!fields.has('audit_format_version')) return false;
  const category = textOf(fields, 'audit_category');
  if (category !== 'FAILED_LOGIN' && category !== 'AUTHENTICATED') return false;
  // Requests between the nodes are AUTHENTICATED too; only the REST layer has people before it.
  if (textOf(fields, 'audit_request_layer') !== 'REST') return false;
  return login(event, {
    service: 'opensearch',
    outcome: category === 'FAILED_LOGIN' ? 'failure' : 'success',
    user: textOf(fields, 'audit_request_effective_user'),
    peer: textOf(fields, 'audit_request_remote_address'),
  });
}

/** Samba's JSON audit (auth/auth_log.c): `remoteAddress` is `ipv4:A:P` or `ipv6:A:P`. */
export function sambaJson(fields: Fields, event: Event): boolean {
  if (fields.get('type') !== 'Authentication' || !fields.has('Authentication.version.major')) return false;
  const status = textOf(fields, 'Authentication.status');
  if (!status.startsWith('NT_STATUS_')) return false;
  const remote = /^ipv([46]):(.{2,64}):(\d{1,5})$/.exec(textOf(fields, 'Authentication.remoteAddress'));
  return login(event, {
    service: 'samba',
    outcome: status === 'NT_STATUS_OK' ? 'success' : 'failure',
    reason: status === 'NT_STATUS_NO_SUCH_USER' ? 'invalid_user' : 'authentication_failure',
    user: textOf(fields, 'Authentication.clientAccount'),
    peer:
      remote === null ? '' : remote[1] === '6' ? `[${remote[2]}]:${remote[3]}` : `${remote[2]}:${remote[3]}`,
  });
}

/**
 * Kubernetes' audit log: who was refused. `sourceIPs` begins with what the client's own headers say and ends with the
 * peer, so the last is taken.
 */
function kubernetes(fields: Fields, event: Event): boolean {
  if (!textOf(fields, 'apiVersion').startsWith('audit.k8s.io/') || !fields.has('auditID')) return false;
  const timeUs = looseTimeUs(fields.get('stageTimestamp') ?? fields.get('requestReceivedTimestamp'));
  if (timeUs !== undefined) event.timeUs = timeUs;
  const code = numberOf(fields, 'responseStatus.code');
  if (code !== 401 && code !== 403) return false;
  let peer = '';
  for (let index = 0; index < 16 && fields.has(`sourceIPs.${index}`); index++)
    peer = textOf(fields, `sourceIPs.${index}`);
  if (code === 401) return login(event, { service: 'kubernetes', outcome: 'failure', peer });
  // An account without the right for something is mostly a workload that was set up wrongly.
  if (textOf(fields, 'user.username') !== 'system:anonymous') return false;
  return refusal(event, 'kubernetes', 'forbidden', peer);
}

/** TrueNAS SCALE's audit of its middleware (`TNAUDIT`). */
export function truenas(fields: Fields, event: Event): boolean {
  if (textOf(fields, 'TNAUDIT.event') !== 'AUTHENTICATION') return false;
  const success = fields.get('TNAUDIT.success');
  if (typeof success !== 'boolean') return false;
  return login(event, {
    service: 'truenas',
    outcome: success ? 'success' : 'failure',
    user: textOf(fields, 'TNAUDIT.user'),
    peer: textOf(fields, 'TNAUDIT.addr'),
  });
}

/** Servers whose records say who was let in, beside those of known-programs.ts. */
export const SERVER_PROGRAMS: readonly Program[] = [
  mattermost,
  sftpgo,
  vault,
  opensearch,
  sambaJson,
  kubernetes,
  truenas,
];
