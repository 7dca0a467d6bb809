import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** pfSense (etc/inc/auth.inc) and OPNsense (auth.inc, index.php): the web interface, by way of PHP. */
export const pfsense = messagesOf(
  'pfsense',
  ['php-fpm', 'php', 'php-cgi', 'audit', 'opnsense'],
  [
    failed(
      'authentication_failure',
      form(
        `\\/[\\w./-]{1,128}: (?:webConfigurator|WebGui|Web GUI) authentication error for (?:user )?'(?<user>.*)' from:? ${ADDR}`,
      ),
    ),
    succeeded(
      form(
        `\\/[\\w./-]{1,128}: Successful login for user '(?<user>.*)' from:? ${ADDR}(?: \\([\\w .:@-]{1,64}\\))?`,
      ),
    ),
  ],
);

/** LuCI on OpenWrt, in uhttpd's name. */
export const luci = messagesOf(
  'luci',
  ['uhttpd', 'luci', 'lucihttp'],
  [
    failed(
      'authentication_failure',
      form(`(?:\\[\\w{1,8}\\] )?(?:luci: )?failed login on \\S{1,256} for (?<user>.*) from ${ADDR}`),
    ),
    succeeded(
      form(`(?:\\[\\w{1,8}\\] )?(?:luci: )?accepted login on \\S{1,256} for (?<user>.*) from ${ADDR}`),
    ),
  ],
);

/** Unraid's web interface (login.php). */
export const unraid = messagesOf(
  'unraid',
  ['webGUI', 'webgui'],
  [
    failed('authentication_failure', form(`Unsuccessful login user (?<user>.*) from ${ADDR}`)),
    succeeded(form(`Successful login user (?<user>.*) from ${ADDR}`)),
  ],
);

const VIA = ' via \\[[^\\]]{1,32}\\]';
const TO = '(?: to \\[[^\\]]{1,32}\\])?';
/** Synology DSM's connection log, in its file and as it is sent to syslog. */
export const synology = messagesOf(
  'synology',
  ['Connection', 'CONNECTION', 'SYSTEM', 'System', 'synoconn', 'synologin'],
  [
    failed(
      'authentication_failure',
      form(
        `User \\[(?<user>.*)\\] from \\[${ADDR}\\] failed to (?:log|sign) in${TO}${VIA} due to (?:authorization|authentication) failure\\.`,
      ),
    ),
    succeeded(
      form(`User \\[(?<user>.*)\\] from \\[${ADDR}\\] (?:logged|signed) in${TO} successfully${VIA}\\.`),
    ),
    refused(
      'blocked',
      form(`(?:Host|IP address) \\[${ADDR}\\] was blocked (?:via|by) \\[[^\\]]{1,32}\\]\\.`),
    ),
  ],
);

export const synologyFormat = serviceFile({
  title: 'Synology DSM’s connection log',
  head: /^(?:info|warn|warning|err|error)\t(?<iso>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d)\t[^\t]{1,128}:\t/,
  parser: synology,
});

/** QNAP's connection log; the computer's name is the client's and stands behind its address. */
export const qnap = messagesOf(
  'qnap',
  ['qlogd', 'qulogd'],
  [
    failed(
      'authentication_failure',
      form(
        `conn log: Users: (?<user>.*), Source IP: ${ADDR}, Computer name: .*, Connection type: (?<proto>[\\w/-]{1,32}), Accessed resources: .*, Action: Login Fail`,
      ),
      ', Source IP: ',
    ),
    succeeded(
      form(
        `conn log: Users: (?<user>.*), Source IP: ${ADDR}, Computer name: .*, Connection type: (?<proto>[\\w/-]{1,32}), Accessed resources: .*, Action: Login OK`,
      ),
      ', Source IP: ',
    ),
  ],
);
