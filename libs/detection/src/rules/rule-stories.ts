import type { Detection, Evidence, Level } from '@suite/event';
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
  /** A request of it was answered with something. Absent: all were refused. */
  answered?: true;
  evidence: Evidence[];
}

const STORIES = 20_000;
const TEXT_BYTES = 4 * 1024 * 1024;
const QUIET_US = 3_600_000_000;
/** Requests of one client from which on it is no passing noise. */
const PERSISTENT = 3;
/** In a rule’s tags: a request that matters when it is answered, or repeated. */
export const ATTEMPT_TAG = 'nadir.attempt';

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

  /** @param refused the line is a request for which nothing was served. */
  add(match: Match<Evidence>, subject: Subject, observedUs: number, report: Report, refused = false): void {
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
    const before = story.version === 0 ? null : levelOf(match, story);
    if (!refused) story.answered = true;
    story.total += match.count;
    story.lastUs = Math.max(story.lastUs, nowUs);
    if (story.evidence.length < EVIDENCE_LINES) this.#remember(key, story, match.evidence());
    const rose = before !== null && before !== levelOf(match, story);
    if (story.total < story.reportAt && !rose) return;
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

/**
 * Every address of the internet is tried for every known hole, each day by somebody else. Of rules with the tag
 * `nadir.attempt` the first requests of one client are `low` while all of them were refused.
 */
function levelOf({ rule }: Match<Evidence>, story: RuleStory): Level {
  const isNoise = story.answered === undefined && story.total < PERSISTENT && rule.tags.includes(ATTEMPT_TAG);
  return isNoise ? 'low' : rule.level;
}

function detectionOf(match: Match<Evidence>, story: RuleStory, subject: Subject, nowUs: number): Detection {
  const { rule } = match;
  return {
    id: story.id,
    version: story.version,
    rule: rule.rule,
    title: rule.title,
    level: levelOf(match, story),
    timeUs: nowUs,
    firstUs: story.firstUs,
    entities: subject.entities(),
    techniques: rule.techniques,
    evidence: [...story.evidence],
    evidenceCount: story.total,
    reason: reasonOf(match, story.total),
  };
}
