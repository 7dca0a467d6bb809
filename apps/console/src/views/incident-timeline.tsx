import type { ApiIncident } from '@suite/api/contract';
import { LevelBadge } from '../parts/level-badge.tsx';
import { LongText } from '../parts/long-text.tsx';
import { Moment } from '../parts/moment.tsx';

/** What happened when, oldest first. */
export function IncidentTimeline(props: {
  readonly entries: ApiIncident['timeline'];
  readonly nowUs: number;
}) {
  if (props.entries.length === 0) return null;
  return (
    <section class="story-part" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Time line</h2>
      <ol class="timeline">
        {props.entries.map((entry) => (
          <li key={`${entry.timeUs} ${entry.detectionId} ${entry.text}`} class={`moment-${entry.level}`}>
            <span class="timeline-when">
              <Moment iso={entry.time} timeUs={entry.timeUs} nowUs={props.nowUs} />
              <LevelBadge level={entry.level} />
            </span>
            <span class="timeline-text">
              <LongText text={entry.text} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
