import { useState } from 'preact/hooks';
import { grouped } from '../text/amount.ts';
import { Prose } from './prose.tsx';
import { Untrusted } from './untrusted.tsx';

const SHOWN_CHARS = 700;

/** Untrusted text of any length: its beginning, and the rest when it is asked for. */
export function LongText({ text, most = SHOWN_CHARS }: { readonly text: string; readonly most?: number }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= most * 1.2) return <Prose text={text} />;
  return (
    <>
      <Prose text={whole ? text : `${text.slice(0, most)} …`} />{' '}
      <button type="button" class="button-link" onClick={() => setWhole(!whole)}>
        {whole
          ? 'Show less'
          : most < SHOWN_CHARS
            ? 'Show all'
            : `Show all ${grouped(text.length)} characters`}
      </button>
    </>
  );
}

/** For a row of a list, which its own page shows in full. */
export function Cut({ text, most }: { readonly text: string; readonly most: number }) {
  return <Untrusted text={text.length <= most ? text : `${text.slice(0, most)} …`} />;
}
