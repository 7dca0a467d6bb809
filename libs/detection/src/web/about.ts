import type { RuleAbout } from '../about.ts';
import { STORIES_KEPT } from '../stories/story.ts';

const common = {
  source: 'access logs of Traefik, nginx, Apache',
  keeps: `${STORIES_KEPT} Tallies of 10,000 clients, the one quiet longest is forgotten first.`,
} as const;

const combined = (
  i: number,
  request: string,
  status: number,
  client = '203.0.113.9',
  agent = 'Mozilla/5.0',
) =>
  `${client} - - [10/Jan/2026:03:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} +0000] "${request} HTTP/1.1" ${status} 153 "-" "${agent}"`;

const many = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

const NAMES = [
  'admin',
  'test',
  'old',
  'api',
  'dev',
  'dashboard',
  'portal',
  'panel',
  'db',
  'data',
  'cms',
  'shop',
  'forum',
  'blog',
];

export const SCANNER: RuleAbout = {
  ...common,
  rule: 'web-scanner',
  title: 'A web server is searched for weak spots',
  levels: ['medium'],
  techniques: ['T1595.002', 'T1595.003'],
  why: 'One client asks for many different pages that do not exist, and for little else: a list of known weak spots is tried. Images, scripts and styles that a broken page lacks do not count; .env, .git and the like count double.',
  falsePositives: ['A crawler that follows the links of a site that was taken down.'],
  next: 'Look for answers other than 404 to the same client; block the address.',
  examples: {
    match: [
      { name: 'a list of directories', log: many(14, (i) => combined(i, `GET /${NAMES[i]}/`, 404)) },
      {
        name: 'secrets and WordPress on a site that has none',
        log: [
          '/.env',
          '/.git/config',
          '/wp-login.php',
          '/phpmyadmin/',
          '/backup.sql',
          '/.aws/credentials',
          '/vendor/phpunit/x',
        ]
          .map((path, i) => combined(i, `GET ${path}`, 404))
          .join('\n'),
      },
      {
        name: 'behind Traefik, by the forwarded address',
        log: many(
          14,
          (i) =>
            `{"ClientAddr":"10.0.0.2:4000","ClientHost":"203.0.113.9","DownstreamStatus":404,"RequestMethod":"GET","RequestPath":"/${NAMES[i]}/","RequestProtocol":"HTTP/1.1","RouterName":"web@docker","StartUTC":"2026-01-10T03:00:${10 + i}Z"}`,
        ),
      },
    ],
    ignore: [
      { name: 'a page whose images are gone', log: many(30, (i) => combined(i, `GET /img/${i}.png`, 404)) },
      {
        name: 'a registry that is pushed to: each layer is asked for, then sent',
        log: many(60, (i) =>
          i % 3 === 0
            ? combined(i, `HEAD /v2/app/blobs/sha256:${i}`, 404)
            : combined(i, `PUT /v2/app/blobs/uploads/${i}`, 201),
        ),
      },
    ],
  },
};

export const NOT_FOUND: RuleAbout = {
  ...common,
  rule: 'web-not-found-flood',
  title: 'Flood of requests for what does not exist',
  levels: ['low', 'medium'],
  techniques: ['T1595.003', 'T1499.002'],
  why: 'One client asks a hundred times within minutes for what does not exist, and for little else: a wordlist, or a program gone wild: level low where it is fewer than ten pages. What pages are made of (images, scripts, styles) does not count.',
  falsePositives: ['A client of your own that asks for a page you removed.'],
  next: 'Block the address, or repair the client.',
  examples: {
    match: [{ name: 'a wordlist', log: many(120, (i) => combined(i, `GET /${NAMES[i % 14]}${i}`, 404)) }],
    ignore: [
      {
        name: 'a monitor on a page that is gone',
        log: many(20, (i) => combined(i * 30, 'GET /health', 404)),
      },
    ],
  },
};

export const POSTED: RuleAbout = {
  ...common,
  rule: 'web-login-posts',
  title: 'A login form is filled in again and again',
  levels: ['low', 'medium'],
  techniques: ['T1110.001', 'T1110.004'],
  why: 'One client posts to a login form sixty times within minutes. Many applications answer a wrong password with 200 or send back to the form, so the access log does not tell whether it was right; but who is let in does not log in again.',
  falsePositives: ['A script that logs in before each request; told at level low from private addresses.'],
  next: 'See in the application’s own log which accounts were tried and whether one succeeded; block the address; limit the form’s rate.',
  examples: {
    match: [
      {
        name: 'a form that answers a wrong password with 200',
        log: many(60, (i) => combined(i * 3, 'POST /login', 200)),
      },
    ],
    ignore: [
      {
        name: 'a program that gets a new token every five seconds',
        log: many(60, (i) => combined(i * 5, 'POST /oauth/token', 200)),
      },
      {
        name: 'twenty people behind one address after a break',
        log: many(20, (i) => combined(i * 9, 'POST /login', 302)),
      },
    ],
  },
};

export const DENIED: RuleAbout = {
  ...common,
  rule: 'web-login-flood',
  title: 'Passwords are tried on a web login',
  levels: ['low', 'medium'],
  techniques: ['T1110.004', 'T1110.001'],
  why: 'One client is refused (401, 403) twenty times within minutes, or posts to a login page as often, and is let in hardly ever. Programs that are asked for a password first and then sent on are not meant: they succeed every second time. Level low where the log shows neither a login nor an account, as when a page that was left open goes on asking after its session is over.',
  falsePositives: ['A telephone with an old password; told at level low where the client succeeded before.'],
  next: 'See in the application’s own log which accounts were tried and whether one succeeded; block the address; ask for second factors.',
  examples: {
    match: [
      {
        name: 'refused twenty times in half a minute',
        log: many(22, (i) => combined(i, 'POST /api/login', 401)),
      },
      {
        name: 'WordPress, which answers a wrong password with 200',
        log: many(22, (i) => combined(i, 'POST /wp-login.php', 200)),
      },
    ],
    ignore: [
      {
        name: 'a WebDAV client that is asked for its password each time',
        log: many(60, (i) => combined(i, 'PROPFIND /remote.php/dav/files/anna/', i % 2 === 0 ? 401 : 207)),
      },
      { name: 'three slips', log: many(3, (i) => combined(i, 'POST /login', 401)) },
    ],
  },
};

export const FLOOD: RuleAbout = {
  ...common,
  rule: 'web-request-flood',
  title: 'Flood of requests',
  levels: ['low', 'medium'],
  techniques: ['T1499.002', 'T1498'],
  why: 'One client asks far more often within a minute than any did before: 3,000 times at least, and three times as often as the busiest minute on record. Level low where the client was at home here for an hour.',
  falsePositives: ['The first synchronisation of a large folder.'],
  next: 'Limit the rate at the proxy (Traefik rateLimit, nginx limit_req), or block the address.',
  examples: {
    match: [
      {
        name: 'four thousand requests in a minute',
        log: many(4000, (i) => combined(Math.floor(i / 70), `GET /?q=${i}`, 200)),
      },
    ],
    ignore: [
      {
        name: 'a gallery of 300 pictures',
        log: many(300, (i) => combined(Math.floor(i / 50), `GET /thumb/${i}`, 200)),
      },
    ],
  },
};
