import type { Event, LogRecord } from '@suite/event';
import { describe, expect, it } from 'vitest';
import { matcher, matches, record, refusal, rule, SECOND, START } from '../test/run.ts';
import { loadRules, RuleMatcher } from './index.ts';

const at = (seconds: number, event: Event = {}, line = 'bad'): LogRecord =>
  record({ 'source.address': '192.0.2.1', ...event }, line, START + seconds * SECOND);

const base = (name: string, keyword: string) =>
  rule(`  k: [${keyword}]\n  condition: k`, `title: ${name}\nname: ${name}\nlevel: low`);
const correlation = (body: string, name = 'corr') =>
  `title: ${name}\nname: ${name}\nlevel: high\ncorrelation:\n${body}\n`;
const counting = (condition: string, more = '', name = 'corr') =>
  correlation(
    `  type: event_count\n  rules: [bad]\n  group-by: [source.address]\n  timespan: 1m\n  condition: ${condition}\n${more}`,
    name,
  );
const names = (found: readonly { readonly rule: { readonly rule: string } }[]) =>
  found.map(({ rule: r }) => r.rule);

describe('event_count', () => {
  it('holds from the event on that reaches the count within the window', () => {
    const run = matcher(base('bad', 'bad'), counting('{gte: 3}'));
    const found = matches(run, [at(0), at(1), at(2), at(3), at(100)]);
    expect(names(found)).toEqual(['corr', 'corr']);
    expect(found[0]).toMatchObject({ count: 3, group: { 'source.address': '192.0.2.1' } });
    expect(found[0]!.evidence()).toHaveLength(3);
    expect(found[1]).toMatchObject({ count: 1 });
  });

  it('slides: three in 70 seconds are no three in a minute', () => {
    expect(matches(matcher(base('bad', 'bad'), counting('{gte: 3}')), [at(0), at(35), at(70)])).toEqual([]);
    expect(matches(matcher(base('bad', 'bad'), counting('{gt: 2}')), [at(0), at(30), at(59)])).toHaveLength(
      1,
    );
  });

  it('counts each group by itself, and nothing that has no group', () => {
    const other = (seconds: number) => at(seconds, { 'source.address': '192.0.2.2' });
    const none = record({}, 'bad');
    const run = matcher(base('bad', 'bad'), counting('{gte: 3}'));
    expect(matches(run, [at(0), other(1), at(2), other(3), none, none, none])).toEqual([]);
  });

  it('counts a line that stands for several as several', () => {
    const run = matcher(base('bad', 'bad'), counting('{gte: 3}'));
    expect(matches(run, [at(0, { 'event.count': 3 })])).toHaveLength(1);
  });

  it('counts lines that come late where they belong', () => {
    const run = matcher(base('bad', 'bad'), counting('{gte: 4}'));
    expect(matches(run, [at(50), at(5, { 'event.count': 2 }), at(70)])).toEqual([]);
    expect(matches(run, [at(71), at(72)])).toHaveLength(1);
  });

  it('judges an upper bound when the window is over', () => {
    const run = matcher(base('bad', 'bad'), counting('{lte: 2}'));
    expect(matches(run, [at(0), at(1)])).toEqual([]);
    const found = matches(run, [at(61, {}, 'else')]);
    expect(found).toMatchObject([{ count: 2, record: null }]);
    expect(
      matches(matcher(base('bad', 'bad'), counting('{eq: 2}')), [at(0), at(1), at(2), at(90, {}, 'else')]),
    ).toEqual([]);
    expect(
      matches(matcher(base('bad', 'bad'), counting('{gte: 2, lt: 4}')), [
        at(0),
        at(1),
        at(2),
        at(90, {}, 'else'),
      ]),
    ).toHaveLength(1);
  });

  it('lets the rules below it speak only where it says generate', () => {
    expect(matches(matcher(base('bad', 'bad'), counting('{gte: 2}')), [at(0)])).toEqual([]);
    expect(
      names(matches(matcher(base('bad', 'bad'), counting('{gte: 2}', '  generate: true')), [at(0)])),
    ).toEqual(['bad']);
  });
});

