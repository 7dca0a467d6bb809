import type { Event } from '@suite/event';
import { type SimpleCommand, splitShell } from './shell-split.ts';
import { unwrap } from './shell-wrappers.ts';

/** A process as Sigma's `process_creation` sees it; what is not known is undefined. */
export interface ProcessView {
  readonly image: string | undefined;
  readonly commandLine: string | undefined;
  readonly parentImage: string | undefined;
  readonly parentCommandLine: string | undefined;
  readonly user: string | undefined;
  readonly directory: string | undefined;
}

const MOST_VIEWS = 64;
const MOST_DEPTH = 4;

/**
 * The processes that an event speaks of. What the kernel told (audit) is one process; what a shell was told is the
 * line as a whole, each of its simple commands, and what `sudo`, `env`, `sh -c` and their like start in turn.
 */
export function processViews(event: Event): readonly ProcessView[] {
  const line = event['process.command_line'];
  const executable = event['process.executable'];
  if (event['event.action'] === 'process_started') {
    const started: ProcessView = {
      image: executable ?? imageOf(line?.split(' ', 1)[0]),
      commandLine: line,
      parentImage: event['process.parent.executable'],
      parentCommandLine: text(event['process.parent.command_line']),
      user: event['user.name'],
      directory: event['process.working_directory'],
    };
    // Arguments come quoted where they need it; rules are written for arguments in a row.
    const plain = line !== undefined && /['"\\]/.test(line) ? unquoted(line) : line;
    return plain === line ? [started] : [started, { ...started, commandLine: plain }];
  }
  if (line === undefined) return [];
  const views: ProcessView[] = [];
  const parent = parentOf(event);
  expand(
    line,
    { ...parent, user: event['user.name'], directory: event['process.working_directory'] },
    0,
    views,
  );
  return views;
}

interface Surroundings {
  readonly parentImage: string | undefined;
  readonly parentCommandLine: string | undefined;
  readonly user: string | undefined;
  readonly directory: string | undefined;
}

function expand(line: string, around: Surroundings, depth: number, views: ProcessView[]): void {
  const commands = splitShell(line);
  const single = commands.length === 1;
  const only = commands[0];
  // The line as it was typed: what spans several commands (`curl … | sh`) or rests on quotes shows only here. It has
  // no program of its own unless it is one command.
  if (!single || only!.text !== line)
    add({ ...around, image: single ? imageOf(only!.words[0]) : undefined, commandLine: line }, views);
  for (const command of commands) addCommand(command, around, depth, views);
}

function addCommand(command: SimpleCommand, around: Surroundings, depth: number, views: ProcessView[]): void {
  const image = imageOf(command.words[0]);
  add({ ...around, image, commandLine: command.text }, views);
  if (depth >= MOST_DEPTH || views.length >= MOST_VIEWS) return;
  const inner = unwrap(command.words);
  if (inner === null) return;
  const below: Surroundings = { ...around, parentImage: image, parentCommandLine: command.text };
  if (inner.kind === 'line') expand(inner.line, below, depth + 1, views);
  else addCommand({ words: inner.words, text: inner.words.join(' ') }, below, depth + 1, views);
}

function add(view: ProcessView, views: ProcessView[]): void {
  if (views.length < MOST_VIEWS) views.push(view);
}

function imageOf(word: string | undefined): string | undefined {
  if (word === undefined || word === '') return undefined;
  return word.includes('/') ? word : `/${word}`;
}

function parentOf(event: Event): Pick<ProcessView, 'parentImage' | 'parentCommandLine'> {
  const line = event['process.command_line'];
  switch (event['event.action']) {
    case 'sudo_command':
      return { parentImage: '/usr/bin/sudo', parentCommandLine: `sudo ${line}` };
    case 'cron_command':
      // cron hands its lines to a shell.
      return { parentImage: '/bin/sh', parentCommandLine: `/bin/sh -c ${line}` };
    default:
      return { parentImage: event['process.parent.executable'], parentCommandLine: undefined };
  }
}

/** The words of a quoted command; the command itself where it is more than one. */
function unquoted(line: string): string {
  const commands = splitShell(line);
  return commands.length === 1 ? commands[0]!.text : line;
}

function text(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
