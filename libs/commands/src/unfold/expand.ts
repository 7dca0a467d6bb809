import type { Script, Word } from '../shell/ast.ts';
import { LIMITS } from '../shell/limits.ts';
import { expandBraces } from './braces.ts';
import type { Environment } from './environment.ts';
import type { Disguise, Invocation } from './invocation.ts';
import { parameterValue } from './parameters.ts';

/** One argument after expansion. */
export interface Field {
  readonly text: string;
  readonly disguise: Disguise | null;
  /** It holds something unknown. */
  readonly open: boolean;
}

/** Runs what stands in a substitution. @returns its output where that is known. */
export type RunScript = (script: Script, into: Invocation[]) => string | null;

/** Expands one word to its fields; programs in its substitutions are added to `substituted`. */
export function expandWord(
  word: Word,
  environment: Environment,
  run: RunScript,
  substituted: Invocation[],
): readonly Field[] {
  const [first] = word.parts;
  if (word.parts.length === 1 && first!.kind === 'text') {
    const { text, quoted } = first as { text: string; quoted: boolean };
    const disguise: Disguise | null = word.split ? 'escapes' : null;
    if (quoted || !text.includes('{') || !text.includes(',')) return [{ text, disguise, open: false }];
    const words = expandBraces(text);
    return words.map((one) => ({ text: one, disguise: words.length > 1 ? 'blanks' : null, open: false }));
  }
  return expandParts(word, environment, run, substituted);
}

function expandParts(
  word: Word,
  environment: Environment,
  run: RunScript,
  substituted: Invocation[],
): readonly Field[] {
  const fields: Field[] = [];
  let text = '';
  let disguise: Disguise | null = word.split ? 'quotes' : null;
  let open = false;
  let has = false;
  let spread = false;
  const end = () => {
    if (has) fields.push({ text, disguise, open });
    text = '';
    has = false;
  };
  for (const part of word.parts) {
    switch (part.kind) {
      case 'text':
        text += part.text;
        has = true;
        if (!part.quoted && part.text.includes('{')) spread = true;
        continue;
      case 'arithmetic':
        text += `$((${part.text}))`;
        has = open = true;
        continue;
      case 'process':
        run(part.script, substituted);
        text += '/dev/fd/63';
        has = true;
        continue;
      case 'command':
      case 'variable': {
        const raw =
          part.kind === 'command' ? run(part.script, substituted) : parameterValue(part, environment);
        const known = raw !== null && environment.spend(raw.length) ? raw : null;
        if (known === null) {
          text += part.kind === 'command' ? '$()' : written(part.name);
          has = open = true;
          continue;
        }
        const value = part.kind === 'command' ? known.replace(/\n+$/, '') : known;
        if (part.quoted) {
          text += value;
          has = true;
          continue;
        }
        if (part.kind === 'variable') disguise ??= part.name === 'IFS' ? 'blanks' : 'variables';
        else disguise ??= 'variables';
        const pieces = value.split(/[ \t\n]+/);
        for (let i = 0; i < pieces.length; i++) {
          if (i > 0) end();
          text += pieces[i];
          if (pieces[i] !== '') has = true;
        }
        continue;
      }
    }
  }
  end();
  if (!spread) return fields;
  return fields.flatMap((field) => expandBraces(field.text).map((one) => ({ ...field, text: one })));
}

function written(name: string): string {
  return `$${name}`;
}

/** A word as one text, as assignments and here-strings take it. */
export function expandText(
  word: Word,
  environment: Environment,
  run: RunScript,
  substituted: Invocation[],
): { readonly text: string; readonly open: boolean } {
  let text = '';
  let open = false;
  for (const part of word.parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'arithmetic') {
      text += `$((${part.text}))`;
      open = true;
    } else if (part.kind === 'process') {
      run(part.script, substituted);
      text += '/dev/fd/63';
    } else {
      const raw = part.kind === 'command' ? run(part.script, substituted) : parameterValue(part, environment);
      if (raw === null || !environment.spend(raw.length)) {
        text += part.kind === 'command' ? '$()' : written(part.name);
        open = true;
      } else text += part.kind === 'command' ? raw.replace(/\n+$/, '') : raw;
    }
    if (text.length > LIMITS.valueChars) return { text: text.slice(0, LIMITS.valueChars), open };
  }
  return { text, open };
}
