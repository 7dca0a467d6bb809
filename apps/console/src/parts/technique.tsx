import { Cut } from './long-text.tsx';

/** A technique of MITRE ATT&CK, with the way to its description. */
export function Technique({ id }: { readonly id: string }) {
  if (!/^T\d{4}(\.\d{3})?$/.test(id))
    return (
      <span class="technique">
        <Cut text={id} most={32} />
      </span>
    );
  const href = `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
  return (
    <a class="technique" href={href} target="_blank" rel="noopener noreferrer">
      ATT&amp;CK {id}
    </a>
  );
}
