import type { Event } from '@suite/event';
import { type Form, failed, matchForms, refused, succeeded } from '../services/form.ts';
import { isAddress, unmapped } from '../syslog/messages/address.ts';
import { caddyRequest } from './caddy.ts';
import { login } from './decided.ts';
import { type Fields, type Program, textOf as text } from './fields.ts';
import { SERVER_PROGRAMS } from './servers.ts';
import { WATCH_PROGRAMS } from './watch-programs.ts';

/**
 * Adds what a record of a known program means. A program is known by several of its fields together; a record that
 * only resembles one stays `log_message`.
 */
export function knownProgram(fields: Fields, event: Event): void {
  for (const program of PROGRAMS) if (program(fields, event)) return;
}

const NEXTCLOUD: readonly Form[] = [
  failed('authentication_failure', /^Login failed: '?(?<user>.*?)'? \(Remote IP: '?[^()']{0,255}'?\)$/s),
  failed(
    'second_factor',
    /^Two-factor challenge failed: '?(?<user>.*?)'? \(Remote IP: '?[^()']{0,255}'?\)$/s,
  ),
  refused(
    'rate_limit',
    /^IP address (?:throttled|blocked) because it reached the (?:attempts limit|maximum failed attempts) in the last \d{1,4} minutes \[action: [^\]]{0,200}\]$/,
  ),
  failed('locked', /^Bruteforce attempt from "[^"]{2,64}" detected for action "login"\.$/),
];

