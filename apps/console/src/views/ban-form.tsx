import type { ApiBan } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { change } from '../api/client.ts';
import { DeedForm } from '../parts/deed-form.tsx';
import { OptionList } from '../parts/option-list.tsx';
import { ReasonField, SpanChoice } from '../parts/span-choice.tsx';
import { BAN_SPANS } from '../text/duration.ts';

/** @param addresses to choose from; none: it is typed. */
export function BanForm(props: {
  readonly addresses: readonly string[];
  readonly onDone: (ban: ApiBan) => void;
  readonly onCancel: () => void;
}) {
  const { addresses } = props;
  const [value, setValue] = useState(addresses[0] ?? '');
  const [seconds, setSeconds] = useState(4 * 3600);
  const [reason, setReason] = useState('');
  return (
    <DeedForm
      label="Ban"
      submit="Ban"
      deed={(by) => change<ApiBan>('POST', '/api/v1/bans', { body: { value, seconds, reason, by } })}
      onDone={props.onDone}
      onCancel={props.onCancel}
    >
      {addresses.length === 0 ? (
        <label class="field">
          <span>Address or network</span>
          <input
            name="value"
            required
            minLength={2}
            maxLength={64}
            autocomplete="off"
            spellcheck={false}
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
      ) : (
        <OptionList label="Address" name="value" values={addresses} chosen={value} onChoose={setValue} />
      )}
      <SpanChoice spans={BAN_SPANS} seconds={seconds} onChoose={setSeconds} />
      <ReasonField value={reason} onInput={setReason} />
    </DeedForm>
  );
}
