const MAX_WIDTH = 110;

/** JSON as the repository's formatter leaves it: lists of scalars on one line where they fit. */
export function jsonText(value: unknown): string {
  return `${render(value, '', 0)}\n`;
}

function render(value: unknown, indent: string, used: number): string {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      const inline = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
      if (indent.length + used + inline.length + 1 <= MAX_WIDTH) return inline;
    }
    const items = value.map((item) => `${indent}  ${render(item, `${indent}  `, 0)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, child]) => {
    const head = `${JSON.stringify(key)}: `;
    return `${indent}  ${head}${render(child, `${indent}  `, head.length)}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
