import { SERVICE_SAMPLES } from './service-samples.ts';

/** Lines of every format as its program writes them, made up here; the first key is the format's name. */
export const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  syslog: [
    'Jan  2 03:04:05 pi1 sshd[811]: Failed password for root from 203.0.113.9 port 40022 ssh2',
    'Jan  2 03:04:06 pi1 CRON[812]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)',
    'Jan  2 03:04:07 pi1 systemd[1]: Started Daily apt upgrade and clean activities.',
  ],
  journald: [
    '{"__CURSOR":"s=1;i=1","__REALTIME_TIMESTAMP":"1704164645000000","_HOSTNAME":"pi1","SYSLOG_IDENTIFIER":"sshd","_PID":"811","PRIORITY":"6","_BOOT_ID":"b","MESSAGE":"Failed password for root from 203.0.113.9 port 40022 ssh2"}',
    '{"__CURSOR":"s=1;i=2","__REALTIME_TIMESTAMP":"1704164646000000","_HOSTNAME":"pi1","SYSLOG_IDENTIFIER":"kernel","PRIORITY":"6","_BOOT_ID":"b","MESSAGE":"eth0: link up"}',
  ],
  nginx: [
    '203.0.113.7 - - [02/Jan/2024:03:04:05 +0000] "GET /index.html?q=1 HTTP/1.1" 200 612 "https://example.org/" "Mozilla/5.0 (X11; Linux x86_64)"',
    '2001:db8::7 - alice [02/Jan/2024:03:04:06 +0100] "POST /api HTTP/2.0" 401 0 "-" "curl/8.5.0" "198.51.100.4, 10.0.0.2"',
    '203.0.113.8 - - [02/Jan/2024:03:04:07 +0000] "\\x16\\x03\\x01\\x02\\x00" 400 157 "-" "-"',
  ],
  apache: [
    'example.org:443 203.0.113.7 - - [02/Jan/2024:03:04:05 +0000] "GET / HTTP/1.1" 200 3380 "-" "Mozilla/5.0 \\"quoted\\""',
    '203.0.113.7 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
    '::1 - - [02/Jan/2024:03:04:06 +0000] "-" 408 -',
  ],
  traefik: [
    '203.0.113.7 - - [02/Jan/2024:03:04:05 +0000] "GET /a HTTP/2.0" 200 2081 "-" "curl/8.5.0" 17 "web@docker" "http://10.0.1.3:80" 12ms',
    '203.0.113.7 - bob [02/Jan/2024:03:04:06 +0000] "GET /none HTTP/1.1" 404 19 "-" "-" 18 "-" "-" 0ms',
  ],
  'traefik-json': [
    '{"ClientAddr":"203.0.113.7:40022","ClientHost":"198.51.100.4","ClientPort":"40022","ClientUsername":"-","DownstreamContentSize":19,"DownstreamStatus":404,"Duration":56789,"OriginStatus":0,"RequestAddr":"example.org","RequestHost":"example.org","RequestMethod":"GET","RequestPath":"/a?b","RequestProtocol":"HTTP/1.1","RouterName":"web@docker","StartUTC":"2024-01-02T03:04:05.123456789Z","entryPointName":"web","level":"info","msg":"","time":"2024-01-02T03:04:05Z"}',
  ],
  'nginx-error': [
    '2024/01/02 03:04:05 [error] 29#29: *7 open() "/usr/share/nginx/html/x" failed (2: No such file or directory), client: 203.0.113.7, server: localhost, request: "GET /x HTTP/1.1", host: "localhost"',
    '2024/01/02 03:04:06 [notice] 1#1: start worker processes',
  ],
  'apache-error': [
    '[Tue Jan 02 03:04:05.123456 2024] [authz_core:error] [pid 357:tid 432] [client 203.0.113.7:40022] AH01630: client denied by server configuration: /var/www/html/.ht',
    '[Tue Jan 02 03:04:06 2024] [error] [client 203.0.113.7] File does not exist: /var/www/favicon.ico',
    '[Tue Jan 02 03:04:07.000001 2024] [mpm_event:notice] [pid 1:tid 2] AH00489: Apache/2.4.57 (Debian) configured -- resuming normal operations',
  ],
  json: [
    '{"level":30,"time":1704164645123,"pid":1,"hostname":"web","msg":"listening"}',
    '{"level":"error","ts":1704164645.5,"caller":"main.go:12","msg":"no route","user":{"name":"root"}}',
    '{"@timestamp":"2024-01-02T03:04:05.678Z","log.level":"warn","message":"slow","ecs.version":"8.10","source":{"ip":"203.0.113.7"},"event":{"action":"ssh_login"}}',
  ],
  logfmt: [
    'time="2024-01-02T03:04:05Z" level=info msg="Starting provider" provider=docker',
    't=2024-01-02T03:04:06.5Z level=warn logger=sqlstore msg="slow query" duration=1.5s',
  ],
  'docker-json': [
    '{"log":"203.0.113.7 - - [02/Jan/2024:03:04:05 +0000] \\"GET / HTTP/1.1\\" 200 612 \\"-\\" \\"curl/8.5.0\\" \\"-\\"\\n","stream":"stdout","time":"2024-01-02T03:04:05.123456789Z"}',
    '{"log":"ready\\n","stream":"stderr","time":"2024-01-02T03:04:06.5Z"}',
  ],
  cri: [
    '2024-01-02T03:04:05.123456789Z stdout F {"level":"info","msg":"ready"}',
    '2024-01-02T03:04:06.123456789Z stderr P first half, ',
    '2024-01-02T03:04:06.223456789Z stderr F second half',
  ],
  'bash-history': ['#1704164645', 'ls -la', '#1704164650', 'for i in 1 2', 'do echo $i', 'done'],
  'zsh-history': [': 1704164645:0;ls -la', ': 1704164650:3;for i in 1 2\\', 'do echo $i\\', 'done'],
  'fish-history': [
    '- cmd: ls -la',
    '  when: 1704164645',
    '- cmd: cat a',
    '  when: 1704164650',
    '  paths:',
    '    - a',
  ],
  clavister: [
    '<134>[2024-01-02 03:04:05] EFW: RULE: prio=3 id=06000051 rev=1 event=ruleset_drop_packet action=drop rule=Default_Rule recvif=wan srcip=203.0.113.9 destip=192.0.2.1 ipproto=TCP ipdatalen=28 srcport=4711 destport=22 syn=1',
    '[2024-01-02 03:04:06] EFW: CONN: prio=1 id=00600001 rev=1 event=conn_open rule=web conn=open connipproto=TCP connrecvif=wan connsrcip=203.0.113.9 connsrcport=4711 conndestif=dmz conndestip=192.0.2.1 conndestport=443',
    '[2024-01-02 03:04:07] EFW: SYSTEM: prio=3 id=03200402 rev=2 event=admin_login_failed action=disallow_admin_access authsystem=SSH username=admin client_ip=203.0.113.9 client_port=4711',
  ],
  'nginx-proxy-manager': [
    '[02/Jan/2024:03:04:05 +0000] - 404 404 - GET https example.org "/wp-login.php" [Client 203.0.113.7] [Length 153] [Gzip -] [Sent-to 10.0.0.5] "Mozilla/5.0" "-"',
    '[02/Jan/2024:03:04:06 +0000] 301 - GET http example.org "/" [Client 203.0.113.7] [Length 166] [Gzip -] "curl/8.5.0" "-"',
  ],
  squid: [
    '1704164645.123    345 203.0.113.7 TCP_MISS/200 1234 GET http://example.org/a bob HIER_DIRECT/198.51.100.4 text/html',
    '1704164646.123      0 203.0.113.7 TCP_DENIED/407 4000 CONNECT example.org:443 - HIER_NONE/- text/html',
  ],
  appliance: [
    '<189>date=2024-01-02 time=03:04:05 devname="fw1" devid="FGT60FTK00000001" eventtime=1704164645123456789 tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=203.0.113.9 srcport=4711 srcintf="wan1" dstip=192.0.2.1 dstport=22 dstintf="lan" proto=6 action="deny" policyid=0 service="SSH"',
    '<134>id=firewall sn=0017C5000000 time="2024-01-02 03:04:06" fw=198.51.100.1 pri=1 c=32 m=82 msg="Probable port scan dropped" n=1 src=203.0.113.9:4711:X1 dst=192.0.2.1:22:X0 proto=tcp/ssh fw_action="drop"',
    '<30>device="SFW" date=2024-01-02 time=03:04:07 timezone="UTC" device_name="XG" device_id=C1 log_id=010101600001 log_type="Firewall" log_component="Firewall Rule" log_subtype="Denied" status="Deny" fw_rule_id=0 src_ip=203.0.113.9 src_port=4711 dst_ip=192.0.2.1 dst_port=22 protocol="TCP"',
  ],
  cef: [
    '<134>CEF:0|Ubiquiti|UniFi Network|9.0.0|201|Threat Detected and Blocked|7|proto=TCP src=203.0.113.9 spt=4711 dst=192.0.2.1 dpt=22 act=blocked msg=A network intrusion attempt was detected',
    'LEEF:1.0|Vendor|Firewall|1.0|conn|src=203.0.113.9\tdst=192.0.2.1\tsrcPort=4711\tdstPort=22\taction=deny\tproto=tcp',
  ],
  'fast-alert': [
    '01/02/2024-03:04:05.123456  [**] [1:2001219:20] ET SCAN Potential SSH Scan [**] [Classification: Attempted Information Leak] [Priority: 2] {TCP} 203.0.113.9:4711 -> 192.0.2.1:22',
    '01/02/2024-03:04:06.123456  [Drop] [**] [1:2024897:3] ET USER_AGENTS Go HTTP Client User-Agent [**] [Classification: (null)] [Priority: 3] {TCP} 2001:0db8:0000:0000:0000:0000:0000:0009:4711 -> 2001:0db8:0000:0000:0000:0000:0000:0001:80',
    '01/02-03:04:07.123456  [**] [1:384:5] PROTOCOL-ICMP PING [**] [Classification: Misc activity] [Priority: 3] {ICMP} 203.0.113.9 -> 192.0.2.1',
  ],
  zeek: [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\tnotice',
    '#open\t2024-01-02-03-04-05',
    '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tnote\tmsg\tsub\tsrc\tdst\tp\tactions',
    '#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tenum\tstring\tstring\taddr\taddr\tport\tset[enum]',
    '1704164645.123456\t-\t-\t-\t-\t-\t-\tSSH::Password_Guessing\t203.0.113.9 appears to be guessing SSH passwords (seen in 30 connections).\tSampled servers:  192.0.2.1\t203.0.113.9\t-\t-\tNotice::ACTION_LOG',
    '1704164646.123456\tCabc\t203.0.113.9\t4711\t192.0.2.1\t443\ttcp\tSSL::Invalid_Server_Cert\tSSL certificate validation failed\tCN=x\t203.0.113.9\t192.0.2.1\t443\tNotice::ACTION_LOG',
  ],
  audit: [
    'type=SYSCALL msg=audit(1704164645.123:456): arch=c000003e syscall=59 success=yes exit=0 a0=55d a1=55e a2=55f a3=8 items=2 ppid=811 pid=812 auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm="sh" exe="/usr/bin/dash" subj=unconfined key="exec"\u001dARCH=x86_64 SYSCALL=execve AUID="pi" UID="root" GID="root"',
    'type=EXECVE msg=audit(1704164645.123:456): argc=3 a0="sh" a1="-c" a2=6375726C20687474703A2F2F78207C207368',
    'type=CWD msg=audit(1704164645.123:456): cwd="/root"',
    'type=PATH msg=audit(1704164645.123:456): item=0 name="/bin/sh" inode=12 dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0',
    'type=PROCTITLE msg=audit(1704164645.123:456): proctitle=7368002D63006375726C20687474703A2F2F78207C207368',
    'type=SYSCALL msg=audit(1704164646.000:457): arch=c00000b7 syscall=56 success=yes exit=3 a0=ffffff9c a1=ffffc8 a2=241 a3=1b6 items=2 ppid=811 pid=813 auid=1000 uid=0 gid=0 tty=pts0 ses=3 comm="bash" exe="/usr/bin/bash" key="cron"',
    'type=CWD msg=audit(1704164646.000:457): cwd="/etc"',
    'type=PATH msg=audit(1704164646.000:457): item=1 name="cron.d/x" inode=13 dev=08:01 mode=0100644 ouid=0 ogid=0 nametype=CREATE',
    'node=pi1 type=USER_LOGIN msg=audit(1704164647.000:458): pid=901 uid=0 auid=4294967295 ses=4294967295 msg=\'op=login acct=28696E76616C6964207573657229 exe="/usr/sbin/sshd" hostname=? addr=203.0.113.9 terminal=ssh res=failed\'',
  ],
  ...SERVICE_SAMPLES,
};

/** What a log of each format may mean; all else is `log_message`. */
export const MEANINGS: Readonly<Record<string, RegExp>> = {
  syslog: /^(ssh_login|session_opened|service_started)$/,
  journald: /^(ssh_login|kernel_message)$/,
  nginx: /^http_request$/,
  apache: /^http_request$/,
  traefik: /^http_request$/,
  'traefik-json': /^http_request$/,
  'docker-json': /^http_request$/,
  'apache-error': /^(service_refused|http_error)$/,
  'nginx-error': /^http_error$/,
  'fast-alert': /^ids_alert$/,
  appliance: /^firewall_packet$/,
  cef: /^(ids_alert|firewall_packet)$/,
  zeek: /^(ids_alert|network_record)$/,
  clavister: /^(firewall_packet|service_login)$/,
  'nginx-proxy-manager': /^http_request$/,
  squid: /^http_request$/,
  audit: /^(process_started|file_changed|login|audit_event)$/,
  'bash-history': /^shell_command$/,
  'zsh-history': /^shell_command$/,
  'fish-history': /^shell_command$/,
  ...Object.fromEntries(Object.keys(SERVICE_SAMPLES).map((name) => [name, /^service_(login|refused)$/])),
};
