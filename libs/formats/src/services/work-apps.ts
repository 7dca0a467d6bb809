import { checked, failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** Bitwarden's own server (Identity/IdentityServer); the account is not named. */
export const bitwarden = messagesOf(
  'bitwarden',
  ['bitwarden', 'bitwarden-identity'],
  [
    failed('second_factor', form(`Failed login attempt, 2FA invalid\\. {1,2}${ADDR}`)),
    failed('authentication_failure', form(`Failed login attempt\\. {1,2}${ADDR}`)),
  ],
);

export const bitwardenFormat = serviceFile({
  title: 'Bitwarden’s own server',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d) \[(?:WRN|INF|ERR|DBG|FTL|VRB|Warning|Information|Error|Debug|Fatal)\] /,
  own: /^(?:Failed login attempt|Bit\.|Identity started)/,
  parser: bitwarden,
});

/** SonarQube (AuthenticationEventImpl.java): the login comes last. */
export const sonarqube = messagesOf(
  'sonarqube',
  ['sonarqube'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:\\[auth\\.event\\] ?)?login failure \\[cause\\|[^\\]]{0,256}\\]\\[method\\|(?<method>[\\w-]{1,32})\\]\\[provider\\|[^\\]]{1,128}\\]\\[IP\\|${ADDR}\\|[^\\]]{0,512}\\]\\[login\\|(?<user>.*)\\]`,
      ),
    ),
    succeeded(
      form(
        `(?:\\[auth\\.event\\] ?)?login success \\[method\\|(?<method>[\\w-]{1,32})\\]\\[provider\\|[^\\]]{1,128}\\]\\[IP\\|${ADDR}\\|[^\\]]{0,512}\\]\\[login\\|(?<user>.*)\\]`,
      ),
    ),
  ],
);

export const sonarqubeFormat = serviceFile({
  title: 'SonarQube',
  head: /^(?<iso>\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d) (?:INFO|WARN|DEBUG|ERROR|TRACE) {1,2}(?:web|ce|es|app)\[[^\]]{0,64}\] ?(?=\[[\w.]{1,80}\])/,
  parser: sonarqube,
});

/**
 * JupyterHub and Jupyter's server: the request's line has the peer, the account stands in a line of its own. A request's
 * target holds no blank.
 */
export const jupyter = messagesOf(
  'jupyter',
  ['jupyterhub', 'jupyter'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:401|403) POST /\\S{0,1024}?login(?:\\?\\S{0,2048})? \\((?:[^()@\\s]{0,256}@)?${ADDR}\\) [\\d.]{1,12}ms(?: .*)?`,
      ),
    ),
    checked('authentication_failure', form('Failed login for (?<user>.*)')),
  ],
);

export const jupyterFormat = serviceFile({
  title: 'JupyterHub and Jupyter',
  head: /^\[[IWECD] (?:(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3})|\d\d:\d\d:\d\d\.\d{3}) (?:JupyterHub|ServerApp|NotebookApp|LabApp|ExtensionApp|SingleUser\w{1,32}|JupyterHubSingleUser)(?: [\w.]{1,64}:\d{1,6})?\] /,
  parser: jupyter,
});

/** code-server (src/node/routes/login.ts): JSON, so no header can close its quotes. */
export const codeServer = messagesOf(
  'code-server',
  ['code-server'],
  [
    failed(
      'authentication_failure',
      form(
        `Failed login attempt \\{(?:"xForwardedFor":"(?:[^"\\\\]|\\\\.){0,1024}",)?"remoteAddress":"${ADDR}","userAgent":"(?:[^"\\\\]|\\\\.){0,2048}","timestamp":\\d{1,12}\\}`,
      ),
    ),
  ],
);

