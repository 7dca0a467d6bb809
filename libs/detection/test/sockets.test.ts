import type { Detection, Event, MetricSample } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { AllowList, createEngine, DEFAULT_SETTINGS, type DetectionEngine } from '../src/index.ts';
import { socketDetectors } from '../src/sockets/list.ts';
import { detect, Lines, START_US } from './lines.ts';

const DAY = 86_400;

const listens = (port: number, program: string, more: Event = {}): Event => ({
  'event.action': 'listener_opened',
  'network.transport': 'tcp',
  'server.address': '0.0.0.0',
  'server.port': port,
  'process.name': program,
  'process.executable': `/usr/sbin/${program}`,
  ...more,
});
const atStart = { 'event.reason': 'at_start' };

const connects = (address: string, port: number, program: string, more: Event = {}): Event => ({
  'event.action': 'connection_opened',
  'network.transport': 'tcp',
  'network.direction': 'outbound',
  'source.address': '10.0.0.11',
  'destination.address': address,
  'destination.port': port,
  'process.name': program,
  'process.executable': `/usr/bin/${program}`,
  ...more,
});

const of = (rule: string, found: readonly Detection[]) => found.filter((d) => d.rule === rule);
const levels = (rule: string, lines: Lines) => of(rule, detect(lines)).map(({ level }) => level);

describe('a new listener', () => {
  const settled = () =>
    new Lines()
      .add(listens(22, 'sshd', atStart))
      .add(listens(80, 'nginx', atStart))
      .wait(2 * DAY);

  it('is medium after a day, and high where the program is a shell, in /tmp, deleted or an interpreter', () => {
    const lines = settled()
      .add(listens(8080, 'caddy'))
      .add(listens(1, 'bash'))
      .add(listens(2, 'x', { 'process.executable': '/tmp/.x/x' }))
      .add(listens(3, 'y', { 'process.deleted': true }))
      .add(listens(4, 'python3.11'));
    expect(levels('network-new-listener', lines)).toEqual(['medium', 'high', 'high', 'high', 'high']);
  });

  it('is nothing at the first look and low on the first day', () => {
    const lines = new Lines()
      .add(listens(22, 'sshd', atStart))
      .wait(60)
      .add(listens(8080, 'caddy'));
    expect(levels('network-new-listener', lines)).toEqual(['low']);
  });

  it('is told of once, also when the agent starts again', () => {
    const lines = settled()
      .add(listens(8080, 'caddy'))
      .wait(60)
      .add(listens(8080, 'caddy', atStart));
    lines
      .wait(60)
      .add(listens(22, 'sshd', atStart))
      .add(listens(80, 'nginx'));
    expect(levels('network-new-listener', lines)).toEqual(['medium']);
  });

  it('is found when it appeared while the agent was away', () => {
    const lines = settled()
      .add(listens(22, 'sshd', atStart))
      .add(listens(31337, 'nc', atStart));
    const [found] = of('network-new-listener', detect(lines));
    expect(found).toMatchObject({ level: 'high', entities: { 'server.port': '31337' } });
    expect(found!.reason).toContain('was found listening when the agent started');
  });

  it('is another program at a known port, and not a known one that the agent could not name', () => {
    const nameless = listens(80, '');
    delete nameless['process.executable'];
    expect(levels('network-new-listener', settled().add(nameless))).toEqual([]);
    expect(levels('network-new-listener', settled().add(listens(80, 'apache2')))).toEqual(['medium']);
  });

  it('is not each of the changing ports of a service that has many', () => {
    const lines = settled();
    for (let port = 40_000; port < 40_020; port++) lines.wait(600).add(listens(port, 'rpc.statd'));
    for (let port = 21_000; port < 21_030; port++) lines.wait(600).add(listens(port, 'vsftpd'));
    expect(levels('network-new-listener', lines)).toHaveLength(1 + 7);
  });

  it('is each node’s own matter', () => {
    const lines = settled().add(listens(22, 'sshd', { ...atStart, 'host.name': 'node2' }));
    lines.wait(2 * DAY).add(listens(80, 'nginx', { 'host.name': 'node2' }));
    expect(levels('network-new-listener', lines)).toEqual(['medium']);
  });
});

