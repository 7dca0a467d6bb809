import type { RuleAbout } from '../about.ts';
import { NEW, RATE, STOPPED } from './report.ts';

const TESTED = { testedIn: 'libs/detection/src/templates/log-templates.test.ts' };
const KEEPS =
  '256 hosts, 512 programs, 4,096 kinds of lines of theirs, 1,024 with counts by hour; the miner 4,096 templates. What ' +
  'was seen fewer than 16 times is forgotten first, and of that what was quiet longest.';

export const TEMPLATE_RULES: readonly RuleAbout[] = [
  {
    rule: NEW,
    title: 'A new kind of log line',
    levels: ['informational', 'low', 'medium'],
    techniques: [],
    source: 'any log; the first 24 hours and 500 lines of each program (or a week and 50 lines) are learned',
    why:
      'A program wrote a line of a kind that it had not written in all the time before. Faults and break-ins often show ' +
      'first as a line that was never there. Medium where the line tells of a failure, else it is only noted.',
    falsePositives: ['updates, changes of configuration, rare events that are normal'],
    next: 'Read the lines around it, and mute the template when it is known.',
    keeps: KEEPS,
    examples: TESTED,
  },
  {
    rule: RATE,
    title: 'Log lines of a kind left their usual rate',
    levels: ['medium'],
    techniques: [],
    source:
      'any log but access, firewall and sshd logs, whose rates have their own detectors; a day is learned',
    why:
      'A kind of line came far more or far less often within ten minutes than is probable at this hour of the day, and ' +
      'than it did in the past week.',
    falsePositives: ['backups, migrations, load tests', 'a log level that was changed'],
    next: 'Look at the first of the lines and at what changed just before.',
    keeps: KEEPS,
    examples: TESTED,
  },
  {
    rule: STOPPED,
    title: 'A regular log line stopped',
    levels: ['medium'],
    techniques: ['T1562.001'],
    source: 'any log; lines that came at regular times for a day and at least eight times',
    why:
      'A line that came at regular times (a timer, a cron job, a backup, a health check) did not come three times over, ' +
      'while its host went on writing others.',
    falsePositives: ['a job that was removed or moved on purpose'],
    next: 'Check that the job behind it still runs and when it ran last.',
    keeps: KEEPS,
    examples: TESTED,
  },
];
