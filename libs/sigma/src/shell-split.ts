/** One simple command of a shell line: what would be executed by itself. */
export interface SimpleCommand {
  /** Unquoted words: program and arguments, as `execve` would get them. */
  readonly words: readonly string[];
  /** Words and redirections in a row. */
  readonly text: string;
}

const MOST_CHARS = 16_384;
const MOST_COMMANDS = 64;
const MOST_DEPTH = 4;
/** Words before a command that are the shell's own. */
const RESERVED = new Set([
  'if',
  'then',
  'else',
  'elif',
  'while',
  'until',
  'do',
  'time',
  '!',
  '{',
  '}',
  'fi',
  'done',
]);
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

/**
 * Splits a line of shell into its simple commands: at `;`, `&`, `|`, newlines and parentheses, into `$(…)` and
 * backticks, through quotes and backslashes. It knows no more of the grammar than that, and looks at the first
 * 16,384 characters and 64 commands.
 */
export function splitShell(line: string): SimpleCommand[] {
  const out: SimpleCommand[] = [];
  split(line.length > MOST_CHARS ? line.slice(0, MOST_CHARS) : line, 0, out);
  return out;
}

function split(line: string, depth: number, out: SimpleCommand[]): void {
  let words: string[] = [];
  let parts: string[] = [];
  let word = '';
  let open = false;
  let redirect = false;
  const nested: string[] = [];
  const endWord = () => {
    if (open) {
      parts.push(word);
      if (redirect) redirect = false;
      else words.push(word);
    }
    word = '';
    open = false;
  };
  const endCommand = () => {
    endWord();
    redirect = false;
    push(words, parts, out);
    words = [];
    parts = [];
  };
  let i = 0;
  while (i < line.length) {
    const char = line[i]!;
    if (char === '\\') {
      if (line[i + 1] !== '\n') {
        word += line[i + 1] ?? '';
        open = true;
      }
      i += 2;
    } else if (char === "'") {
      const end = line.indexOf("'", i + 1);
      word += line.slice(i + 1, end < 0 ? undefined : end);
      open = true;
      i = end < 0 ? line.length : end + 1;
    } else if (char === '"') {
      const end = quoteEnd(line, i + 1);
      const inner = line.slice(i + 1, end);
      word += inner.replace(/\\(["\\$`])/g, '$1');
      nested.push(...substitutions(inner));
      open = true;
      i = end + 1;
    } else if (char === '`' || (char === '$' && line[i + 1] === '(')) {
      const end = char === '`' ? backtickEnd(line, i + 1) : parenEnd(line, i + 2);
      // `$((` is arithmetic.
      if (line[i + 2] !== '(' || char === '`') nested.push(line.slice(char === '`' ? i + 1 : i + 2, end));
      word += line.slice(i, end + 1);
      open = true;
      i = end + 1;
    } else if (char === '#' && !open) {
      const end = line.indexOf('\n', i);
      i = end < 0 ? line.length : end;
    } else if (char === '>' || char === '<') {
      const operator = /^(?:>>|>&|>\||<<<|<<-?|<&|<>|[<>])/.exec(line.slice(i, i + 3))![0];
      if (line[i + operator.length] === '(') {
        const end = parenEnd(line, i + operator.length + 1);
        nested.push(line.slice(i + operator.length + 1, end));
        word += line.slice(i, end + 1);
        open = true;
        i = end + 1;
        continue;
      }
      if (open && /^\d+$/.test(word)) {
        parts.push(word + operator);
        word = '';
        open = false;
      } else {
        endWord();
        parts.push(operator);
      }
      redirect = true;
      i += operator.length;
    } else if (char === '&' && line[i + 1] === '>') {
      endWord();
      parts.push('&>');
      redirect = true;
      i += 2;
    } else if (
      char === ';' ||
      char === '|' ||
      char === '&' ||
      char === '\n' ||
      char === '(' ||
      char === ')'
    ) {
      endCommand();
      i += 1;
    } else if (char === ' ' || char === '\t') {
      endWord();
      i += 1;
    } else {
      word += char;
      open = true;
      i += 1;
    }
  }
  endCommand();
  if (depth < MOST_DEPTH) for (const inner of nested) split(inner, depth + 1, out);
}

function push(words: readonly string[], parts: readonly string[], out: SimpleCommand[]): void {
  let start = 0;
  while (start < words.length && (RESERVED.has(words[start]!) || ASSIGNMENT.test(words[start]!))) start++;
  if (start === words.length || out.length >= MOST_COMMANDS) return;
  const skipped = new Set(words.slice(0, start));
  const text = start === 0 ? parts : dropLeading(parts, skipped);
  out.push({ words: words.slice(start), text: text.join(' ') });
}

function dropLeading(parts: readonly string[], skipped: ReadonlySet<string>): readonly string[] {
  let start = 0;
  while (start < parts.length && skipped.has(parts[start]!)) start++;
  return parts.slice(start);
}

/** Index of the closing quote, or the text's end. */
function quoteEnd(line: string, from: number): number {
  for (let i = from; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '"') return i;
  }
  return line.length;
}

function backtickEnd(line: string, from: number): number {
  for (let i = from; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '`') return i;
  }
  return line.length;
}

function parenEnd(line: string, from: number): number {
  let open = 1;
  for (let i = from; i < line.length; i++) {
    const char = line[i];
    if (char === '\\') i++;
    else if (char === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) return line.length;
      i = end;
    } else if (char === '(') open++;
    else if (char === ')' && --open === 0) return i;
  }
  return line.length;
}

/** Commands that are substituted inside double quotes. */
function substitutions(text: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '`') {
      const end = backtickEnd(text, i + 1);
      found.push(text.slice(i + 1, end));
      i = end;
    } else if (text[i] === '$' && text[i + 1] === '(' && text[i + 2] !== '(') {
      const end = parenEnd(text, i + 2);
      found.push(text.slice(i + 2, end));
      i = end;
    }
  }
  return found;
}
