import { withoutSecrets } from '@suite/commands/without-secrets';
import type { Alert, Incident } from '@suite/event';
import { levelRank } from '../level.ts';
import { plainText } from '../plain-text.ts';
import { alertId } from './alert-id.ts';
import type { Known, News } from './news.ts';

const TITLE_CHARS = 120;
const TEXT_CHARS = 2_000;
const SEEN = 3;

/** What a person is told about an incident: what happened, why it is told, what is usual, the lines, what to do. */
export function alertOf(incident: Incident, news: News, known: Known | undefined, nowUs: number): Alert {
  const { id, level, entities } = incident;
  const text = [incident.summary, ...seen(incident), whyTold(incident, news, known), usual(incident)];
  const next =
    incident.next.length > 0 ? incident.next.slice(0, 5) : ['Look at the incident in the console.'];
  return {
    id: alertId(id, news, level),
    kind: 'incident',
    level,
    timeUs: nowUs,
    title: plainText(`${PREFIX[news]}${incident.title}`, TITLE_CHARS),
    text: text
      .filter((part) => part !== '')
      .map((part) => plainText(part, TEXT_CHARS))
      .join('\n'),
    next,
    // Alerts leave the house: a command line may hold a password.
    lines: (incident.lines ?? []).slice(0, 5).map((line) => ({ ...line, text: withoutSecrets(line.text) })),
    entities,
    incidentId: id,
  };
}

const PREFIX: Readonly<Record<News, string>> = { opened: '', 'got-in': 'Now inside: ', worse: 'Worse: ' };

/** The weightiest of what was seen, in the order of time; what the summary has in full is left out. */
function seen({ timeline }: Incident): string[] {
  return [...timeline]
    .sort((a, b) => levelRank(b.level) - levelRank(a.level) || b.timeUs - a.timeUs)
    .slice(0, SEEN)
    .sort((a, b) => a.timeUs - b.timeUs)
    .map(({ text }) => `- ${text}`);
}

function whyTold(incident: Incident, news: News, known: Known | undefined): string {
  const rules = (incident.rules ?? []).slice(0, 5).join(', ');
  const by = rules === '' ? '' : ` (${rules})`;
  switch (news) {
    case 'opened':
      return `Why: it is new, and of level ${incident.level}${by}.`;
    case 'got-in':
      return `Why: until now these were attempts; now somebody logged in${by}.`;
    case 'worse':
      return `Why: its level rose from ${known?.level ?? 'lower'} to ${incident.level}${by}.`;
  }
}

/** What the detectors know of the usual is in what they saw; else what is usual for that kind of thing. */
function usual(incident: Incident): string {
  if (incident.timeline.some(({ text }) => /\busual/i.test(text))) return '';
  if (incident.success)
    return 'Usual: logins by people whom you know, from addresses that their accounts used before.';
  const guesses = incident.techniques.some((id) => id.startsWith('T1110'));
  if (guesses) return 'Usual: single failures of people who mistype.';
  return 'Usual: nothing of this kind.';
}