describe('values', () => {
  const over = (type: string, condition: string) =>
    correlation(`  type: ${type}\n  rules: [bad]\n  timespan: 1h\n  condition: ${condition}\n`);
  const user = (seconds: number, name: string) => at(seconds, { 'user.name': name });
  const bytes = (seconds: number, count: number) => at(seconds, { 'network.bytes': count });

  it('value_count counts distinct values', () => {
    const run = matcher(base('bad', 'bad'), over('value_count', '{field: user.name, gte: 3}'));
    const found = matches(run, [user(0, 'a'), user(1, 'b'), user(2, 'a'), user(3, 'b'), user(4, 'c')]);
    expect(found.map(({ timeUs }) => timeUs)).toEqual([START + 4 * SECOND]);
  });

  it('value_count forgets values that left the window', () => {
    const run = matcher(base('bad', 'bad'), over('value_count', '{field: user.name, gte: 3}'));
    expect(matches(run, [user(0, 'a'), user(3_000, 'b'), user(3_700, 'c')])).toEqual([]);
  });

  it('value_sum, value_avg and value_percentile compute', () => {
    const few = [bytes(0, 10), bytes(1, 30), bytes(2, 90)];
    const run = (type: string, condition: string) =>
      matches(matcher(base('bad', 'bad'), over(type, condition)), few).length;
    expect(run('value_sum', '{field: network.bytes, gt: 129}')).toBe(1);
    expect(run('value_sum', '{field: network.bytes, gt: 130}')).toBe(0);
    expect(run('value_avg', '{field: network.bytes, gte: 43}')).toBe(1);
    expect(run('value_percentile', '{field: network.bytes, percentile: 50, gte: 30}')).toBe(1);
  });
});

describe('temporal', () => {
  const three = (type: string, more = '') =>
    correlation(`  type: ${type}\n  rules: [a, b, c]\n  group-by: [source.address]\n  timespan: 5m\n${more}`);
  const rules = [base('a', 'alpha'), base('b', 'beta'), base('c', 'gamma')];
  const say = (seconds: number, word: string) => at(seconds, {}, word);

  it('holds when all came within the time, in any order', () => {
    expect(
      matches(matcher(...rules, three('temporal')), [say(0, 'gamma'), say(1, 'alpha'), say(2, 'beta')]),
    ).toHaveLength(1);
    expect(
      matches(matcher(...rules, three('temporal')), [say(0, 'gamma'), say(1, 'alpha'), say(400, 'beta')]),
    ).toEqual([]);
  });

  it('takes a number of rules, or a condition over them', () => {
    expect(
      matches(matcher(...rules, three('temporal', '  condition: {gte: 2}')), [
        say(0, 'gamma'),
        say(1, 'alpha'),
      ]),
    ).toHaveLength(1);
    const some = three('temporal', '  condition: a and (b or c)');
    expect(matches(matcher(...rules, some), [say(0, 'gamma'), say(1, 'beta')])).toEqual([]);
    expect(matches(matcher(...rules, some), [say(0, 'gamma'), say(1, 'alpha')])).toHaveLength(1);
  });

  it('temporal_ordered asks for the order too', () => {
    const run = () => matcher(...rules, three('temporal_ordered'));
    expect(matches(run(), [say(0, 'alpha'), say(1, 'beta'), say(2, 'gamma')])).toHaveLength(1);
    expect(matches(run(), [say(0, 'alpha'), say(1, 'gamma'), say(2, 'beta')])).toEqual([]);
    expect(matches(run(), [say(0, 'alpha'), say(1, 'beta'), say(301, 'gamma')])).toEqual([]);
    expect(
      matches(run(), [say(0, 'beta'), say(1, 'alpha'), say(2, 'gamma'), say(3, 'beta'), say(4, 'gamma')]),
    ).toHaveLength(1);
  });

  it('does not take one line for two links of a chain', () => {
    const twice = [base('a', 'alpha'), base('b', 'alpha')];
    const chain = correlation('  type: temporal_ordered\n  rules: [a, b]\n  timespan: 5m');
    expect(matches(matcher(...twice, chain), [say(0, 'alpha')])).toEqual([]);
    expect(matches(matcher(...twice, chain), [say(0, 'alpha'), say(1, 'alpha')])).toHaveLength(1);
  });

  it('groups by aliases where rules name the same thing differently', () => {
    const joined = correlation(
      '  type: temporal\n  rules: [a, b]\n  group-by: [who]\n  timespan: 5m\n  aliases:\n    who: {a: user.name, b: source.user.name}',
    );
    const run = () => matcher(rules[0]!, rules[1]!, joined);
    const first = at(0, { 'user.name': 'eve' }, 'alpha');
    expect(matches(run(), [first, at(1, { 'source.user.name': 'eve' }, 'beta')])).toMatchObject([
      { group: { who: 'eve' } },
    ]);
    expect(matches(run(), [first, at(1, { 'source.user.name': 'bob' }, 'beta')])).toEqual([]);
  });
});

