import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine, DEFAULT_SETTINGS } from '@suite/detection';
import type { Detection } from '@suite/event';
import { replay } from '@suite/pipeline';
import { loadRules, type RuleSet } from '@suite/sigma';
import { beforeAll, describe, expect, it } from 'vitest';

const ATTACKER = '203.0.113.9';
const HOME = '198.51.100.21';
const START_MS = Date.UTC(2026, 0, 10, 3);
const NEAR_US = Date.UTC(2026, 0, 20) * 1000;
const RULES = join(import.meta.dirname, '../../rules');

let rules: RuleSet;
beforeAll(async () => {
  const names = (await readdir(RULES, { recursive: true })).filter((name) => name.endsWith('.yml'));
  const files = await Promise.all(
    names.map(async (path) => ({ path, text: await readFile(join(RULES, path), 'utf8') })),
  );
  rules = loadRules(files).ruleSet;
});

/** What stands at the end, with the rules that are shipped: `rule level address`. */
async function found(path: string, lines: readonly string[]): Promise<string[]> {
  const last = new Map<string, Detection>();
  await replay([{ file: path, chunks: [Buffer.from(`${lines.join('\n')}\n`)], nearUs: NEAR_US }], {
    host: 'node1',
    engine: createEngine(DEFAULT_SETTINGS, { rules }),
    onDetection: (detection) => last.set(detection.id, detection),
    signal: new AbortController().signal,
  });
  return [...last.values()].map((d) => `${d.rule} ${d.level} ${d.entities['source.address'] ?? ''}`.trim());
}
const loudOf = async (path: string, lines: readonly string[]) =>
  (await found(path, lines)).filter((text) => !/ (?:low|informational)\b/.test(text));

const many = <T>(count: number, make: (i: number) => T | T[]): T[] =>
  Array.from({ length: count }, (_, i) => make(i)).flat() as T[];
const iso = (seconds: number) => new Date(START_MS + seconds * 1000).toISOString().replace('Z', '+00:00');
const log = (seconds: number, program: string, text: string) => `${iso(seconds)} node1 ${program}: ${text}`;
function ask(seconds: number, client: string, request: string, status: number, user = '-'): string {
  const at = new Date(START_MS + seconds * 1000).toISOString();
  return `${client} - ${user} [${at.slice(8, 10)}/Jan/2026:${at.slice(11, 19)} +0000] "${request} HTTP/1.1" ${status} 153 "-" "Mozilla/5.0"`;
}
const AUTH = '/var/log/auth.log';
const MAIL = '/var/log/mail.log';
const WEB = '/var/log/nginx/access.log';

describe('attacks are found', () => {
  it('of a banner scan on an sshd that names the address at the end only', async () => {
    const lines = many(25, (i) => [
      log(i * 10, `sshd[${100 + i}]`, 'error: kex_exchange_identification: Connection closed by remote host'),
      log(i * 10, `sshd[${100 + i}]`, `Connection closed by ${ATTACKER} port ${41_000 + i}`),
    ]);
    expect(await loudOf(AUTH, lines)).toEqual([`ssh-preauth-flood medium ${ATTACKER}`]);
  });

  it('on a service that only PAM speaks of, and once where the service speaks too', async () => {
    const pam = (i: number) =>
      log(
        i * 9,
        'dovecot',
        `auth: pam(bob,${ATTACKER},<a>): pam_authenticate() failed: Authentication failure (Password mismatch?)`,
      );
    const own = (i: number) =>
      log(
        i * 9 + 2,
        'dovecot',
        `imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<bob>, method=PLAIN, rip=${ATTACKER}, lip=192.0.2.1, TLS, session=<b>`,
      );
    const cockpit = (i: number) =>
      log(
        i * 9,
        `cockpit-session[${i}]`,
        `pam_unix(cockpit:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=::ffff:${ATTACKER}  user=root`,
      );
    expect(await loudOf(AUTH, many(8, cockpit))).toEqual([`pam-failures medium ${ATTACKER}`]);
    expect(
      await loudOf(
        MAIL,
        many(8, (i) => [pam(i), own(i)]),
      ),
    ).toEqual([`service-brute-force-address medium ${ATTACKER}`]);
  });

  it('of a relay that is looked for eight times', async () => {
    const lines = many(8, (i) =>
      log(
        i * 7,
        `postfix/smtpd[${i}]`,
        `NOQUEUE: reject: RCPT from unknown[${ATTACKER}]: 454 4.7.1 <x${i}@example.net>: Relay access denied; from=<a@example.com> to=<x${i}@example.net> proto=ESMTP helo=<x>`,
      ),
    );
    expect(await loudOf(MAIL, lines)).toEqual([`service-refused-flood medium ${ATTACKER}`]);
  });

  it('on login forms, whatever they answer, from one address and from many', async () => {
    for (const status of [200, 303])
      expect(
        await loudOf(
          WEB,
          many(60, (i) => ask(i * 2, ATTACKER, 'POST /login', status)),
        ),
      ).toEqual([`web-login-posts medium ${ATTACKER}`]);
    const spread = many(300, (i) => ask(i, `198.18.${i % 150}.7`, 'POST /api/auth/login', 401));
    expect(await loudOf(WEB, spread)).toEqual(['web-login-from-many-addresses medium']);
    const basic = many(40, (i) => ask(i, ATTACKER, 'GET /private/', 401, 'admin'));
    expect(await loudOf(WEB, basic)).toEqual([`web-login-flood medium ${ATTACKER}`]);
  });

  it('of holes that answer, or that one client tries three times', async () => {
    const hole = 'POST /vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php';
    expect(await found(WEB, [ask(0, ATTACKER, hole, 404)])).toEqual([`web-known-exploit low ${ATTACKER}`]);
    const answered = [ask(0, ATTACKER, hole, 404), ask(5, ATTACKER, hole, 200)];
    expect(await loudOf(WEB, answered)).toEqual([`web-known-exploit medium ${ATTACKER}`]);
    const again = many(3, (i) => ask(i, ATTACKER, hole, 404));
    expect(await loudOf(WEB, again)).toEqual([`web-known-exploit medium ${ATTACKER}`]);
  });
});

