import type { ConfigDefinition } from './define.ts';
import { envName } from './env-overlay.ts';
import { type AnySchema, elementOf, shapeOf, unwrap } from './schema-walk.ts';
import { FILE_SUFFIX } from './secret.ts';
import { typeName } from './type-text.ts';

/** The reference page of an app's configuration in Markdown. */
export function referencePage(definition: ConfigDefinition): string {
  const { name, title, envPrefix, schema, example } = definition;
  const rows = tableRows(schema, '', [], envPrefix);
  return `<!-- Generated from apps/${name}/src/config.ts; a test compares. -->

# Configuration of ${name}

${title}. \`${name} check --config FILE\` prints what holds, where each value came from, and everything that is wrong.

\`\`\`yaml
${schemaHint(name)}
${example.trim()}
\`\`\`

Strength, weakest first: default, file, environment, command line. A variable is \`${envPrefix}_\` and the key path in
capitals, levels joined by \`_\`, or by \`__\` where a single one would leave two readings; an empty variable counts
as unset. Lists are written with commas (\`a,b\`) or as YAML (\`[a, b]\`). Every secret \`key\` can come from a file:
\`key${FILE_SUFFIX}: PATH\`, or \`…_FILE=PATH\` in the environment (at most 64 KiB; one line end at its end is taken off).
Sizes: \`64MiB\`, \`1.5GB\`, \`512K\` (binary). Durations: \`250ms\`, \`30s\`, \`10m\`, \`1h30m\`, \`7d\`, \`2w\`.

| key | type | default | variable | meaning |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** First line of a configuration file that tells editors its schema. */
export function schemaHint(name: string, schemasDir = '../../schemas'): string {
  return `# yaml-language-server: $schema=${schemasDir}/${name}.schema.json`;
}

function tableRows(schema: AnySchema, prefix: string, path: readonly string[] | null, env: string): string[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, child]) => {
    const keyPath = `${prefix}${key}`;
    const own = path && [...path, key];
    const { annotation, description, defaultValue, optional } = unwrap(child);
    const cells = (type: string, fallback: string) =>
      `| \`${keyPath}\` | ${type} | ${fallback} | ${own ? `\`${env}_${envName(own, '_')}\`` : ''} | ${cell(description)} |`;
    if (shapeOf(child)) {
      const below = tableRows(child, `${keyPath}.`, own, env);
      return annotation?.shorthand ? [cells('URL', ''), ...below] : below;
    }
    const element = elementOf(child);
    const items = element && shapeOf(element) ? tableRows(element, `${keyPath}[].`, null, env) : [];
    return [cells(typeName(child), defaultCell(defaultValue, optional, items.length > 0)), ...items];
  });
}

function defaultCell(value: unknown, optional: boolean, isList: boolean): string {
  if (value === undefined) return optional ? '' : 'required';
  if (isList && Array.isArray(value) && value.length > 0) return 'see below';
  return `\`${Array.isArray(value) ? value.join(', ') || '[]' : String(value)}\``;
}

function cell(text: string | undefined): string {
  return (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
