import { useEffect, useState } from 'preact/hooks';
import { visibleText } from '../text/visible.ts';

const TYPING_MS = 300;

export function TailSearch(props: {
  readonly text: string;
  readonly host: string;
  readonly hosts: readonly string[];
  readonly onText: (text: string) => void;
  readonly onHost: (host: string) => void;
}) {
  const { text, onText } = props;
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text, onText]);

  // The one that is chosen is named also when no node of that name reports.
  const hosts = [...new Set(props.host === '' ? props.hosts : [...props.hosts, props.host])];
  return (
    <search>
      <form
        class="tail-search"
        onSubmit={(event) => {
          event.preventDefault();
          onText(typed.trim());
        }}
      >
        <input
          type="search"
          name="text"
          aria-label="Search the log"
          placeholder={'Search: failed root, 203.0.113.7, "invalid user", sess*'}
          maxLength={512}
          spellcheck={false}
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <select
          aria-label="Node"
          value={props.host}
          onChange={(event) => props.onHost(event.currentTarget.value)}
        >
          <option value="">All nodes</option>
          {hosts.map((host) => (
            <option key={host} value={host}>
              {visibleText(host)}
            </option>
          ))}
        </select>
      </form>
    </search>
  );
}
