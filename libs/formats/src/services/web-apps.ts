import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** Vaultwarden (src/api/identity.rs, admin.rs): the address stands before the name that was tried. */
export const vaultwarden = messagesOf(
  'vaultwarden',
  ['vaultwarden', 'bitwarden_rs'],
  [
    failed(
      'authentication_failure',
      form(`Username or password is incorrect\\. Try again\\.? IP: ${ADDR}\\. Username: (?<user>.*?)\\.?`),
    ),
    failed('admin_token', form(`(?:Unauthorized Error: )?Invalid admin token\\. IP: ${ADDR}\\.?`)),
    failed(
      'second_factor',
      form(
        `(?:Unauthorized Error: )?Invalid (?:TOTP|2FA|Duo|YubiKey) (?:code|token|OTP)!?(?: Server time: [\\w :.+-]{1,48})? IP: ${ADDR}\\.?`,
      ),
    ),
    succeeded(form(`User (?<user>.*) logged in successfully\\. IP: ${ADDR}\\.?`)),
  ],
);

export const vaultwardenFormat = serviceFile({
  title: 'Vaultwarden',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?)\]\[[\w:-]{1,80}\]\[(?:ERROR|WARN|INFO|DEBUG|TRACE)\] /,
  parser: vaultwarden,
});

/** Gitea, Forgejo and Gogs (routers/web/auth/auth.go, modules/ssh/ssh.go). */
export const gitea = messagesOf(
  'gitea',
  ['gitea', 'forgejo', 'gogs'],
  [
    failed(
      'authentication_failure',
      form(
        '(?:[\\w./-]{1,80}:\\d{1,5}:[\\w().*-]{1,64} )?(?:\\[[A-Z]\\] )?(?:\\[[0-9a-f-]{4,12}\\] )?Failed authentication attempt for (?<user>.+?) from (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?(?::\\d{1,5})?): .*',
      ),
      ' from ',
    ),
    failed(
      'authentication_failure',
      form(
        '(?:[\\w./-]{1,80}:\\d{1,5}:[\\w().*-]{1,64} )?(?:\\[[A-Z]\\] )?(?:\\[[0-9a-f-]{4,12}\\] )?Failed authentication attempt from (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?(?::\\d{1,5})?)',
      ),
    ),
    refused(
      'bad_protocol',
      form(
        '(?:[\\w./-]{1,80}:\\d{1,5}:[\\w().*-]{1,64} )?(?:\\[[A-Z]\\] )?(?:\\[[0-9a-f-]{4,12}\\] )?Failed connection from (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?(?::\\d{1,5})?) with error: .*',
      ),
    ),
  ],
);

export const giteaFormat = serviceFile({
  title: 'Gitea, Forgejo and Gogs',
  head: /^(?<iso>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) (?=[\w./-]{1,80}:\d{1,5}:|\[[TDIWEFC]\] )/,
  parser: gitea,
});

/** Home Assistant (components/http/ban.py): the address stands before URL and agent. */
export const homeAssistant = messagesOf(
  'home-assistant',
  ['homeassistant', 'hass'],
  [
    failed(
      'authentication_failure',
      form(
        `Login attempt or request with invalid authentication from (?:[\\w.:%-]{1,255} \\()${ADDR}\\)\\.?(?: .*)?`,
      ),
    ),
    failed(
      'authentication_failure',
      form(`Login attempt or request with invalid authentication from ${ADDR}\\.?(?: .*)?`),
    ),
    refused('banned', form(`Banned IP ${ADDR} for too many login attempts`)),
  ],
);

export const homeAssistantFormat = serviceFile({
  title: 'Home Assistant',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?) (?:DEBUG|INFO|WARNING|ERROR|CRITICAL) \([\w -]{1,80}\) \[[\w.-]{1,160}\] /,
  parser: homeAssistant,
});

/** Jellyfin (UserManager.cs) and Emby. */
export const jellyfin = messagesOf(
  'jellyfin',
  ['jellyfin'],
  [
    failed(
      'authentication_failure',
      form(`Authentication request for "?(?<user>.*?)"? has been denied \\(IP: "?${ADDR}"?\\)\\.`),
      ' has been denied (IP: ',
    ),
    succeeded(/^Authentication request for "?(?<user>[^"]{1,256}?)"? has succeeded\.$/),
  ],
);