export const codeServerFormat = serviceFile({
  title: 'code-server',
  head: /^\[(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\] (?:trace|debug|info|warn|error) {1,2}/,
  parser: codeServer,
});

/** Seafile's seahub.log: it speaks only when the limit is reached. */
export const seafile = messagesOf(
  'seafile',
  ['seahub', 'seafile'],
  [
    failed(
      'too_many_attempts',
      form(
        `Login attempt limit reached, (?:try freeze the user, )?(?:email/)?username: (?<user>.*), ip: ${ADDR}, attemps: (?<count>\\d{1,6})`,
      ),
    ),
  ],
);

export const seafileFormat = serviceFile({
  title: 'Seafile',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \[(?:INFO|WARNING|ERROR|DEBUG|CRITICAL)\] (?:seahub|seafevents|seafobj|django)[\w.]{0,80}:\d{1,6} [\w<>]{1,80} /,
  parser: seafile,
});

/** Joomla's error.php: priority and address, category, message, parted by tabs. */
export const joomla = messagesOf(
  'joomla',
  ['joomla'],
  [failed('authentication_failure', form(`[A-Z]{4,9} ${ADDR}\\tjoomlafailure\\t.{1,300}`))],
);

export const joomlaFormat = serviceFile({
  title: 'Joomla’s error log',
  head: /^(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)\t(?=[A-Z]{4,9} [0-9A-Fa-f:.-]{1,64}\t[\w-]{1,64}\t)/,
  parser: joomla,
});

/** Cacti (auth_login.php). */
export const cacti = messagesOf(
  'cacti',
  ['cacti', 'Cacti'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:AUTH )?LOGIN(?: FAILED)?: (?:\\w{1,16} )?Login Failed for user '(?<user>.*)' from IP Address '?${ADDR}'?\\.?`,
      ),
    ),
  ],
);

export const cactiFormat = serviceFile({
  title: 'Cacti',
  head: /^(?<iso>\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d) - (?=AUTH |SYSTEM |POLLER: |CMDPHP |SPINE: |WEBLOG |BOOST |DSTRACE |RECACHE )/,
  parser: cacti,
});

/** Tine 2.0. */
export const tine = messagesOf(
  'tine',
  ['tine20', 'tine'],
  [
    failed(
      'authentication_failure',
      form(
        `Tinebase_Controller::login::\\d{1,6} Login with username "?(?<user>.*?)"? from ${ADDR} failed \\(-?\\d{1,4}\\)!?`,
      ),
      ' from ',
    ),
  ],
);

export const tineFormat = serviceFile({
  title: 'Tine 2.0',
  head: /^\w{4,40} (?:-- none --|\S{1,128}) - (?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d) (?:EMERG|ALERT|CRIT|ERR|WARN|NOTICE|INFO|DEBUG|TRACE) \(\d\): /,
  parser: tine,
});

/** Tomcat: whom its realm has locked out; the address is in the access log. */
export const tomcat = messagesOf(
  'tomcat',
  ['tomcat', 'tomcat9', 'tomcat10', 'catalina'],
  [
    failed(
      'locked',
      form(
        'org\\.apache\\.catalina\\.realm\\.LockOutRealm\\.filterLockedAccounts An attempt was made to authenticate the locked user ["\\[](?<user>.*)["\\]]',
      ),
    ),
  ],
);

export const tomcatFormat = serviceFile({
  title: 'Tomcat',
  head: /^(?<dmy>\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d\.\d{3}) (?:INFO|WARNING|SEVERE|CONFIG|FINE|FINER|FINEST) \[[^\]]{1,120}\] (?=[\w.$]{3,200} )/,
  parser: tomcat,
});

/** ZoneMinder's web interface, in PHP's name. */
export const zoneminder = messagesOf(
  'zoneminder',
  ['web_php', 'zmweb'],
  [
    failed(
      'authentication_failure',
      form('(?:WAR|ERR) \\[Login denied for user "(?<user>.*)"\\](?: at .{1,200})?'),
    ),
    refused('invalid_user', form('(?:WAR|ERR) \\[Could not retrieve user .* details\\]')),
  ],
);

/** Centreon's login.log (centreonAuth.class.php): the address stands before the name. */
export const centreon = messagesOf(
  'centreon',
  ['centreon'],
  [
    failed(
      'authentication_failure',
      form(`\\[\\w{1,16}\\] \\[${ADDR}\\] Authentication failed for '(?<user>.*)' : .{1,200}`),
    ),
    succeeded(form(`\\[\\w{1,16}\\] \\[${ADDR}\\] Authentication succeeded for '(?<user>.*)'`)),
  ],
);

export const centreonFormat = serviceFile({
  title: 'Centreon’s login log',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\|-?\d{1,9}\|\d{1,9}\|\d{1,9}\|(?=\[\w{1,16}\] \[)/,
  parser: centreon,
});

/** Greenbone's manager and web server (gvmd, gsad); behind a socket there is no address. */
export const gvmd = messagesOf(
  'gvmd',
  ['gvmd', 'gsad', 'openvasmd'],
  [
    failed('authentication_failure', form(`Authentication failure for '(?<user>.*)' from ${ADDR}`)),
    failed('authentication_failure', form("Authentication failure for '(?<user>.*)' from unix_socket")),
  ],
);

export const gvmdFormat = serviceFile({
  title: 'Greenbone (gvmd, gsad)',
  head: /^(?:md|gvmd|gsad) {1,8}\w{2,10}: {0,4}(?:WARNING|MESSAGE|INFO|DEBUG|CRITICAL):(?<iso>\d{4}-\d\d-\d\d \d\dh\d\d\.\d\d) (?:UTC|utc):\d{1,10}: /,
  parser: gvmd,
});
