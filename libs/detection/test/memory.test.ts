import type { Event, LogRecord } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { accountDetectors } from '../src/accounts/list.ts';
import { AllowList } from '../src/allow-list.ts';
import { AttemptTracker } from '../src/attempt.ts';
import { firewallDetectors } from '../src/firewall/list.ts';
import { DEFAULT_SETTINGS } from '../src/index.ts';
import type { Detector } from '../src/port.ts';
import { serviceDetectors } from '../src/services/list.ts';
import { sshDetectors } from '../src/ssh/list.ts';
import { noReport, Stories, type StoryShape } from '../src/stories/story.ts';
import { webDetectors } from '../src/web/list.ts';
import { START_US } from './lines.ts';

/** What their state may weigh as JSON, whatever is thrown at it. */
const STATE_BYTES = 64 * 1024 * 1024;
const PATIENT = '203.0.113.9';

function record(i: number, event: Event, timeUs = START_US + i * 1000): LogRecord {
  return {
    id: i.toString(16).padStart(24, '0'),
    origin: { agent: 'a', host: 'node1', kind: 'file', path: '/var/log/auth.log', stream: 's', offset: i },
    raw: `line ${i} that somebody wrote, of about the length that such lines have: ${event['user.name']} ${event['source.address']}`,
    format: 'sshd',
    timeUs,
    observedUs: START_US + 365 * 86_400_000_000,
    event: { 'host.name': 'node1', ...event },
  };
}

/** An address of its own for each number below 2^32. */
const address = (i: number) => `${(i >>> 24) & 255}.${(i >>> 16) & 255}.${(i >>> 8) & 255}.${i & 255}`;
/** Scattered, so that neighbours share no network. */
const scattered = (i: number) => address(Math.imul(i, 2_654_435_761) >>> 0);

const KINDS: readonly ((i: number) => Event)[] = [
  (i) => ({
    'event.action': 'ssh_login',
    'event.outcome': 'failure',
    'auth.method': 'password',
    'user.name': `user${i}`,
    'source.address': scattered(i),
    'process.pid': i,
  }),
  (i) => ({
    'event.action': 'ssh_invalid_user',
    'event.outcome': 'failure',
    'user.name': `nobody${i}`,
    'source.address': scattered(i),
    'process.pid': i,
  }),
  (i) => ({
    'event.action': 'ssh_login',
    'event.outcome': 'success',
    'auth.method': 'publickey',
    'auth.key.fingerprint': `SHA256:${i}`,
    'user.name': `person${i}`,
    'source.address': scattered(i),
    'process.pid': i,
  }),
  (i) => ({
    'event.action': 'ssh_negotiation',
    'event.outcome': 'failure',
    'event.reason': 'banner_exchange',
    'source.address': scattered(i),
    'process.pid': i,
  }),
  (i) => ({
    'event.action': 'service_login',
    'event.outcome': i % 3 === 0 ? 'success' : 'failure',
    'user.name': `mail${i}`,
    'source.address': scattered(i),
    'service.name': 'dovecot',
  }),
  (i) => ({
    'event.action': 'http_request',
    'http.request.method': 'GET',
    'http.response.status_code': 404,
    'url.original': `/page${i}`,
    'source.address': scattered(i),
  }),
  (i) => ({
    'event.action': 'firewall_packet',
    'event.outcome': 'failure',
    'source.address': scattered(i),
    'destination.address': '192.0.2.1',
    'destination.port': i % 65_536,
    'network.transport': 'tcp',
  }),
  (i) => ({
    'event.action': 'su',
    'event.outcome': 'failure',
    'source.user.name': `su${i}`,
    'user.name': 'root',
  }),
  (i) => ({
    'event.action': 'sudo_command',
    'event.outcome': 'success',
    'source.user.name': `sudo${i}`,
    'process.command_line': '/bin/bash',
  }),
];

/** The detectors of behaviour, as the engine runs them. */
function behaviour() {
  const allow = new AllowList([]);
  const attempts = new AttemptTracker();
  const detectors: readonly Detector[] = [
    ...sshDetectors(DEFAULT_SETTINGS, allow),
    ...accountDetectors(DEFAULT_SETTINGS),
    ...serviceDetectors(DEFAULT_SETTINGS, allow),
    ...webDetectors(DEFAULT_SETTINGS, allow),
    ...firewallDetectors(DEFAULT_SETTINGS, allow),
  ];
  return {
    observe(seen: LogRecord): void {
      const action = seen.event!['event.action']!;
      const attempt = attempts.observe(seen);
      for (const detector of detectors) {
        const wanted =
          detector.wants === 'attempt' ? attempt !== null : (detector.wants as string[]).includes(action);
        if (wanted) detector.observe({ record: seen, attempt }, noReport);
      }
    },
    size: () => JSON.stringify([attempts.snapshot(), ...detectors.map((d) => d.snapshot())]).length,
  };
}

