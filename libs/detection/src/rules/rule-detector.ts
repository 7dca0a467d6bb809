import type { Evidence, LogRecord } from '@suite/event';
import { type Facts, loadRules, type Match, RuleMatcher, type RuleSet } from '@suite/sigma';
import type { RuleAbout } from '../about.ts';
import type { AllowList } from '../allow-list.ts';
import type { Attempt } from '../attempt.ts';
import { evidenceOf } from '../evidence.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { type Asker, askerOf } from '../web/client.ts';
import { aboutRules } from './rule-about.ts';
import { RuleStories } from './rule-stories.ts';
import { subjectOf } from './subject.ts';

/**
 * Runs a compiled rule set. Matches about one subject are one story (see RuleStories); what correlations remember is
 * bounded (see Correlator in libs/sigma). Records of addresses on the allow-list reach only rules that say
 * `even_if_allowed`; of a web request the address is the client's, behind the proxies that are trusted.
 */
export class RuleDetector implements Detector {
  readonly rule = 'rules';
  readonly wants = 'all';
  readonly unparsed = true;
  readonly #allow: AllowList;
  readonly #proxies: AllowList;
  readonly #stories = new RuleStories();
  #matcher: RuleMatcher<Evidence>;
  #about: readonly RuleAbout[] | null = null;

  /** @param proxies whose word on the client of a web request is believed. */
  constructor(allow: AllowList, proxies: AllowList, ruleSet: RuleSet = loadRules([]).ruleSet) {
    this.#allow = allow;
    this.#proxies = proxies;
    this.#matcher = new RuleMatcher(ruleSet, evidenceOf);
  }

  get about(): readonly RuleAbout[] {
    this.#about ??= aboutRules(this.#matcher.ruleSet);
    return this.#about;
  }

  /** Goes on with other rules. A rule that is the same as before keeps its state, of the others it is dropped. */
  setRules(ruleSet: RuleSet): void {
    const state = this.#matcher.snapshot();
    this.#matcher = new RuleMatcher(ruleSet, evidenceOf);
    this.#matcher.restore(state);
    this.#stories.keepOnly(new Set(ruleSet.rules.map(({ fingerprint }) => fingerprint)));
    this.#about = null;
  }

  observe({ record, attempt }: Observation, report: Report): void {
    const asker = record.event?.['event.action'] === 'http_request' ? askerOf(record, this.#proxies) : null;
    const address = asker === null ? record.event?.['source.address'] : (asker.address ?? undefined);
    const allowed = address !== undefined && this.#allow.has(address);
    const facts = attempt === null ? clientFacts(asker) : factsOf(attempt);
    this.#matcher.observe({ record, facts, allowed }, (match) =>
      this.#matched(match, asker, record.observedUs, report, isRefused(record)),
    );
  }

  tick(nowUs: number, report: Report): void {
    this.#matcher.tick(nowUs, (match) => this.#matched(match, null, nowUs, report));
  }

  snapshot(): unknown {
    return { matcher: this.#matcher.snapshot(), stories: this.#stories.snapshot() };
  }

  restore(state: unknown): void {
    const { matcher, stories } = (state ?? {}) as { matcher?: unknown; stories?: unknown };
    this.#matcher.restore(matcher);
    this.#stories.restore(stories);
    this.#stories.keepOnly(new Set(this.#matcher.ruleSet.rules.map(({ fingerprint }) => fingerprint)));
  }

  #matched(
    match: Match<Evidence>,
    asker: Asker | null,
    observedUs: number,
    report: Report,
    refused = false,
  ): void {
    this.#stories.add(match, subjectOf(match, asker), observedUs, report, refused);
  }
}

/** A request that was answered with a client's error, or sent on to HTTPS: nothing was served. */
function isRefused(record: LogRecord): boolean {
  const event = record.event;
  if (event?.['event.action'] !== 'http_request') return false;
  const status = event['http.response.status_code'] ?? 0;
  return (status >= 400 && status < 500) || MOVED_OR_UNKNOWN.has(status);
}

const MOVED_OR_UNKNOWN: ReadonlySet<number> = new Set([301, 307, 308, 501, 505]);

function clientFacts(asker: Asker | null): Facts | null {
  return asker?.address ? { 'client.address': asker.address } : null;
}

/** What is known of a login attempt, as fields that rules may ask for. */
function factsOf(attempt: Attempt): Facts {
  return {
    'attempt.outcome': attempt.outcome,
    'attempt.user': attempt.user,
    'attempt.address': attempt.address,
    'attempt.host': attempt.host,
    'attempt.method': attempt.method,
    'attempt.invalid_user': attempt.invalidUser,
    'attempt.count': attempt.count,
  };
}
