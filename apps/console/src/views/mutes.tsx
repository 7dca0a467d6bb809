import type { ApiMute } from '@suite/api/contract';
import { change } from '../api/client.ts';
import { Cut, LongText } from '../parts/long-text.tsx';
import { Empty, Notice } from '../parts/notice.tsx';
import { muteParts } from '../state/mute-wish.ts';
import { useFetched } from '../state/use-fetched.ts';
import { moment } from '../text/moment.ts';
import { visibleText } from '../text/visible.ts';
import { TakeBack } from './take-back.tsx';

const MUTES_MS = 30_000;

/** What is not told, until when, and who said so. */
export function Mutes({ nowUs }: { readonly nowUs: number }) {
  const mutes = useFetched<{ items: ApiMute[] }>('/api/v1/mutes', MUTES_MS);
  return (
    <section class="panel" aria-labelledby="mutes-title">
      <div class="panel-head">
        <h2 id="mutes-title">Mutes in force</h2>
      </div>
      {mutes.problem !== null && <Notice kind="problem">{mutes.problem}</Notice>}
      {mutes.data?.items.length === 0 && (
        <Empty title="Nothing is muted.">An incident’s page can mute what is no news.</Empty>
      )}
      <ul>
        {mutes.data?.items.map((mute) => (
          <MuteItem key={mute.id} mute={mute} nowUs={nowUs} onLifted={mutes.refresh} />
        ))}
      </ul>
    </section>
  );
}

function MuteItem(props: { readonly mute: ApiMute; readonly nowUs: number; readonly onLifted: () => void }) {
  const { mute, nowUs } = props;
  const parts = muteParts(mute.match);
  return (
    <li class="standing">
      <div class="standing-what">
        <p>
          {parts.map(([word, value], index) => (
            <span key={word}>
              {index > 0 && ', '}
              {word}{' '}
              <b class="standing-value">
                <Cut text={value} most={120} />
              </b>
            </span>
          ))}
          {mute.successes && <span class="warning">, logins too</span>}
        </p>
        <p class="quiet">
          Until {moment(mute.expiresUs, nowUs)}, by <Cut text={mute.by} most={64} />:{' '}
          <LongText text={mute.reason} />
        </p>
      </div>
      <TakeBack
        label="Lift"
        what={visibleText(parts.map(([, value]) => value.slice(0, 64)).join(', '))}
        deed={(by) => change('DELETE', `/api/v1/mutes/${encodeURIComponent(mute.id)}`, { params: { by } })}
        onDone={props.onLifted}
      />
    </li>
  );
}
