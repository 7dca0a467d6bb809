import { listOf, plainName, plainText, plural, spanOf } from '../plain-text.ts';
import { addressCount, isAttemptOnly, type Story } from './story.ts';
import { lowerFirst } from './wording.ts';

const SUMMARY_CHARS = 600;
const TITLE_CHARS = 120;

/**
 * The story in one sentence: `203.0.113.9 tried 212 passwords on node2 over 9 minutes, then logged in as pi at 03:12,
 * ran \`curl … | sh\`, a new listener on :4444 appeared.`
 *
 * @param timeOf `03:12` of a time.
 */
export function summaryOf(story: Story, timeOf: (timeUs: number) => string): string {
  if (story.mergedInto !== '') return `Part of incident ${story.mergedInto}: the same story.`;
  const attempts = attemptClauses(story);
  const deeds = [...loginClauses(story, timeOf), ...story.deeds.map(({ timeUs, text }) => ({ timeUs, text }))]
    .sort((a, b) => a.timeUs - b.timeUs)
    .map(({ text }, at, all) => (at > 0 && isRun(all[at - 1]!.text) && isRun(text) ? text.slice(4) : text));
  if (story.moreDeeds > 0) deeds.push(`and did ${plural(story.moreDeeds, 'more thing')}`);
  if (deeds.length > 0 && attempts.length > 0) deeds[0] = `then ${deeds[0]}`;
  const clauses = [...attempts, ...deeds];
  if (clauses.length === 0) clauses.push(lowerFirst(story.title));
  const where = attempts.length > 0 || story.logins.length > 0 ? '' : hostsOf(story, ' on ');
  return plainText(`${subjectOf(story, clauses[0]!)}${clauses.join(', ')}${where}.`, SUMMARY_CHARS);
}

/** ``ran `…` ``: several in a row need the word once. */
function isRun(text: string): boolean {
  return text.startsWith('ran `');
}

export function titleOf(story: Story): string {
  const addresses = story.entities['source.address'] ?? [];
  const { count, exact } = addressCount(story);
  const whose =
    count > 1
      ? ` from ${exact ? '' : 'more than '}${count} addresses`
      : addresses.length === 1 && !story.title.includes(addresses[0]!)
        ? ` from ${plainName(addresses[0]!)}`
        : '';
  const title = story.title.replace(/ from one address$/, '');
  const what = story.wave && isAttemptOnly(story) ? 'Distributed brute force' : title;
  const head = story.breakIn ? `Break-in${whose}` : `${what}${whose}`;
  return plainText(`${head}${hostsOf(story, ' on ')}`, TITLE_CHARS);
}

/** Who, with what parts it from what was done: a blank before a verb, a colon before a noun. */
function subjectOf(story: Story, first: string): string {
  const who = actorsOf(story, first);
  if (who === '') return '';
  return /^(?:then )?(?:tried|logged in|ran) /.test(first) ? `${who} ` : `${who}: `;
}

function actorsOf(story: Story, first: string): string {
  const addresses = story.entities['source.address'] ?? [];
  const { count, exact } = addressCount(story);
  if (!exact) return `More than ${count} addresses (${addresses.slice(0, 3).map(plainName).join(', ')}, …)`;
  if (count > 3) return `${count} addresses (${listOf(addresses, 3, count - addresses.length)})`;
  if (count > 0) return listOf(addresses, 3);
  if (story.wave) return 'Several addresses';
  if (!/^(?:tried|logged in|ran) /.test(first)) return '';
  const users = first.startsWith('tried') ? [] : (story.entities['user.name'] ?? []);
  return users.length > 0 ? listOf(users, 2) : 'Somebody';
}

/** What was attempted, in the order of weight: passwords first. */
function attemptClauses(story: Story): string[] {
  const clauses: string[] = [];
  const count = tried(story);
  // One count of a wave is that of a detection about something else than the count.
  if (count > (story.wave ? 1 : 0)) {
    const users = story.entities['user.name'] ?? [];
    const whom = users.length === 1 && story.logins.length === 0 ? ` for ${plainName(users[0]!)}` : '';
    const span = story.triesLastUs - story.triesFirstUs;
    clauses.push(
      `tried ${plural(count, 'password')}${whom}${hostsOf(story, ' on ')}${span >= 1e6 ? ` over ${spanOf(span)}` : ''}`,
    );
  }
  for (const [title, lines] of Object.entries(story.attempts).slice(0, 3)) {
    const times = lines > 1 ? ` (${lines} times)` : '';
    clauses.push(`${lowerFirst(plainText(title, 80))}${times}`);
  }
  return clauses;
}

/** Passwords tried: by address where addresses are told, else by account; the same tries are in both. */
export function tried(story: Story): number {
  let byAddress = story.moreTries;
  let byAccount = 0;
  for (const [key, count] of Object.entries(story.tries)) {
    if (key.startsWith('a:')) byAddress += count;
    else byAccount += count;
  }
  return Math.max(byAddress, byAccount);
}

function loginClauses(story: Story, timeOf: (timeUs: number) => string): { timeUs: number; text: string }[] {
  const many = (story.entities['host.name']?.length ?? 0) > 1;
  const told = story.logins.slice(0, 3).map(({ user, host, timeUs }, at) => {
    const where = many || (at === 0 && tried(story) === 0) ? ` on ${plainName(host)}` : '';
    return { timeUs, text: `logged in as ${plainName(user)}${where} at ${timeOf(timeUs)}` };
  });
  const rest = story.logins.length - told.length;
  if (rest > 0)
    told.push({ timeUs: story.logins[3]!.timeUs, text: `and logged in ${plural(rest, 'more time')}` });
  return told;
}

function hostsOf(story: Story, before: string): string {
  const hosts = story.entities['host.name'] ?? [];
  return hosts.length === 0 ? '' : `${before}${listOf(hosts, 3)}`;
}
