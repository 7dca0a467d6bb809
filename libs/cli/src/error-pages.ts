import type { ErrorCatalogue } from './catalogue.ts';
import { errorText } from './print-error.ts';

export interface ErrorPage {
  /** Relative to the repository's root: `docs/errors/NADIR_PORT_IN_USE.md`. */
  readonly path: string;
  readonly content: string;
}

export const ERROR_PAGES_DIR = 'docs/errors';

/** One page per code of a catalogue. `app` names the program in the example. */
export function errorPages(app: string, catalogue: ErrorCatalogue): readonly ErrorPage[] {
  return Object.entries(catalogue.table).map(([code, entry]) => {
    const error = catalogue.errors[code]!(entry.doc.example);
    const text = errorText(error, { app, debug: false }).trimEnd();
    const content = `<!-- Generated from the errors catalogue; a test compares. -->

# ${code}

${sentence(error.message.split('\n')[0]!)} Exit code ${entry.exit}.

## Why

${entry.doc.cause}

## What to do

${entry.doc.action}

## Example

\`\`\`
${text}
\`\`\`
`;
    return { path: `${ERROR_PAGES_DIR}/${code}.md`, content };
  });
}

/** The list of all pages, made from the pages themselves: `contents` by file name. */
export function errorIndex(contents: ReadonlyMap<string, string>): ErrorPage {
  const rows = [...contents.keys()]
    .filter((name) => /^[A-Z0-9_]+\.md$/.test(name) && name !== 'README.md')
    .toSorted()
    .map((name) => {
      const [, code = '', message = ''] = /^# (\S+)\n\n(.*)$/m.exec(contents.get(name)!) ?? [];
      return `| [${code}](${name}) | ${message.replaceAll('|', '\\|')} |`;
    });
  const content = `<!-- Generated from the pages beside it; a test compares. -->

# Errors

Every failure that the programs know has a code that stays the same, a page here, and as the last line on the
terminal the command to run next. Exit codes: 0 ok, 1 failed, 2 usage, 3 partial, 4 a check found something,
130 interrupted.

| code | for example |
|---|---|
${rows.join('\n')}
`;
  return { path: `${ERROR_PAGES_DIR}/README.md`, content };
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
