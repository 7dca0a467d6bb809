import { defineCommand, EXIT } from '@suite/cli';
import type { Event } from '@suite/event';
import { type LineRef, makeParser, pushBlock, splitLines } from '@suite/pipeline';
import { eventView } from '../event-view.ts';
import { checkFormat } from '../format-name.ts';
import { openInput } from '../inputs.ts';

interface ParsedLine {
  readonly line: number;
  readonly format: string;
  readonly event: Record<string, unknown> | null;
  /** This line belongs to the entry that began at that line. */
  readonly entry?: number;
}

/** `nadir parse FILE|-`: what each line means. */
export const parse = (clockUs: () => number) =>
  defineCommand({
    name: 'parse',
    summary: 'show what each line of a log means',
    options: {
      format: {
        type: 'string',
        value: 'NAME',
        default: 'auto',
        description: 'format of the log; found out by itself unless named',
      },
      year: {
        type: 'integer',
        value: 'YYYY',
        min: 1970,
        max: 2200,
        description: 'year of time stamps that have none',
      },
    },
    positionals: [
      { name: 'FILE', description: 'a log file, .gz or .zst too, or - for standard input', required: true },
    ],
    examples: ['nadir parse /var/log/auth.log', 'journalctl -o json | nadir parse - --json'],
    async run({ options, positionals, stdin, json, output, print, signal }) {
      checkFormat(options.format);
      const input = await openInput(positionals[0]!, stdin, clockUs());
      const parser = makeParser({
        path: input.file,
        nearUs: input.nearUs,
        format: options.format,
        ...(options.year === undefined ? {} : { year: options.year }),
      });
      const lines = new LineByLine();
      const take = (ref: LineRef, _text: string, format: string, event: Event | null) =>
        lines.add(ref.line ?? 0, format, event);
      const write = async () => {
        for (const parsed of lines.take()) {
          if (json) await output.write(parsed);
          else
            await print(
              `${parsed.line}\t${parsed.format}\t${parsed.event === null ? '-' : JSON.stringify(parsed.event)}`,
            );
        }
      };
      let line = 0;
      for await (const { block, offset } of splitLines(input.chunks)) {
        signal.throwIfAborted();
        line = pushBlock(block, offset, line, (text, ref) => parser.push(text, ref, take), input.nearUs);
        await write();
      }
      parser.flush(take);
      lines.end(line);
      await write();
      return EXIT.ok;
    },
  });

/** One result per physical line, also where several of them make one entry. */
class LineByLine {
  #ready: ParsedLine[] = [];
  #last: ParsedLine = { line: 0, format: 'none', event: null };

  add(line: number, format: string, event: Event | null): void {
    this.#fill(line);
    this.#last = { line, format, event: eventView(event) };
    this.#ready.push(this.#last);
  }

  end(lastLine: number): void {
    this.#fill(lastLine + 1);
  }

  take(): readonly ParsedLine[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #fill(before: number): void {
    const entry = this.#last.line;
    const next = (this.#ready.at(-1)?.line ?? entry) + 1;
    for (let line = Math.max(next, entry + 1); line < before; line++) {
      this.#ready.push({ line, format: this.#last.format, event: null, entry });
    }
  }
}
