import { formatOf } from '../no-format.ts';
import type { Emit, Format, LineParser, ParserOptions, ParserState } from '../port.ts';
import { unmetafy } from './metafied.ts';
import { addRaw, copyOf, isFull, type OpenEntry, openEntry } from './open-entry.ts';
import { epochUs, shellCommand, withoutCarriageReturn } from './shell-command.ts';

const NAME = 'zsh-history';
const PATH = /zsh_history|(?:^|[/\\])\.(?:zhistory|histfile)(?:$|[._~-])/;
const EXTENDED = /^: *(\d{9,10}):(\d{1,10});/;

/**
 * zsh history, `: START:SECONDS;COMMAND` (EXTENDED_HISTORY) or plain lines.
 *
 * zsh writes a newline within a command as backslash, newline, and puts a space after a command that ends in
 * a backslash. So a backslash at the end of a line always goes on, also after another one: `echo a \` and `b`
 * typed on two lines are stored as `echo a \\`, `b`. Checked against zsh 5.9, Src/hist.c readhistline.
 */
export const zshHistoryFormat: Format = {
  name: NAME,
  title: 'zsh history, extended or plain',
  encoding: 'binary',
  confidence(sample, hints) {
    if (PATH.test(hints.path ?? '')) return 1;
    let lines = 0;
    let own = 0;
    let goesOn = false;
    for (const text of sample) {
      if (text === '' && !goesOn) continue;
      lines += 1;
      if (goesOn || EXTENDED.test(text)) {
        own += 1;
        goesOn = text.endsWith('\\');
      }
    }
    return lines === 0 ? 0 : (own / lines) * 0.97;
  },
  create: (options, state) => new ZshHistoryParser(options, state),
};

class ZshHistoryParser implements LineParser {
  readonly #options: ParserOptions;
  #open: OpenEntry | null;

  constructor(options: ParserOptions, state?: ParserState) {
    this.#options = options;
    this.#open = copyOf((state as OpenEntry | null | undefined) ?? null);
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const goesOn = text.charCodeAt(text.length - 1) === 0x5c;
    if (this.#open === null && !goesOn) {
      const event = this.#event(text);
      emit(ref, text, formatOf(NAME, event), event);
      return;
    }
    this.#open ??= openEntry(ref, undefined);
    addRaw(this.#open, text);
    this.#open.command.push(goesOn ? text.slice(0, -1) : text);
    if (!goesOn || isFull(this.#open)) this.flush(emit);
  }

  flush<Ref>(emit: Emit<Ref>, why: 'end' | 'pause' = 'end'): void {
    const open = this.#open;
    if (open === null || why === 'pause') return;
    this.#open = null;
    const event = this.#event(open.command.join('\n'));
    emit(open.ref as Ref, open.raw.join('\n'), formatOf(NAME, event), event);
  }

  snapshot(): ParserState {
    return copyOf(this.#open);
  }

  #event(entry: string) {
    const frame = EXTENDED.exec(entry.slice(0, 40));
    const typed = frame === null ? entry : entry.slice(frame[0].length);
    const timeUs = frame === null ? undefined : epochUs(frame[1]!);
    const event = shellCommand(
      'zsh',
      unmetafy(withoutGuard(withoutCarriageReturn(typed))),
      timeUs,
      this.#options,
    );
    if (event !== null && frame !== null && frame[2] !== '0') event['event.duration'] = +frame[2]! * 1e9;
    return event;
  }
}

/** Takes off the one space that zsh put after a final backslash (and the spaces behind it). */
function withoutGuard(command: string): string {
  let end = command.length;
  while (end > 0 && command.charCodeAt(end - 1) === 0x20) end -= 1;
  return end < command.length && end > 0 && command.charCodeAt(end - 1) === 0x5c
    ? command.slice(0, -1)
    : command;
}
