import { failed, messagesOf, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** cPanel's login_log: the address stands before the name. */
export const cpanel = messagesOf(
  'cpanel',
  ['cpanel', 'cpaneld', 'whostmgrd', 'webmaild'],
  [
    failed(
      'authentication_failure',
      form(
        `info \\[(?:cpaneld|whostmgrd|webmaild|cpdavd)\\] ${ADDR} - (?<user>.*) "[^"]{0,512}" FAILED LOGIN (?:cpaneld|whostmgrd|webmaild|cpdavd): .{1,200}`,
      ),
      '" FAILED LOGIN ',
    ),
  ],
);

export const cpanelFormat = serviceFile({
  title: 'cPanel’s login log',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] (?=info \[(?:cpaneld|whostmgrd|webmaild|cpdavd)\] )/,
  parser: cpanel,
});

/** Plesk's panel.log. */
export const plesk = messagesOf(
  'plesk',
  ['plesk', 'sw-engine', 'plesk-panel'],
  [
    failed(
      'authentication_failure',
      form(`(?:\\[panel\\] )?Failed login attempt with login '(?<user>.*)' from IP ${ADDR}`),
    ),
  ],
);

export const pleskFormat = serviceFile({
  title: 'Plesk’s panel log',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?)\] (?:[\w:]{1,32} )?(?:ERR|WARN|INFO|DEBUG|NOTICE) (?=\[(?:panel|extension|util_exec|core)[^\]]{0,64}\] )/,
  parser: plesk,
});

const WHEN = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
/** ISPConfig's auth.log (interface/web/login/index.php): the time ends the line. */
export const ispconfig = messagesOf(
  'ispconfig',
  ['ispconfig'],
  [
    failed('authentication_failure', form(`Failed login for user '(?<user>.*)' from ${ADDR} at ${WHEN}`)),
    succeeded(
      form(`Successful login for user '(?<user>.*)' from ${ADDR} at ${WHEN}(?: with session ID \\S{1,128})?`),
    ),
  ],
);

export const ispconfigFormat = serviceFile({
  title: 'ISPConfig’s login log',
  head: /^(?=(?:Failed|Successful) login for user '.{0,256}' from \S{2,64} at (?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: with session ID \S{1,128})?\r?$)/,
  parser: ispconfig,
});
