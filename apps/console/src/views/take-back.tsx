import { useState } from 'preact/hooks';
import { DeedForm } from '../parts/deed-form.tsx';

/** A button that asks for a name and once more before it takes something back. */
export function TakeBack(props: {
  readonly label: string;
  /** What exactly is taken back, for those who hear the page. */
  readonly what: string;
  readonly deed: (by: string) => Promise<unknown>;
  readonly onDone: () => void;
}) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <button
        type="button"
        class="button-quiet"
        aria-label={`${props.label}: ${props.what}`}
        onClick={() => setAsked(true)}
      >
        {props.label}
      </button>
    );
  }
  return (
    <DeedForm
      label={`${props.label}: ${props.what}`}
      submit={props.label}
      deed={props.deed}
      onDone={() => {
        setAsked(false);
        props.onDone();
      }}
      onCancel={() => setAsked(false)}
    />
  );
}