describe('chained correlations', () => {
  const many = counting('{gte: 2}');
  const then = correlation(
    '  type: temporal_ordered\n  rules: [corr, in]\n  group-by: [source.address]\n  timespan: 10m',
    'break-in',
  );

  it('tell a break-in: many failures, then a success', () => {
    const run = () => matcher(base('bad', 'bad'), base('in', 'welcome'), many, then);
    expect(names(matches(run(), [at(0), at(1), at(2, {}, 'welcome')]))).toEqual(['break-in']);
    expect(matches(run(), [at(0), at(2, {}, 'welcome')])).toEqual([]);
    expect(matches(run(), [at(0), at(1), at(2, { 'source.address': '192.0.2.9' }, 'welcome')])).toEqual([]);
  });

  it('count beginnings of stories, not their lines', () => {
    const thrice = correlation(
      '  type: event_count\n  rules: [corr]\n  timespan: 1h\n  condition: {gte: 2}',
      'waves',
    );
    const run = matcher(base('bad', 'bad'), many, thrice);
    expect(matches(run, [at(0), at(1), at(2), at(3), at(4)])).toEqual([]);
    expect(names(matches(run, [at(300), at(301)]))).toEqual(['waves']);
  });

  it('that run in a circle, or name what is not there, are refused', () => {
    const one = correlation('  type: temporal\n  rules: [y, y2]\n  timespan: 1m', 'x');
    const two = correlation('  type: temporal\n  rules: [x]\n  timespan: 1m', 'y');
    const { results } = loadRules([{ path: 'c.yml', text: `${one}---\n${two}` }]);
    expect(results.every(({ ok }) => !ok)).toBe(true);
    expect(results.map(({ reason }) => reason).join()).toContain('correlates itself');
  });
});

describe('state', () => {
  it('goes on after a restart as if there had been none', () => {
    const files = [base('bad', 'bad'), counting('{gte: 3}')];
    const before = matcher(...files);
    expect(matches(before, [at(0), at(1)])).toEqual([]);
    const after = matcher(...files);
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(matches(after, [at(2)])).toEqual(
      matches(before, [at(2)]).map((m) => ({
        ...m,
        why: expect.any(Function),
        evidence: expect.any(Function),
        rule: expect.anything(),
      })),
    );
  });

  it('belongs to the rule: a changed one drops its own, not the others', () => {
    const other = counting('{gte: 3}', '', 'other');
    const before = matcher(base('bad', 'bad'), counting('{gte: 3}'), other);
    matches(before, [at(0), at(1)]);
    const after = matcher(base('bad', 'bad'), counting('{gte: 3}').replace('1m', '2m'), other);
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(names(matches(after, [at(2)]))).toEqual(['other']);
  });

  it('stays within its bound, the group that was quiet longest forgotten first', () => {
    const run = matcher(base('bad', 'bad'), counting('{gte: 3}'));
    const flood = (from: number, count: number) => {
      for (let i = 0; i < count; i++)
        matches(run, [at(1 + (from + i) / 1e6, { 'source.address': `f${from + i}` })]);
    };
    matches(run, [at(0, { 'source.address': 'patient' }), at(0, { 'source.address': 'patient' })]);
    flood(0, 30_000);
    expect(JSON.stringify(run.snapshot()).length).toBeLessThan(2_000_000);
    expect(matches(run, [at(2, { 'source.address': 'patient' })])).toEqual([]);
    expect(
      matches(run, [at(2, { 'source.address': 'f29999' }), at(2, { 'source.address': 'f29999' })]),
    ).toHaveLength(1);
  });
});

