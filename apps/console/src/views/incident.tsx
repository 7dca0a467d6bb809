import { useContext } from 'preact/hooks';
import { LevelBadge } from '../parts/level-badge.tsx';
import { LongText } from '../parts/long-text.tsx';
import { Moment } from '../parts/moment.tsx';
import { Empty, Notice } from '../parts/notice.tsx';
import { Technique } from '../parts/technique.tsx';
import { Feed } from '../state/incident-feed.ts';
import { hrefOf } from '../state/route.ts';
import { type IncidentDetail, useIncident } from '../state/use-incident.ts';
import { plural } from '../text/amount.ts';
import { DetectionItem } from './detection-item.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { IncidentDeeds } from './incident-deeds.tsx';
import { IncidentEntities } from './incident-entities.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';

interface IncidentProps {
  readonly nowUs: number;
  readonly onSearch: (text: string) => void;
  readonly onHost: (host: string) => void;
}

/** One incident as a story: what happened, what to do, and what it rests on. */
export function Incident({ id, ...rest }: IncidentProps & { readonly id: string }) {
  const { incident, problem } = useIncident(id);
  return (
    <article class="panel story" aria-label="Incident">
      <p class="way-back">
        <a href={hrefOf({ view: 'incidents' })}>All incidents</a>
      </p>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      {incident === null ? (
        problem === null && <p class="quiet">One moment …</p>
      ) : (
        <Story incident={incident} {...rest} />
      )}
    </article>
  );
}

function Story({ incident, nowUs, onSearch, onHost }: IncidentProps & { readonly incident: IncidentDetail }) {
  const feed = useContext(Feed);
  return (
    <>
      <header class="story-head">
        <p class="story-facts">
          <LevelBadge level={incident.level} />
          <span class={`state ${incident.open ? 'state-open' : ''}`}>
            {incident.open ? 'Open' : 'Closed'}
          </span>
          <span class="quiet">
            <Moment iso={incident.first} timeUs={incident.firstUs} nowUs={nowUs} />
            {' to '}
            <Moment iso={incident.last} timeUs={incident.lastUs} nowUs={nowUs} />
          </span>
        </p>
        <h1 tabIndex={-1}>
          <LongText text={incident.title} />
        </h1>
        <p class="story-summary">
          <LongText text={incident.summary} />
        </p>
        {incident.mergedInto !== undefined && (
          <Notice kind="info">
            This turned out to be part of{' '}
            <a href={hrefOf({ view: 'incident', id: incident.mergedInto })}>another incident</a>.
          </Notice>
        )}
      </header>
      {incident.next.length > 0 && (
        <section class="story-part next" aria-labelledby="next-title">
          <h2 id="next-title">What to do next</h2>
          <ol>
            {incident.next.map((step) => (
              <li key={step}>
                <LongText text={step} />
              </li>
            ))}
          </ol>
        </section>
      )}
      <IncidentDeeds
        key={incident.id}
        incident={incident}
        nowUs={nowUs}
        onAcknowledged={(next) => feed.incidents([next])}
      />
      <IncidentTimeline entries={incident.timeline} nowUs={nowUs} />
      <IncidentEntities entities={incident.entities} onSearch={onSearch} onHost={onHost} />
      <Grounds incident={incident} nowUs={nowUs} onSearch={onSearch} />
    </>
  );
}

/** Techniques and detections, with the lines that they rest on. */
function Grounds({
  incident,
  nowUs,
  onSearch,
}: Omit<IncidentProps, 'onHost'> & { readonly incident: IncidentDetail }) {
  const { detections, detectionCount, techniques } = incident;
  return (
    <section class="story-part" aria-labelledby="grounds-title">
      <h2 id="grounds-title">What it rests on</h2>
      {techniques.length > 0 && (
        <p class="detection-facts">
          {techniques.map((id) => (
            <Technique key={id} id={id} />
          ))}
        </p>
      )}
      {detections.length < detectionCount && (
        <p class="quiet">
          {detections.length} of {plural(detectionCount, 'detection')} are at hand.
        </p>
      )}
      {detections.length === 0 && incident.lines.length === 0 && (
        <Empty title="No line is kept any more.">The story above is what is left of it.</Empty>
      )}
      {detections.length === 0 && incident.lines.length > 0 && (
        <EvidenceList lines={incident.lines} total={incident.lines.length} nowUs={nowUs} />
      )}
      <ul class="detection-list">
        {detections.map((detection) => (
          <DetectionItem key={detection.id} detection={detection} nowUs={nowUs} onSearch={onSearch} />
        ))}
      </ul>
    </section>
  );
}
