import { loadRules } from '@suite/sigma';
import { expect, it } from 'vitest';
import { runRuleTests } from './rule-tests.ts';

const NEAR_US = Date.UTC(2026, 10, 22) * 1000;

const rule = (match: string, ignore: string) => `title: Refused login
name: refused
logsource: {service: sshd}
detection:
  s: {event.action: ssh_login, event.outcome: failure}
  condition: s
tests:
  match: [${match}]
  ignore: [${ignore}]
`;
const FAILED = "'Nov 21 03:00:01 node2 sshd[2001]: Failed password for pi from 198.51.100.1 port 40001 ssh2'";
const ACCEPTED =
  "'Nov 21 03:00:01 node2 sshd[2001]: Accepted password for pi from 198.51.100.1 port 40001 ssh2'";

async function failures(match: string, ignore: string): Promise<string[]> {
  const { ruleSet } = loadRules([{ path: 'r.yml', text: rule(match, ignore) }]);
  const failed = await runRuleTests(ruleSet, NEAR_US, new AbortController().signal);
  return failed.map(({ reason }) => reason);
}

it('runs the tests of rules through parse and detect', async () => {
  expect(await failures(FAILED, ACCEPTED)).toEqual([]);
});

it('names the tests that do not come out', async () => {
  expect(await failures(`${FAILED}, ${ACCEPTED}`, `{name: mine, log: ${FAILED}}`)).toEqual([
    'its test match 2 does not match',
    'its test "mine" (ignore) matches and should not',
  ]);
});
