import { FrameStripper, type Template, TemplateMiner } from '@suite/anomaly';
import { defineCommand, EXIT } from '@suite/cli';
import { pushBlock, type ReplayInput, splitLines } from '@suite/pipeline';
import { openInput } from '../inputs.ts';

/** Templates of a JSON log are found in this one of its fields, the first that it has. */
const MESSAGE_FIELDS = ['message', 'MESSAGE', 'msg', 'log', 'event'] as const;

/**
 * `nadir templates FILE|-`: which kinds of lines a log has. A file is read twice, so that every line is shown with its
 * template as it stands at the end; standard input is read once, each line with its template as it stands then.
 */
export const templates = (clockUs: () => number) =>
  defineCommand({
    name: 'templates',
    summary: 'find the kinds of lines that a log has',
    options: {},
    positionals: [
      { name: 'FILE', description: 'a log file, .gz or .zst too, or - for standard input', required: true },
    ],
    examples: ['nadir templates /var/log/syslog', 'nadir templates app.log --json'],
    async run({ positionals, stdin, json, output, print, signal }) {
      const file = positionals[0]!;
      const miner = new TemplateMiner();
      const open = () => openInput(file, stdin, clockUs());
      if (file !== '-') await eachLine(await open(), signal, (_line, message) => void miner.mine(message));
      if (json || file === '-') {
        await eachLine(
          await open(),
          signal,
          (line, message) => {
            const template = miner.mine(message);
            return json ? { line, template_id: template.id, template: template.starred } : undefined;
          },
          (shown) => output.write(shown),
        );
      }
      if (!json) await printTable([...miner.templates()], print);
      return EXIT.ok;
    },
  });

interface TemplateLine {
  readonly line: number;
  readonly template_id: string;
  readonly template: string;
}

async function eachLine(
  input: ReplayInput,
  signal: AbortSignal,
  take: (line: number, message: string) => TemplateLine | undefined,
  write?: (shown: TemplateLine) => Promise<unknown>,
): Promise<void> {
  const frames = new FrameStripper();
  let ready: TemplateLine[] = [];
  let line = 0;
  for await (const { block, offset } of splitLines(input.chunks)) {
    signal.throwIfAborted();
    const push = (text: string, { line: at }: { line?: number }) => {
      const shown = take(at ?? 0, messageOf(text, frames));
      if (shown) ready.push(shown);
    };
    line = pushBlock(block, offset, line, push, input.nearUs);
    for (const shown of ready) await write?.(shown);
    ready = [];
  }
}

function messageOf(line: string, frames: FrameStripper): string {
  return line.charCodeAt(0) === 123 ? (messageOfJson(line) ?? line) : frames.strip(line);
}

function messageOfJson(line: string): string | null {
  try {
    const fields = JSON.parse(line) as Record<string, unknown>;
    for (const name of MESSAGE_FIELDS) if (typeof fields[name] === 'string') return fields[name];
  } catch {
    // Not JSON after all: the line itself is mined.
  }
  return null;
}

async function printTable(all: Template[], print: (text: string) => Promise<unknown>): Promise<void> {
  all.sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  for (const template of all) {
    await print(`${String(template.count).padStart(9)}  ${template.id}  ${template.text}`);
  }
}