export const jellyfinFormat = serviceFile({
  title: 'Jellyfin',
  head: /^\[(?:(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d)|\d\d:\d\d:\d\d)\] \[(?:VRB|DBG|INF|WRN|ERR|FTL)\] \[\d{1,6}\] (?:[\w.`+]{1,160}: )/,
  parser: jellyfin,
});

export const emby = messagesOf(
  'emby',
  ['emby', 'emby-server'],
  [failed('authentication_failure', form(`AUTH-ERROR: ${ADDR} - Invalid user or password entered\\.`))],
);

export const embyFormat = serviceFile({
  title: 'Emby',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (?:Info|Warn|Error|Debug|Fatal) [\w ]{1,40}: /,
  parser: emby,
});

/** Keycloak's event logger; `username` is the last of the fields, the address stands before it. */
export const keycloak = messagesOf(
  'keycloak',
  ['keycloak'],
  [
    failed(
      'authentication_failure',
      form(
        `type="?LOGIN_ERROR"?, realmId="?[\\w -]{1,80}"?,(?: realmName="?[\\w -]{1,80}"?,)? clientId="?[^",]{0,120}"?, userId="?[\\w:-]{1,80}"?,(?: sessionId="?[\\w-]{1,80}"?,)? ipAddress="?${ADDR}"?, error="?[\\w]{1,64}"?(?=.*, username="?(?<user>[^",]{1,256})"?|)(?:, .*)?`,
      ),
    ),
    succeeded(
      form(
        `type="?LOGIN"?, realmId="?[\\w -]{1,80}"?,(?: realmName="?[\\w -]{1,80}"?,)? clientId="?[^",]{0,120}"?, userId="?[\\w:-]{1,80}"?,(?: sessionId="?[\\w-]{1,80}"?,)? ipAddress="?${ADDR}"?(?=.*, username="?(?<user>[^",]{1,256})"?|)(?:, .*)?`,
      ),
    ),
  ],
);

export const keycloakFormat = serviceFile({
  title: 'Keycloak',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?:INFO|WARN|ERROR|DEBUG) {1,2}\[(?:org\.keycloak|io\.quarkus|org\.hibernate|org\.infinispan|org\.jboss|com\.arjuna|liquibase)[\w.]{0,120}\] \([^()]{1,120}\) /,
  parser: keycloak,
});

/** Guacamole (AuthenticationService.java); behind a proxy the address is a list, which is nobody's address. */
export const guacamole = messagesOf(
  'guacamole',
  ['guacamole'],
  [
    failed(
      'authentication_failure',
      form(`Authentication attempt from ${ADDR} for user "(?<user>.*)" failed\\.`),
    ),
    failed(
      'authentication_failure',
      form('Authentication attempt from \\[[0-9A-Fa-f:., ]{2,512}\\] for user "(?<user>.*)" failed\\.'),
    ),
    succeeded(form(`User "(?<user>.*)" successfully authenticated from ${ADDR}\\.`)),
    succeeded(form('User "(?<user>.*)" successfully authenticated from \\[[0-9A-Fa-f:., ]{2,512}\\]\\.')),
  ],
);

export const guacamoleFormat = serviceFile({
  title: 'Guacamole',
  head: /^(?:(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})|\d\d:\d\d:\d\d\.\d{3}) \[[\w.: -]{1,80}\] (?:INFO|WARN|ERROR|DEBUG) {1,2}o\.(?:a|apache)\.g(?:uacamole)?\.[\w.$]{1,120} - /,
  parser: guacamole,
});

/** Murmur (Server.cpp). */
export const murmur = messagesOf(
  'murmur',
  ['murmurd', 'mumble-server'],
  [
    failed(
      'authentication_failure',
      form(
        '\\d{1,6} => <\\d{1,9}:(?:.*)\\(-?\\d{1,9}\\)> Rejected connection from (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?:\\d{1,5}): (?:Invalid server password|Wrong certificate or password for existing user|Server password required)',
      ),
      ' Rejected connection from ',
    ),
  ],
);

export const murmurFormat = serviceFile({
  title: 'Mumble server (Murmur)',
  head: /^<[WDCFX]>(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) /,
  parser: murmur,
});
