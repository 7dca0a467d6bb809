import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcher, matches, record, refusal, rule } from '../test/run.ts';
import { loadRules } from './index.ts';

const good = rule('  s: [x]\n  condition: s');
const reasons = (text: string) => loadRules([{ path: 'r.yml', text }]).results.filter(({ ok }) => !ok);

describe('loadRules', () => {
  it('names file, line, id and title of each document of a file', () => {
    const text = `${good}---\n${good.replace('title: test', 'title: second\nid: two')}---\n${good.replace('[x]', '[]')}`;
    expect(loadRules([{ path: 'r.yml', text }]).results).toMatchObject([
      { file: 'r.yml', line: 1, title: 'test', ok: true, reason: '' },
      { file: 'r.yml', line: 7, id: 'two', title: 'second', ok: true },
      { file: 'r.yml', line: 17, title: 'test', ok: false, reason: 'has an empty list' },
    ]);
  });

  it.each([
    ['a: b: c', '1: is no valid YAML'],
    ['- 1', '1: is no rule'],
    ['title: x', '1: has neither detection'],
    [`action: global\n${good}`, '1: uses `action`'],
    [good.replace('title: test\n', ''), '1: has no title'],
    [
      good.replace('title: test', 'title: test\nlevel: hihg'),
      '2: has the level "hihg"; did you mean "high"?',
    ],
    [good.replace('title: test', 'title: test\nstatus: done'), '2: has the status "done"'],
    [good.replace('title: test', 'title: test\ntests: [x]'), '2: tests is no map'],
    [good.replace('title: test', 'title: test\ntests:\n  matches: []'), '3: tests has "matches"'],
    [good.replace(/logsource.*\n/, ''), '1: has no logsource'],
    [good.replace('product: linux', 'product: windows'), '2: logsource product "windows"'],
    [good.replace('product: linux', 'category: registry_set'), '2: logsource category "registry_set"'],
    [good.replace('condition: s', 'condition: t'), '5: the condition names "t"'],
    [good.replace('  condition: s\n', ''), '4: detection has no condition'],
    [
      rule('  s:\n    Imgae: x\n  condition: s', 'title: t', 'category: process_creation'),
      '5: the field "Imgae" has no counterpart',
    ],
    [rule('  s:\n    a: x\n    a: y\n  condition: s'), '6: has "a" twice'],
  ])('refuses %j', (text, reason) => {
    expect(refusal(text)).toContain(reason);
  });

  it('suggests the field that was meant', () => {
    const text = rule('  s:\n    Imgae: x\n  condition: s', 'title: t', 'category: process_creation');
    expect(refusal(text)).toContain('did you mean "Image"?');
  });

  it('refuses the second of a name or id, and says where the first is', () => {
    const named = good.replace('title: test', 'title: test\nname: one');
    const { results } = loadRules([
      { path: 'a.yml', text: named },
      { path: 'b.yml', text: named },
    ]);
    expect(results).toMatchObject([{ ok: true }, { ok: false, line: 2, reason: 'has the name of a.yml:1' }]);
  });

  it('names detections by name, else by file', () => {
    const { ruleSet } = loadRules([
      { path: 'dir/lnx_some_rule.yml', text: `${good}---\n${good}` },
      { path: 'other/lnx_some_rule.yaml', text: good },
      { path: 'x.yml', text: good.replace('title: test', 'title: test\nname: My_Rule') },
    ]);
    expect(ruleSet.rules.map(({ rule: name }) => name)).toEqual([
      'lnx-some-rule',
      'lnx-some-rule-2',
      'lnx-some-rule-3',
      'my-rule',
    ]);
  });

  it('takes techniques, response and tests from the document', () => {
    const head =
      'title: test\ntags: [attack.t1059.004, attack.execution]\nresponse: look\ntests:\n  match: [one, {name: n, log: two, path: /p, format: syslog}]';
    const { ruleSet } = loadRules([{ path: 'x.yml', text: rule('  s: [x]\n  condition: s', head) }]);
    expect(ruleSet.rules[0]).toMatchObject({
      techniques: ['T1059.004'],
      response: 'look',
      level: 'medium',
      tests: { match: [{ log: 'one' }, { name: 'n', log: 'two', path: '/p', format: 'syslog' }], ignore: [] },
    });
  });

  it('expands placeholders', () => {
    const text = rule("  s:\n    x.f|expand: '%admins%'\n  condition: s");
    const { ruleSet, results } = loadRules([{ path: 'r.yml', text }], {
      placeholders: { admins: ['anna', 'ben'] },
    });
    expect(results[0]).toMatchObject({ ok: true });
    expect(ruleSet.rules).toHaveLength(1);
  });

  it('keeps disabled rules silent', () => {
    const { ruleSet } = loadRules([{ path: 'noisy_rule.yml', text: good }], { disable: ['noisy-rule'] });
    expect(ruleSet.rules[0]!.speaks).toBe(false);
  });

  it('gives a rule the same fingerprint wherever it stands in its file, another when it changes', () => {
    const print = (text: string) => loadRules([{ path: 'r.yml', text }]).ruleSet.rules[0]!.fingerprint;
    expect(print(`# a comment\n\n${good}`)).toBe(print(good));
    expect(print(good.replace('[x]', '[y]'))).not.toBe(print(good));
  });

  it('never throws', () => {
    const line = fc.constantFrom(
      'title: t',
      'logsource: {product: linux}',
      'logsource:',
      '  product: linux',
      'detection:',
      '  s: [x]',
      '  s:',
      '    a|re: "("',
      '    - b|contains: c',
      '  condition: s',
      '  condition: 1 of them',
      'correlation:',
      '  rules: [a]',
      '  type: temporal',
      '  timespan: 1m',
      'filter:',
      '---',
      '...',
      '- x',
      '&a',
      '*a',
      '? b',
      'name: n',
      ': :',
      '  - [',
      '"',
      'tests: {match: [[x]]}',
      'level: 3',
      'tags: {a: b}',
      'id: [1]',
      '\t',
      '!!binary x',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.string(), (lines, noise) => {
        for (const text of [lines.join('\n'), noise, `${lines.join('\n')}\n${noise}`])
          for (const result of loadRules([{ path: 'r.yml', text }]).results) {
            expect(result.line).toBeGreaterThan(0);
            if (!result.ok) expect(result.reason).not.toBe('');
          }
      }),
      { numRuns: 300 },
    );
  });
});

