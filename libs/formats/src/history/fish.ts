import { formatOf, NO_FORMAT } from '../no-format.ts';
import type { Emit, Format, LineParser, ParserOptions, ParserState } from '../port.ts';
import { addRaw, copyOf, isFull, type OpenEntry, openEntry } from './open-entry.ts';
import { epochUs, shellCommand, withoutCarriageReturn } from './shell-command.ts';

const NAME = 'fish-history';
const COMMAND = '- cmd: ';
const WHEN = /^ {2}when: (\d{1,10})\r?$/;
const PATHS = /^ {2}paths:\r?$/;
const PATH_ITEM = '    - ';
/** fish 1.x: `# EPOCH`, then the command, newlines in it escaped by a backslash. */
const OLD_STAMP = /^# (\d{9,10})\r?$/;

/**
 * fish 1.x: `# EPOCH` and the command on the next line (src/history.cpp, decode_item_fish_1_x).
 *
 * fish 2 and later: entries of `- cmd: …`, `  when: EPOCH`, `  paths:` and `    - PATH`. It looks like YAML
 * and is not: the only escapes are `\n` and `\\` (src/history.cpp, escape_yaml_fish_2_0).
 */
export const fishHistoryFormat: Format = {
  name: NAME,
  title: 'fish history, of fish 1 and of fish 2 and later',
  confidence(sample, hints) {
    if (/fish_history/.test(hints.path ?? '')) return 1;
    let lines = 0;
    let own = 0;
    let dated = false;
    let stamped = false;
    for (const text of sample) {
      if (text === '') continue;
      lines += 1;
      dated ||= WHEN.test(text);
      if (isOwn(text) || stamped || OLD_STAMP.test(text)) own += 1;
      stamped = OLD_STAMP.test(text) || (stamped && text.endsWith('\\'));
      dated ||= stamped;
    }
    if (lines === 0) return 0;
    return (own / lines) * (dated ? 0.97 : 0.6);
  },
  create: (options, state) => new FishHistoryParser(options, state),
};

/** An entry of fish 1.x. */
function isOld(entry: OpenEntry): boolean {
  return entry.raw[0]?.startsWith('# ') === true;
}

/** An entry of fish 1.x whose command is still to come or to end. */
function goesOn(entry: OpenEntry | null): boolean {
  if (entry === null || !isOld(entry)) return false;
  const last = withoutCarriageReturn(entry.raw.at(-1) ?? '');
  return entry.command.length === 0 || last.endsWith('\\');
}

function isOwn(text: string): boolean {
  return text.startsWith(COMMAND) || text.startsWith(PATH_ITEM) || WHEN.test(text) || PATHS.test(text);
}

class FishHistoryParser implements LineParser {
  readonly #options: ParserOptions;
  #open: OpenEntry | null;

  constructor(options: ParserOptions, state?: ParserState) {
    this.#options = options;
    this.#open = copyOf((state as OpenEntry | null | undefined) ?? null);
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    if (text.startsWith(COMMAND)) {
      this.flush(emit);
      this.#open = openEntry(ref, undefined);
      addRaw(this.#open, text);
      this.#open.command.push(unescapeFish(withoutCarriageReturn(text.slice(COMMAND.length))));
      return;
    }
    const stamp = OLD_STAMP.exec(text);
    if (stamp !== null && !goesOn(this.#open)) {
      this.flush(emit);
      this.#open = openEntry(ref, epochUs(stamp[1]!));
      addRaw(this.#open, text);
      return;
    }
    if (this.#open !== null && isOld(this.#open) && goesOn(this.#open) && !isFull(this.#open)) {
      const typed = withoutCarriageReturn(text);
      addRaw(this.#open, text);
      this.#open.command.push(typed.endsWith('\\') ? typed.slice(0, -1) : typed);
      return;
    }
    if (this.#open === null || isFull(this.#open) || isOld(this.#open) || !isOwn(text)) {
      this.flush(emit);
      emit(ref, text, NO_FORMAT, null);
      return;
    }
    addRaw(this.#open, text);
    const when = WHEN.exec(text);
    if (when !== null) this.#open.timeUs = epochUs(when[1]!) ?? null;
  }

  flush<Ref>(emit: Emit<Ref>): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    const event = shellCommand('fish', open.command.join('\n'), open.timeUs ?? undefined, this.#options);
    emit(open.ref as Ref, open.raw.join('\n'), formatOf(NAME, event), event);
  }

  snapshot(): ParserState {
    return copyOf(this.#open);
  }
}

function unescapeFish(text: string): string {
  return text.replace(/\\([n\\])/g, (_, char: string) => (char === 'n' ? '\n' : '\\'));
}
