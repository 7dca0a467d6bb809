import type { Event } from '@suite/event';
import { formatOf, NO_FORMAT } from '../no-format.ts';
import type { Emit, Format, LineParser, ParserOptions, ParserState } from '../port.ts';
import { AutoParser } from '../stream-parser.ts';

/** One line of a container's log: what the runtime says about it, and the container's own text. */
export interface ContainerFrame {
  readonly iostream: 'stdout' | 'stderr';
  /** Without its newline. */
  readonly text: string;
  /** The container's line goes on in the next frame of the same stream. */
  readonly partial: boolean;
  readonly timeUs: number;
  readonly fields?: Readonly<Record<string, string>>;
}

/** All that is held back together; past it the oldest entry is let go as it is. */
const HELD_CHARS = 1024 * 1024;
const HELD_ENTRIES = 1000;

interface Entry {
  readonly ref: unknown;
  readonly raw: string[];
  readonly parts: string[];
  /** Null for a line that is no frame. */
  readonly frame: Omit<ContainerFrame, 'text' | 'partial'> | null;
  whole: boolean;
}

interface ContainerState {
  readonly queue: readonly Entry[];
  readonly stdout: ParserState;
  readonly stderr: ParserState;
}

/**
 * Joins partial lines per iostream and gives the container's line to a parser that finds out its format, one
 * per iostream. Lines come out in the order in which their first parts came in, so a whole line of stderr
 * waits behind an unfinished one of stdout.
 *
 * Time, iostream and container are the runtime's word and win over what the container wrote.
 */
export class ContainerLinesParser implements LineParser {
  readonly #name: string;
  readonly #frame: (text: string) => ContainerFrame | null;
  readonly #container: string | undefined;
  readonly #inner: { readonly stdout: AutoParser; readonly stderr: AutoParser };
  #queue: Entry[] = [];
  #heldChars = 0;

  constructor(
    name: string,
    frame: (text: string) => ContainerFrame | null,
    formats: readonly Format[],
    options: ParserOptions,
    state?: ParserState,
  ) {
    this.#name = name;
    this.#frame = frame;
    this.#container = /[0-9a-f]{64}/.exec(options.path ?? '')?.[0];
    // The path is the container runtime's: it says nothing about what runs inside.
    const { path: _, ...rest } = options;
    const saved = (state ?? { queue: [], stdout: null, stderr: null }) as ContainerState;
    const inner = { ...rest, undecided: 'pass' } as const;
    this.#inner = {
      stdout: new AutoParser(formats, inner, saved.stdout),
      stderr: new AutoParser(formats, inner, saved.stderr),
    };
    this.#queue = copy(saved.queue);
    this.#heldChars = this.#queue.reduce((sum, entry) => sum + charsOf(entry), 0);
  }

  push<Ref>(text: string, ref: Ref, emit: Emit<Ref>): void {
    const frame = this.#frame(text);
    if (this.#queue.length === 0 && !frame?.partial) {
      if (frame === null) emit(ref, text, NO_FORMAT, null);
      else emit(ref, text, this.#name, this.#event(frame, frame.text));
      return;
    }
    this.#enqueue(text, ref, frame);
    while (this.#heldChars > HELD_CHARS || this.#queue.length > HELD_ENTRIES) this.#release(emit);
    while (this.#queue[0]?.whole) this.#release(emit);
  }

  flush<Ref>(emit: Emit<Ref>, why: 'end' | 'pause' = 'end'): void {
    while (this.#queue.length > 0 && (why === 'end' || this.#queue[0]!.whole)) this.#release(emit);
  }

  snapshot(): ParserState {
    const state: ContainerState = {
      queue: copy(this.#queue),
      stdout: this.#inner.stdout.snapshot(),
      stderr: this.#inner.stderr.snapshot(),
    };
    return state;
  }

  #enqueue(text: string, ref: unknown, frame: ContainerFrame | null): void {
    this.#heldChars += text.length + (frame?.text.length ?? 0);
    const open =
      frame && this.#queue.find((entry) => !entry.whole && entry.frame?.iostream === frame.iostream);
    if (frame && open) {
      open.raw.push(text);
      open.parts.push(frame.text);
      open.whole = !frame.partial;
      return;
    }
    this.#queue.push({
      ref,
      raw: [text],
      parts: frame === null ? [] : [frame.text],
      frame: frame && withoutText(frame),
      whole: !frame?.partial,
    });
  }

  #release<Ref>(emit: Emit<Ref>): void {
    const entry = this.#queue.shift()!;
    this.#heldChars -= charsOf(entry);
    const event = entry.frame === null ? null : this.#event(entry.frame, entry.parts.join(''));
    emit(entry.ref as Ref, entry.raw.join('\n'), formatOf(this.#name, event), event);
  }

  #event(frame: Entry['frame'] & object, text: string): Event {
    const parser = this.#inner[frame.iostream];
    let event: Event | null = null;
    let format = '';
    const keep: Emit<null> = (_ref, _text, name, made) => {
      event = made;
      format = name;
    };
    parser.push(text, null, keep);
    if (format === '') parser.flush(keep);
    const result: Event = event ?? { 'event.action': 'log_message', message: text };
    if (event !== null) result['container.log.format'] = format;
    result.timeUs = frame.timeUs;
    result['log.iostream'] = frame.iostream;
    if (this.#container !== undefined) result['container.id'] = this.#container;
    if (frame.fields !== undefined) Object.assign(result, frame.fields);
    return result;
  }
}

function withoutText(frame: ContainerFrame): Entry['frame'] {
  const { text: _text, partial: _partial, ...rest } = frame;
  return rest;
}

function charsOf(entry: Entry): number {
  let chars = 0;
  for (const text of entry.raw) chars += text.length;
  for (const text of entry.parts) chars += text.length;
  return chars;
}

function copy(queue: readonly Entry[]): Entry[] {
  return queue.map((entry) => ({ ...entry, raw: [...entry.raw], parts: [...entry.parts] }));
}