describe('a new destination', () => {
  const settled = () => new Lines().add(connects('198.51.100.7', 443, 'hass')).wait(2 * DAY);

  it('makes one low story of a program’s new destinations', () => {
    const lines = settled();
    for (let n = 1; n <= 4; n++) lines.wait(60).add(connects(`203.0.113.${n}`, 443, 'hass'));
    const found = of('network-new-destination', detect(lines));
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(found.map(({ version, level }) => [version, level])).toEqual([
      [1, 'low'],
      [2, 'low'],
      [3, 'low'],
    ]);
    expect(found.at(-1)!.reason).toContain('4 new destinations: 203.0.113.1:443');
  });

  it('says no more of a program that is at twenty addresses', () => {
    const lines = settled();
    for (let n = 1; n <= 19; n++) lines.add(connects(`203.0.113.${n}`, 443, 'hass'));
    const before = of('network-new-destination', detect(lines)).at(-1)!;
    for (let n = 20; n <= 200; n++) lines.add(connects(`203.0.113.${n}`, 443, 'hass'));
    expect(of('network-new-destination', detect(lines)).at(-1)!.evidenceCount).toBe(before.evidenceCount);
  });

  it('is high for a shell, also within the own network and on the first day', () => {
    const lines = new Lines().add(connects('10.0.0.5', 9001, 'sh', { 'process.stdio': true }));
    expect(levels('network-new-destination', lines)).toEqual(['high']);
  });

  it('leaves out the operator’s own addresses', () => {
    const lines = settled().add(connects('203.0.113.1', 443, 'hass'));
    expect(of('network-new-destination', detect(lines, { allow: ['203.0.113.0/24'] }))).toEqual([]);
  });
});

describe('beaconing', () => {
  const beat = (lines: Lines, steps: readonly number[], address: string, program = 'implant') => {
    for (const step of steps) lines.wait(step).add(connects(address, 443, program));
    return lines;
  };
  const learned = () => new Lines().add(connects('198.51.100.7', 443, 'hass')).wait(2 * DAY);
  const minutely = Array.from({ length: 10 }, (_, n) => 60 + (n % 3) - 1);

  it('is found at the eighth beat', () => {
    const found = of('network-beaconing', detect(beat(learned(), minutely, '203.0.113.66')));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      level: 'medium',
      evidenceCount: 8,
      entities: { 'destination.address': '203.0.113.66', 'process.name': 'implant' },
    });
    expect(found[0]!.reason).toContain('one every 60 seconds give or take');
  });

  it('survives a beat that was missed', () => {
    const lines = beat(learned(), [60, 60, 60, 120, 60, 60, 60, 60, 60], '203.0.113.66');
    expect(levels('network-beaconing', lines)).toEqual(['medium']);
  });

  it('is not what is irregular, near, learned, or comes in', () => {
    expect(
      levels('network-beaconing', beat(learned(), [5, 300, 12, 80, 7, 900, 33, 61, 4, 220], '203.0.113.66')),
    ).toEqual([]);
    expect(levels('network-beaconing', beat(learned(), minutely, '10.0.0.7'))).toEqual([]);
    expect(levels('network-beaconing', beat(learned(), minutely, '198.51.100.7', 'hass'))).toEqual([]);
    const inbound = learned();
    for (const step of minutely)
      inbound.wait(step).add({ ...connects('203.0.113.66', 443, 'x'), 'network.direction': 'inbound' });
    expect(levels('network-beaconing', inbound)).toEqual([]);
  });

  it('is told of once for a program whose server changes its address, and not where that was learned', () => {
    const lines = beat(beat(learned(), minutely, '203.0.113.66'), minutely, '203.0.113.67');
    expect(levels('network-beaconing', lines)).toEqual(['medium']);
    const early = beat(new Lines(), minutely, '203.0.113.66').wait(2 * DAY);
    expect(levels('network-beaconing', beat(early, minutely, '203.0.113.67'))).toEqual([]);
  });
});