/** Nextcloud and ownCloud (lib/private/Log/LogDetails.php); the address is `remoteAddr`, which obeys trusted_proxies. */
function nextcloud(fields: Fields, event: Event): boolean {
  if (!fields.has('reqId') || !fields.has('remoteAddr') || !fields.has('app')) return false;
  const message = text(fields, 'message');
  const remote = unmapped(text(fields, 'remoteAddr'));
  if (isAddress(remote, 0, remote.length)) event['source.address'] = remote;
  if (matchForms(NEXTCLOUD, message, event, 'nextcloud')) {
    // The name was tried twice where it stands in both places; the bruteforce line only sums up.
    if (event['event.reason'] === 'locked') {
      event['event.action'] = 'service_refused';
      event['event.category'] = 'network';
    }
    return true;
  }
  if (!/^Trusted domain error\. "/.test(message)) return false;
  event['event.category'] = 'network';
  event['event.action'] = 'service_refused';
  event['event.outcome'] = 'failure';
  event['event.reason'] = 'untrusted_domain';
  event['service.name'] = 'nextcloud';
  return true;
}

const MONGODB = new Map([
  ['Authentication failed', 'failure'],
  ['Failed to authenticate', 'failure'],
  ['Authentication succeeded', 'success'],
  ['Successfully authenticated', 'success'],
] as const);

/** MongoDB 4.4 and later (src/mongo/db/auth). */
function mongodb(fields: Fields, event: Event): boolean {
  if (fields.get('c') !== 'ACCESS' || !fields.has('ctx')) return false;
  const outcome = MONGODB.get(text(fields, 'msg') as 'Authentication failed');
  if (outcome === undefined) return false;
  const peer = text(fields, 'attr.client') || text(fields, 'attr.remote');
  const user = text(fields, 'attr.principalName') || text(fields, 'attr.user');
  return login(event, { service: 'mongodb', outcome, user, peer, method: text(fields, 'attr.mechanism') });
}

/** authentik (authentik/events/models.py). */
function authentik(fields: Fields, event: Event): boolean {
  if (text(fields, 'logger') !== 'authentik.events.models') return false;
  const action = text(fields, 'action');
  if (action !== 'login' && action !== 'login_failed') return false;
  const user = text(fields, 'context.username') || text(fields, 'user.username');
  const outcome = action === 'login' ? 'success' : 'failure';
  return login(event, { service: 'authentik', outcome, user, peer: text(fields, 'client_ip') });
}

const GITLAB: readonly Form[] = [
  failed('authentication_failure', /^Failed Login: username=(?<user>.*) ip=(?<addr>[0-9A-Fa-f:.]{2,64})$/s),
  succeeded(
    /^Successful Login: username=(?<user>.*) ip=(?<addr>[0-9A-Fa-f:.]{2,64}) method=[\w-]{1,64} admin=(?:true|false)$/s,
  ),
];

/** GitLab's application_json.log and auth_json.log. */
function gitlab(fields: Fields, event: Event): boolean {
  if (!fields.has('severity') || !fields.has('correlation_id')) return false;
  const message = text(fields, 'message');
  if (matchForms(GITLAB, message, event, 'gitlab')) return true;
  if (message !== 'Rack_Attack' || !fields.has('env')) return false;
  const remote = text(fields, 'remote_ip');
  event['event.category'] = 'network';
  event['event.action'] = 'service_refused';
  event['event.outcome'] = 'failure';
  event['event.reason'] = 'rate_limit';
  event['service.name'] = 'gitlab';
  if (isAddress(remote, 0, remote.length)) event['source.address'] = remote;
  return true;
}

const AUTHELIA: readonly (readonly [RegExp, 'success' | 'failure', string])[] = [
  [/^Unsuccessful 1FA authentication attempt by user '(.*)'/s, 'failure', 'authentication_failure'],
  [
    /^Unsuccessful (?:TOTP|WebAuthn|Webauthn|Duo|U2F) authentication attempt by user '(.*)'/s,
    'failure',
    'second_factor',
  ],
  [/^Credentials are wrong for user (.*)$/s, 'failure', 'authentication_failure'],
  [/^Successful 1FA authentication attempt made by user '(.*)'$/s, 'success', ''],
];

/** Authelia (internal/handlers/response.go), logfmt or JSON; `remote_ip` obeys its own proxy settings. */
function authelia(fields: Fields, event: Event): boolean {
  const peer = text(fields, 'remote_ip');
  if (peer === '' || !fields.has('method') || !text(fields, 'path').startsWith('/api/')) return false;
  const message = text(fields, 'msg');
  for (const [pattern, outcome, reason] of AUTHELIA) {
    const user = pattern.exec(message)?.[1];
    if (user !== undefined) return login(event, { service: 'authelia', outcome, reason, user, peer });
  }
  return false;
}

/**
 * Grafana, logfmt or JSON. Up to 9 a login's own line holds the address; later the answer to `POST /login` is all
 * there is, told from 8's by `handler`, so that one attempt is never two.
 */
function grafana(fields: Fields, event: Event): boolean {
  const peer = text(fields, 'remote_addr');
  if (peer === '' || !fields.has('logger')) return false;
  const message = text(fields, 'msg');
  const user = text(fields, 'uname');
  if (/^Invalid username or password$/i.test(message))
    return login(event, { service: 'grafana', outcome: 'failure', user, peer });
  const answered =
    message === 'Request Completed' && fields.get('method') === 'POST' && fields.get('path') === '/login';
  if (!answered || fields.get('handler') !== '/login' || Number(fields.get('status')) !== 401) return false;
  return login(event, { service: 'grafana', outcome: 'failure', user, peer });
}

/** Elasticsearch and OpenSearch audit logs. */
function elasticsearch(fields: Fields, event: Event): boolean {
  if (fields.get('type') !== 'audit' || !fields.has('event.action') || !fields.has('origin.address'))
    return false;
  const action = text(fields, 'event.action');
  if (action !== 'authentication_failed' && action !== 'authentication_success') return false;
  const outcome = action === 'authentication_failed' ? 'failure' : 'success';
  const peer = text(fields, 'origin.address');
  return login(event, { service: 'elasticsearch', outcome, user: text(fields, 'user.name'), peer });
}

const PROGRAMS: readonly Program[] = [
  nextcloud,
  mongodb,
  authentik,
  gitlab,
  authelia,
  grafana,
  elasticsearch,
  caddyRequest,
  ...SERVER_PROGRAMS,
  ...WATCH_PROGRAMS,
];
