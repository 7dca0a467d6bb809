import type { Detection, Evidence } from '@suite/event';
import type { Match } from '@suite/sigma';
import { BoundedMap } from '../bounded-map.ts';
import { detectionId } from '../detection-id.ts';
import { EVIDENCE_LINES } from '../evidence.ts';
import type { Report } from '../port.ts';
import { EVIDENCE_OVERHEAD_BYTES, TextBudget } from '../stories/text-budget.ts';
import { placeInTime } from '../stories/time.ts';
import { reasonOf } from './rule-wording.ts';
import type { Subject } from './subject.ts';

/** Matches of one rule about one subject, until an hour is quiet. Plain data. */
interface RuleStory {
  readonly id: string;
  readonly firstUs: number;
  lastUs: number;
  total: number;
  version: number;
  reportAt: number;
  evidence: Evidence[];
}

const STORIES = 20_000;
const TEXT_BYTES = 4 * 1024 * 1024;
const QUIET_US = 3_600_000_000;

/**
 * Makes one story of what a rule finds about one subject: told at once, and again each time that its lines have
 * doubled, until it was quiet for an hour. Keeps 20,000 stories and 4 MiB of their lines; the one that was quiet
 * longest is forgotten first, lines before stories.
 */
export class RuleStories {
  readonly #stories = new BoundedMap<RuleStory>(STORIES);
  readonly #text = new TextBudget(TEXT_BYTES, (key) => {
    const story = this.#stories.peek(key);
    if (story) story.evidence = story.evidence.slice(0, 1);
  });

  add(match: Match<Evidence>, subject: Subject, observedUs: number, report: Report): void {
    const { rule } = match;
    const key = `${rule.fingerprint}\0${subject.key}`;
    let story = this.#stories.get(key);
    const nowUs = placeInTime(story, match.timeUs, observedUs);
    if (story && Math.abs(nowUs - story.lastUs) > QUIET_US) {
      this.#text.release(key);
      story = undefined;
    }
    if (!story) {
      const first = match.evidence()[0]!;
      story = {
        id: detectionId(rule.rule, { key: subject.key }, first.id),
        firstUs: Math.min(first.timeUs, nowUs),
        lastUs: nowUs,
        total: 0,
        version: 0,
        reportAt: 0,
        evidence: [],
      };
      this.#stories.set(key, story);
    }
    story.total += match.count;
    story.lastUs = Math.max(story.lastUs, nowUs);
    if (story.evidence.length < EVIDENCE_LINES) this.#remember(key, story, match.evidence());
    if (story.total < story.reportAt) return;
    story.version += 1;
    story.reportAt = story.total * 2;
    report(detectionOf(match, story, subject, nowUs));
  }

  /** Forgets the stories of all other rules. */
  keepOnly(fingerprints: ReadonlySet<string>): void {
    for (const [key] of [...this.#stories.entries()]) {
      if (fingerprints.has(key.slice(0, key.indexOf('\0')))) continue;
      this.#stories.delete(key);
      this.#text.release(key);
    }
  }

  snapshot(): unknown {
    return { stories: this.#stories.snapshot(), text: this.#text.snapshot() };
  }

  restore(state: unknown): void {
    const { stories, text } = (state ?? {}) as { stories?: unknown; text?: unknown };
    this.#stories.restore(stories);
    this.#text.restore(text);
  }

  #remember(key: string, story: RuleStory, evidence: readonly Evidence[]): void {
    for (const line of evidence) {
      if (story.evidence.length >= EVIDENCE_LINES) return;
      if (story.evidence.some(({ id }) => id === line.id)) continue;
      story.evidence.push(line);
      this.#text.hold(key, line.text.length + EVIDENCE_OVERHEAD_BYTES);
    }
  }
}

function detectionOf(match: Match<Evidence>, story: RuleStory, subject: Subject, nowUs: number): Detection {
  const { rule } = match;
  return {
    id: story.id,
    version: story.version,
    rule: rule.rule,
    title: rule.title,
    level: rule.level,
    timeUs: nowUs,
    firstUs: story.firstUs,
    entities: subject.entities(),
    techniques: rule.techniques,
    evidence: [...story.evidence],
    evidenceCount: story.total,
    reason: reasonOf(match, story.total),
  };
}
