import type { Detection, Evidence, Level } from '@suite/event';
import { detectionId } from '../detection-id.ts';
import { known } from '../single.ts';
import { plural, quoteName, spanOf } from '../wording.ts';
import type { Habit } from './habit.ts';
import type { Source } from './source.ts';

export const NEW = 'log-template-new';
export const RATE = 'log-template-rate';
export const STOPPED = 'log-template-stopped';

interface Place {
  readonly host: string;
  readonly source: Source;
  readonly nowUs: number;
}

export function newKind(place: Place, habit: Habit, level: Level): Detection {
  const { source, nowUs, host } = place;
  const since = spanOf(nowUs - source.firstUs);
  return detection(NEW, 'A new kind of log line', level, place, habit, nowUs, [
    `${quoteName(source.program)} on ${host} wrote a line of a kind that it never wrote before: ${quote(habit.text)}.`,
    `In the ${since} and ${plural(source.lines, 'line')} until now it wrote ${plural(source.habits.size - 1, 'other kind')}.`,
    'Next: read the lines around it; after an update or a change of configuration new kinds are to be expected.',
  ]);
}

export interface OutOfRange {
  readonly habit: Habit;
  readonly direction: 'high' | 'low';
  readonly count: number;
  readonly expected: number;
}

export function rateOut(place: Place, worst: OutOfRange, others: number, minutes: number): Detection {
  const { source, host, nowUs } = place;
  const { habit, direction, count, expected } = worst;
  const usual = expected < 1 ? 'less than one' : `about ${Math.round(expected)}`;
  return detection(
    RATE,
    direction === 'high'
      ? 'Far more log lines of a kind than usual'
      : 'Far fewer log lines of a kind than usual',
    'medium',
    place,
    habit,
    nowUs,
    [
      `${quoteName(source.program)} on ${host} wrote ${plural(count, 'line')} of this kind within ${minutes} minutes: ${quote(habit.text)}.`,
      `Usual at this hour was ${usual}.${others > 0 ? ` ${plural(others, 'other kind')} of its lines left their range too.` : ''}`,
      direction === 'high'
        ? 'Next: look at the first of these lines and at what changed just before.'
        : 'Next: check that what it tells of still happens, and that its log level was not lowered.',
    ],
  );
}

export function stopped(place: Place, habit: Habit, others: number): Detection {
  const { source, host, nowUs } = place;
  const usual =
    habit.gaps > 0 && habit.gapUs > 0 ? `came about every ${spanOf(habit.gapUs)}` : 'came steadily';
  return detection(STOPPED, 'A regular log line stopped', 'medium', place, habit, habit.lastUs, [
    `A line that ${usual} did not come for ${spanOf(nowUs - habit.lastUs)}, while ${host} went on writing others: ${quote(habit.text)} of ${quoteName(source.program)}.`,
    others > 0 ? `${plural(others, 'other line')} of it stopped too.` : '',
    'Next: check that the job or service behind it still runs (systemctl list-timers, crontab -l) and when it ran last.',
  ]);
}

function detection(
  rule: string,
  title: string,
  level: Level,
  { host, source, nowUs }: Place,
  habit: Habit,
  firstUs: number,
  sentences: readonly string[],
): Detection {
  const entities = known({ 'host.name': host, 'process.name': source.program, 'event.code': habit.id });
  const evidence: readonly Evidence[] = [habit.sample];
  return {
    id: detectionId(rule, entities, habit.sample.id),
    version: 1,
    rule,
    title,
    level,
    timeUs: nowUs,
    firstUs: Math.min(firstUs, nowUs),
    entities,
    techniques: [],
    evidence,
    evidenceCount: Math.max(1, rule === RATE ? habit.inBucket : 1),
    reason: sentences.filter((sentence) => sentence !== '').join(' '),
  };
}

/** What a log says is untrusted: bounded, without control characters. */
function quote(text: string): string {
  const clean = text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g,
    '\ufffd',
  );
  return `“${clean.length > 160 ? `${clean.slice(0, 160)}…` : clean}”`;
}
