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
  postgres: [
    '2024-01-02 03:04:05.123 UTC [812] LOG:  listening on IPv4 address "0.0.0.0", port 5432',
    '2024-01-02 03:04:06.123 UTC [813] bob@app FATAL:  password authentication failed for user "bob"',
    '2024-01-02 03:04:07.123 UTC [814] FATAL:  no pg_hba.conf entry for host "203.0.113.9", user "bob", database "app", no encryption',
  ],
  named: [
    "02-Jan-2024 03:04:05.123 security: info: client @0x7f1c2c0 203.0.113.9#4711 (example.org): query (cache) 'example.org/A/IN' denied",
    '02-Jan-2024 03:04:06.123 general: info: all zones loaded',
  ],
  asterisk: [
    `[2024-01-02 03:04:05] NOTICE[33] chan_sip.c: Registration from '"100" <sip:100@192.0.2.1>' failed for '203.0.113.9:5060' - Wrong password`,
    '[2024-01-02 03:04:06] SECURITY[33] res_security_log.c: SecurityEvent="InvalidAccountID",EventTV="2024-01-02T03:04:05.123+0000",Severity="Error",Service="PJSIP",EventVersion="1",AccountID="100",SessionID="a",LocalAddress="IPV4/UDP/192.0.2.1/5060",RemoteAddress="IPV4/UDP/203.0.113.9/5060"',
    '[Jan  2 03:04:07] WARNING[12]: pbx.c:4437 in __ast_pbx_run: Timeout but no rule',
  ],
  freeswitch: [
    "2024-01-02 03:04:05.123456 99.97% [WARNING] sofia_reg.c:1792 SIP auth failure (REGISTER) on sofia profile 'internal' for [100@192.0.2.1] from ip 203.0.113.9",
  ],
  openvpn: [
    '2024-01-02 03:04:05 203.0.113.9:4711 TLS Auth Error: Auth Username/Password verification failed for peer',
    'Tue Jan  2 03:04:06 2024 203.0.113.9:4711 TLS Error: TLS handshake failed',
    '2024-01-02 03:04:07 Initialization Sequence Completed',
  ],
  lighttpd: [
    "2024-01-02 03:04:05: (mod_auth.c.828) password doesn't match for /x username: bob IP: 203.0.113.9",
    '2024-01-02 03:04:06: (server.c.1704) server started (lighttpd/1.4.69)',
  ],
  'uptime-kuma': [
    '2024-01-02T03:04:05Z [AUTH] WARN: Incorrect username or password for user bob. IP=203.0.113.9',
  ],
  servarr: [
    "2024-01-02 03:04:05.1|Warn|Auth|Auth-Failure ip 203.0.113.9 username 'bob'",
    '[Info] Microsoft.Hosting.Lifetime: Application started',
  ],
  'calibre-web': [
    '[2024-01-02 03:04:05,123]  WARN {cps.web:1500} Login failed for user "bob" IP-address: 203.0.113.9',
  ],
  qbittorrent: [
    '(W) 2024-01-02T03:04:05 - WebAPI login failure. Reason: invalid credentials, attempt count: 1, IP: ::ffff:203.0.113.9, username: bob',
  ],
  paperless: [
    '[2024-01-02 03:04:05,123] [INFO] [paperless.auth] Login failed for user `bob` from IP `203.0.113.9.`',
  ],
  immich: [
    '[Nest] 7  - 01/02/2024, 3:04:05 AM    WARN [Api:AuthService~abc] Failed login attempt for user bob@example.org from ip address 203.0.113.9',
  ],
  radicale: [
    "[2024-01-02 03:04:05 +0000] [123/Thread-1] [WARNING] Failed login attempt from 203.0.113.9: 'bob'",
  ],
  overseerr: [
    '2024-01-02T03:04:05.123Z [warn][API]: Failed login attempt from user with incorrect credentials {"account":{"ip":"203.0.113.9","email":"bob@example.org","password":"__REDACTED__"}}',
  ],
  samba: [
    '[2024/01/02 03:04:05.123456,  2] ../../auth/auth_log.c:647(log_authentication_event_human_readable)',
    '  Auth: [SMB2,(null)] user [WG]\\[bob] at [Tue, 02 Jan 2024 03:04:05.123456 UTC] with [NTLMv2] status [NT_STATUS_WRONG_PASSWORD] workstation [PC] remote host [ipv4:203.0.113.9:4711] mapped to [WG]\\[bob]. local host [ipv4:192.0.2.1:445]',
  ],
  'adguard-home': [
    '2024/01/02 03:04:05.123456 [info] auth: failed to login user "bob" from ip "203.0.113.9"',
  ],
  directadmin: ["2024:01:02-03:04:05: '203.0.113.9' 2 failed login attempts. Account 'bob'"],
  endlessh: ['2024-01-02T03:04:05.123Z ACCEPT host=::ffff:203.0.113.9 port=4711 fd=4 n=1/4096'],
  fail2ban: [
    '2024-01-02 03:04:05,123 fail2ban.filter         [812]: INFO    [sshd] Found 203.0.113.9 - 2024-01-02 03:04:05',
    '2024-01-02 03:04:06,123 fail2ban.actions        [812]: NOTICE  [sshd] Ban 203.0.113.9',
  ],
  mssql: [
    "2024-01-02 03:04:05.12 Logon       Login failed for user 'bob'. Reason: Password did not match that for the login provided. [CLIENT: 203.0.113.9]",
    '2024-01-02 03:04:06.12 Server      SQL Server is starting',
  ],
  odoo: [
    '2024-01-02 03:04:05,123 22 INFO prod odoo.addons.base.models.res_users: Login failed for db:prod login:bob from 203.0.113.9',
  ],
  znc: ['[2024-01-02 03:04:05] [bob] failed to login from 203.0.113.9'],
  synology: [
    'warning\t2024/01/02 03:04:05\tSYSTEM:\tUser [bob] from [203.0.113.9] failed to log in via [DSM] due to authorization failure.',
  ],
  ejabberd: [
    '2024-01-02 03:04:05.123456+00:00 [warning] <0.512.0>@ejabberd_c2s:process_auth_result/3:279 (tls|<0.512.0>) Failed c2s PLAIN authentication for bob@example.org from ::ffff:203.0.113.9: Invalid username or password',
    '2024-01-02 03:04:06.123 [info] <0.512.0>@ejabberd_listener:accept:256 (<0.1226.0>) Accepted connection [::ffff:203.0.113.9]:55382 -> [::ffff:192.0.2.1]:5222',
  ],
  synapse: [
    '2024-01-02 03:04:05,123 - synapse.access.http.8008 - 460 - INFO - POST-12 - 203.0.113.9 - 8008 - {None} Processed request: 0.005sec/-0.000sec (0.004sec, 0.000sec) (0.001sec/0.001sec/2) 60B 403 "POST /_matrix/client/v3/login HTTP/1.1" "Mozilla/5.0" [0 dbevts]',
  ],
  rabbitmq: [
    "2024-01-02 03:04:05.123456+00:00 [info] <0.512.0> connection <0.512.0> (203.0.113.9:4711 -> 192.0.2.1:5672): user 'bob' authenticated and granted access to vhost '/'",
    '2024-01-02 03:04:06.123456+00:00 [error] <0.512.0> Error on AMQP connection <0.512.0> (203.0.113.9:4711 -> 192.0.2.1:5672, state: starting):',
  ],
  mosquitto: [
    '1704164645: Client <unknown> disconnected, not authorised.',
    '1704164646: New connection from 203.0.113.9:4711 on port 1883.',
  ],
  freeradius: [
    'Tue Jan  2 03:04:05 2024 : Auth: (12) Login incorrect (pap: Cleartext password does not match "known good" password): [bob] (from client nas1 port 0 cli 203.0.113.9)',
    'Tue Jan  2 03:04:06 2024 : Info: Ready to process requests',
  ],
  softether: [
    '2024-01-02 03:04:05.123 Connection "CID-23": User authentication failed. The user name that has been provided was "bob", from 203.0.113.9.',
    '2024-01-02 03:04:06.123 On the TCP Listener (Port 443), a Client (IP address 203.0.113.9, Host name "x", Port number 4711) has connected.',
  ],
  stunnel: [
    '2024.01.02 03:04:05 LOG4[12]: Service [imaps] REFUSED by libwrap from 203.0.113.9:4711',
    '2024.01.02 03:04:06 LOG5[ui]: stunnel 5.71 on x86_64-pc-linux-gnu platform',
  ],
  'kerio-connect': [
    '[02/Jan/2024 03:04:05] IMAP: Invalid password for user bob@example.org. Attempt from IP address 203.0.113.9.',
  ],
  openwebmail: [
    'Tue Jan  2 03:04:05 2024 - [812] (203.0.113.9) bob - login error - auth_unix.pl, ret -4, Password incorrect',
  ],
  zimbra: [
    '2024-01-02 03:04:05,123 WARN  [qtp509886383-63:https://192.0.2.1:7071/service/soap/AuthRequest] [name=bob@example.org;oip=203.0.113.9;ua=zclient/8.8;soapId=1;] security - cmd=Auth; account=bob@example.org; protocol=soap; error=authentication failed for [bob@example.org], invalid password;',
  ],
  bitwarden: ['2024-01-02 03:04:05.123 +00:00 [WRN] Failed login attempt. ::ffff:203.0.113.9'],
  sonarqube: [
    '2024.01.02 03:04:05 DEBUG web[AXabc][auth.event] login failure [cause|Wrong password][method|FORM][provider|LOCAL|local][IP|203.0.113.9|][login|bob]',
  ],
  jupyter: [
    '[W 2024-01-02 03:04:05.123 JupyterHub log:189] 403 POST /hub/login?next=%2Fhub%2F (@203.0.113.9) 12.34ms',
    '[I 2024-01-02 03:04:06.123 ServerApp] Jupyter Server 2.12.5 is running at:',
  ],
  'code-server': [
    '[2024-01-02T03:04:05.123Z] error Failed login attempt {"xForwardedFor":"6.6.6.6","remoteAddress":"203.0.113.9","userAgent":"curl/8.5.0","timestamp":1704164645}',
    '[2024-01-02T03:04:06.123Z] info  HTTP server listening on http://0.0.0.0:8080/',
  ],
  seafile: [
    '2024-01-02 03:04:05,123 [WARNING] seahub.auth.views:155 login Login attempt limit reached, username: bob, ip: 203.0.113.9, attemps: 3',
  ],
  joomla: [
    '2024-01-02T03:04:05+00:00\tINFO 203.0.113.9\tjoomlafailure\tUsername and password do not match or you do not have an account yet.',
  ],
  cacti: [
    "2024-01-02 03:04:05 - AUTH LOGIN: Local Login Failed for user 'bob' from IP Address '203.0.113.9'.",
    '2024-01-02 03:04:06 - SYSTEM STATS: Time:1.1 Method:spine',
  ],
  tine: [
    '6c3e1 -- none -- - 2024-01-02T03:04:05+00:00 WARN (4): Tinebase_Controller::login::99 Login with username bob from 203.0.113.9 failed (-3)!',
  ],
  tomcat: [
    '02-Jan-2024 03:04:05.123 WARNING [http-nio-8080-exec-7] org.apache.catalina.realm.LockOutRealm.filterLockedAccounts An attempt was made to authenticate the locked user [bob]',
    '02-Jan-2024 03:04:06.123 INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [1234] milliseconds',
  ],
  centreon: [
    "2024-01-02 03:04:05|1|0|0|[WEB] [203.0.113.9] Authentication failed for 'bob' : password mismatch",
  ],
  '3proxy': [
    '1704164645.123 SOCKS.1080 00006 bob 203.0.113.9:4711 0.0.0.0:0 0 0 0 CONNECT_example.org:443',
    '1704164646.123 PROXY.3128 00000 bob 203.0.113.9:4712 198.51.100.4:443 120 340 0 CONNECT_example.org:443',
  ],
  cpanel: [
    '[2024-01-02 03:04:05 +0000] info [cpaneld] 203.0.113.9 - bob "POST /login/?login_only=1 HTTP/1.1" FAILED LOGIN cpaneld: access denied for root, admin, and user password',
  ],
  plesk: [
    "[2024-01-02 03:04:05.123] 812:6593ab ERR [panel] Failed login attempt with login 'bob' from IP 203.0.113.9",
  ],
  ispconfig: [
    "Failed login for user 'bob' from 203.0.113.9 at 2024-01-02 03:04:05",
    "Successful login for user 'bob' from 203.0.113.9 at 2024-01-02 03:04:06 with session ID abc",
  ],
  gvmd: ["md    gmp:WARNING:2024-01-02 03h04.05 utc:1876: Authentication failure for 'bob' from 203.0.113.9"],
};