describe('the state of the detectors of behaviour', () => {
  it('stops growing, however many addresses and names come', () => {
    const all = behaviour();
    const flood = (from: number, to: number) => {
      for (let i = from; i < to; i++) all.observe(record(i, KINDS[i % KINDS.length]!(i)));
    };
    flood(0, 90_000);
    const full = all.size();
    flood(90_000, 180_000);
    expect(full).toBeLessThan(STATE_BYTES);
    expect(all.size()).toBeLessThan(full * 1.05);
  }, 120_000);
});

const SHAPE: StoryShape = {
  rule: 'r',
  title: 't',
  level: 'medium',
  techniques: [],
  threshold: 15,
  windowUs: 12 * 3_600_000_000,
  entities: () => ({}),
  reason: () => '',
};

describe('a flood that is meant to blind', () => {
  const failure = (i: number, from: string) => record(i, { 'source.address': from, 'user.name': 'root' });

  it('of addresses that come once does not push out the story of somebody patient', () => {
    const stories = new Stories(SHAPE);
    const found: number[] = [];
    let i = 0;
    for (let attempt = 0; attempt < 15; attempt++) {
      stories.add(PATIENT, failure(i++, PATIENT), 'root', 1, (d) => found.push(d.evidenceCount));
      if (attempt === 0) stories.add(PATIENT, failure(i++, PATIENT), 'root', 1, () => {});
      for (let n = 0; n < 20_000; n++) {
        const from = scattered(i);
        stories.add(from, failure(i++, from), 'root', 1, noReport);
      }
    }
    expect(found).toEqual([15]);
    expect(stories.size).toBeLessThanOrEqual(16_000);
  });

  it('of addresses that come twice does not push it out either', () => {
    const stories = new Stories(SHAPE);
    let found = 0;
    let i = 0;
    for (let attempt = 0; attempt < 15; attempt++) {
      for (let n = 0; n < 3; n++) stories.add(PATIENT, failure(i++, PATIENT), 'root', 1, () => found++);
      for (let n = 0; n < 20_000; n++) {
        const from = scattered(i++);
        for (let twice = 0; twice < 2; twice++) stories.add(from, failure(i, from), 'root', 1, noReport);
      }
    }
    expect(found).toBeGreaterThan(0);
    expect(stories.size).toBeLessThanOrEqual(16_000);
  });

  it('of more addresses that take turns than stories are kept finds nearly all of them', () => {
    const stories = new Stories({ ...SHAPE, keepsCounts: true });
    const found = new Set<string>();
    let i = 0;
    for (let round = 0; round < 15; round++)
      for (let n = 0; n < 24_000; n++) {
        const from = scattered(n);
        stories.add(from, failure(i++, from), 'root', 1, () => found.add(from));
      }
    expect(found.size).toBeGreaterThan(21_600);
  });

  it('keeps positions where the text had to go', () => {
    const stories = new Stories(SHAPE);
    let last: readonly { id: string; text: string; offset: number }[] = [];
    let i = 0;
    for (let n = 0; n < 10; n++) stories.add(PATIENT, failure(i++, PATIENT), 'root', 1, noReport);
    for (let n = 0; n < 40_000; n++) {
      const from = scattered(n >> 1);
      stories.add(from, failure(i++, from), 'root', 1, noReport);
    }
    for (let n = 0; n < 10; n++)
      stories.add(PATIENT, failure(i++, PATIENT), 'root', 1, (d) => {
        last = d.evidence;
      });
    expect(last[0]).toMatchObject({ offset: 0, text: '' });
    expect(last.at(-1)!.text).toContain(PATIENT);
  });

  it('of names of a mebibyte keeps their beginnings only', () => {
    const stories = new Stories(SHAPE);
    for (let i = 0; i < 200; i++) {
      const name = `${i}${'x'.repeat(1_000_000)}`;
      stories.add(`dovecot\0${name}`, failure(i, PATIENT), name, 1, noReport);
    }
    expect(JSON.stringify(stories.snapshot()).length).toBeLessThan(1_000_000);
  });

  it('saved in the middle, goes on as if it had not been', () => {
    const whole = new Stories(SHAPE);
    let half = new Stories(SHAPE);
    const seen: unknown[] = [];
    const again: unknown[] = [];
    for (let i = 0; i < 60_000; i++) {
      const from = scattered((i * 7919) % 9_000);
      whole.add(from, failure(i, from), `u${i % 7}`, 1, (d) => seen.push(d));
      half.add(from, failure(i, from), `u${i % 7}`, 1, (d) => again.push(d));
      if (i % 20_000 === 9_999) {
        const saved = JSON.parse(JSON.stringify(half.snapshot()));
        half = new Stories(SHAPE);
        half.restore(saved);
      }
    }
    expect(again).toEqual(seen);
    expect(JSON.stringify(half.snapshot())).toBe(JSON.stringify(whole.snapshot()));
  });
});