describe('nobody is alarmed', () => {
  it.each([
    ['a dashboard whose session is over', many(600, (i) => ask(i * 5, HOME, 'POST /api/ds/query', 401))],
    [
      'a page that asks five things at once after its session',
      many(20, (i) => ask(i, HOME, `GET /api/${'abcde'[i % 5]}`, 401)),
    ],
    ['a monitor that is asked for a password', many(2_000, (i) => ask(i * 10, HOME, 'HEAD /', 401))],
    ['a gallery whose pictures are gone', many(200, (i) => ask(i >> 3, HOME, `GET /gallery/${i}.webp`, 404))],
    [
      'a photo server that lost its previews',
      many(300, (i) => ask(i >> 3, HOME, `GET /api/assets/${i}/thumbnail`, 404)),
    ],
    ['a calendar that was removed', many(300, (i) => ask(i, HOME, `GET /calendars/${i % 3}?export`, 404))],
    [
      'what telephones and crawlers ask every site for',
      [
        'favicon.ico',
        'robots.txt',
        'sitemap.xml',
        'ads.txt',
        'humans.txt',
        'manifest.json',
        'site.webmanifest',
        'browserconfig.xml',
        'apple-app-site-association',
        '.well-known/assetlinks.json',
        '.well-known/security.txt',
        '.well-known/change-password',
        '.well-known/traffic-advice',
        '.well-known/apple-app-site-association',
      ].map((name, i) => ask(i, HOME, `GET /${name}`, 404)),
    ],
    [
      'the noise of the internet: each address tries one hole',
      many(200, (i) =>
        ask(i * 400, `${1 + i}.7.7.7`, 'GET /boaform/admin/formLogin?username=ec8&psd=ec8', 404),
      ),
    ],
  ])('by %s', async (_, lines) => {
    expect(await loudOf(WEB, lines)).toEqual([]);
  });

  it('by botnets that try an account which does not exist', async () => {
    const lines = many(60, (i) =>
      log(i * 60, `sshd[${i}]`, `Invalid user admin from 198.18.${i}.7 port ${41_000 + i}`),
    );
    expect(await loudOf(AUTH, lines)).toEqual([]);
  });

  it('by one mistyped sudo, and by the account that a package makes', async () => {
    const sudo = log(
      0,
      'sudo',
      '   anna : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/home/anna ; USER=root ; COMMAND=/usr/bin/apt update',
    );
    expect(await loudOf(AUTH, [sudo])).toEqual([]);
    expect(await loudOf(AUTH, [sudo, sudo])).toEqual(['sudo-failures medium']);
    expect(await loudOf(AUTH, [sudo.replace('anna', 'www-data')])).toEqual(['sudo-failures medium']);
    const made =
      'new user: name=mosquitto, UID=111, GID=117, home=/var/lib/mosquitto, shell=/usr/sbin/nologin';
    expect(await loudOf(AUTH, [log(0, 'useradd[7]', made)])).toEqual([]);
    expect(await loudOf(AUTH, [log(0, 'useradd[7]', made.replace('nologin', 'bash'))])).toHaveLength(1);
  });
});
