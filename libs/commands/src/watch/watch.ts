import { type Finding, type Judgement, judgeLine, judgementOf } from '../judge.ts';
import { freshProfile, hashOf, learn, type Profile, type Usual } from './profile.ts';
import { advance, BURST, freshSession, type Session } from './session.ts';

/** A command that somebody ran. */
export interface SeenCommand {
  readonly user: string;
  readonly host: string;
  /** By the log's own clock, integer microseconds. */
  readonly timeUs: number;
  readonly command: string;
}

/** A judgement that knows who ran the command and what they did before. */
export interface WatchedCommand extends Judgement {
  readonly usual: Usual;
}

/**
 * Judges commands in their session: by themselves, with what the same account did on the same machine within the last
 * minutes, and by what it usually does. A habit weighs half; a program that the account never ran before adds to other
 * evidence and is none by itself. A new account is judged by its commands alone.
 */
export interface CommandWatch {
  observe(seen: SeenCommand): WatchedCommand;
  /** JSON-serialisable. */
  snapshot(): unknown;
  restore(state: unknown): void;
}

interface Person {
  readonly profile: Profile;
  readonly session: Session;
}

/** Accounts on machines that are kept; the one that was quiet longest is forgotten first. At most 16 KiB each. */
const PEOPLE = 1_000;
const HABIT_FACTOR = 0.5;
const FIRST_TIME_WEIGHT = 0.1;
const PROGRAMS_OF_A_LINE = 8;
/** A habit does not excuse these. */
const NEVER_USUAL: ReadonlySet<string> = new Set(['reverse-shell', 'miner', 'destruction']);

export function createCommandWatch(): CommandWatch {
  const people = new Map<string, Person>();

  function personOf(user: string, host: string): Person {
    const key = `${user.slice(0, 64)}\0${host.slice(0, 128)}`;
    const person = people.get(key) ?? { profile: freshProfile(), session: freshSession() };
    people.delete(key);
    people.set(key, person);
    if (people.size > PEOPLE) people.delete(people.keys().next().value!);
    return person;
  }

  return {
    observe({ user, host, timeUs, command }) {
      const { judgement, line } = judgeLine(command);
      const { profile, session } = personOf(user, host);
      const programs = [...new Set(line.calls.map(({ program }) => program.slice(0, 40)))]
        .filter((program) => program !== '' && program !== ':')
        .slice(0, PROGRAMS_OF_A_LINE);
      const shape = hashOf(
        `${programs.join(' ')}|${judgement.findings.map(({ id }) => id).join(' ')}|${optionsOf(line.calls)}`,
      );
      const usual = learn(profile, programs, shape, timeUs);
      const own: Finding[] = judgement.findings.map((finding) =>
        usual.habit && !NEVER_USUAL.has(finding.family)
          ? { ...finding, weight: finding.weight * HABIT_FACTOR }
          : finding,
      );
      const together = advance(session, line, own, timeUs);
      // A burst says all that its questions say.
      const burst = together.some(({ id }) => id === BURST);
      const findings = [...(burst ? own.filter(({ id }) => !id.startsWith('asks-')) : own), ...together];
      if (findings.length === 0) return { ...judgementOf([]), usual };
      const heavy = findings.some(({ weight }) => weight >= 0.2);
      if (heavy && usual.firstTime.length > 0)
        findings.push({
          id: 'never-run-before',
          family: findings[0]!.family,
          weight: FIRST_TIME_WEIGHT,
          techniques: [],
          says: `runs ${usual.firstTime.slice(0, 3).join(', ')} for the first time`,
        });
      return { ...judgementOf(findings), usual };
    },
    snapshot: () => [...people],
    restore(state) {
      people.clear();
      if (!Array.isArray(state)) return;
      for (const [key, person] of state as [string, Person | undefined][]) {
        if (person?.profile === undefined || person.session === undefined) continue;
        // Infinity is null in JSON.
        person.session.burstUs ??= Number.NEGATIVE_INFINITY;
        people.set(key, person);
      }
    },
  };
}

/** The options of a line without their values: what is typed every day differs in names, not in these. */
function optionsOf(calls: readonly { readonly args: readonly string[] }[]): string {
  const options: string[] = [];
  for (const { args } of calls.slice(0, PROGRAMS_OF_A_LINE))
    for (const arg of args) {
      if (options.length >= 16) return options.join(' ');
      if (arg.length > 1 && arg[0] === '-') options.push(arg.replace(/=.*$/s, '').slice(0, 24));
    }
  return options.join(' ');
}
