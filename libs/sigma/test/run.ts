import type { Event, LogRecord } from '@suite/event';
import { loadRules, type Match, RuleMatcher } from '../src/index.ts';

export const SECOND = 1_000_000;
export const START = Date.UTC(2026, 10, 21, 3, 12, 9) * 1000;

/** A record with an event; `raw` is its line. */
export function record(event: Event | null, raw = 'a line', timeUs = START, observedUs = timeUs): LogRecord {
  return {
    id: `${raw}@${timeUs}`,
    origin: { agent: 'a', host: 'node1', kind: 'file', path: '/var/log/x.log', stream: 's', offset: 0 },
    raw,
    format: 'test',
    timeUs,
    observedUs,
    event,
  };
}

/** A matcher of the rules; throws when one does not load. */
export function matcher(...texts: readonly string[]): RuleMatcher<string> {
  const { ruleSet, results } = loadRules(texts.map((text, i) => ({ path: `rule-${i + 1}.yml`, text })));
  const bad = results.find(({ ok }) => !ok);
  if (bad) throw new Error(`${bad.file}:${bad.line}: ${bad.reason}`);
  return new RuleMatcher(ruleSet, ({ id }) => id);
}

/** What the records match, in order. */
export function matches(
  runner: RuleMatcher<string>,
  records: readonly LogRecord[],
  allowed = false,
): Match<string>[] {
  const found: Match<string>[] = [];
  for (const one of records)
    runner.observe({ record: one, facts: null, allowed }, (match) => found.push(match));
  return found;
}

/** A rule about everything with this detection (indented by two). */
export function rule(detection: string, head = 'title: test', source = 'product: linux'): string {
  return `${head}\nlogsource: {${source}}\ndetection:\n${detection}\n`;
}

/** Whether a selection of one line holds for an event with these fields. */
export function holds(selection: string, event: Event, raw?: string): boolean {
  return matches(matcher(rule(`  s:\n    ${selection}\n  condition: s`)), [record(event, raw)]).length === 1;
}

/** The reason and line why a text does not load. */
export function refusal(text: string): string {
  const bad = loadRules([{ path: 'r.yml', text }]).results.find(({ ok }) => !ok);
  return bad ? `${bad.line}: ${bad.reason}` : 'it loads';
}
