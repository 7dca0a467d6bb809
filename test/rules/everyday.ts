import { Random } from '../../tools/loggen/random.ts';

/** A log file: its path, and its lines with the time they were written, seconds from the start. */
export interface EverydayLog {
  readonly path: string;
  readonly lines: string[];
}

const DAY_S = 86_400;
const START_MS = Date.UTC(2026, 0, 5);

const iso = (seconds: number) => new Date(START_MS + seconds * 1000).toISOString().replace('Z', '+00:00');

type Line = readonly [seconds: number, text: string];

/** In the order of time, as files are. */
function file(path: string, lines: readonly Line[]): EverydayLog {
  return { path, lines: [...lines].sort((a, b) => a[0] - b[0]).map(([, text]) => text) };
}

const PEOPLE = [
  { name: 'anna', address: '192.168.1.20', key: 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  { name: 'jo', address: '192.168.1.21', key: 'SHA256:BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
] as const;

/** auth.log: people who log in and mistype, sudo and su by those who may, cron, monitoring, git pulls, a broken job. */
export function authLog(days: number, seed: number): EverydayLog {
  const random = new Random(seed);
  const lines: Line[] = [];
  let pid = 1_000;
  const put = (at: number, program: string, text: string) =>
    lines.push([at, `${iso(at)} node1 ${program}[${pid}]: ${text}`]);
  const sshd = (at: number, text: string) => put(at, 'sshd', text);
  for (let day = 0; day < days; day++) {
    for (const { name, address, key } of PEOPLE) {
      for (let visit = 0; visit < 3; visit++) {
        pid += 1;
        let at = day * DAY_S + (8 + 4 * visit) * 3600 + random.int(7_000);
        const port = 40_000 + random.int(20_000);
        const slips = random.next() < 0.3 ? 1 + random.int(3) : 0;
        for (let slip = 0; slip < slips; slip++) {
          sshd(
            at,
            `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${address}  user=${name}`,
          );
          sshd(at + 2, `Failed password for ${name} from ${address} port ${port} ssh2`);
          at += 6 + random.int(10);
        }
        if (slips > 0) sshd(at, `Accepted password for ${name} from ${address} port ${port} ssh2`);
        else sshd(at, `Accepted publickey for ${name} from ${address} port ${port} ssh2: ED25519 ${key}`);
        sshd(at, `pam_unix(sshd:session): session opened for user ${name}(uid=1000) by (uid=0)`);
        const command = random.pick([
          '/usr/bin/apt update',
          '/usr/bin/systemctl status nginx',
          '/usr/bin/docker ps',
          '/usr/bin/journalctl -f',
        ]);
        if (random.next() < 0.1)
          put(
            at + 20,
            'sudo',
            `   ${name} : 1 incorrect password attempt ; TTY=pts/0 ; PWD=/home/${name} ; USER=root ; COMMAND=${command}`,
          );
        put(at + 30, 'sudo', `   ${name} : TTY=pts/0 ; PWD=/home/${name} ; USER=root ; COMMAND=${command}`);
        put(
          at + 30,
          'sudo',
          `pam_unix(sudo:session): session opened for user root(uid=0) by ${name}(uid=1000)`,
        );
        put(at + 31, 'sudo', 'pam_unix(sudo:session): session closed for user root');
        if (day === 4 && visit === 1)
          put(at + 60, 'passwd', `pam_unix(passwd:chauthtok): password changed for ${name}`);
        sshd(at + 900, `Received disconnect from ${address} port ${port}:11: disconnected by user`);
        sshd(at + 900, `Disconnected from user ${name} ${address} port ${port}`);
        sshd(at + 900, `pam_unix(sshd:session): session closed for user ${name}`);
      }
    }
    everyTenMinutes(day, put, () => ++pid);
    // Monitoring looks whether port 22 is open, every half minute by day (each fifth is written here).
    for (let at = day * DAY_S; at < (day + 1) * DAY_S; at += 150) {
      pid += 1;
      sshd(at, `Connection closed by 192.168.1.5 port ${30_000 + (at % 9_999)} [preauth]`);
    }
    // A tunnel from outside checks the banner every five minutes.
    for (let at = day * DAY_S; at < (day + 1) * DAY_S; at += 300) {
      pid += 1;
      sshd(at, `Connection closed by 198.51.100.200 port ${30_000 + (at % 9_999)}`);
    }
  }
  return file('/var/log/auth.log', lines);
}

/** cron, git pulls with deploy keys, and postgres's own su from its backup script. */
function everyTenMinutes(
  day: number,
  put: (at: number, program: string, text: string) => void,
  next: () => number,
): void {
  for (let at = day * DAY_S; at < (day + 1) * DAY_S; at += 600) {
    next();
    put(at + 1, 'CRON', 'pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)');
    put(at + 2, 'CRON', 'pam_unix(cron:session): session closed for user root');
    const pid = next();
    put(
      at + 5,
      'sshd',
      `Accepted publickey for git from 192.168.1.${30 + (pid % 2)} port ${20_000 + (pid % 9_999)} ssh2: ED25519 SHA256:CAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`,
    );
    put(
      at + 6,
      'sshd',
      `Disconnected from user git 192.168.1.${30 + (pid % 2)} port ${20_000 + (pid % 9_999)}`,
    );
    if (at % 3_600 === 0) put(at + 9, 'su', '(to postgres) root on none');
  }
}

/** Access log of a proxy: two people, a WebDAV client, one with an old password, crawlers, a page without its icon. */
export function accessLog(days: number, seed: number): EverydayLog {
  const random = new Random(seed);
  const lines: Line[] = [];
  const put = (at: number, client: string, request: string, status: number, agent: string) => {
    const t = new Date(START_MS + at * 1000);
    const stamp = `${String(t.getUTCDate()).padStart(2, '0')}/Jan/2026:${t.toISOString().slice(11, 19)} +0000`;
    lines.push([at, `${client} - - [${stamp}] "${request} HTTP/1.1" ${status} 512 "-" "${agent}"`]);
  };
  for (let day = 0; day < days; day++) {
    const start = day * DAY_S;
    for (let visit = 0; visit < 12; visit++) {
      const client = random.pick(['198.51.100.21', '198.51.100.22']);
      let at = start + 8 * 3600 + visit * 3000 + random.int(900);
      for (let page = 0; page < 6; page++) {
        put(at, client, `GET /page/${random.int(40)}`, random.next() < 0.05 ? 404 : 200, 'Mozilla/5.0');
        for (let asset = 0; asset < 8; asset++)
          put(at, client, `GET /static/${asset}.js`, 200, 'Mozilla/5.0');
        put(at, client, 'GET /favicon.ico', 404, 'Mozilla/5.0');
        at += 10 + random.int(60);
      }
      if (visit % 4 === 0) put(at, client, 'POST /login', 401, 'Mozilla/5.0');
      if (visit % 4 === 0) put(at + 9, client, 'POST /login', 302, 'Mozilla/5.0');
    }
    for (let at = start; at < start + DAY_S; at += 120) {
      put(at, '198.51.100.23', 'PROPFIND /remote.php/dav/files/anna/', 401, 'Nextcloud/3.11');
      put(at, '198.51.100.23', 'PROPFIND /remote.php/dav/files/anna/', 207, 'Nextcloud/3.11');
      // A telephone at home; its password is old from the third day on.
      put(
        at + 60,
        '198.51.100.24',
        'PROPFIND /remote.php/dav/files/jo/',
        day < 2 ? 207 : 401,
        'Nextcloud-android/3.27',
      );
    }
    for (let i = 0; i < 300; i++)
      put(
        start + 7200 + i * 20,
        '198.51.100.90',
        `GET /post/${random.int(400)}`,
        random.next() < 0.1 ? 404 : 200,
        'Googlebot/2.1',
      );
    for (let at = start; at < start + DAY_S; at += 30)
      put(at, '198.51.100.99', 'GET /health', 200, 'Uptime-Kuma/1.23');
  }
  return file('/var/log/nginx/access.log', lines);
}

/** Kernel log of a firewall at home: late answers, devices that shout, background noise of the internet. */
export function firewallLog(days: number, seed: number): EverydayLog {
  const random = new Random(seed);
  const lines: Line[] = [];
  const put = (at: number, src: string, dst: string, proto: string, spt: number, dpt: number) =>
    lines.push([
      at,
      `${iso(at)} node1 kernel: [${at}.000] [UFW BLOCK] IN=eth0 OUT= MAC=aa SRC=${src} DST=${dst} LEN=40 TOS=0x00 PREC=0x00 TTL=50 ID=1 PROTO=${proto} SPT=${spt} DPT=${dpt} LEN=20`,
    ]);
  for (let day = 0; day < days; day++) {
    for (let i = 0; i < 400; i++) {
      const at = day * DAY_S + i * 200;
      put(at, `203.0.113.${random.int(250)}`, '192.0.2.1', 'TCP', 443, 33_000 + random.int(30_000));
      put(at + 1, `192.168.1.${50 + random.int(9)}`, '192.168.1.255', 'UDP', 137, 137);
      put(at + 2, `192.168.1.${50 + random.int(9)}`, '239.255.255.250', 'UDP', 40_000, 1900);
      put(at + 3, '192.168.1.50', `192.168.1.${10 + random.int(5)}`, 'UDP', 5353, 5353);
      // Everybody's address is tried all day, by somebody else each time.
      put(
        at + 4,
        `${1 + random.int(200)}.${random.int(256)}.${random.int(256)}.7`,
        '192.0.2.1',
        'TCP',
        50_000,
        random.pick([22, 23, 80, 443, 445, 3389, 8080]),
      );
    }
  }
  return file('/var/log/kern.log', lines);
}

/** Mail and web applications: people who mistype, a mail program with an old password in the house. */
export function serviceLog(days: number, seed: number): EverydayLog {
  const random = new Random(seed);
  const lines: Line[] = [];
  const put = (at: number, program: string, text: string) =>
    lines.push([at, `${iso(at)} node1 ${program} ${text}`]);
  const ok = (user: string, from: string) =>
    `imap-login: Login: user=<${user}>, method=PLAIN, rip=${from}, lip=192.0.2.1, mpid=33, TLS, session=<a>`;
  const wrong = (user: string, from: string) =>
    `imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<${user}>, method=PLAIN, rip=${from}, lip=192.0.2.1, TLS, session=<b>`;
  for (let day = 0; day < days; day++) {
    for (let at = day * DAY_S; at < (day + 1) * DAY_S; at += 900) {
      put(at, 'dovecot:', ok('anna', '192.168.1.20'));
      // Jo's tablet keeps an old password from the third day on.
      put(at + 5, 'dovecot:', day < 2 ? ok('jo', '192.168.1.31') : wrong('jo', '192.168.1.31'));
      put(
        at + 9,
        'dovecot:',
        'imap-login: Disconnected (no auth attempts in 0 secs): user=<>, rip=172.18.0.1, lip=172.18.0.5, session=<c>',
      );
    }
    const at = day * DAY_S + 36_000 + random.int(20_000);
    for (let slip = 0; slip < random.int(4); slip++)
      put(
        at + slip * 8,
        'vaultwarden[1]:',
        'Username or password is incorrect. Try again. IP: 198.51.100.21. Username: anna@example.org.',
      );
    put(at + 40, 'vaultwarden[1]:', 'User anna@example.org logged in successfully. IP: 198.51.100.21');
  }
  return file('/var/log/syslog', lines);
}
