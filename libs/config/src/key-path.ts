/** Where a value stands: keys of mappings and indexes of sequences. */
export type KeyPath = readonly (string | number)[];

/** `files[0].paths`, `tags["a.b"]`; unique per path. The root is the empty text. */
export function formatKeyPath(path: KeyPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[\w-]+$/.test(part)) text += text ? `.${part}` : part;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
