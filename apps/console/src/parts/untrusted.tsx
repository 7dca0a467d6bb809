import { visiblePieces } from '../text/visible.ts';

/** Text that a stranger wrote. Text nodes only; what would act on the page is shown as what it is. */
export function Untrusted({ text, mark }: { readonly text: string; readonly mark?: RegExp | null }) {
  return (
    <bdi dir="ltr">
      {visiblePieces(text).map((piece) =>
        piece.control ? (
          <span class="control-char" title={piece.control}>
            {piece.text}
          </span>
        ) : (
          marked(piece.text, mark ?? null)
        ),
      )}
    </bdi>
  );
}

/** Splitting at a group gives plain and found text in turn. */
function marked(text: string, mark: RegExp | null) {
  if (mark === null) return text;
  return text.split(mark).map((part, index) => (index % 2 === 1 ? <mark>{part}</mark> : part));
}
