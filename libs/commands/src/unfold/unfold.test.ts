import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../shell/limits.ts';
import { unfold } from './unfold.ts';

/** Every program with what runs it: `sudo>sh>curl x`. */
const runs = (command: string) =>
  unfold(command).invocations.map(({ via, program, args }) =>
    [...via, [program, ...args].join(' ')].join('>'),
  );
const programs = (command: string) => unfold(command).invocations.map(({ program }) => program);

describe('unfold', () => {
  it.each([
    ['sudo -u www env A=1 nice -n 5 curl x', 'sudo>env>nice>curl x'],
    ['bash -lc "a | b"', 'bash>b'],
    ['eval "a; b"', 'eval>b'],
    ['timeout -k 5 10 sh -c a', 'timeout>sh>a'],
    ["find / -exec sh -c 'a {}' \\;", 'find>sh>a {}'],
    ['ls | xargs -n 1 rm -f', 'xargs>rm -f'],
    ['ssh -p 22 host "a; b"', 'ssh>b'],
    ['docker exec -u root -it web a b', 'docker>a b'],
    ['docker run --rm -v /:/host alpine chroot /host sh', 'docker>chroot>sh'],
    ['kubectl exec web -- a b', 'kubectl>a b'],
    [`python3 -c 'import os; os.system("a b")'`, 'python>a b'],
    [`perl -e 'exec "/bin/sh", "-i"'`, 'perl>sh -i'],
    [`awk 'BEGIN { system("a") }'`, 'awk>a'],
    ["trap 'a' EXIT", 'trap>a'],
    ['su - jo -c "a b"', 'su>a b'],
    ['nohup setsid a &', 'nohup>setsid>a'],
  ])('looks into %s', (command, expected) => {
    expect(runs(command)).toContain(expected);
  });

  it.each([
    ["c'u'rl x", 'curl', 'quotes'],
    ['w\\ho\\am\\i', 'whoami', 'quotes'],
    ['wh$@oami', 'whoami', 'variables'],
    ['a=cu;b=rl;$a$b x', 'curl', 'variables'],
    ['{curl,-s,x}', 'curl', 'blanks'],
    ['cat$IFS/etc/hosts', 'cat', 'blanks'],
    ['/bi?/ca? x', 'cat', 'wildcards'],
    ['$(printf "\\x63url") x', 'curl', 'variables'],
    ["$'\\x63url' x", 'curl', 'escapes'],
  ])('knows what %s hides', (command, program, disguise) => {
    expect(unfold(command).invocations.find((one) => one.program === program)?.disguise).toBe(disguise);
  });

  it.each(['\\ls -la', '"/opt/my app/run" x', 'cmd="netstat -an"; $cmd', '"$EDITOR" x', "'ls'"])(
    'finds nothing hidden in %s',
    (command) => {
      expect(unfold(command).invocations.map(({ disguise }) => disguise)).not.toContain('quotes');
      expect(unfold(command).invocations.map(({ disguise }) => disguise)).not.toContain('variables');
    },
  );

  it.each([
    ['echo Y3VybCB4 | base64 -d | sh', 'curl'],
    ['xxd -r -p <<< 6375726c | bash', 'curl'],
    ["echo 'x lruc' | rev | sh", 'curl'],
    ["echo 'phey k' | tr a-z n-za-m | sh", 'curl'],
    ["echo -e '\\x63url x' | bash", 'curl'],
    ['bash -c "$(echo Y3VybA== | base64 -d)"', 'curl'],
    ['echo H4sIAAAAAAAAA0suLcpRqAAAFzQxRQYAAAA= | base64 -d | gunzip | sh', 'curl'],
    ['cat <<E | sh\ncurl x\nE', 'curl'],
    ['x=$(echo curl); $x y', 'curl'],
    ['echo "curl x" | at now', 'curl'],
  ])('decodes %s', (command, program) => {
    expect(programs(command)).toContain(program);
  });

  it('tells what flows into what', () => {
    const [curl, sh] = unfold('curl x | sh').invocations;
    expect(sh!.upstream).toEqual([curl]);
    expect(
      unfold('bash <(wget -qO- x)')
        .invocations.at(-1)!
        .substituted.map(({ program }) => program),
    ).toEqual(['wget']);
  });

  it('knows the fork bomb', () => {
    expect(unfold(':(){ :|:& };:').marks.has('fork-bomb')).toBe(true);
    expect(unfold('f(){ a | b; }; f').marks.has('fork-bomb')).toBe(false);
  });

  it('never throws and stays within its bounds', () => {
    const piece = fc.constantFrom(
      ...[
        'a=$a$a',
        '$a',
        ';',
        ' ',
        '|',
        'sh -c ',
        '"',
        "'",
        '$(',
        ')',
        'echo ',
        'base64 -d',
        '{a,b}',
        'eval ',
        'sudo ',
        'xargs ',
      ],
      ...[
        'find -exec ',
        '`',
        'python -c ',
        'system("',
        '<<<',
        '\\',
        '*?[',
        '${a:0:1}',
        'for i in ',
        'do ',
        'done',
        '&',
        '> /tmp/x',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          expect(unfold(text).invocations.length).toBeLessThanOrEqual(LIMITS.invocations);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is bounded where a text doubles itself', () => {
    const start = performance.now();
    const { invocations } = unfold(`a=xxxxxxxx;${'a=$a$a;'.repeat(40)}${'echo $a '.repeat(3000)}`);
    const chars = invocations.reduce((sum, { args }) => sum + args.join('').length, 0);
    expect(chars).toBeLessThan(LIMITS.expandedChars * 4);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
