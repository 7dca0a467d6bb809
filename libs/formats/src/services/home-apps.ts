import { failed, messagesOf, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** Uptime Kuma (server/server.js). */
export const uptimeKuma = messagesOf(
  'uptime-kuma',
  ['uptime-kuma'],
  [
    failed(
      'authentication_failure',
      form(`Incorrect username or password for user (?<user>.*)\\. IP=${ADDR}`),
    ),
    failed('second_factor', form(`Invalid token provided for user (?<user>.*)\\. IP=${ADDR}`)),
    succeeded(form(`Successfully logged in user (?<user>.*)\\. IP=${ADDR}`)),
  ],
);

export const uptimeKumaFormat = serviceFile({
  title: 'Uptime Kuma',
  head: /^(?<iso>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)?) \[[A-Z][A-Z0-9_-]{1,31}\] (?:INFO|WARN|ERROR|DEBUG): /,
  parser: uptimeKuma,
});

/** Sonarr, Radarr, Lidarr, Prowlarr, Readarr (Authentication/AuthenticationService.cs): the address stands first. */
export const servarr = messagesOf(
  'servarr',
  ['sonarr', 'radarr', 'lidarr', 'prowlarr', 'readarr'],
  [
    failed('authentication_failure', form(`Auth-Failure ip ${ADDR} username '(?<user>.*)'`)),
    failed('unauthorized', form(`Auth-Unauthorized ip ${ADDR} url '.*'`)),
    succeeded(form(`Auth-Success ip ${ADDR} username '(?<user>.*)'`)),
  ],
);

export const servarrFormat = serviceFile({
  title: 'Sonarr, Radarr and kin',
  head: /^(?:(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,3})\|(?:Trace|Debug|Info|Warn|Error|Fatal)\|[\w.]{1,80}\||\[(?:Trace|Debug|Info|Warn|Error|Fatal)\] [\w.]{1,80}: )/,
  parser: servarr,
});

/** Calibre-Web (cps/web.py). */
export const calibreWeb = messagesOf(
  'calibre-web',
  ['calibre-web', 'cps'],
  [failed('authentication_failure', form(`Login failed for user "(?<user>.*)" IP-address: ${ADDR}`))],
);

export const calibreWebFormat = serviceFile({
  title: 'Calibre-Web',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})\] {1,4}(?:INFO|WARN|WARNING|ERROR|DEBUG|CRITICAL) \{[\w.]{1,80}:\d{1,6}\} /,
  parser: calibreWeb,
});

/** qBittorrent (webui/api/authcontroller.cpp): the address stands before the name. */
export const qbittorrent = messagesOf(
  'qbittorrent',
  ['qbittorrent', 'qbittorrent-nox'],
  [
    failed(
      'authentication_failure',
      form(
        `WebAPI login failure\\. Reason: invalid credentials, attempt count: \\d{1,9}, IP: ${ADDR}, username: (?<user>.*)`,
      ),
    ),
    failed(
      'banned',
      form(`WebAPI login failure\\. Reason: IP has been banned, IP: ${ADDR}, username: (?<user>.*)`),
    ),
    succeeded(form(`WebAPI login success\\. IP: ${ADDR}`)),
  ],
);

export const qbittorrentFormat = serviceFile({
  title: 'qBittorrent',
  head: /^\([NIWC]\) (?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?) - /,
  parser: qbittorrent,
});

/** Paperless-ngx (src/paperless/signals.py). */
export const paperless = messagesOf(
  'paperless',
  ['paperless'],
  [
    failed(
      'authentication_failure',
      form(`Login failed for user \`(?<user>.*)\` from (?:private )?IP \`${ADDR}\\.?\`\\.?`),
    ),
  ],
);

export const paperlessFormat = serviceFile({
  title: 'Paperless-ngx',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3})\] \[(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\] \[(?:paperless|celery|ocrmypdf|django)[\w.]{0,80}\] /,
  parser: paperless,
});

/** Immich (server/src/services/auth.service.ts). */
export const immich = messagesOf(
  'immich',
  ['immich', 'immich-server'],
  [
    failed(
      'authentication_failure',
      form(`Failed login attempt for user (?<user>.*) from ip address ${ADDR}`),
    ),
  ],
);

export const immichFormat = serviceFile({
  title: 'Immich (server)',
  head: /^\[Nest\] \d{1,10} {1,2}- \d\d\/\d\d\/\d{4}, \d{1,2}:\d\d:\d\d (?:AM|PM) {1,8}(?:LOG|WARN|ERROR|DEBUG|VERBOSE|FATAL) \[[\w:~. -]{1,80}\] /,
  parser: immich,
});

/** Radicale (app/__init__.py); behind a proxy the address is the proxy's. */
export const radicale = messagesOf(
  'radicale',
  ['radicale'],
  [
    failed(
      'authentication_failure',
      form(
        `Failed login attempt from ${ADDR}(?: \\(forwarded for .*\\))?(?: using .{0,120}?)?: '(?<user>.*)'(?: \\(.{0,80}\\))?`,
      ),
    ),
    succeeded(form(`Successful login: '(?<user>.*?)'(?: -> '.*')?`)),
  ],
);

export const radicaleFormat = serviceFile({
  title: 'Radicale',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] \[[\w/-]{1,40}\] \[(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\] /,
  parser: radicale,
});

/** Overseerr and Jellyseerr (server/routes/auth.ts): the address stands before the account. */
export const overseerr = messagesOf(
  'overseerr',
  ['overseerr', 'jellyseerr', 'seerr'],
  [
    failed(
      'authentication_failure',
      form(
        `Failed (?:login attempt|sign-in attempt) (?:from|using|by) [\\w ]{1,120}\\{(?:"label":"\\w{1,16}",)?(?:"account":\\{)?"ip":"${ADDR}","email":"(?<user>[^"]*)".*`,
      ),
    ),
    failed(
      'authentication_failure',
      form(
        `Failed (?:login attempt|sign-in attempt) (?:from|using|by) [\\w ]{1,120}\\{(?:"label":"\\w{1,16}",)?(?:"account":\\{)?"ip":"${ADDR}".*`,
      ),
    ),
  ],
);

export const overseerrFormat = serviceFile({
  title: 'Overseerr and Jellyseerr',
  head: /^(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) \[(?:info|warn|error|debug)\](?:\[[\w .-]{1,40}\])?: /,
  parser: overseerr,
});
