import type { AllowList } from './allow-list.ts';
import type { KnownLogins } from './known-logins.ts';
import type { SingleShape } from './single.ts';
import type { StoryShape } from './stories/story.ts';
import { listNames, plural, spanOf } from './wording.ts';

export interface SprayingOptions {
  /** Different accounts that make it. */
  readonly accounts: number;
  readonly windowMs: number;
  readonly allow: AllowList;
  /** Who uses an account from where: an old password there is no spraying. */
  readonly known: KnownLogins;
}

/** More than so many at each account are a brute force. */
const TRIES_PER_ACCOUNT = 3;

/** One address tries many accounts a few times each; the names of its stories are accounts. */
export function sprayingShape(shape: SingleShape, options: SprayingOptions, accounts: string): StoryShape {
  return {
    ...shape,
    threshold: options.accounts,
    windowUs: options.windowMs * 1000,
    distinct: true,
    holds: (story) => story.total <= story.names.length * TRIES_PER_ACCOUNT,
    entities: (address, story) => ({ 'source.address': address, 'host.name': story.evidence[0]!.host }),
    reason: (address, story) =>
      `${address} tried ${story.names.length + story.moreNames} ${accounts} (${listNames(story)}), ` +
      `${plural(story.total, 'time')} in all within ${spanOf(story.lastUs - story.firstUs)}. People try their own account only. ` +
      'Next: check that no login from this address succeeded, and block it.',
  };
}
