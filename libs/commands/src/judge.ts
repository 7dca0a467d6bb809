import type { Family } from './catalogue/family.ts';
import { type Call, type CommandLine, commandLine } from './catalogue/line.ts';
import { CATALOGUE } from './catalogue/list.ts';
import type { Indicator, Need } from './catalogue/port.ts';
import { LIMITS } from './shell/limits.ts';
import { unfold } from './unfold/unfold.ts';

export type Verdict = 'benign' | 'notice' | 'alert';

/** One thing that was found in a command line. */
export interface Finding {
  readonly id: string;
  readonly family: Family;
  readonly weight: number;
  readonly techniques: readonly string[];
  readonly says: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** 0 to 1: from NOTICE_AT a notice, from ALERT_AT an alert. */
  readonly score: number;
  /** MITRE ATT&CK ids of what made the verdict, the weightiest first; empty where it is benign. */
  readonly techniques: readonly string[];
  /** Why, in plain words; empty where nothing was found. */
  readonly reason: string;
  /** All that was found, the weightiest first. */
  readonly findings: readonly Finding[];
}

/** A judgement with the line that it is about. */
export interface Judged {
  readonly judgement: Judgement;
  readonly line: CommandLine;
}

export const NOTICE_AT = 0.4;
export const ALERT_AT = 0.75;
const SAID = 4;

const BENIGN: Judgement = { verdict: 'benign', score: 0, techniques: [], reason: '', findings: [] };

const lineWith = (needs: Need | undefined): readonly Indicator[] =>
  CATALOGUE.filter(
    (one) =>
      one.whenLine !== undefined &&
      one.needs === needs &&
      (needs !== undefined || one.programs === undefined),
  );
const forLine = lineWith(undefined);
const forWriting = lineWith('written');
const forReading = lineWith('read');
/** By program, and under `*` those that look at every call. */
const forCalls = new Map<string, Indicator[]>([['*', []]]);
for (const indicator of CATALOGUE) {
  if (indicator.when === undefined) continue;
  for (const program of indicator.programs ?? ['*']) {
    const list = forCalls.get(program) ?? [];
    list.push(indicator);
    forCalls.set(program, list);
  }
}
/** Those that look at every call, by what must be there. */
const forAnyCall = Map.groupBy(forCalls.get('*')!, ({ needs }) => needs);
/** By program, those about a whole line that one of these programs makes worth a look. */
const forLineOf = new Map<string, Indicator[]>();
for (const indicator of CATALOGUE) {
  if (indicator.whenLine === undefined) continue;
  for (const program of indicator.programs ?? []) {
    const list = forLineOf.get(program) ?? [];
    list.push(indicator);
    forLineOf.set(program, list);
  }
}

/**
 * Judges one command line by itself. Pure, never throws, linear in its length; of a line that is longer than
 * LIMITS allow, its beginning and its end are judged.
 */
export function judge(command: string): Judgement {
  return judgeLine(command).judgement;
}

/** The same with the line as it was understood, for those who look on. */
export function judgeLine(command: string): Judged {
  const { headChars, tailChars } = LIMITS;
  if (command.length <= headChars + tailChars) return judged(commandLine(unfold(command), command));
  const head = judged(commandLine(unfold(command.slice(0, headChars)), command));
  const tail = judged(commandLine(unfold(command.slice(-tailChars)), command));
  const findings = [...head.judgement.findings, ...tail.judgement.findings];
  return { judgement: judgementOf(findings), line: head.line };
}

function judged(line: CommandLine): Judged {
  const found: Indicator[] = [];
  testLine(forLine, line, found);
  if (line.written.length > 0) testLine(forWriting, line, found);
  if (line.read.length > 0) testLine(forReading, line, found);
  const asked: string[] = [];
  for (const call of line.calls) {
    const own = forCalls.get(call.program);
    if (own !== undefined && call.program !== '*') test(own, call, line, found);
    const ofLine = forLineOf.get(call.program);
    if (ofLine !== undefined && !asked.includes(call.program)) {
      asked.push(call.program);
      testLine(ofLine, line, found);
    }
    for (const [needs, indicators] of forAnyCall)
      if (needs === undefined || offers(call, needs)) test(indicators, call, line, found);
  }
  return found.length === 0 ? { judgement: BENIGN, line } : { judgement: judgementOf(found), line };
}

function testLine(indicators: readonly Indicator[], line: CommandLine, found: Indicator[]): void {
  for (const indicator of indicators) if (indicator.whenLine!(line)) found.push(indicator);
}

function test(indicators: readonly Indicator[], call: Call, line: CommandLine, found: Indicator[]): void {
  for (const indicator of indicators)
    if ((indicator.needs === undefined || offers(call, indicator.needs)) && indicator.when!(call, line))
      found.push(indicator);
}

function offers(call: Call, need: Need): boolean {
  switch (need) {
    case 'file':
      return call.started !== null || call.path.includes('/');
    case 'input':
      return call.upstream.length > 0 || call.substituted.length > 0 || call.stdin !== null;
    case 'redirect':
      return call.redirects.length > 0;
    case 'disguise':
      return call.disguise !== null;
    case 'loop':
      return call.loop !== null;
    case 'wrapper':
      return call.via.length > 0;
    default:
      return false;
  }
}

/** What findings add up to: independent doubts multiply. Each indicator counts once. */
export function judgementOf(found: readonly Finding[]): Judgement {
  const unique = new Map(found.map((finding) => [finding.id, finding]));
  const findings = [...unique.values()]
    .map(({ id, family, weight, techniques, says }): Finding => ({ id, family, weight, techniques, says }))
    .sort((a, b) => b.weight - a.weight);
  let doubt = 1;
  for (const { weight } of findings) doubt *= 1 - weight;
  const score = Math.round((1 - doubt) * 1000) / 1000;
  const verdict = score >= ALERT_AT ? 'alert' : score >= NOTICE_AT ? 'notice' : 'benign';
  return {
    verdict,
    score,
    techniques: verdict === 'benign' ? [] : [...new Set(findings.flatMap(({ techniques }) => techniques))],
    reason: wordsOf(findings),
    findings,
  };
}

function wordsOf(findings: readonly Finding[]): string {
  const said = [...new Set(findings.map(({ says }) => says))];
  if (said.length === 0) return '';
  const shown = said.slice(0, SAID).join('; ');
  return said.length > SAID ? `${shown}; and ${said.length - SAID} more` : shown;
}