describe('filters', () => {
  const target = rule('  s: [bad]\n  condition: s', 'title: t\nname: target');
  const filter = (rules: string, source = 'product: linux') =>
    `title: f\nlogsource: {${source}}\nfilter:\n  rules: ${rules}\n  own:\n    user.name|startswith: adm_\n  condition: not own\n`;
  const both = [record({ 'user.name': 'adm_anna' }, 'bad'), record({ 'user.name': 'eve' }, 'bad')];

  it('narrow the rules that they name, or all of a log source', () => {
    expect(matches(matcher(target, filter('[target]')), both)).toHaveLength(1);
    expect(matches(matcher(target, filter('any')), both)).toHaveLength(1);
    expect(matches(matcher(filter('[target]'), target), both)).toHaveLength(1);
  });

  it('leave rules of other log sources alone', () => {
    expect(matches(matcher(target, filter('any', 'service: sshd')), both)).toHaveLength(2);
  });

  it('are refused when they name nothing that is there', () => {
    expect(reasons(`${target}---\n${filter('[targte]')}`)[0]!.reason).toContain('did you mean "target"');
  });
});

describe('log sources', () => {
  const count = (source: string, event: Parameters<typeof record>[0], raw = 'x') =>
    matches(matcher(rule('  s: [x]\n  condition: s', 'title: t', source)), [record(event, raw)]).length;

  it('product alone is everything, also what nothing parses', () => {
    expect(count('product: linux', null)).toBe(1);
    expect(count('product: linux', { 'event.action': 'http_request' })).toBe(1);
  });

  it('an action, or none, narrows to lines with that action and lines that nothing parses', () => {
    const text = rule('  s: {event.action: [log_message, null]}\n  t: [x]\n  condition: s and t');
    const { ruleSet } = loadRules([{ path: 'r.yml', text }]);
    const tried = (event: Parameters<typeof record>[0]) =>
      ruleSet.plansFor(record(event).event).record !== null;
    expect([tried(null), tried({}), tried({ 'event.action': 'log_message' })]).toEqual([true, true, true]);
    expect(tried({ 'event.action': 'ssh_login' })).toBe(false);
    expect(
      matches(matcher(text), [record(null, 'x'), record({ 'event.action': 'log_message' }, 'x')]),
    ).toHaveLength(2);
  });

  it('a service is the program of that name, or those that it stands for', () => {
    expect(count('service: sshd', { 'process.name': 'sshd-session' })).toBe(1);
    expect(count('service: cron', { 'process.name': 'CRON' })).toBe(1);
    expect(count('service: sshd', { 'process.name': 'sudo' })).toBe(0);
    expect(count('service: some-daemon', { 'process.name': 'some-daemon' })).toBe(1);
    expect(count('service: syslog', { 'event.action': 'shell_command' })).toBe(0);
  });

  it('auditd is what has audit fields, by their own names', () => {
    const run = matcher(
      rule('  s: {type: EXECVE, a0: nmap}\n  condition: s', 'title: t', 'product: linux, service: auditd'),
    );
    expect(
      matches(run, [
        record({ 'event.action': 'process_started', 'audit.type': 'EXECVE', 'audit.a0': 'nmap' }),
      ]),
    ).toHaveLength(1);
    expect(
      matches(run, [record({ 'event.action': 'process_started', 'process.command_line': 'nmap' })]),
    ).toEqual([]);
  });

  it('web fields are read from requests', () => {
    const run = matcher(
      rule(
        "  s: {cs-method: GET, cs-uri-stem|endswith: /x, url.decoded|contains: '../', sc-status: 404}\n  condition: s",
        'title: t',
        'category: webserver',
      ),
    );
    const request = {
      'http.request.method': 'GET',
      'http.response.status_code': 404,
      'event.action': 'http_request',
    };
    expect(matches(run, [record({ ...request, 'url.original': '/a/%252e%252e/x?y=1' })])).toHaveLength(1);
  });

  it('process_creation tries each command, and matches a line once', () => {
    const run = matcher(
      rule(
        '  s: {Image|endswith: /curl, CommandLine|contains: http}\n  condition: s',
        'title: t',
        'category: process_creation',
      ),
    );
    const shell = (line: string) => record({ 'event.action': 'shell_command', 'process.command_line': line });
    expect(matches(run, [shell('curl http://a; curl http://b')])).toHaveLength(1);
    expect(matches(run, [shell('curl -h; echo http')])).toEqual([]);
    expect(matches(run, [shell(`sudo sh -c 'curl http://a'`)])).toHaveLength(1);
  });
});