describe('clock games', () => {
  const future = record({ 'source.address': '192.0.2.1' }, 'bad', START + 1e15, START);

  it('one line dated ahead does not blind a group', () => {
    const run = matcher(base('bad', 'bad'), counting('{gte: 3}'));
    expect(matches(run, [at(0), future, at(1)])).toHaveLength(1);
  });

  it('a group that began with a forged line begins anew', () => {
    const run = matcher(base('bad', 'bad'), counting('{gte: 3}'));
    expect(matches(run, [future, at(0), at(1), at(2), at(3), at(4)])).toHaveLength(1);
  });

  it('windows of others are not ended by a line dated ahead', () => {
    const run = matcher(base('bad', 'bad'), counting('{lte: 2}'));
    const ahead = record(
      { 'source.address': '192.0.2.2' },
      'bad',
      START + 20 * SECOND + 1e15,
      START + 20 * SECOND,
    );
    const days = (n: number) => record({}, 'else', START + n * 86_400 * SECOND);
    matches(run, [at(0)]);
    expect(() => matches(run, [ahead, days(0)])).not.toThrow();
  });
});

it.each([
  ['  rules: [bad]\n  timespan: 1m\n  condition: {gte: 1}', 'no type'],
  [
    '  type: event_cuont\n  rules: [bad]\n  timespan: 1m\n  condition: {gte: 1}',
    'did you mean "event_count"',
  ],
  ['  type: event_count\n  timespan: 1m\n  condition: {gte: 1}', 'names no rules'],
  ['  type: event_count\n  rules: [bad]\n  condition: {gte: 1}', 'no timespan'],
  ['  type: event_count\n  rules: [bad]\n  timespan: 1 hour\n  condition: {gte: 1}', 'no time span'],
  ['  type: event_count\n  rules: [bad]\n  timespan: 1m', 'no condition'],
  ['  type: event_count\n  rules: [bad]\n  timespan: 1m\n  condition: {mte: 1}', 'did you mean'],
  ['  type: event_count\n  rules: [bad]\n  timespan: 1m\n  condition: {gte: 99999999}', 'counts further'],
  ['  type: value_count\n  rules: [bad]\n  timespan: 1m\n  condition: {gte: 1}', 'needs a field'],
  ['  type: event_count\n  rules: [gone]\n  timespan: 1m\n  condition: {gte: 1}', 'correlates "gone"'],
  [
    '  type: event_count\n  rules: [bad]\n  group: [x]\n  timespan: 1m\n  condition: {gte: 1}',
    'correlation has "group"',
  ],
])('refuses a correlation with a reason: %#', (body, reason) => {
  expect(refusal(`${base('bad', 'bad')}---\n${correlation(body)}`)).toContain(reason);
});

it('does not feed rules that forbid it from addresses that are allowed', () => {
  const allowed = counting('{gte: 2}')
    .replace('level: high', 'level: high\neven_if_allowed: true')
    .replaceAll('corr\n', 'all\n');
  const { ruleSet } = loadRules([
    { path: 'r.yml', text: [base('bad', 'bad'), counting('{gte: 2}'), allowed].join('---\n') },
  ]);
  const run = new RuleMatcher(ruleSet, ({ id }) => id);
  expect(names(matches(run, [at(0), at(1)], true))).toEqual(['all']);
});
