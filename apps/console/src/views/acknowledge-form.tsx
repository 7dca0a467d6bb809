import type { ApiIncident } from '@suite/api/contract';
import { useState } from 'preact/hooks';
import { change } from '../api/client.ts';
import { DeedForm } from '../parts/deed-form.tsx';

export function AcknowledgeForm(props: {
  readonly incident: ApiIncident;
  readonly onDone: (incident: ApiIncident) => void;
  readonly onCancel: () => void;
}) {
  const [note, setNote] = useState(props.incident.acknowledged?.note ?? '');
  const path = `/api/v1/incidents/${encodeURIComponent(props.incident.id)}/acknowledge`;
  return (
    <DeedForm
      label="Acknowledge"
      submit="Acknowledge"
      deed={(by) => change<ApiIncident>('POST', path, { body: { by, note } })}
      onDone={props.onDone}
      onCancel={props.onCancel}
    >
      <p class="quiet field-wide">
        You look after it: nobody is told of it again unless its level rises above {props.incident.level}.
      </p>
      <label class="field field-wide">
        <span>Note, if you like</span>
        <input
          name="note"
          maxLength={500}
          autocomplete="off"
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
    </DeedForm>
  );
}
