import { EXIT, errorEntry } from '@suite/cli';

/** Failures of commands that read files: parse, replay, commands, rules, score. */
export const inputErrors = {
  NADIR_INPUT_UNREADABLE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string; readonly reason: string }) => `cannot read ${p.path}: ${p.reason}`,
    hint: () => 'Name a file that this account may read, or - for standard input.',
    next: (p) => `ls -ld ${p.path}`,
    doc: {
      cause: 'The file does not exist, is a folder, or this account may not read it.',
      action:
        'Check the path. Logs on Debian belong to the group `adm`. A compressed log is piped: `zcat FILE.gz | nadir parse -`.',
      example: { path: 'auth.log', reason: 'no such file' },
    },
  }),
  NADIR_INPUT_SKIPPED: errorEntry({
    exit: EXIT.partial,
    message: (p: { readonly skipped: number; readonly total: number }) =>
      `${p.skipped} of ${p.total} files could not be read`,
    hint: () => 'The others were; the ones that were not are listed above.',
    next: () => 'id',
    doc: {
      cause: 'Some of the files that were named could not be opened or read to their end.',
      action: 'See the list above the message; the results hold for the other files alone.',
      example: { skipped: 1, total: 3 },
    },
  }),
  NADIR_FORMAT_UNKNOWN: errorEntry({
    exit: EXIT.usage,
    message: (p: {
      readonly name: string;
      readonly meant: string | null;
      readonly known: readonly string[];
    }) =>
      `there is no format "${p.name}"${p.meant ? `; did you mean ${p.meant}?` : '.'} Known: ${p.known.join(', ')}`,
    hint: () => 'Take one of these, or auto.',
    next: () => 'nadir parse --help',
    doc: {
      cause: '`--format` names a format that NADIR does not have.',
      action: 'Leave it out: `auto` looks at the first lines of each file.',
      example: { name: 'sylog', meant: 'syslog', known: ['auto', 'syslog', 'nginx'] },
    },
  }),
  NADIR_FORMAT_UNDETECTED: errorEntry({
    exit: EXIT.found,
    message: (p: { readonly path: string }) => `no format is sure enough that ${p.path} is its own`,
    hint: () => 'Name it with --format.',
    next: (p) => `nadir parse ${p.path} --format syslog`,
    doc: {
      cause:
        'Too few of the first 200 lines were understood by any format. A wrong event is worse than none, so none is made.',
      action: 'Name the format with `--format`; `nadir parse --help` lists them.',
      example: { path: 'odd.log' },
    },
  }),
  NADIR_SERIES_COLUMNS: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string; readonly header: string }) =>
      `the columns timestamp and value are not named in the first line of ${p.path}: "${p.header}"`,
    hint: () => 'Name the columns in the first line; other columns may stand between them.',
    next: (p) => `head -n 2 ${p.path}`,
    doc: {
      cause: '`nadir score` finds the columns `timestamp` and `value` by the names in the first line.',
      action: 'Add a first line `timestamp,value` to the file, or rename the columns.',
      example: { path: 'load.csv', header: 'time,load' },
    },
  }),
  NADIR_SERIES_ROW: errorEntry({
    exit: EXIT.failed,
    message: (p: {
      readonly path: string;
      readonly line: number;
      readonly column: 'timestamp' | 'value';
      readonly text: string;
    }) =>
      `line ${p.line} of ${p.path}: "${p.text}" is no ${p.column === 'value' ? 'number' : 'time that is understood'}`,
    hint: (p) =>
      p.column === 'value'
        ? 'Write a number like 12.5 or 3e-4, and leave out lines without one.'
        : 'Write 2026-01-31 12:00:00, ISO 8601, or seconds or milliseconds since 1970.',
    next: (p) => `sed -n ${p.line}p ${p.path}`,
    doc: {
      cause:
        'A line of the series has a value that is no finite number, or a time in a form that is not known. Rows before it were scored.',
      action:
        'Correct or delete the line. Times are `YYYY-MM-DD HH:MM:SS`, ISO 8601, or a count since 1970 in seconds, milli-, micro- or nanoseconds.',
      example: { path: 'load.csv', line: 17, column: 'value', text: 'n/a' },
    },
  }),
  NADIR_SERIES_EMPTY: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string }) => `there are no rows to score in ${p.path}`,
    hint: () => 'It must have the line timestamp,value and at least one row below it.',
    next: (p) => `wc -l ${p.path}`,
    doc: {
      cause: 'The file is empty, or has nothing below its first line.',
      action: 'Look at what was to write it.',
      example: { path: 'load.csv' },
    },
  }),
  NADIR_OUTPUT_UNWRITABLE: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly path: string; readonly reason: string }) => `cannot write ${p.path}: ${p.reason}`,
    hint: () => 'Name a file in a folder that this account may write to, on a disk with room.',
    next: () => 'df -h .',
    doc: {
      cause: 'The file that was to take the result could not be made or filled.',
      action: 'Check the folder, its permissions and the free space.',
      example: { path: 'scores.csv', reason: 'no permission' },
    },
  }),
  NADIR_NOT_RUNNING: errorEntry({
    exit: EXIT.failed,
    message: (p: { readonly url: string }) => `no NADIR answers at ${p.url}`,
    hint: () => 'Start it, or pass the configuration that it runs with.',
    next: () => 'nadir serve',
    doc: {
      cause: 'The command asks a running NADIR, and none answers at the address of the configuration.',
      action: 'Start NADIR with `nadir serve`, or pass its configuration with `--config`.',
      example: { url: 'http://127.0.0.1:7070' },
    },
  }),
} as const;
