import type { Detection, Event, LogRecord } from '@suite/event';
import { loadRules, type RuleSet } from '@suite/sigma';
import { describe, expect, it } from 'vitest';
import { AllowList } from '../allow-list.ts';
import { createEngine } from '../engine.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { RuleDetector } from './rule-detector.ts';

const START = Date.UTC(2026, 10, 21, 3, 12, 9) * 1000;
const MINUTE = 60_000_000;

const PROBE = `title: Probing
name: probe
description: Somebody looked for what is not there
response: look at the address
level: low
tags: [attack.t1595]
falsepositives: [a broken link]
logsource: {category: webserver}
detection:
  s:
    url.original|contains: /admin
  condition: s
tests:
  match: [one]
`;
const OTHER = PROBE.replaceAll('probe', 'other').replace('/admin', '/other');

const rules = (...texts: readonly string[]): RuleSet => {
  const { ruleSet, results } = loadRules(texts.map((text, i) => ({ path: `r${i}.yml`, text })));
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  return ruleSet;
};

let ordinal = 0;
function request(minutes: number, address = '198.51.100.7', url = '/admin', more: Event = {}): LogRecord {
  const timeUs = START + minutes * MINUTE;
  return {
    id: `line-${ordinal++}`,
    origin: { agent: 'a', host: 'web1', kind: 'file', path: '/var/log/access.log', stream: 's', offset: 0 },
    raw: `GET ${url}`,
    format: 'nginx',
    timeUs,
    observedUs: timeUs,
    event: { 'event.action': 'http_request', 'source.address': address, 'url.original': url, ...more },
  };
}

function run(detector: RuleDetector, records: readonly LogRecord[]): Detection[] {
  const found: Detection[] = [];
  for (const record of records)
    detector.observe({ record, attempt: null }, (detection) => found.push(detection));
  return found;
}

const fresh = (ruleSet: RuleSet, allow: readonly string[] = []) =>
  new RuleDetector(new AllowList(allow), new AllowList(['10.0.0.0/8']), ruleSet);
const flood = (count: number, address?: string) =>
  Array.from({ length: count }, (_, i) => request(i / 1_000, address));

