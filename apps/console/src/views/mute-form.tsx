import type { ApiIncident, ApiMute } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { change } from '../api/client.ts';
import { DeedForm } from '../parts/deed-form.tsx';
import { OptionList } from '../parts/option-list.tsx';
import { ReasonField, SpanChoice } from '../parts/span-choice.tsx';
import { MUTE_KINDS, type MuteMatch, muteValues, whyNotHidden } from '../state/mute-wish.ts';
import { MUTE_SPANS } from '../text/duration.ts';

/** So that a clock a little ahead of NADIR's does not ask for too long. */
const CLOCKS_APART_MS = 60_000;

export function MuteForm(props: {
  readonly incident: ApiIncident;
  readonly nowUs: number;
  readonly onDone: (mute: ApiMute) => void;
  readonly onCancel: () => void;
}) {
  const { incident, nowUs } = props;
  const values = muteValues(incident);
  const [match, setMatch] = useState<MuteMatch>(() => firstMatch(values));
  const [seconds, setSeconds] = useState(7 * 86_400);
  const [reason, setReason] = useState('');
  const [successes, setSuccesses] = useState(false);
  const warning = whyNotHidden(incident, match, successes);
  const expires = () => new Date(nowUs / 1000 + seconds * 1000 - CLOCKS_APART_MS).toISOString();
  return (
    <DeedForm
      label="Mute"
      submit="Mute"
      deed={(by) =>
        change<ApiMute>('POST', '/api/v1/mutes', {
          body: { match, reason, by, expires: expires(), successes },
        })
      }
      onDone={props.onDone}
      onCancel={props.onCancel}
    >
      <p class="quiet field-wide">
        What matches all that you choose is no longer told, until the mute expires. It is still shown here.
      </p>
      {MUTE_KINDS.filter(([kind]) => values[kind].length > 0).map(([kind, label]) => (
        <OptionList
          key={kind}
          label={label}
          name={kind}
          none={`Any ${label.toLowerCase()}`}
          values={values[kind]}
          chosen={match[kind] ?? ''}
          onChoose={(value) =>
            setMatch(({ [kind]: _, ...rest }) => (value === '' ? rest : { ...rest, [kind]: value }))
          }
        />
      ))}
      <SpanChoice spans={MUTE_SPANS} seconds={seconds} onChoose={setSeconds} />
      <ReasonField value={reason} onInput={setReason} />
      <label class="check field-wide">
        <input
          type="checkbox"
          name="successes"
          checked={successes}
          onChange={(event) => setSuccesses(event.currentTarget.checked)}
        />
        <span>Logins too: also hide it when somebody gets in</span>
      </label>
      {warning !== null && <p class="warning field-wide">{warning}</p>}
    </DeedForm>
  );
}

/** An address alone is what is muted most; where there is none, the rule on its node. */
function firstMatch(values: ReturnType<typeof muteValues>): MuteMatch {
  const [address] = values.address;
  if (address !== undefined) return { address };
  const [rule] = values.rule;
  const [host] = values.host;
  return { ...(rule === undefined ? {} : { rule }), ...(host === undefined ? {} : { host }) };
}
