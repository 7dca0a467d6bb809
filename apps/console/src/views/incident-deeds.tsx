import type { ApiBan, ApiIncident } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { Notice } from '../parts/notice.tsx';
import { Untrusted } from '../parts/untrusted.tsx';
import { useFetched } from '../state/use-fetched.ts';
import { moment } from '../text/moment.ts';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { BanForm } from './ban-form.tsx';
import { BanItem } from './ban-item.tsx';
import { MuteForm } from './mute-form.tsx';

const BANS_MS = 30_000;
type Open = 'acknowledge' | 'mute' | 'ban' | null;

/** What the reader can do about an incident. */
export function IncidentDeeds(props: {
  readonly incident: ApiIncident;
  readonly nowUs: number;
  readonly onAcknowledged: (incident: ApiIncident) => void;
}) {
  const { incident, nowUs } = props;
  const [open, setOpen] = useState<Open>(null);
  const [done, setDone] = useState<string | null>(null);
  const bans = useFetched<{ items: ApiBan[]; enabled: boolean }>('/api/v1/bans', BANS_MS);
  const addresses = incident.entities['source.address'] ?? [];
  const banned = bans.data?.items.filter(({ value }) => addresses.includes(value)) ?? [];
  const free = addresses.filter((address) => !banned.some(({ value }) => value === address));
  const finish = (words: string): void => {
    setOpen(null);
    setDone(words);
  };
  const cancel = (): void => setOpen(null);
  const button = (which: Exclude<Open, null>, label: string) => (
    <button
      type="button"
      class="button-quiet"
      aria-expanded={open === which}
      onClick={() => {
        setOpen(open === which ? null : which);
        setDone(null);
      }}
    >
      {label}
    </button>
  );
  return (
    <section class="deeds" aria-label="What you can do">
      <div class="deed-row">
        {button('acknowledge', incident.acknowledged === null ? 'Acknowledge' : 'Acknowledge again')}
        {button('mute', 'Mute …')}
        {free.length > 0 && bans.data?.enabled === true && button('ban', 'Ban …')}
      </div>
      {addresses.length > 0 && bans.data?.enabled === false && (
        <p class="quiet">
          Nobody can be banned: decisions are switched off (<code>decisions.enabled</code>).
        </p>
      )}
      {bans.problem !== null && <Notice kind="problem">{bans.problem}</Notice>}
      {done !== null && <Notice kind="info">{done}</Notice>}
      {open === 'acknowledge' && (
        <AcknowledgeForm
          incident={incident}
          onCancel={cancel}
          onDone={(next) => {
            props.onAcknowledged(next);
            finish('Acknowledged.');
          }}
        />
      )}
      {open === 'mute' && (
        <MuteForm
          incident={incident}
          nowUs={nowUs}
          onCancel={cancel}
          onDone={(mute) => finish(`Muted until ${moment(mute.expiresUs, nowUs)}. “Alerts” lists it.`)}
        />
      )}
      {open === 'ban' && (
        <BanForm
          addresses={free}
          onCancel={cancel}
          onDone={(ban) => {
            bans.refresh();
            finish(`${ban.value} is banned.`);
          }}
        />
      )}
      {banned.length > 0 && (
        <ul class="ban-list" aria-label="Bans of its addresses">
          {banned.map((ban) => (
            <BanItem key={ban.id} ban={ban} nowUs={nowUs} onLifted={bans.refresh} />
          ))}
        </ul>
      )}
      {incident.acknowledged !== null && (
        <p class="acknowledged">
          Acknowledged by <Untrusted text={incident.acknowledged.by} /> at{' '}
          {moment(incident.acknowledged.atUs, nowUs)}
          {incident.acknowledged.note !== '' && (
            <>
              : <Untrusted text={incident.acknowledged.note} />
            </>
          )}
        </p>
      )}
    </section>
  );
}
