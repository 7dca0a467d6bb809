import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { rememberedName, rememberName } from '../state/own-name.ts';
import { useDeed } from '../state/use-deed.ts';
import { Notice } from './notice.tsx';

/**
 * A form by which the reader changes something, in their name. It stays open with what was typed when it is refused,
 * and says why.
 */
export function DeedForm<T>(props: {
  readonly label: string;
  readonly submit: string;
  readonly children?: ComponentChildren;
  /** Does it. */
  readonly deed: (by: string) => Promise<T>;
  readonly onDone: (done: T) => void;
  readonly onCancel: () => void;
}) {
  const [by, setBy] = useState(rememberedName);
  const { busy, problem, run } = useDeed();
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = by.trim();
    const done = await run(() => props.deed(name));
    if (done === null) return;
    rememberName(name);
    props.onDone(done);
  };
  return (
    <form class="deed-form" aria-label={props.label} onSubmit={send}>
      <div class="deed-fields">
        {props.children}
        <label class="field">
          <span>Your name</span>
          <input
            name="by"
            required
            maxLength={64}
            autocomplete="nickname"
            value={by}
            onInput={(event) => setBy(event.currentTarget.value)}
          />
        </label>
      </div>
      {problem !== null && <Notice kind="problem">{problem}</Notice>}
      <div class="deed-buttons">
        <button type="submit" class="button-primary button-small" disabled={busy || by.trim() === ''}>
          {busy ? 'One moment …' : props.submit}
        </button>
        <button type="button" class="button-quiet" onClick={props.onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
