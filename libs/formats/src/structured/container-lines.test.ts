import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll, parseWithRestarts } from '../../test/parse-all.ts';

const ID = 'ab'.repeat(32);
const path = `/var/lib/docker/containers/${ID}/${ID}-json.log`;
const docker = (log: string, stream = 'stdout', more = {}) =>
  JSON.stringify({ log, stream, ...more, time: '2024-01-02T03:04:05.123456789Z' });
const ACCESS = '203.0.113.7 - - [02/Jan/2024:01:01:01 +0000] "GET / HTTP/1.1" 200 612 "-" "curl"';

describe('Docker json-file', () => {
  it('gives time, stream, container and the text', () => {
    const line = docker('ready\n', 'stderr', { attrs: { 'com.docker.swarm.service.name': 'web', tag: 't' } });
    expect(eventsOf('docker-json', [line], { path })).toEqual([
      {
        timeUs: 1_704_164_645_123_456,
        'event.action': 'log_message',
        message: 'ready',
        'log.iostream': 'stderr',
        'container.id': ID,
        'service.name': 'web',
        'container.attributes.tag': 't',
      },
    ]);
  });

  it('parses the line inside, with the time of the daemon', () => {
    expect(eventsOf('docker-json', [docker(`${ACCESS}\r\n`)], { path })[0]).toMatchObject({
      timeUs: 1_704_164_645_123_456,
      'event.action': 'http_request',
      'source.address': '203.0.113.7',
      'container.log.format': 'nginx',
      'container.id': ID,
    });
  });

  it('finds out the inner format of each stream by itself', () => {
    const lines = [
      docker(`${ACCESS}\n`),
      docker('{"level":"info","msg":"x"}\n', 'stderr'),
      docker(`${ACCESS}\n`),
    ];
    const formats = eventsOf('docker-json', lines).map((event) => event?.['container.log.format']);
    expect(formats).toEqual(['nginx', 'json', 'nginx']);
  });

  it('joins partial lines per stream and keeps the order of first parts', () => {
    const lines = [
      docker('one '),
      docker('err\n', 'stderr'),
      docker('two '),
      'junk',
      docker('three\n'),
      docker('x\n'),
    ];
    const parsed = parseAll(lines, { format: 'docker-json' });
    expect(parsed.map(({ ref, event }) => [ref, event?.message])).toEqual([
      [1, 'one two three'],
      [2, 'err'],
      [4, undefined],
      [6, 'x'],
    ]);
    expect(parsed[0]!.text).toBe([lines[0], lines[2], lines[4]].join('\n'));
  });

  it('lets a partial line go at one mebibyte', () => {
    const parsed = parseAll(Array(200).fill(docker('x'.repeat(16_384))), { format: 'docker-json' });
    expect(parsed.length).toBeGreaterThan(2);
    expect(Math.max(...parsed.map(({ event }) => String(event?.message).length))).toBeLessThan(1024 * 1024);
    const behind = Array(5000).fill(docker('y\n', 'stderr'));
    expect(parseAll([docker('open'), ...behind], { format: 'docker-json' })).toHaveLength(5001);
  });

  it('rebuilds any text from any parts, restarts between them included', () => {
    const parts = fc.array(
      fc.record({ text: fc.string(), stream: fc.constantFrom('stdout', 'stderr'), end: fc.boolean() }),
    );
    fc.assert(
      fc.property(parts, (written) => {
        const lines = written.map(({ text, stream, end }) =>
          docker(text.replace(/\r$/, '') + (end ? '\n' : ''), stream),
        );
        const parsed = parseWithRestarts(lines, { format: 'docker-json' });
        for (const iostream of ['stdout', 'stderr']) {
          const own = written.filter(({ stream }) => stream === iostream);
          const texts = parsed.filter(({ event }) => event?.['log.iostream'] === iostream);
          const expected = own
            .map(({ text, end }) => text.replace(/\r$/, '') + (end ? '\n' : ''))
            .join('')
            .split('\n');
          if (own.length === 0 || own.at(-1)!.end) expected.pop();
          expect(texts).toHaveLength(expected.length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('makes no event of other JSON', () => {
    const others = [
      { log: 'x\n', stream: 'stdin', time: '2024-01-02T03:04:05Z' },
      { log: 1 },
      { stream: 'stdout' },
    ];
    expect(
      eventsOf(
        'docker-json',
        others.map((object) => JSON.stringify(object)),
      ),
    ).toEqual([null, null, null]);
  });
});

describe('CRI', () => {
  it('joins parts and parses the line inside', () => {
    const head = '2024-01-02T03:04:05.123456789+00:00 stdout';
    const lines = [
      `${head} P ${ACCESS.slice(0, 30)}`,
      `${head} F ${ACCESS.slice(30)}`,
      `${head} F:tag plain`,
      `${head} F `,
    ];
    const events = eventsOf('cri', lines);
    expect(events[0]).toMatchObject({ 'event.action': 'http_request', timeUs: 1_704_164_645_123_456 });
    expect(events.slice(1).map((event) => event?.message)).toEqual(['plain', '']);
  });
});
