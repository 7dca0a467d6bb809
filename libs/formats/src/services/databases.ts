import { failed, messagesOf, refused } from './form.ts';
import { serviceFile } from './service-file.ts';

/** `[Note] `, `[Warning] [MY-010926] [Server] `, and what mysqld gives to syslog with its own stamp in front. */
const LEVEL =
  '^(?:[\\d: TZ.+-]{15,40} )?(?:\\d{1,10} )?(?:\\[(?:Note|Warning|ERROR|System)\\] )?(?:\\[MY-\\d{6}\\] )?(?:\\[\\w{1,16}\\] )?';

/** MySQL 5 to 8 and MariaDB (sql/sql_acl.cc, sql_connect.cc). The name comes first, so the end of the line is the server's. */
export const mysql = messagesOf(
  'mysql',
  ['mysqld', 'mariadbd', 'mysql', 'mariadb', 'mysqld_safe'],
  [
    failed(
      'authentication_failure',
      new RegExp(
        `${LEVEL}Access denied for user '(?<user>.*)'@'(?<host>[^'@]{1,255})' \\(using password: (?:YES|NO)\\)$`,
        's',
      ),
    ),
    failed(
      'authentication_failure',
      new RegExp(
        `${LEVEL}Access denied for user '(?<user>[^'@]*)'@'(?<host>[^'@]{1,255})'(?: to database '[^']*')?$`,
        's',
      ),
    ),
    refused(
      'blocked',
      new RegExp(
        `${LEVEL}Host '(?<host>[^']{1,255})' is (?:blocked because of many connection errors.*|not allowed to connect to this (?:MySQL|MariaDB) server)$`,
        's',
      ),
    ),
    refused(
      'no_authentication',
      new RegExp(
        `${LEVEL}Aborted connection \\d{1,20} to db: 'unconnected' user: 'unauthenticated' host: '(?<host>[^']{1,255})'.*$`,
        's',
      ),
    ),
  ],
);

export const mysqlFormat = serviceFile({
  title: 'MySQL and MariaDB error log',
  head: /^(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d)|(?:\d{4}-\d\d-\d\d|\d{6}) {1,2}\d{1,2}:\d\d:\d\d) (?=(?:\d{1,10} )?\[(?:Note|Warning|ERROR|System)\])/,
  parser: mysql,
});

/** Redis 3 and later (server.c): what a scripted browser or scanner sends. */
export const redis = messagesOf(
  'redis',
  ['redis', 'redis-server', 'valkey-server'],
  [
    refused(
      'bad_protocol',
      /^Possible SECURITY ATTACK detected\. It looks like somebody is sending POST or Host: commands to Redis\..{0,200}? Connection from (?<peer>\[?[0-9A-Fa-f:.]{2,64}\]?(?::\d{1,5})?) aborted\.$/,
    ),
    refused(
      'bad_protocol',
      /^Possible SECURITY ATTACK detected\. It looks like somebody is sending POST or Host: commands to Redis\..{0,200}? Connection aborted\.$/,
    ),
  ],
);

export const redisFormat = serviceFile({
  title: 'Redis and Valkey',
  head: /^\d{1,10}:[CSMX] (?<dmy>\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3}) [.\-*#] /,
  parser: redis,
});
