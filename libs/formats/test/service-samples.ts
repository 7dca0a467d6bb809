/** As samples.ts, of the files that services write themselves. */
export const SERVICE_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  exim: [
    '2024-01-02 03:04:05 dovecot_login authenticator failed for (User) [203.0.113.9]:4711: 535 Incorrect authentication data (set_id=bob)',
    '2024-01-02 03:04:06 1rKabc-0001Xy-2z <= bob@example.org H=h.example.org (h) [203.0.113.9] P=esmtpsa X=TLS1.3 A=dovecot_plain:bob S=1234 id=x@y',
    '2024-01-02 03:04:07 H=(h) [203.0.113.9]:4711 F=<a@b.example> rejected RCPT <c@d.example>: relay not permitted',
    '2024-01-02 03:04:08 Start queue run: pid=812',
  ],
  vsftpd: [
    'Tue Jan  2 03:04:05 2024 [pid 3] CONNECT: Client "203.0.113.9"',
    'Tue Jan  2 03:04:06 2024 [pid 2] [bob] FAIL LOGIN: Client "203.0.113.9"',
    'Tue Jan  2 03:04:07 2024 [pid 2] [bob] OK LOGIN: Client "::ffff:203.0.113.9"',
  ],
  proftpd: [
    '2024-01-02 03:04:05,123 web1 proftpd[33] web1 (h.example.org[203.0.113.9]): USER bob (Login failed): Incorrect password',
    '2024-01-02 03:04:06,123 web1 proftpd[33] web1 (h.example.org[203.0.113.9]): FTP session closed.',
  ],
  mysql: [
    "2024-01-02T03:04:05.123456Z 12 [Note] [MY-010926] [Server] Access denied for user 'root'@'203.0.113.9' (using password: YES)",
    "2024-01-02  3:04:06 12 [Warning] Access denied for user 'root'@'203.0.113.9' (using password: NO)",
    '2024-01-02T03:04:07.123456Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections.',
  ],
  redis: [
    '1:M 02 Jan 2024 03:04:05.123 * Ready to accept connections tcp',
    '1:M 02 Jan 2024 03:04:06.123 # Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection from 203.0.113.9:4711 aborted.',
  ],
  vaultwarden: [
    '[2024-01-02 03:04:05.123][vaultwarden::api::identity][ERROR] Username or password is incorrect. Try again. IP: 203.0.113.9. Username: bob@example.org.',
    '[2024-01-02 03:04:06.123][request][INFO] POST /identity/connect/token',
  ],
  gitea: [
    '2024/01/02 03:04:05 ...ers/web/auth/auth.go:207:SignInPost() [I] Failed authentication attempt for bob from 203.0.113.9:0: user does not exist [uid: 0, name: bob]',
    '2024/01/02 03:04:06 cmd/web.go:242:runWeb() [I] Starting Gitea on PID: 17',
  ],
  'home-assistant': [
    "2024-01-02 03:04:05.123 WARNING (MainThread) [homeassistant.components.http.ban] Login attempt or request with invalid authentication from h.example.org (203.0.113.9). Requested URL: '/auth/login_flow/x'. (Mozilla/5.0)",
    '\u001b[32m2024-01-02 03:04:06.123 INFO (MainThread) [homeassistant.core] Starting Home Assistant\u001b[0m',
  ],
  jellyfin: [
    '[2024-01-02 03:04:05.123 +00:00] [INF] [12] Jellyfin.Server.Implementations.Users.UserManager: Authentication request for "bob" has been denied (IP: "203.0.113.9").',
    '[03:04:06] [INF] [1] Main: Startup complete 0:00:08.1',
  ],
  emby: [
    '2024-01-02 03:04:05.123 Warn HttpServer: AUTH-ERROR: 203.0.113.9 - Invalid user or password entered.',
  ],
  keycloak: [
    '2024-01-02 03:04:05,123 WARN  [org.keycloak.events] (executor-thread-1) type="LOGIN_ERROR", realmId="f0", clientId="account-console", userId="null", ipAddress="203.0.113.9", error="user_not_found", username="bob"',
  ],
  guacamole: [
    '03:04:05.123 [http-nio-8080-exec-1] WARN  o.a.g.r.auth.AuthenticationService - Authentication attempt from 203.0.113.9 for user "bob" failed.',
  ],
  murmur: [
    '<W>2024-01-02 03:04:05.123 1 => <5:(-1)> Rejected connection from 203.0.113.9:4711: Invalid server password',
  ],
  roundcube: [
    '[02-Jan-2024 03:04:05 +0000]: <abc123> IMAP Error: Login failed for bob against localhost from 203.0.113.9. AUTHENTICATE PLAIN: Authentication failed.',
  ],
  xrdp: [
    '[20240102-03:04:05] [INFO ] AUTHFAIL: user=bob ip=203.0.113.9 time=1704164645',
    '[20240102-03:04:06] [DEBUG] Closed socket 12 (AF_INET 127.0.0.1:3350)',
  ],
};
