import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat, EARLY_THRESHOLD, FORMATS } from '../src/index.ts';
import { parseAll, parseWithRestarts } from './parse-all.ts';
import { MEANINGS, SAMPLES } from './samples.ts';

const names = FORMATS.map((format) => format.name);

function expectNoMeaning(parser: string, name: string): void {
  const web = ['nginx', 'apache', 'traefik'];
  if (web.includes(parser) && web.includes(name)) return; // one line, three servers: the same event
  // Any line may be a command; these are detected by path or stamps, never by a line's look.
  if (parser === 'bash-history' || parser === 'zsh-history') {
    const hold = FORMATS.find((format) => format.name === parser)!;
    expect(hold.confidence(SAMPLES[name]!, {}), name).toBe(0);
    return;
  }
  for (const { event } of parseAll(SAMPLES[name]!, { format: parser, year: 2024 })) {
    expect(event?.['event.action'] ?? 'log_message', name).toBe('log_message');
  }
}

describe('formats side by side', () => {
  it('has a sample of every format', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s is detected as itself', (name) => {
    const detected = detectFormat(SAMPLES[name]!);
    expect(detected.format?.name).toBe(name);
    expect(detected.confidence).toBeGreaterThanOrEqual(EARLY_THRESHOLD - 0.05);
  });

  it.each(names)('%s parses its own sample to what it means', (name) => {
    const parsed = parseAll(SAMPLES[name]!, { year: 2024 });
    expect(parsed.length).toBeGreaterThan(0);
    for (const { event } of parsed) expect(event).not.toBeNull();
    const actions = new Set(parsed.map(({ event }) => event?.['event.action']));
    actions.delete('log_message');
    if (MEANINGS[name] === undefined) expect([...actions]).toEqual([]);
    else for (const action of actions) expect(action).toMatch(MEANINGS[name]);
  });

  it.each(names)('%s makes no meaning of any other format', (parser) => {
    for (const name of names) if (name !== parser) expectNoMeaning(parser, name);
  });

  it.each(names)('%s goes on after a restart between any two lines', (name) => {
    const lines = [...SAMPLES[name]!, ...SAMPLES[name]!];
    expect(parseWithRestarts(lines, { year: 2024 })).toEqual(parseAll(lines, { year: 2024 }));
  });
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...Object.values(SAMPLES).flat()),
  fc
    .tuple(
      fc.constantFrom(...Object.values(SAMPLES).flat()),
      fc.nat(400),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    .map(([line, at, junk]) => line.slice(0, at) + junk + line.slice(at + junk.length)),
  fc.constantFrom('\u001b[31mred\u001b[0m', '\0\0\0', '{"a":', '#1704164645', '\\', '- cmd: ', '"', '{}'),
);

describe('any format with any lines', () => {
  it.each(['auto', ...names])('%s never throws and emits each line once at most, in order', (format) => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 30 }), (lines) => {
        const parsed = parseAll(lines, { format, year: 2024 });
        const refs = parsed.map(({ ref }) => ref);
        expect(refs).toEqual([...new Set(refs)].sort((a, b) => a - b));
        // Joined parts of a container's line may have other lines between them: none is lost, none doubled.
        const sorted = (texts: readonly string[]) => texts.join('\n').split('\n').sort();
        expect(sorted(parsed.map(({ text }) => text))).toEqual(sorted(lines));
        for (const { event } of parsed) {
          if (event?.timeUs !== undefined) expect(Number.isSafeInteger(event.timeUs)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(['auto', ...names])('%s goes on after a restart anywhere, whatever the lines', (format) => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 12 }), (lines) => {
        expect(parseWithRestarts(lines, { format, year: 2024 })).toEqual(
          parseAll(lines, { format, year: 2024 }),
        );
      }),
      { numRuns: 30 },
    );
  });
});

const MIB = 1024 * 1024;
const giants: Readonly<Record<string, string>> = {
  letters: 'a'.repeat(MIB),
  quotes: '"'.repeat(MIB),
  backslashes: `${SAMPLES.nginx![0]!.slice(0, 60)}${'\\'.repeat(MIB)}`,
  spaces: ' '.repeat(MIB),
  brackets: '['.repeat(MIB),
  'nested objects': `${'{"a":'.repeat(MIB / 6)}1${'}'.repeat(MIB / 6)}`,
  'nested arrays': `{"a":${'['.repeat(MIB / 2)}${']'.repeat(MIB / 2)}}`,
  'many keys': `{${Array.from({ length: MIB / 12 }, (_, i) => `"k${i}":1`).join(',')}}`,
  'long request': `1.2.3.4 - - [02/Jan/2024:03:04:05 +0000] "GET /${'%20'.repeat(MIB / 3)} HTTP/1.1" 200 1 "-" "-"`,
  'escaped request': `1.2.3.4 - - [02/Jan/2024:03:04:05 +0000] "${'\\x16'.repeat(MIB / 4)}" 400 1 "-" "-"`,
  'long user': `1.2.3.4 - ${'- '.repeat(MIB / 2)} [02/Jan/2024:03:04:05 +0000] "GET / HTTP/1.1" 200 1`,
  clients: `2024/01/02 03:04:05 [error] 1#1: ${', client: 1.2.3.4'.repeat(MIB / 17)}`,
  'docker in docker': `{"log":${JSON.stringify(`{"a":"${'\\"'.repeat(MIB / 8)}"}\n`)},"stream":"stdout","time":"2024-01-02T03:04:05Z"}`,
};

// The syslog family is timed beside its own parsers.
const timed = ['auto', ...names.filter((name) => name !== 'syslog' && name !== 'journald')];

describe('a line of one mebibyte', () => {
  it.each(timed.flatMap((name) => Object.keys(giants).map((giant) => ({ name, giant }))))(
    '$giant are read by $name within 50 ms',
    ({ name, giant }) => {
      parseAll([giants[giant]!.slice(0, 10_000)], { format: name });
      let bestMs = Number.POSITIVE_INFINITY;
      // Processor time of this thread, and the best of some runs: other work on the machine is not the parser's.
      for (let run = 0; run < 10 && bestMs > 50; run++) {
        const before = process.threadCpuUsage();
        parseAll([giants[giant]!], { format: name, year: 2024 });
        const { user, system } = process.threadCpuUsage(before);
        bestMs = Math.min(bestMs, (user + system) / 1000);
      }
      expect(bestMs).toBeLessThan(50);
    },
  );
});
