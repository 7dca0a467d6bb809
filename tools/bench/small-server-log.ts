import { Random } from '../loggen/random.ts';

const DAY = 86_400;
const HOUR = 3_600;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const NAMES = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'nginx',
  'traefik',
  'grafana',
  'redis',
  'postgres',
  'zigbee',
];
const UNITS = [
  ['apt-daily.service', 6],
  ['logrotate.service', 0],
  ['man-db.service', 0],
  ['fstrim.service', 1],
  ['systemd-tmpfiles-clean.service', 9],
] as const;

/** A line and when it was written, in seconds since the log's beginning. */
type Entry = readonly [atSeconds: number, text: string];

/**
 * The syslog of a small server over some days: cron, units, DHCP, an application by time of day, containers, logins, a
 * reboot a week. Nothing in it is wrong, unless `faults` are put in: six of them, from two thirds of the time on.
 */
export function smallServerLog(options: {
  seed: number;
  days: number;
  startMs: number;
  faults: boolean;
}): string {
  const random = new Random(options.seed);
  let entries: Entry[] = [];
  for (let day = 0; day < options.days; day++) {
    const today = [
      ...cron(random),
      ...units(random),
      ...dhcp(random),
      ...application(random),
      ...containers(random),
      ...logins(random),
    ];
    const rebooted = day % 7 === 6;
    const kept = rebooted ? today.filter(([at]) => at < 3 * HOUR || at > 3.5 * HOUR) : today;
    for (const [at, text] of rebooted ? [...kept, ...boot()] : kept) entries.push([day * DAY + at, text]);
  }
  if (options.faults) entries = withFaults(entries, Math.floor((options.days * 2) / 3) * DAY);
  entries.sort(([a], [b]) => a - b);
  return entries.map(([at, text]) => `${stamp(options.startMs + at * 1000)} node1 ${text}\n`).join('');
}

function cron(random: Random): Entry[] {
  const entries: Entry[] = [];
  const tag = () => `CRON[${300 + random.int(30_000)}]`;
  for (let at = 1; at < DAY; at += 900) entries.push([at, `${tag()}: (root) CMD (/usr/local/bin/check.sh)`]);
  for (let at = 1_020; at < DAY; at += HOUR) {
    entries.push(
      [at, `${tag()}: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`],
      [at, `${tag()}: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)`],
      [at + 1, `${tag()}: pam_unix(cron:session): session closed for user root`],
    );
  }
  return entries;
}

function units(random: Random): Entry[] {
  return UNITS.flatMap(([unit, hour]) => {
    const at = hour * HOUR + random.int(HOUR);
    return [
      [at, `systemd[1]: Starting ${unit} - Daily job...`],
      [at + 3, `systemd[1]: ${unit}: Deactivated successfully.`],
      [at + 3, `systemd[1]: Finished ${unit} - Daily job.`],
    ] as Entry[];
  });
}

function dhcp(random: Random): Entry[] {
  const entries: Entry[] = [];
  for (let at = random.int(600); at < DAY; at += 1_500 + random.int(600)) {
    entries.push(
      [at, 'dhclient[511]: DHCPREQUEST for 192.168.1.7 on eth0 to 192.168.1.1 port 67'],
      [at, 'dhclient[511]: DHCPACK of 192.168.1.7 from 192.168.1.1'],
      [at, `dhclient[511]: bound to 192.168.1.7 -- renewal in ${1_500 + random.int(600)} seconds.`],
    );
  }
  return entries;
}

/** Few requests at night, many in the evening. */
function application(random: Random): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < DAY; at += 30) {
    const hour = at / HOUR;
    const rate = hour > 17 && hour < 23 ? 3 : hour > 8 ? 1 : 0.1;
    const requests = Math.floor(-Math.log(1 - random.next()) * rate);
    for (let i = 0; i < requests; i++) entries.push([at + i, request(random)]);
  }
  return entries;
}

function request(random: Random): string {
  const client = `10.0.${random.int(5)}.${random.int(250)}`;
  return `app[77]: served ${random.pick(NAMES)} request ${random.int(99_999)} for ${client} in ${random.int(900)} ms`;
}

function containers(random: Random): Entry[] {
  const entries: Entry[] = [];
  for (let i = random.int(20); i > 0; i--) {
    const id = Array.from({ length: 16 }, () => random.int(16).toString(16)).join('');
    entries.push([
      random.int(DAY),
      `dockerd[900]: level=info msg="ignoring event" container=${id} namespace=moby`,
    ]);
  }
  for (let i = 0; i < 30; i++) {
    const rule = `${random.pick(NAMES)} ${random.pick(NAMES)}`;
    entries.push([
      random.int(DAY),
      `homeassistant[88]: automation ${rule} triggered by state of ${random.pick(NAMES)}`,
    ]);
  }
  return entries;
}

function logins(random: Random): Entry[] {
  const entries: Entry[] = [];
  for (let i = random.int(5); i > 0; i--) {
    const at = (8 + random.int(14)) * HOUR + random.int(HOUR);
    const from = `192.168.1.${20 + random.int(3)} port ${1_024 + random.int(60_000)}`;
    entries.push(
      [
        at,
        `sshd[${random.int(9_999)}]: Accepted publickey for pi from ${from} ssh2: ED25519 SHA256:abcDEF123456`,
      ],
      [at + 1, `systemd-logind[400]: New session ${random.int(999)} of user pi.`],
    );
  }
  return entries;
}

function boot(): Entry[] {
  const at = 3.5 * HOUR;
  const entries: Entry[] = [];
  for (let i = 0; i < 120; i++) {
    const [device, system] = [NAMES[i % NAMES.length]!, NAMES[(i * 7) % NAMES.length]!];
    entries.push([
      at + i / 10,
      `kernel: [    ${(i / 10).toFixed(6)}] ${device}${i % 7}: initialised ${system} subsystem`,
    ]);
  }
  return entries;
}

/** A file system error, a full disk, a job that ends, a flood of requests, one of leases, and their end. */
function withFaults(entries: readonly Entry[], from: number): Entry[] {
  const at = from + 10 * HOUR;
  const out = entries.filter(
    ([when, text]) =>
      !(text.includes('check.sh') && when >= at) && !(text.startsWith('dhclient') && when >= from + 5 * DAY),
  );
  out.push(
    [
      at + 5,
      'kernel: [100.500000] EXT4-fs error (device mmcblk0p2): ext4_find_entry:1463: inode #1234: reading directory',
    ],
    [at + 7, 'app[77]: could not write to database: disk full'],
  );
  for (let i = 0; i < 3_000; i++)
    out.push([at + 2 * HOUR + i / 10, `app[77]: served alpha request ${i} for 10.0.0.1 in 4 ms`]);
  for (let i = 0; i < 400; i++)
    out.push([
      at + 5 * HOUR + i,
      'dhclient[511]: DHCPREQUEST for 192.168.1.7 on eth0 to 192.168.1.1 port 67',
    ]);
  return out;
}

function stamp(ms: number): string {
  const time = new Date(ms);
  const day = String(time.getUTCDate()).padStart(2);
  return `${MONTHS[time.getUTCMonth()]} ${day} ${time.toISOString().slice(11, 19)}`;
}
