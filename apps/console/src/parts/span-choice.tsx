import type { Span } from '../text/duration.ts';

export function SpanChoice(props: {
  readonly spans: readonly Span[];
  readonly seconds: number;
  readonly onChoose: (seconds: number) => void;
}) {
  return (
    <label class="field">
      <span>For</span>
      <select
        name="span"
        value={String(props.seconds)}
        onChange={(event) => props.onChoose(Number(event.currentTarget.value))}
      >
        {props.spans.map(([seconds, words]) => (
          <option key={seconds} value={String(seconds)}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function ReasonField(props: { readonly value: string; readonly onInput: (value: string) => void }) {
  return (
    <label class="field field-wide">
      <span>Reason</span>
      <input
        name="reason"
        required
        maxLength={500}
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}
