import type { Detection } from '@suite/event';
import type { Common } from './common-entities.ts';
import { accountKey, hostKey, type Keys, targetKey } from './keys.ts';
import type { IncidentSettings } from './settings.ts';
import type { Shelf } from './shelf.ts';
import type { Stage } from './stage.ts';
import { isAttemptOnly, isSuccess, type Story } from './story/story.ts';

/**
 * A story is told anew after so long: the internet never stops knocking, and what somebody does day after day must
 * not vanish in the story of a week ago. A break-in is followed for a week.
 */
const LONGEST_US = 24 * 3_600_000_000;
const LONGEST_BREAK_IN_US = 7 * LONGEST_US;

export interface Joining {
  /** The stories that it belongs to; more than one are one story. */
  readonly stories: readonly Story[];
  /** The wave of many addresses that this one steps out of by getting in. */
  readonly wave: Story | null;
}

/** Finds where a detection belongs, by what it shares with the stories that are still fresh at its time. */
export class Joiner {
  readonly #shelf: Shelf;
  readonly #common: Common;
  readonly #settings: IncidentSettings;

  constructor(shelf: Shelf, common: Common, settings: IncidentSettings) {
    this.#shelf = shelf;
    this.#common = common;
    this.#settings = settings;
  }

  find(detection: Detection, keys: Keys, stage: Stage): Joining {
    const { timeUs } = detection;
    const found = new Set<Story>();
    let wave: Story | null = null;
    for (const key of keys.strong) {
      const story = this.fresh(key, timeUs);
      if (story === undefined) continue;
      if (stage === 'access' && isCrowd(story)) wave = story;
      else found.add(story);
    }
    if (stage === 'attempt') this.#addTarget(keys, timeUs, found);
    else if (found.size === 0) {
      const story =
        this.#byAccount(keys, timeUs) ?? (stage === 'access' ? undefined : this.#byHost(keys, timeUs));
      if (story !== undefined) found.add(story);
    }
    return { stories: oneKind([...found]), wave };
  }

  /** The story under a key, if something at that time can still be part of it. */
  fresh(key: string, timeUs: number): Story | undefined {
    const story = this.#shelf.find(key);
    return story !== undefined && this.isFresh(story, timeUs) ? story : undefined;
  }

  isFresh(story: Story, timeUs: number): boolean {
    if (story.mergedInto !== '') return false;
    // Most of what is looked at goes on just now.
    if (timeUs >= story.firstUs && timeUs <= story.lastUs) return timeUs - story.firstUs <= longestUs(story);
    const quietUs = this.quietUs(story);
    if (timeUs < story.firstUs - quietUs || timeUs > story.lastUs + quietUs) return false;
    return timeUs - story.firstUs <= longestUs(story);
  }

  quietUs(story: Story): number {
    const { quietMs, quietAfterSuccessMs } = this.#settings;
    return (isSuccess(story) ? Math.max(quietMs, quietAfterSuccessMs) : quietMs) * 1000;
  }

  /** Many addresses on one account are one attack; a single address on it is a story of its own until then. */
  #addTarget(keys: Keys, timeUs: number, found: Set<Story>): void {
    if (keys.user === '') return;
    const story = this.fresh(targetKey(keys.user), timeUs);
    if (story === undefined || !isAttemptOnly(story)) return;
    if (story.wave || keys.address === '') found.add(story);
  }

  /** What an account does after a login belongs to that login. */
  #byAccount({ user, host, visitor }: Keys, timeUs: number): Story | undefined {
    if (user === '' || host === '') return undefined;
    const story = this.fresh(accountKey(user, host), timeUs);
    if (story === undefined) return undefined;
    const common = this.#common.user(user);
    // Another address with the same account is its own story, unless the account is known to be stolen.
    if (visitor !== '') return story.breakIn && !common ? story : undefined;
    // Of a shared account only what follows closely, of a person's what a session may last.
    const sinceUs = timeUs - Math.max(story.lastLoginUs, story.breakIn ? story.lastUs : 0);
    const { hostWindowMs, quietAfterSuccessMs } = this.#settings;
    return sinceUs <= (common ? hostWindowMs : quietAfterSuccessMs) * 1000 ? story : undefined;
  }

  /** Within minutes after a break-in, what nobody's address stands behind is the intruder's. */
  #byHost({ host, visitor }: Keys, timeUs: number): Story | undefined {
    if (host === '' || visitor !== '') return undefined;
    const story = this.fresh(hostKey(host), timeUs);
    if (story === undefined || !story.breakIn) return undefined;
    const windowUs = this.#settings.hostWindowMs * 1000;
    return timeUs >= story.lastLoginUs && timeUs - story.lastUs <= windowUs ? story : undefined;
  }
}

function longestUs(story: Story): number {
  return story.breakIn ? LONGEST_BREAK_IN_US : LONGEST_US;
}

/** Attempts of several addresses. */
export function isCrowd(story: Story): boolean {
  return isAttemptOnly(story) && (story.wave || (story.entities['source.address']?.length ?? 0) > 1);
}

/** A crowd of attackers is never merged with the story of one who got in. */
function oneKind(stories: readonly Story[]): readonly Story[] {
  if (stories.length < 2 || !stories.some(isSuccess)) return stories;
  return stories.filter((story) => !isCrowd(story));
}
