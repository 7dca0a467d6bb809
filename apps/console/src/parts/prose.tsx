import { Untrusted } from './untrusted.tsx';

/** Sentences of NADIR's, with the commands of others between backticks in them. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/`([^`]+)`/).map((part, index) =>
        index % 2 === 0 ? (
          <Untrusted key={index} text={part} />
        ) : (
          <code key={index} class="typed">
            <Untrusted text={part} />
          </code>
        ),
      )}
    </>
  );
}
