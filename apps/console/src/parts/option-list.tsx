import { visibleText } from '../text/visible.ts';

const SHOWN_CHARS = 80;

/** A choice among values from logs: shown as text, handed on as they are. */
export function OptionList(props: {
  readonly label: string;
  readonly name: string;
  /** What the empty choice says; without it there is none. */
  readonly none?: string;
  readonly values: readonly string[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select
        name={props.name}
        value={props.chosen}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {props.none !== undefined && <option value="">{props.none}</option>}
        {props.values.map((value) => (
          <option key={value} value={value}>
            {visibleText(value.length > SHOWN_CHARS ? `${value.slice(0, SHOWN_CHARS)} …` : value)}
          </option>
        ))}
      </select>
    </label>
  );
}
