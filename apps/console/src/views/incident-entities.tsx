import type { ApiIncident } from '@suite/api/contract';
import { Cut } from '../parts/long-text.tsx';
import { ENTITY_WORDS } from '../text/entity-words.ts';
import { visibleText } from '../text/visible.ts';

const SHOWN = 20;

/** Who and what takes part; each leads to its lines in the log. */
export function IncidentEntities(props: {
  readonly entities: ApiIncident['entities'];
  readonly onSearch: (text: string) => void;
  readonly onHost: (host: string) => void;
}) {
  const named = Object.entries(props.entities).filter(([, values]) => values.length > 0);
  if (named.length === 0) return null;
  return (
    <section class="story-part" aria-labelledby="entities-title">
      <h2 id="entities-title">Who takes part</h2>
      <dl class="actors">
        {named.map(([name, values]) => (
          <div key={name}>
            <dt title={visibleText(name)}>
              <Cut text={ENTITY_WORDS[name] ?? name} most={40} />
            </dt>
            <dd>
              {values.slice(0, SHOWN).map((value) => (
                <button
                  key={value}
                  type="button"
                  class="actor"
                  title="Show its lines in the log"
                  onClick={() => (name === 'host.name' ? props.onHost(value) : props.onSearch(value))}
                >
                  <Cut text={value} most={120} />
                </button>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
