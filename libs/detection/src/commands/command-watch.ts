import { createCommandWatch, type Finding, showCommand, type WatchedCommand } from '@suite/commands';
import type { Event, Level, LogRecord } from '@suite/event';
import { BoundedMap } from '../bounded-map.ts';
import type { Detector, Observation, Report } from '../port.ts';
import { known, single } from '../single.ts';
import { quoteName } from '../wording.ts';
import { commandAbout } from './about.ts';
import { BURST_RULE, COMMAND_RULES, type CommandRule } from './rules.ts';

/** The same command by the same account is told once in this time: cron repeats it, sudo and history both log it. */
const REPEAT_US = 24 * 3_600e6;
const REPEATS = 5_000;
/** From this score on a notice is worth a look today. */
const WEIGHTY = 0.55;

/**
 * Judges every command that people, cron and containers run, by itself and in its session: one rule a family. Keeps
 * 1,000 accounts on machines (what they usually run, what they did lately) and 5,000 commands that were told; the ones
 * quiet longest are forgotten first.
 */
export function commandWatch(): Detector {
  const watch = createCommandWatch();
  const told = new BoundedMap<number>(REPEATS);

  function isRepeat(key: string, timeUs: number): boolean {
    const before = told.get(key);
    if (before !== undefined && Math.abs(timeUs - before) < REPEAT_US) return true;
    told.set(key, timeUs);
    return false;
  }

  return {
    rule: 'commands',
    about: commandAbout,
    wants: ['shell_command', 'sudo_command', 'cron_command', 'process_started', 'container_exec'],
    observe({ record }: Observation, report: Report) {
      const event = record.event!;
      const command = event['process.command_line'];
      if (command === undefined || command === '') return;
      const host = event['host.name'] ?? record.origin.host;
      const user = event['source.user.name'] ?? event['user.name'] ?? '';
      const seen = watch.observe({ user, host, timeUs: record.timeUs, command: ran(event, command) });
      if (seen.verdict === 'benign') return;
      if (seen.verdict === 'notice' && isDaemon(event)) return;
      const rule = ruleOf(seen.findings);
      if (rule === null || isRepeat(`${rule.rule}\0${host}\0${user}\0${essence(command)}`, record.timeUs))
        return;
      const shape = { ...rule, level: levelOf(seen, rule), techniques: techniquesOf(seen.findings, rule) };
      const entities = known({
        'user.name': user,
        'host.name': host,
        'container.name': event['container.name'],
      });
      report(single(shape, record, entities, reasonOf(seen, rule, record, user, host)));
    },
    snapshot: () => ({ watch: watch.snapshot(), told: told.snapshot() }),
    restore(state) {
      const { watch: people, told: before } = (state ?? {}) as { watch?: unknown; told?: unknown };
      watch.restore(people);
      told.restore(before);
    },
  };
}

/**
 * auditd sees what services start too: they ask many questions and flush firewalls for a living. Without a terminal and
 * without somebody who logged in, only an alert is told.
 */
function isDaemon(event: Event): boolean {
  return (
    event['event.action'] === 'process_started' &&
    event['process.tty'] === undefined &&
    event['source.user.name'] === undefined
  );
}

/** The command with what ran it: rights of root and a container are part of what it does. */
function ran(event: Event, command: string): string {
  switch (event['event.action']) {
    case 'sudo_command':
      return `sudo ${command}`;
    case 'container_exec':
      return `docker exec container ${command}`;
    default:
      return command;
  }
}

/** The family that weighs most; null where it is another rule's business. */
function ruleOf(findings: readonly Finding[]): CommandRule | null {
  if (findings.some(({ id }) => id === 'burst-of-questions')) return BURST_RULE;
  let best: CommandRule | null = null;
  let most = 0;
  const doubts = new Map<keyof typeof COMMAND_RULES, number>();
  for (const { family, weight } of findings) {
    if (family === 'history') continue;
    const doubt = (doubts.get(family) ?? 1) * (1 - weight);
    doubts.set(family, doubt);
    if (1 - doubt <= most) continue;
    most = 1 - doubt;
    best = COMMAND_RULES[family];
  }
  const history = findings.reduce(
    (sum, one) => (one.family === 'history' ? Math.max(sum, one.weight) : sum),
    0,
  );
  return most >= 0.3 || history === 0 ? best : null;
}

/** Of the findings that the rule is about; what else was found stands in the reason. */
function techniquesOf(findings: readonly Finding[], rule: CommandRule): string[] {
  const own = findings.filter(({ family }) =>
    rule === BURST_RULE ? family === 'discovery' : family !== 'history' && COMMAND_RULES[family] === rule,
  );
  return [...new Set(own.flatMap(({ techniques }) => techniques))].sort();
}

function levelOf({ verdict, score }: WatchedCommand, rule: CommandRule): Level {
  if (verdict === 'alert') return rule.alert;
  return score >= WEIGHTY ? 'medium' : 'low';
}

function reasonOf(
  { reason, usual }: WatchedCommand,
  rule: CommandRule,
  record: LogRecord,
  user: string,
  host: string,
): string {
  const who = user === '' ? 'Somebody' : quoteName(user);
  const action = record.event!['event.action'];
  const where =
    action === 'cron_command'
      ? `cron of ${host}`
      : action === 'container_exec'
        ? `a container on ${host}`
        : host;
  const habit = usual.habit
    ? 'Commands of this shape were seen here on other days.'
    : usual.firstTime.length > 0
      ? `${who} had never run ${usual.firstTime.slice(0, 3).map(quoteName).join(', ')} here before.`
      : 'Nothing like it was usual here until now.';
  return `${who} on ${where}: ${reason}. Command: ${showCommand(record.event!['process.command_line']!)} — ${habit} Next: ${rule.next}`;
}

/** What stays of a command when sudo, paths, quotes and blanks are gone: sudo's log and the history agree on it. */
function essence(command: string): string {
  return command
    .slice(0, 2048)
    .replace(/^\s*sudo\s+/, '')
    .replace(/\/(?:usr\/)?(?:local\/)?s?bin\//g, '')
    .replace(/[^A-Za-z0-9]+/g, '')
    .slice(0, 200);
}