describe('stories', () => {
  it('are told at once, and again each time that their lines have doubled', () => {
    const found = run(fresh(rules(PROBE)), flood(1_000));
    expect(found.map(({ version, evidenceCount }) => [version, evidenceCount])).toEqual(
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((count, i) => [i + 1, count]),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(found.at(-1)!.evidence).toHaveLength(20);
  });

  it('are one per rule and address, and begin anew after a quiet hour', () => {
    const detector = fresh(rules(PROBE, OTHER));
    const found = run(detector, [
      request(0),
      request(1, '198.51.100.8'),
      request(2, '198.51.100.7', '/other'),
      request(70),
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(4);
    expect(found.every(({ version }) => version === 1)).toBe(true);
  });

  it('say what happened, what was seen and what to do', () => {
    const [detection] = run(fresh(rules(PROBE)), [request(0)]);
    expect(detection).toMatchObject({
      rule: 'probe',
      title: 'Probing',
      level: 'low',
      techniques: ['T1595'],
      entities: { 'source.address': '198.51.100.7', 'host.name': 'web1' },
    });
    expect(detection!.reason).toBe(
      'Somebody looked for what is not there. Seen: url.original is "/admin". Harmless when: a broken link. Next: look at the address.',
    );
  });

  it('without an address belong to account and host, or host and container', () => {
    const text = PROBE.replace('category: webserver', 'product: linux').replace(
      'url.original|contains: /admin',
      'message: x',
    );
    const line = (event: Event): LogRecord => ({ ...request(0), event: { message: 'x', ...event } });
    const detector = fresh(rules(text));
    const found = run(detector, [
      line({ 'user.name': 'pi' }),
      line({ 'user.name': 'eve' }),
      line({ 'container.name': 'db' }),
      line({ 'container.name': 'db' }),
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  });

  it('stay bounded under a flood of addresses', () => {
    const detector = fresh(rules(PROBE));
    for (let i = 0; i < 30_000; i++)
      run(detector, [request(i / 1e6, `2001:db8::${(i >> 16).toString(16)}:${(i & 0xffff).toString(16)}`)]);
    expect(JSON.stringify(detector.snapshot()).length).toBeLessThan(20_000_000);
  });

  it('have the same ids on a replay', () => {
    const records = flood(20);
    expect(run(fresh(rules(PROBE)), records)).toEqual(run(fresh(rules(PROBE)), records));
  });
});

describe('the allow-list', () => {
  it('mutes a rule, unless it says even_if_allowed', () => {
    expect(run(fresh(rules(PROBE), ['198.51.100.0/24']), flood(5))).toEqual([]);
    const loud = rules(`even_if_allowed: true\n${PROBE}`);
    expect(run(fresh(loud, ['198.51.100.0/24']), flood(1))).toHaveLength(1);
  });
});

describe('state', () => {
  it('goes on after a restart as if there had been none', () => {
    const records = flood(40);
    const before = fresh(rules(PROBE));
    run(before, records.slice(0, 20));
    const after = fresh(rules(PROBE));
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(run(after, records.slice(20))).toEqual(run(before, records.slice(20)));
  });

  it('of a rule that changed is dropped, of the others kept', () => {
    const detector = fresh(rules(PROBE, OTHER));
    run(detector, [request(0), request(0, undefined, '/other')]);
    detector.setRules(rules(PROBE.replace('level: low', 'level: high'), OTHER));
    const found = run(detector, [request(1), request(1, undefined, '/other')]);
    expect(found.map(({ rule, version }) => [rule, version])).toEqual([
      ['probe', 1],
      ['other', 2],
    ]);
  });

  it('says what its rules say of themselves', () => {
    expect(fresh(rules(PROBE)).about).toMatchObject([
      {
        rule: 'probe',
        levels: ['low'],
        source: 'access logs',
        why: 'Somebody looked for what is not there',
        next: 'look at the address',
        examples: { match: [{ log: 'one' }], ignore: [] },
      },
    ]);
  });
});

describe('in the engine', () => {
  it('counts each SSH attempt once, however many lines sshd writes of it', () => {
    const text = `title: Failed
name: failed
logsource: {service: sshd}
detection:
  s: {attempt.outcome: failure}
  condition: s
---
title: Three failures
name: three
logsource: {service: sshd}
correlation:
  type: event_count
  rules: [failed]
  group-by: [attempt.address]
  timespan: 1h
  condition: {gte: 3}
`;
    const engine = createEngine(DEFAULT_SETTINGS, { rules: rules(text) });
    const found: Detection[] = [];
    const line = (minutes: number, pid: number, action: string): LogRecord => ({
      ...request(minutes),
      event: {
        'event.action': action,
        'event.outcome': 'failure',
        'event.reason': 'invalid_user',
        'process.name': 'sshd',
        'process.pid': pid,
        'user.name': 'x',
        'source.address': '198.51.100.7',
        'auth.method': 'password',
      },
    });
    const see = (record: LogRecord) => engine.observe(record, (d) => d.rule === 'three' && found.push(d));
    for (const pid of [1, 2]) {
      see(line(pid, pid, 'ssh_invalid_user'));
      see(line(pid, pid, 'ssh_login'));
    }
    expect(found).toEqual([]);
    see(line(3, 3, 'ssh_invalid_user'));
    expect(found).toMatchObject([{ entities: { 'source.address': '198.51.100.7' }, evidenceCount: 3 }]);
  });

  it('lets keywords search lines that nothing parses', () => {
    const text = 'title: t\nname: t\nlogsource: {product: linux}\ndetection: {k: [oops], condition: k}\n';
    const engine = createEngine(DEFAULT_SETTINGS, { rules: rules(text) });
    const found: Detection[] = [];
    engine.observe({ ...request(0), raw: 'an Oops', event: null }, (detection) => found.push(detection));
    expect(found).toMatchObject([{ rule: 't', entities: { 'host.name': 'web1' } }]);
  });

  it('takes other rules while it runs', () => {
    const engine = createEngine(DEFAULT_SETTINGS, { rules: rules(OTHER) });
    const found: Detection[] = [];
    engine.observe(request(0), (detection) => found.push(detection));
    engine.setRules(rules(PROBE));
    engine.observe(request(1), (detection) => found.push(detection));
    expect(found.map(({ rule }) => rule)).toEqual(['probe']);
  });
});

describe('web requests behind a proxy', () => {
  const behind = (chain: string): LogRecord =>
    request(0, '10.0.0.2', '/admin', {
      'client.forwarded': chain.split(', ')[0]!,
      'client.forwarded_chain': chain,
    });

  it('are the client’s that the proxy heard them from, never what a client made up', () => {
    const detector = fresh(rules(PROBE), ['203.0.113.7']);
    expect(run(detector, [behind('6.6.6.6, 198.51.100.9')])[0]!.entities['source.address']).toBe(
      '198.51.100.9',
    );
    // An allowed address that the client wrote itself protects nobody; one that the proxy vouches for does.
    expect(run(detector, [behind('203.0.113.7, 198.51.100.10')])).toHaveLength(1);
    expect(run(detector, [behind('198.51.100.11, 203.0.113.7')])).toEqual([]);
  });

  it('name no gateway: without a client they belong to the place that was asked', () => {
    const [detection] = run(fresh(rules(PROBE)), [
      request(0, '10.0.0.2', '/admin', { 'url.domain': 'cloud' }),
    ]);
    expect(detection!.entities).toMatchObject({ 'url.domain': 'cloud', 'host.name': 'web1' });
    expect(detection!.entities).not.toHaveProperty('source.address');
  });

  it('count by client, and not at all where only the gateway is known', () => {
    const text = `${PROBE.replace('name: probe', 'name: probe_one').replace(/tests:[\s\S]*/, '')}---
title: Many
name: many-probes
correlation: {type: event_count, rules: [probe_one], group-by: [client.address], timespan: 10m, condition: {gte: 3}}
level: medium
`;
    const detector = fresh(rules(text));
    expect(
      run(
        detector,
        Array.from({ length: 5 }, () => request(0, '10.0.0.2')),
      ),
    ).toEqual([]);
    const [found] = run(
      detector,
      Array.from({ length: 3 }, () => behind('6.6.6.6, 198.51.100.9')),
    );
    expect(found!.entities['source.address']).toBe('198.51.100.9');
  });
});
