import type { ApiBan } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { Empty, Notice } from '../parts/notice.tsx';
import { useFetched } from '../state/use-fetched.ts';
import { plural } from '../text/amount.ts';
import { BanForm } from './ban-form.tsx';
import { BanItem } from './ban-item.tsx';

const BANS_MS = 30_000;
/** In an attack there may be thousands. */
const SHOWN = 50;

/** Who is not let in. */
export function Bans({ nowUs }: { readonly nowUs: number }) {
  const bans = useFetched<{ items: ApiBan[]; total: number; enabled: boolean }>('/api/v1/bans', BANS_MS);
  const [adding, setAdding] = useState(false);
  const [most, setMost] = useState(SHOWN);
  const { data } = bans;
  const newest = data?.items.toReversed() ?? [];
  return (
    <section class="panel" aria-labelledby="bans-title">
      <div class="panel-head">
        <h2 id="bans-title">Bans in force</h2>
        {data?.enabled === true && (
          <button
            type="button"
            class="button-quiet"
            aria-expanded={adding}
            onClick={() => setAdding(!adding)}
          >
            Ban an address
          </button>
        )}
      </div>
      {bans.problem !== null && <Notice kind="problem">{bans.problem}</Notice>}
      {adding && (
        <BanForm
          addresses={[]}
          onCancel={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            bans.refresh();
          }}
        />
      )}
      {data?.enabled === false && (
        <Empty title="Decisions are switched off: nobody is banned.">
          With <code>decisions.enabled: true</code> NADIR decides who is not let in, and bouncers enforce it.
        </Empty>
      )}
      {data?.enabled === true && data.items.length === 0 && (
        <Empty title="Nobody is banned.">Attackers that a rule is sure of are banned by themselves.</Empty>
      )}
      <ul>
        {newest.slice(0, most).map((ban) => (
          <BanItem key={ban.id} ban={ban} nowUs={nowUs} onLifted={bans.refresh} />
        ))}
      </ul>
      {data !== null && data.total > newest.length && most >= newest.length && (
        <p>These are the newest of {plural(data.total, 'ban')}.</p>
      )}
      {newest.length > most && (
        <button type="button" class="button-quiet button-wide" onClick={() => setMost(most + SHOWN)}>
          Show more of {plural(newest.length, 'ban')}
        </button>
      )}
    </section>
  );
}
