import { meanClaim } from '../line-format.ts';
import { formatOf } from '../no-format.ts';
import type { Emit, Format, LineParser, ParserOptions, ParserState } from '../port.ts';
import { addRaw, copyOf, isFull, type OpenEntry, openEntry } from './open-entry.ts';
import { epochUs, shellCommand, withoutCarriageReturn } from './shell-command.ts';

const NAME = 'bash-history';
const PATH = /(?:^|[/\\._])(?:bash|ash|sh|ksh)_history(?:$|[._~-])/;
const STAMP = /^#(\d{9,10})\r?$/;

/**
 * bash writes `#EPOCH` before each command when HISTTIMEFORMAT is set; all lines up to the next stamp are then
 * one command, as bash itself reads them. Lines before the first stamp are a command each. A comment that
 * somebody typed (`# note`, `#12`) is a command: only nine or ten digits alone are a stamp.
 *
 * Plain lines could be anything: without a path that says so, only a file of stamps is taken for a history.
 */
export const bashHistoryFormat: Format = {
  name: NAME,
  title: 'bash history, with or without time stamps',
  confidence(sample, hints) {
    if (PATH.test(hints.path ?? '')) return 1;
    if (stampOf(sample.find((text) => text !== '') ?? '') === undefined) return 0;
    const stamps = meanClaim(sample, (text) => (stampOf(text) === undefined ? 0 : 1));
    return sample.length > 1 && stamps >= 0.05 && stamps <= 0.67 ? 0.9 : 0.5;
  },
  create: (options, state) => new BashHistoryParser(options, state),
};

function stampOf(text: string): number | undefined {
  if (text.charCodeAt(0) !== 0x23 || text.length > 12) return undefined;
  const match = STAMP.exec(text);
  return match === null ? undefined : epochUs(match[1]!);
}

interface BashState {
  readonly open: OpenEntry | null;
  readonly carriedUs: number | null;
}

class BashHistoryParser implements LineParser {
  readonly #options: ParserOptions;
  #open: OpenEntry | null = null;
  /** A stamp that was flushed before its command came. */
  #carriedUs: number | null = null;

  constructor(options: ParserOptions, state?: ParserState) {
    this.#options = options;
    if (state === undefined || state === null) return;
    const { open, carriedUs } = state as BashState;
    this.#open = copyOf(open);
    this.#carriedUs = carriedUs;
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const stamp = stampOf(text);
    if (stamp !== undefined) {
      this.flush(emit);
      this.#carriedUs = null;
      this.#open = openEntry(ref, stamp);
      addRaw(this.#open, text);
      return;
    }
    const line = withoutCarriageReturn(text);
    if (this.#open === null && this.#carriedUs === null) {
      const event = shellCommand('bash', line, undefined, this.#options);
      emit(ref, text, formatOf(NAME, event), event);
      return;
    }
    this.#open ??= openEntry(ref, this.#carriedUs ?? undefined);
    this.#carriedUs = null;
    addRaw(this.#open, text);
    this.#open.command.push(line);
    if (!isFull(this.#open)) return;
    const goesOnUs = this.#open.timeUs;
    this.flush(emit);
    this.#carriedUs = goesOnUs;
  }

  flush<Ref>(emit: Emit<Ref>): void {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    if (open.command.length === 0) this.#carriedUs = open.timeUs;
    const event = shellCommand('bash', open.command.join('\n'), open.timeUs ?? undefined, this.#options);
    emit(open.ref as Ref, open.raw.join('\n'), formatOf(NAME, event), event);
  }

  snapshot(): ParserState {
    const state: BashState = { open: copyOf(this.#open), carriedUs: this.#carriedUs };
    return state;
  }
}