describe('fan-out', () => {
  const spread = (lines: Lines, count: number, network: string, more: Event = {}, seconds = 1) => {
    for (let n = 0; n < count; n++)
      lines.wait(seconds).add(connects(`${network}.${n >> 8}.${n & 255}`, 22, 'worm', more));
    return lines;
  };
  const learned = () => new Lines().add(connects('198.51.100.7', 443, 'hass')).wait(2 * DAY);

  it('is medium where they answer and high where they do not', () => {
    expect(levels('network-fan-out', spread(learned(), 40, '10.9'))).toEqual(['medium']);
    const sweep = spread(learned(), 40, '10.9', { 'event.outcome': 'unknown' });
    expect(levels('network-fan-out', sweep)).toEqual(['high']);
  });

  it('is three times what was usual for the program', () => {
    const usual = () => spread(new Lines(), 25, '10.8').wait(2 * DAY);
    expect(levels('network-fan-out', spread(usual(), 60, '10.9'))).toEqual([]);
    expect(levels('network-fan-out', spread(usual(), 80, '10.9'))).toEqual(['medium']);
  });

  it('is not what spreads over hours', () => {
    expect(levels('network-fan-out', spread(learned(), 100, '10.9', {}, 60))).toEqual([]);
  });

  it('goes on as one story', () => {
    const found = of('network-fan-out', detect(spread(learned(), 200, '10.9')));
    expect(found.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  });
});

describe('data that leaves', () => {
  const STEP_S = 60;

  /** Feeds rates (bytes a second by the minute) to an engine; says what it reports. */
  function feed(engine: DetectionEngine, minutes: number, rateAt: (minute: number) => number, from = 0) {
    const found: Detection[] = [];
    let counter = 1e12;
    for (let minute = from; minute < from + minutes; minute++) {
      counter += rateAt(minute) * STEP_S;
      const sample: MetricSample = {
        agent: 'a',
        host: 'node1',
        name: 'system.network.io',
        unit: 'By',
        attributes: { 'network.interface.name': 'eth0', 'network.io.direction': 'transmit' },
        timeUs: START_US + minute * STEP_S * 1e6,
        value: counter,
      };
      engine.sample(sample, (d) => found.push(d));
    }
    return of('network-data-out', found);
  }
  const engine = () => createEngine(DEFAULT_SETTINGS);
  const quiet = (minute: number) => 20_000 + 5_000 * Math.sin(minute * 1.7);
  const backup = (minute: number) => (minute % 1440 < 30 ? 20e6 : quiet(minute));

  it('is told of after two days, and says what was usual and what was new', () => {
    const watch = engine();
    expect(feed(watch, 2 * 1440, quiet)).toEqual([]);
    const lines = new Lines().add(connects('198.51.100.7', 443, 'hass')).wait(2 * DAY - 60);
    for (const record of lines.add(connects('203.0.113.66', 443, 'rclone')).all)
      watch.observe(record, () => {});
    const found = feed(watch, 20, () => 5e6, 2 * 1440);
    expect(found.map(({ version }) => version)).toEqual([1, 2]);
    expect(found[0]).toMatchObject({ level: 'medium', entities: { 'host.name': 'node1' } });
    expect(found[0]!.reason).toMatch(/^node1 sent \d\.\d GB within 5 minutes; at this hour \d\.\d MB/);
    expect(found[0]!.reason).toContain('203.0.113.66:443 (rclone)');
  });

  it('is low without a new destination, from a gigabyte on: a copy between nodes looks the same', () => {
    const watch = engine();
    feed(watch, 2 * 1440, quiet);
    expect(feed(watch, 10, () => 3e6, 2 * 1440)).toEqual([]);
    expect(feed(watch, 10, () => 20e6, 2 * 1440 + 10).map(({ level }) => level)).toEqual(['low']);
  });

  it('is not the nightly backup, nor what is little, nor a first day', () => {
    expect(feed(engine(), 5 * 1440, backup)).toEqual([]);
    const watch = engine();
    feed(watch, 2 * 1440, () => 100);
    expect(feed(watch, 30, () => 200_000, 2 * 1440)).toEqual([]);
    expect(feed(engine(), 300, (minute) => (minute > 200 ? 50e6 : 100))).toEqual([]);
  });

  it('is not a counter that began anew', () => {
    const watch = engine();
    feed(watch, 2 * 1440, quiet);
    expect(feed(watch, 60, quiet, 2 * 1440)).toEqual([]);
  });

  it('is found again after a restart of the aggregator', () => {
    const first = engine();
    feed(first, 2 * 1440, quiet);
    const second = engine();
    second.restore(JSON.parse(JSON.stringify(first.snapshot())));
    const rates = (watch: DetectionEngine) => feed(watch, 20, () => 5e6, 2 * 1440);
    expect(rates(second)).toEqual(rates(first));
  });
});

describe('the state of all of them', () => {
  const many = (count: number) => {
    const lines = new Lines();
    for (let n = 0; n < count; n++) {
      const address = `203.${n % 250}.${(n >> 8) % 250}.${n % 251}`;
      lines.add(connects(address, 1 + (n % 60_000), `p${n % 900}`, { 'host.name': `node${n % 7}` }));
      lines.add(listens(1 + (n % 30_000), `s${n % 5_000}`, { 'host.name': `node${n % 7}` }));
    }
    return lines;
  };

  it('goes on the same after a restart', () => {
    const lines = many(600).all;
    const whole = createEngine(DEFAULT_SETTINGS);
    const all: Detection[] = [];
    for (const record of lines) whole.observe(record, (d) => all.push(d));
    let engine = createEngine(DEFAULT_SETTINGS);
    const inParts: Detection[] = [];
    lines.forEach((record, at) => {
      if (at % 100 === 50) {
        const state = JSON.parse(JSON.stringify(engine.snapshot()));
        engine = createEngine(DEFAULT_SETTINGS);
        engine.restore(state);
      }
      engine.observe(record, (d) => inParts.push(d));
    });
    expect(inParts).toEqual(all);
  });

  it('has a bound', () => {
    const detectors = socketDetectors(DEFAULT_SETTINGS, new AllowList([]));
    for (const record of many(50_000).all)
      for (const detector of detectors)
        if (detector.wants.includes(record.event!['event.action'] as never))
          detector.observe({ record, attempt: null }, () => {});
    const sizes = detectors.map((detector) => JSON.stringify(detector.snapshot()).length);
    for (const size of sizes) expect(size).toBeLessThan(8e6);
  });
});
